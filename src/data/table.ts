/**
 * From columns to features and a target: words become one feature a category, the label column becomes classes or
 * numbers, missing values are counted. Splitting, filling in and scaling come later, in `table-dataset.ts`.
 */
import { DataError } from './errors.ts';
import type { Column, Table, TextColumn } from './readers/csv.ts';

export interface TableOptions {
  /** The column to predict. */
  readonly label: string;
  readonly target: 'classes' | 'number';
  /** The class that becomes y = 1 where there are two; otherwise the later one in alphabetical or numeric order. */
  readonly positive?: string | undefined;
  /** Columns that are neither features nor label. */
  readonly leaveOut?: readonly string[] | undefined;
  /** What becomes of a row with a missing value: filled with the median of the training part, or left out. */
  readonly missing: 'median' | 'omit';
}

export interface MissingCount {
  readonly column: string;
  readonly count: number;
}

/** Numbers at last: m rows of n features, example-major, NaN where a value is missing and to be filled in. */
export interface NumericTable {
  readonly n: number;
  readonly m: number;
  readonly values: Float64Array;
  readonly featureNames: readonly string[];
  /** m entries: index of the class, or the number. */
  readonly target: Float64Array;
  /** Empty where the target is a number. */
  readonly classNames: readonly string[];
  /** Columns with missing values, whatever became of them. */
  readonly missing: readonly MissingCount[];
  readonly omittedRows: number;
}

const mostCategories = 100;

/** One feature to be: its name and its value in each row that is kept, NaN where missing. */
interface Feature {
  readonly name: string;
  readonly values: Float64Array;
}

/** @throws DataError when the label is not there or has one class, or a column is constant or has too many categories */
export function encodeTable(table: Table, options: TableOptions): NumericTable {
  const label = table.columns.find(({ name }) => name === options.label);
  if (label === undefined) {
    throw new DataError(
      table.input,
      `expected a column “${options.label}”, found ${table.columns.map(({ name }) => `“${name}”`).join(', ')}.`,
    );
  }
  const left = new Set([options.label, ...(options.leaveOut ?? [])]);
  const used = table.columns.filter(({ name }) => !left.has(name));
  if (used.length === 0) throw new DataError(table.input, `expected a column beside “${options.label}”, found none.`);
  const rows = keptRows(table, label, used, options.missing);
  const features = used.flatMap((column) => encodeColumn(table.input, pick(column, rows)));
  const n = features.length;
  const values = new Float64Array(rows.length * n);
  features.forEach((feature, j) => {
    for (let i = 0; i < rows.length; i++) values[i * n + j] = feature.values[i] ?? NaN;
  });
  const { target, classNames } = encodeLabel(table.input, pick(label, rows), options);
  const missing = [...used, label].map((column) => ({ column: column.name, count: countMissing(column) })).filter(({ count }) => count > 0);
  return {
    n,
    m: rows.length,
    values,
    featureNames: features.map(({ name }) => name),
    target,
    classNames,
    missing,
    omittedRows: table.rowCount - rows.length,
  };
}

function isMissingAt(column: Column, row: number): boolean {
  return column.kind === 'number' ? Number.isNaN(column.values[row]) : column.values[row] === null;
}

function countMissing(column: Column): number {
  let count = 0;
  for (let row = 0; row < column.values.length; row++) if (isMissingAt(column, row)) count++;
  return count;
}

/** A row without a label can teach nothing and is always left out. */
function keptRows(table: Table, label: Column, used: readonly Column[], missing: TableOptions['missing']): number[] {
  const needed = missing === 'omit' ? [label, ...used] : [label];
  const rows = Array.from({ length: table.rowCount }, (_, row) => row).filter((row) => !needed.some((column) => isMissingAt(column, row)));
  if (rows.length === 0)
    throw new DataError(
      table.input,
      `expected a row without missing values, found none in ${table.rowCount} rows. Fill them with the median instead.`,
    );
  return rows;
}

/** The cells of the given rows. */
function pick(column: Column, rows: readonly number[]): Column {
  if (column.kind === 'text') return { ...column, values: rows.map((row) => column.values[row] ?? null) };
  return { ...column, values: Float64Array.from(rows, (row) => column.values[row] ?? NaN) };
}

function encodeColumn(input: string, column: Column): readonly Feature[] {
  if (column.kind === 'text') return oneHot(input, column);
  const first = column.values.find((value) => !Number.isNaN(value));
  if (column.values.every((value) => Number.isNaN(value) || value === first)) throw constant(input, column.name, String(first));
  return [column];
}

function oneHot(input: string, column: TextColumn): readonly Feature[] {
  const categories = distinct(column.values);
  const [only = ''] = categories;
  if (categories.length < 2) throw constant(input, column.name, only);
  if (categories.length > mostCategories) {
    throw new DataError(
      input,
      `column “${column.name}”: expected numbers or at most ${mostCategories} categories, found ${categories.length}. Leave the column out.`,
    );
  }
  // A missing word is a missing value of each of its features.
  return categories.map((category) => ({
    name: `${column.name} = ${category}`,
    values: Float64Array.from(column.values, (value) => (value === null ? NaN : value === category ? 1 : 0)),
  }));
}

function constant(input: string, column: string, value: string): DataError {
  return new DataError(input, `column “${column}”: expected values that differ, found “${value}” in every row. Leave the column out.`);
}

function distinct(values: readonly (string | null)[]): string[] {
  return [...new Set(values)].filter((value) => value !== null).sort();
}

function encodeLabel(input: string, label: Column, options: TableOptions): Pick<NumericTable, 'target' | 'classNames'> {
  const place = `column “${label.name}”`;
  if (options.target === 'number') {
    if (label.kind === 'number') return { target: label.values, classNames: [] };
    throw new DataError(input, `${place}: expected numbers to predict, found words such as “${label.values[0]}”.`);
  }
  const words = Array.from<number | string | null, string>(label.values, String);
  const classNames = label.kind === 'number' ? [...new Set(words)].sort((a, b) => Number(a) - Number(b)) : distinct(words);
  if (classNames.length < 2) throw new DataError(input, `${place}: expected at least two classes, found “${classNames[0]}” alone.`);
  if (classNames.length > mostCategories) {
    throw new DataError(
      input,
      `${place}: expected at most ${mostCategories} classes, found ${classNames.length}. Is it a number to predict?`,
    );
  }
  if (options.positive !== undefined && classNames.length === 2) {
    if (!classNames.includes(options.positive)) {
      throw new DataError(input, `${place}: expected a class “${options.positive}”, found “${classNames.join('” and “')}”.`);
    }
    if (classNames[0] === options.positive) classNames.reverse();
  }
  const index = new Map(classNames.map((name, at) => [name, at]));
  return { target: Float64Array.from(words, (word) => index.get(word) ?? NaN), classNames };
}
