/** Whether the first row of a table names its columns or is an example already, as the rows under it show. */
import { DataError } from '../errors.ts';
import { isMissing, numberOf } from './columns.ts';

export interface Header {
  readonly names: readonly string[];
  /** The first row is an example, and the columns go by their place. */
  readonly isExample: boolean;
  /** A sentence where it is not plain which of both the row is, or null. */
  readonly note: string | null;
}

/** So many rows under the first are looked at. */
const lookedAt = 1000;

/**
 * @param rows under the first, as far as they are at hand
 * @throws DataError when two columns bear one name
 */
export function headerOf(input: string, first: readonly string[], rows: readonly (readonly string[])[]): Header {
  const cells = first.map((cell) => cell.replace(/^\ufeff/, '').trim());
  const numbers = cells.filter((cell) => !Number.isNaN(numberOf(cell)));
  const under = rows.filter((row) => row.length === cells.length).slice(0, lookedAt);
  if (numbers.length > 0 && !areCounted(numbers) && under.length > 0 && cells.every((cell, at) => isLikeThose(cell, at, under))) {
    const names = cells.map((_, at) => `column ${at + 1}`);
    const note = `${input}: no header was found, since the first row is like those under it. The columns are called “column 1”, “column 2” and so on.`;
    return { names, isExample: true, note };
  }
  const names = cells.map((name, at) => name || `column ${at + 1}`);
  const twice = new Set(names).size < names.length ? names.find((name, at) => names.indexOf(name) !== at) : undefined;
  if (twice !== undefined) throw new DataError(input, `row 1: expected a different name for each column, found “${twice}” twice.`);
  const found = numbers.slice(0, 3).join('”, “');
  const note =
    numbers.length === 0
      ? null
      : `${input}: the first row was taken for the header, though there are numbers in it: “${found}”. If it is an example, put a row of names above it.`;
  return { names, isExample: false, note };
}

/** Places of columns, from 0 or 1 on, as tools write them for columns without names. */
function areCounted(numbers: readonly string[]): boolean {
  const start = Number(numbers[0]);
  return numbers.length > 1 && (start === 0 || start === 1) && numbers.every((cell, at) => Number(cell) === start + at);
}

/** A number above numbers, or a word that stands under it again. */
function isLikeThose(cell: string, at: number, rows: readonly (readonly string[])[]): boolean {
  if (isMissing(cell)) return true;
  const isSame = Number.isNaN(numberOf(cell))
    ? (other: string): boolean => other === cell
    : (other: string): boolean => !Number.isNaN(numberOf(other));
  const under = rows.map((row) => (row[at] ?? '').trim()).filter((other) => !isMissing(other));
  const alike = under.filter(isSame).length;
  return Number.isNaN(numberOf(cell)) ? alike > 0 : under.length === 0 || 2 * alike > under.length;
}
