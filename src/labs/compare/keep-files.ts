/** From files to kept results: what is kept already is known by what it holds, whatever it is called here. */
import { readFiled, type Filed, type FiledResults } from '../../session/results/collection.ts';
import { readResult } from '../../session/results/read.ts';
import type { Result } from '../../session/results/result.ts';
import type { KeptResult, ResultStore } from '../../session/results/store.ts';
import { resultText } from '../../session/results/write.ts';

/** A file as a browser or a test hands it over. */
export interface NamedFile {
  readonly name: string;
  readonly size: number;
  text(): Promise<string>;
}

/** A file of a result is some hundred kilobytes; of a class, some megabytes. */
const mostFileBytes = 64_000_000;

export function hashOf(text: string): string {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  return (hash >>> 0).toString(36);
}

/** Files that hold examples, by their names or by what they begin with: every result begins with a brace. */
export class NoResultError extends Error {
  override readonly name = 'NoResultError';
}

const dataNames = /[.](csv|tsv|h5|hdf5|npy|npz|idx|gz|zip|png|jpe?g|webp|gif|bmp)$/i;

async function textOf(file: NamedFile): Promise<string> {
  if (dataNames.test(file.name)) throw new NoResultError(file.name);
  const text = await file.text();
  if (!/[.]json$/i.test(file.name) && text.trim() !== '' && !text.trimStart().startsWith('{')) throw new NoResultError(file.name);
  return text;
}

/** @throws NoResultError where it is something else, ResultFileError where nothing of it can be used */
export async function readNamed(file: NamedFile): Promise<FiledResults> {
  if (file.size > mostFileBytes) {
    // the reader's own sentence, with the size in place of what it would find
    readResult(JSON.stringify(`a file of ${file.size} bytes`), file.name);
  }
  return readFiled(await textOf(file), file.name);
}

/** What is kept of the very same result, or null. */
async function keptAs(store: ResultStore, kept: readonly KeptResult[], result: Result): Promise<KeptResult | null> {
  const text = resultText(result, result.machine);
  for (const one of kept) {
    if (one.brief.kind !== result.kind || one.brief.takenAt !== result.environment.takenAt) continue;
    const found = await store.load(one.id, one.id).catch(() => null);
    if (found && resultText(found, found.machine) === text) return one;
  }
  return null;
}

/** When it was finished, as far as its file tells: never later than now. */
function momentOf({ result, keptAt }: Filed): number {
  return Math.min(Date.now(), keptAt ?? Date.parse(result.environment.takenAt));
}

/**
 * @param kept what was kept before
 * @param many it came with others, among which it is to have its place by time
 * @returns the id under which it is kept: of one that was here before, that one, and what its owner wrote of it stays
 */
export async function keepFiled(store: ResultStore, kept: readonly KeptResult[], filed: Filed, many: boolean): Promise<string> {
  const { result, name, note, pinned } = filed;
  const before = await keptAs(store, kept, result);
  const id = before?.id ?? `opened-${hashOf(resultText(result, result.machine))}`;
  if (!before) await store.keep(id, result, result.machine, many ? momentOf(filed) : undefined);
  else if (before.name !== '' || before.note !== '' || before.pinned) return id;
  if (name !== '' || note !== '' || pinned) await store.edit(id, { name, note, pinned });
  return id;
}
