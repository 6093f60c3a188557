/** An array of rows and columns as a table without a header: columns go by their place. */
import { DataError } from '../errors.ts';
import type { Column } from '../readers/columns.ts';
import type { Table } from '../readers/csv.ts';
import { sharable } from '../sharable.ts';
import type { ArrayEntry } from './arrays.ts';

/** A wider array is no table. */
const mostColumns = 1000;

/** Null where it has too many columns, or one. */
export function matrixTable(input: string, entry: ArrayEntry): Table | null {
  const [rowCount = 0, width = 0] = entry.shape;
  if (width < 2 || width > mostColumns || entry.type === 'text') return null;
  if (rowCount === 0) throw new DataError(input, 'expected at least one row, found an array without any.');
  const values = entry.read() as ArrayLike<number>;
  const columns = Array.from({ length: width }, (_, j): Column => {
    const own = sharable(Float64Array, rowCount);
    let problem: string | null = null;
    let missing = 0;
    for (let i = 0; i < rowCount; i++) {
      const value = values[i * width + j] ?? NaN;
      own[i] = value;
      if (Number.isNaN(value)) missing++;
      else if (!Number.isFinite(value)) problem ??= `row ${i + 1}, column “${j + 1}”: expected a finite number, found ${value}.`;
    }
    if (missing === rowCount) problem = `column “${j + 1}”: expected values, found none at all. Leave the column out.`;
    return { kind: 'number', name: String(j + 1), values: own, missing, problem };
  });
  return { input, rowCount, columns };
}
