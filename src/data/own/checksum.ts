/** A short name for the content of a user's set: two of unlike numbers hardly ever share it. No guard against malice. */
import { crc32 } from '../readers/crc32.ts';
import type { OwnData, OwnPart } from './own-data.ts';

function arraysOf({ features, target }: OwnPart): readonly ArrayBufferView[] {
  if (features.kind !== 'columns') return [features.values, target];
  const columns = features.columns.flatMap((column): readonly ArrayBufferView[] =>
    column.kind === 'number' ? [column.values] : [column.codes, column.places],
  );
  return [...columns, features.rows, target];
}

/** @returns 8 hexadecimal digits of X and y, of the training part and of the file's own test part where there is one */
export function checksumOf({ train, test }: Pick<OwnData, 'train' | 'test'>): string {
  const arrays = [train, ...(test ? [test] : [])].flatMap(arraysOf);
  const sum = arrays.reduce(
    (before, { buffer, byteOffset, byteLength }) => crc32(new Uint8Array(buffer, byteOffset, byteLength), before),
    0,
  );
  return sum.toString(16).padStart(8, '0');
}
