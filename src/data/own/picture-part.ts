/** Pictures in folders as a part of a set: decoded one after the other to bytes. Those that cannot be are left out, and named. */
import { DataError } from '../errors.ts';
import { listed } from '../listed.ts';
import { sharable } from '../sharable.ts';
import type { DecodePicture, LabelledPicture } from './folders.ts';
import type { Reading } from './open.ts';
import type { OwnPart } from './own-data.ts';

/** Pictures in memory may take so much. */
const largestBytes = 2 ** 31;

export async function decodeFolders(
  input: string,
  pictures: readonly LabelledPicture[],
  classNames: readonly string[],
  side: number,
  decode: DecodePicture,
  { onProgress, signal }: Reading,
): Promise<{ readonly part: OwnPart; readonly notes: readonly string[] }> {
  const n = 3 * side * side;
  if (n * pictures.length > largestBytes) {
    throw new DataError(input, `expected pictures that fit 2 GiB, found ${pictures.length} of ${side} × ${side}. Take a smaller size.`);
  }
  const values = sharable(Uint8Array, n * pictures.length);
  const target = sharable(Float64Array, pictures.length);
  const failed: string[] = [];
  let m = 0;
  for (const [at, { file, label }] of pictures.entries()) {
    signal?.throwIfAborted();
    try {
      values.set(await decode(await file.read(), side), m * n);
      target[m++] = label;
    } catch {
      signal?.throwIfAborted();
      failed.push(file.path);
    }
    onProgress?.({ file: file.path, loadedBytes: at + 1, totalBytes: pictures.length });
  }
  const part: OwnPart = { m, features: { kind: 'bytes', values: values.subarray(0, m * n) }, target: target.subarray(0, m) };
  const absent = classNames.find((_, label) => !part.target.includes(label));
  if (absent !== undefined && (m === 0 || failed.length > 0)) {
    throw new DataError(input, `expected pictures of “${absent}”, found none that decodes (${listed(failed)}).`);
  }
  const count = failed.length === 1 ? '1 picture could not be decoded and is' : `${failed.length} pictures could not be decoded and are`;
  const notes = failed.length === 0 ? [] : [`${input}: ${count} left out: ${listed(failed)}.`];
  return { part, notes };
}
