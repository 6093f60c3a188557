/**
 * From columns to features and a target: words become one feature a category, the label column becomes classes or
 * numbers, missing values are counted. Splitting, filling in and scaling come later, in `table-dataset.ts`.
 */
import { DataError } from './errors.ts';
import type { Column, NumberColumn, TextColumn } from './readers/columns.ts';
import type { Table } from './readers/csv.ts';
import { sharable } from './sharable.ts';

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

/** Columns as they will be features, still by column: a word takes four bytes here, and not eight a category. */
export type EncodedColumn =
  | { readonly kind: 'number'; readonly values: Float64Array }
  /** `places`: of each code, its place among the `count` features of the column; −1 for a word that training never saw. */
  | { readonly kind: 'category'; readonly codes: Int32Array; readonly places: Int32Array; readonly count: number };

export interface EncodedTable extends Omit<NumericTable, 'values'> {
  readonly columns: readonly EncodedColumn[];
  /** The row in `columns` of each of the m rows that are kept. */
  readonly rows: Uint32Array;
}

/** What becomes of a table's columns; made from one table, it holds for its test part too. */
export interface TablePlan {
  readonly label: string;
  readonly missing: TableOptions['missing'];
  readonly columns: readonly { readonly name: string; readonly kind: Column['kind']; readonly categories: readonly string[] }[];
  readonly classNames: readonly string[];
}

export const mostCategories = 100;

/** @throws DataError when the label is not there or has one class, or a column is constant or has too many categories */
export function encodeTable(table: Table, options: TableOptions): NumericTable {
  const { columns, rows, ...about } = encodeColumns(table, options).encoded;
  const values = new Float64Array(about.m * about.n);
  rows.forEach((row, i) => fillRow(columns, row, values, i * about.n));
  return { ...about, values };
}

/**
 * The same, still by column, and the plan that suits another table of the same columns.
 * @throws DataError
 */
export function encodeColumns(table: Table, options: TableOptions): { readonly encoded: EncodedTable; readonly plan: TablePlan } {
  const label = columnOf(table, options.label);
  const left = new Set([options.label, ...(options.leaveOut ?? [])]);
  const used = table.columns.filter(({ name }) => !left.has(name));
  if (used.length === 0) throw new DataError(table.input, `expected a column beside “${options.label}”, found none.`);
  const bad = [label, ...used].find(({ problem }) => problem !== null);
  if (bad?.problem) throw new DataError(table.input, bad.problem);
  const rows = keptRows(table, label, used, options.missing);
  const plan: TablePlan = {
    label: options.label,
    missing: options.missing,
    columns: used.map((column) => ({ name: column.name, kind: column.kind, categories: checkedCategories(table.input, column, rows) })),
    classNames: classesOf(table.input, label, rows, options),
  };
  return { plan, encoded: applyPlan(table, plan, rows) };
}

/** A test part by the plan of its training part. @throws DataError when columns or classes are not the same */
export function encodeByPlan(table: Table, plan: TablePlan): EncodedTable {
  const label = columnOf(table, plan.label);
  const used = plan.columns.map(({ name, kind }) => {
    const column = columnOf(table, name);
    if (column.problem !== null) throw new DataError(table.input, column.problem);
    if (column.kind !== kind) {
      const [expected, found] = kind === 'number' ? ['numbers', 'words'] : ['words', 'numbers'];
      throw new DataError(table.input, `column “${name}”: expected ${expected} as in the training file, found ${found}.`);
    }
    return column;
  });
  if (label.problem !== null) throw new DataError(table.input, label.problem);
  return applyPlan(table, plan, keptRows(table, label, used, plan.missing));
}

/** The n features of one row, from `at` on; NaN where a value is missing. */
export function fillRow(columns: readonly EncodedColumn[], row: number, into: Float64Array, at: number): void {
  for (const column of columns) {
    if (column.kind === 'number') {
      into[at++] = column.values[row] ?? NaN;
      continue;
    }
    const code = column.codes[row] ?? -1;
    // A missing word is a missing value of each of its features.
    into.fill(code < 0 ? NaN : 0, at, at + column.count);
    const place = code < 0 ? -1 : (column.places[code] ?? -1);
    if (place >= 0) into[at + place] = 1;
    at += column.count;
  }
}

function columnOf(table: Table, name: string): Column {
  const found = table.columns.find((column) => column.name === name);
  if (found) return found;
  const names = table.columns.slice(0, 20).map((column) => `“${column.name}”`);
  const more = table.columns.length > 20 ? ' …' : '';
  throw new DataError(table.input, `expected a column “${name}”, found ${names.join(', ')}${more}.`);
}

function applyPlan(table: Table, plan: TablePlan, rows: Uint32Array): EncodedTable {
  const used = plan.columns.map(({ name }) => columnOf(table, name));
  const label = columnOf(table, plan.label);
  const columns = used.map((column, at) => encodeColumn(column, plan.columns[at]?.categories ?? []));
  const featureNames = plan.columns.flatMap(({ name, kind, categories }) =>
    kind === 'number' ? [name] : categories.map((category) => `${name} = ${category}`),
  );
  return {
    n: featureNames.length,
    m: rows.length,
    columns,
    rows,
    featureNames,
    target: encodeLabel(table.input, label, rows, plan.classNames),
    classNames: plan.classNames,
    missing: [...used, label].map(({ name, missing }) => ({ column: name, count: missing })).filter(({ count }) => count > 0),
    omittedRows: table.rowCount - rows.length,
  };
}

function isMissingAt(column: Column, row: number): boolean {
  return column.kind === 'number' ? Number.isNaN(column.values[row]) : (column.codes[row] ?? -1) < 0;
}

/** A row without a label can teach nothing and is always left out. */
function keptRows(table: Table, label: Column, used: readonly Column[], missing: TableOptions['missing']): Uint32Array {
  const needed = (missing === 'omit' ? [label, ...used] : [label]).filter((column) => column.missing > 0);
  const rows = sharable(Uint32Array, table.rowCount);
  let count = 0;
  for (let row = 0; row < table.rowCount; row++) if (!needed.some((column) => isMissingAt(column, row))) rows[count++] = row;
  if (count === 0)
    throw new DataError(
      table.input,
      `expected a row without missing values, found none in ${table.rowCount} rows. Fill them with the median instead.`,
    );
  return rows.subarray(0, count);
}

/** Categories of a column of words in the kept rows, sorted; none for numbers, which only have to differ. */
function checkedCategories(input: string, column: Column, rows: Uint32Array): readonly string[] {
  const why = unfitFeature(column, rows);
  if (why !== null) throw new DataError(input, why);
  return column.kind === 'text' ? presentCategories(column, rows) : [];
}

/** Why a column can be no feature, in a sentence, or null. */
export function unfitFeature(column: Column, rows: Uint32Array): string | null {
  if (column.problem !== null) return column.problem;
  const only = column.kind === 'number' ? onlyNumber(column, rows) : null;
  if (column.kind === 'number') return only === null ? null : constant(column.name, only);
  const categories = presentCategories(column, rows);
  if (categories.length < 2) return constant(column.name, categories[0] ?? '');
  if (categories.length <= mostCategories) return null;
  return `column “${column.name}”: expected numbers or at most ${mostCategories} categories, found ${categories.length}. Leave the column out.`;
}

/** The value that all rows have that have one, or null where they differ. */
function onlyNumber({ values }: NumberColumn, rows: Uint32Array): string | null {
  let first = NaN;
  for (const row of rows) {
    const value = values[row] ?? NaN;
    if (Number.isNaN(value) || value === first) continue;
    if (!Number.isNaN(first)) return null;
    first = value;
  }
  return String(first);
}

function constant(column: string, value: string): string {
  return `column “${column}”: expected values that differ, found “${value}” in every row. Leave the column out.`;
}

/** Sorted. */
export function presentCategories({ codes, categories }: TextColumn, rows: Uint32Array): readonly string[] {
  const seen = new Uint8Array(categories.length);
  for (const row of rows) {
    const code = codes[row] ?? -1;
    if (code >= 0) seen[code] = 1;
  }
  return categories.filter((_, code) => seen[code] === 1).sort();
}

function encodeColumn(column: Column, categories: readonly string[]): EncodedColumn {
  if (column.kind === 'number') return { kind: 'number', values: column.values };
  return { kind: 'category', codes: column.codes, places: placesOf(column, categories), count: categories.length };
}

function placesOf(column: TextColumn, categories: readonly string[]): Int32Array {
  const place = new Map(categories.map((category, at) => [category, at]));
  return Int32Array.from(column.categories, (category) => place.get(category) ?? -1);
}

/** Names of the classes in the order of their index; none where the target is a number. */
function classesOf(input: string, label: Column, rows: Uint32Array, options: TableOptions): readonly string[] {
  const place = `column “${label.name}”`;
  if (options.target === 'number') {
    if (label.kind === 'number') return [];
    throw new DataError(input, `${place}: expected numbers to predict, found words such as “${label.categories[0] ?? ''}”.`);
  }
  const classNames = [...(label.kind === 'text' ? presentCategories(label, rows) : distinctNumbers(label, rows))];
  if (classNames.length < 2) throw new DataError(input, `${place}: expected at least two classes, found “${classNames[0] ?? ''}” alone.`);
  if (classNames.length > mostCategories) {
    const found = label.kind === 'number' ? `more than ${mostCategories}` : String(classNames.length);
    throw new DataError(input, `${place}: expected at most ${mostCategories} classes, found ${found}. Is it a number to predict?`);
  }
  if (options.positive !== undefined && classNames.length === 2) {
    if (!classNames.includes(options.positive)) {
      throw new DataError(input, `${place}: expected a class “${options.positive}”, found “${classNames.join('” and “')}”.`);
    }
    if (classNames[0] === options.positive) classNames.reverse();
  }
  return classNames;
}

/** In order; no more than one past the most classes are looked for. */
export function distinctNumbers({ values }: NumberColumn, rows: Uint32Array): readonly string[] {
  const found = new Set<number>();
  for (const row of rows) {
    if (found.size > mostCategories) break;
    found.add(values[row] ?? NaN);
  }
  return [...found].sort((a, b) => a - b).map(String);
}

function encodeLabel(input: string, label: Column, rows: Uint32Array, classNames: readonly string[]): Float64Array {
  const target = sharable(Float64Array, rows.length);
  if (classNames.length === 0) {
    if (label.kind === 'text') throw new DataError(input, `column “${label.name}”: expected numbers to predict, found words.`);
    rows.forEach((row, i) => (target[i] = label.values[row] ?? NaN));
    return target;
  }
  const index = new Map(classNames.map((name, at) => [name, at]));
  const places = label.kind === 'text' ? placesOf(label, classNames) : null;
  rows.forEach((row, i) => {
    const at = label.kind === 'text' ? (places?.[label.codes[row] ?? -1] ?? -1) : (index.get(String(label.values[row])) ?? -1);
    if (at < 0) {
      const found = label.kind === 'text' ? label.categories[label.codes[row] ?? 0] : label.values[row];
      throw new DataError(
        input,
        `column “${label.name}”: expected a class of the training file (${classNames.join(', ')}), found “${found}”.`,
      );
    }
    target[i] = at;
  });
  return target;
}
