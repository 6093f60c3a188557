/** Result files among what is dropped on some lab. */
import type { OwnFile } from '../../session/own/protocol.ts';

/** What a results file begins with, as Downhill writes it. */
const beginning = /^\s*\{\s*"schema"\s*:/;

const beginningBytes = 200;

/** Files that go by the name of JSON, or a single one that begins as a result does: neither is data to train on. */
export async function areResults(files: readonly OwnFile[]): Promise<boolean> {
  const [first] = files;
  if (first && files.length === 1 && beginning.test(await first.blob.slice(0, beginningBytes).text())) return true;
  return files.length > 0 && files.every(({ path }) => /[.]json$/i.test(path));
}
