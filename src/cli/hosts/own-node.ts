/** Files for `--host node`: opened in this process, by the readers that the page uses. */
import type { DatasetLoader } from '../../data/load.ts';
import { factsOf, type OwnFacts } from '../../session/own/facts.ts';
import { decodePicture } from '../decode-picture.ts';
import { openPaths, type OwnPaths } from '../own-files.ts';
import type { HearOwn } from '../own-hosts.ts';
import { UsageError } from '../usage-error.ts';

/** Opens files and gives them to a loader. @throws DataError; UsageError for a label that is not there */
export async function adoptOwn({ files, test, label }: OwnPaths, loader: DatasetLoader, hear: HearOwn): Promise<OwnFacts> {
  const { readOwn } = await import('../../session/own/read-own.ts');
  const wish = { files: await openPaths(files), test: test && (await openPaths(test)), label };
  try {
    const data = await readOwn(wish, { decode: decodePicture, onProgress: hear.onReading });
    loader.adopt(data);
    hear.onNotes(data.notes);
    return factsOf(data);
  } catch (error) {
    if (error instanceof Error && error.name === 'LabelError') throw new UsageError(`--label ${label ?? ''}: ${error.message}`);
    throw error;
  }
}
