/**
 * Reads CSV with a header into columns of numbers or of text, and refuses what is not a table. Turning columns into
 * features is `table.ts`. Pulls in papaparse, so import this file only where a table is really read.
 */
import Papa from 'papaparse';
import { DataError } from '../errors.ts';

/** Cells that are missing hold NaN. */
export interface NumberColumn {
  readonly kind: 'number';
  readonly name: string;
  readonly values: Float64Array;
}

/** Cells that are missing hold null. */
export interface TextColumn {
  readonly kind: 'text';
  readonly name: string;
  readonly values: readonly (string | null)[];
}

export type Column = NumberColumn | TextColumn;

export interface Table {
  /** What messages call it. */
  readonly input: string;
  readonly rowCount: number;
  readonly columns: readonly Column[];
  /** Row of the file for each row here: the header is row 1. */
  readonly fileRows: readonly number[];
}

const missingMarks = new Set(['', 'NA', 'N/A', 'n/a', 'na', '?', 'null', 'NULL']);
const notFinite = /^[+-]?(nan|inf|infinity)$/i;

/**
 * @param input file name, for messages
 * @param bytes the file, unpacked, in UTF-8; the separator is found out
 * @throws DataError naming row and column when it is empty, ragged, badly quoted, or holds NaN, infinity or a stray word
 */
export function readCsv(input: string, bytes: Uint8Array<ArrayBuffer>): Table {
  const { header, rows, fileRows } = parseRows(input, new TextDecoder().decode(bytes));
  const columns = header.map((name, at): Column => {
    const cells = rows.map((row) => (row[at] ?? '').trim());
    return toColumn(input, name, cells, fileRows);
  });
  return { input, rowCount: rows.length, columns, fileRows };
}

interface Rows {
  readonly header: readonly string[];
  readonly rows: readonly (readonly string[])[];
  readonly fileRows: readonly number[];
}

function parseRows(input: string, text: string): Rows {
  if (text.trim() === '') throw new DataError(input, 'expected a table with a header, found an empty file.');
  const { data, errors } = Papa.parse<string[]>(text, { header: false });
  const broken = errors.find((error) => error.type === 'Quotes');
  if (broken !== undefined)
    throw new DataError(input, `row ${(broken.row ?? 0) + 1}: expected a closed quotation, found: ${broken.message}.`);
  const numbered = data.map((row, at) => ({ row, fileRow: at + 1 })).filter(({ row }) => row.length > 1 || (row[0] ?? '').trim() !== '');
  const first = numbered.shift();
  const header = checkHeader(input, first?.row ?? []);
  if (numbered.length === 0)
    throw new DataError(input, `row ${(first?.fileRow ?? 1) + 1}: expected at least one row under the header, found the end.`);
  for (const { row, fileRow } of numbered) {
    if (row.length !== header.length)
      throw new DataError(input, `row ${fileRow}: expected ${header.length} values as in the header, found ${row.length}.`);
  }
  return { header, rows: numbered.map(({ row }) => row), fileRows: numbered.map(({ fileRow }) => fileRow) };
}

function checkHeader(input: string, row: readonly string[]): readonly string[] {
  const names = row.map((name, at) => name.trim() || `column ${at + 1}`);
  const twice = names.find((name, at) => names.indexOf(name) !== at);
  if (twice !== undefined) throw new DataError(input, `row 1: expected a different name for each column, found “${twice}” twice.`);
  return names;
}

/** One look at each cell, since there may be millions: its number, or what else it is. */
function toColumn(input: string, name: string, cells: readonly string[], fileRows: readonly number[]): Column {
  const values = new Float64Array(cells.length).fill(NaN);
  const words: number[] = [];
  const endless: number[] = [];
  let missingCount = 0;
  cells.forEach((cell, row) => {
    const value = cell === '' ? NaN : Number(cell);
    if (Number.isFinite(value)) values[row] = value;
    else if (missingMarks.has(cell)) missingCount++;
    else if (Number.isNaN(value) && !notFinite.test(cell)) words.push(row);
    else endless.push(row);
  });
  const presentCount = cells.length - missingCount;
  const refuse = (row: number, expected: string): DataError =>
    new DataError(input, `row ${fileRows[row]}, column “${name}”: expected a ${expected}, found “${cells[row]}”.`);
  if (presentCount === 0) throw new DataError(input, `column “${name}”: expected values, found none at all. Leave the column out.`);
  const [firstWord, firstEndless] = [words[0], endless[0]];
  // Mostly numbers: whatever is not one is a slip, and not a category.
  if (firstWord !== undefined && words.length < presentCount / 2) throw refuse(firstWord, 'number');
  if (firstWord !== undefined) return { kind: 'text', name, values: cells.map((cell) => (missingMarks.has(cell) ? null : cell)) };
  if (firstEndless !== undefined) throw refuse(firstEndless, 'finite number');
  return { kind: 'number', name, values };
}
