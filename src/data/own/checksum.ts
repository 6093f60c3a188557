/** A short name for the content of a user's set: two of unlike numbers hardly ever share it. No guard against malice. */
import type { OwnData, OwnPart } from './own-data.ts';

type Parts = Pick<OwnData, 'n' | 'train' | 'test'>;

/** Takes in one 32-bit word; the shift carries what is in its upper bits down. */
function mixed(hash: number, word: number): number {
  const next = Math.imul(hash ^ word, 0x01000193);
  return next ^ (next >>> 15);
}

function ofArray(hash: number, { buffer, byteOffset, byteLength }: ArrayBufferView): number {
  const view = new DataView(buffer, byteOffset, byteLength);
  const whole = byteLength - (byteLength % 4);
  for (let at = 0; at < whole; at += 4) hash = mixed(hash, view.getUint32(at, true));
  for (let at = whole; at < byteLength; at++) hash = mixed(hash, view.getUint8(at));
  return mixed(hash, byteLength);
}

function arraysOf({ features, target }: OwnPart): readonly ArrayBufferView[] {
  if (features.kind !== 'columns') return [features.values, target];
  const columns = features.columns.flatMap((column): readonly ArrayBufferView[] =>
    column.kind === 'number' ? [column.values] : [column.codes, column.places],
  );
  return [...columns, features.rows, target];
}

/** @returns 8 hexadecimal digits of X and y, of the training part and of the file's own test part where there is one */
export function checksumOf({ n, train, test }: Parts): string {
  const arrays = [train, ...(test ? [test] : [])].flatMap(arraysOf);
  const hash = arrays.reduce(ofArray, mixed(0x811c9dc5, n));
  return (hash >>> 0).toString(16).padStart(8, '0');
}
