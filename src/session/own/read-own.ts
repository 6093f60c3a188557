/** Opens files and makes a set of them without anybody to ask: what a terminal says is taken, the rest is guessed. */
import { chooseOwn, type ChooseTools } from '../../data/own/choose.ts';
import { openOwn, type OwnFile } from '../../data/own/open.ts';
import type { OwnData } from '../../data/own/own-data.ts';
import { suggest, suggestFor } from '../../data/own/suggest.ts';

export interface OwnWish {
  readonly files: readonly OwnFile[];
  /** A test part in files of its own, or null. */
  readonly test: readonly OwnFile[] | null;
  /** The column or array to predict, or null. */
  readonly label: string | null;
}

/** @throws DataError; LabelError where nothing goes by the label that was asked for */
export async function readOwn({ files, test, label }: OwnWish, tools: ChooseTools): Promise<OwnData> {
  const opened = await openOwn(files, tools);
  const choice = label === null ? suggest(opened) : suggestFor(opened, label);
  const testOpened = test && (await openOwn(test, tools));
  return chooseOwn(opened, testOpened, choice, tools);
}
