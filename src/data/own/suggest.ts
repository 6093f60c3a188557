/** What a file most likely means: which column or array is to be predicted, from which others, and as what. Only guesses. */
import { DataError } from '../errors.ts';
import type { Column } from '../readers/columns.ts';
import type { Table } from '../readers/csv.ts';
import { distinctNumbers, unfitFeature } from '../table.ts';
import { countOf, type ArrayEntry } from './arrays.ts';
import type { Opened } from './open.ts';
import type { OwnChoice } from './own-data.ts';
import { nameApart, partOf, testParts } from './part-names.ts';

/** Pictures are brought to this size unless another is asked for. */
const usualSide = 64;
/** Whole numbers with no more different values than this are taken for classes. */
const fewClasses = 20;
const labelName = /^(labels?|class(es)?|targets?|y|outcome|species|type|category|survived|diagnosis)$/i;
/** From the surest name of labels to the least sure. */
const labelArrays = [/(^|_|\/|-)(y|labels?|targets?|classes)($|_|\/|-|\.|\d)/i, /label|target|idx1/i];

interface UnfitColumn {
  readonly name: string;
  readonly why: string;
}

export interface Pair {
  readonly x: ArrayEntry;
  readonly y: ArrayEntry;
}

export function suggest({ contents }: Opened): OwnChoice {
  const common = { label: '', features: '', leaveOut: [], target: 'classes', missing: 'median', side: usualSide } as const;
  switch (contents.kind) {
    case 'pictures':
      return common;
    case 'table':
      return { ...common, ...tableChoice(contents.table, labelColumn(contents.table)) };
    case 'arrays': {
      const pair = likelyPair(contents.arrays);
      return pair ? { ...common, label: pair.y.name, features: pair.x.name } : common;
    }
  }
}

/** Nothing in the file goes by the label that was asked for. */
export class LabelError extends DataError {
  override readonly name: string = 'LabelError';
}

/** The same, with a label that is known. @throws LabelError */
export function suggestFor(opened: Opened, label: string): OwnChoice {
  const { contents, name } = opened;
  const guess = suggest(opened);
  if (contents.kind === 'pictures') throw new LabelError(name, 'expected no label, since the folders name the classes.');
  const names = contents.kind === 'table' ? contents.table.columns.map((column) => column.name) : contents.arrays.map((one) => one.name);
  if (!names.includes(label))
    throw new LabelError(name, `expected a label that is there, found “${label}”. There are: ${names.join(', ')}.`);
  if (contents.kind === 'arrays') {
    const y = contents.arrays.find((one) => one.name === label);
    const xs = contents.arrays.filter((x) => y && x.shape.length >= 2 && x.type !== 'text' && labelsFor(x, contents.arrays).includes(y));
    const [x] = [...xs].sort((a, b) => testness(a) - testness(b) || countOf(b.shape) - countOf(a.shape));
    return { ...guess, label, features: x?.name ?? guess.features };
  }
  const column = contents.table.columns.find((one) => one.name === label);
  return column ? { ...guess, ...tableChoice(contents.table, column) } : guess;
}

function tableChoice(table: Table, label: Column): Pick<OwnChoice, 'label' | 'target' | 'leaveOut'> {
  return {
    label: label.name,
    target: columnTarget(label, allRows(table.rowCount)),
    leaveOut: leftOutColumns(table, label.name).map(({ name }) => name),
  };
}

/** Those that say nothing, such as constant ones; not those with a slip in a cell, which is to be mended. */
export function leftOutColumns(table: Table, label: string): readonly UnfitColumn[] {
  return unfitColumns(table, label).filter(({ why }) => why.endsWith('Leave the column out.'));
}

/** By its name, or the last that could be one. */
function labelColumn({ columns }: Table): Column {
  const usable = columns.filter(({ problem }) => problem === null);
  const found = usable.find(({ name }) => labelName.test(name)) ?? usable.at(-1) ?? columns.at(-1);
  if (!found) throw new Error('a table without columns');
  return found;
}

export function columnTarget(column: Column, rows: Uint32Array): OwnChoice['target'] {
  if (column.kind === 'text') return 'classes';
  const values = distinctNumbers(column, rows).filter((value) => value !== 'NaN');
  return values.length <= fewClasses && values.every((value) => Number.isInteger(Number(value))) ? 'classes' : 'number';
}

/** Columns beside the label that can be no feature, and why. */
export function unfitColumns({ columns, rowCount }: Table, label: string): readonly UnfitColumn[] {
  const rows = allRows(rowCount);
  return columns.flatMap((column) => {
    const why = column.name === label ? null : unfitFeature(column, rows);
    return why === null ? [] : [{ name: column.name, why }];
  });
}

export function allRows(count: number): Uint32Array {
  const rows = new Uint32Array(count);
  for (let row = 0; row < count; row++) rows[row] = row;
  return rows;
}

/** The largest array that another has a label for each example of. */
function likelyPair(arrays: readonly ArrayEntry[]): Pair | null {
  const xs = arrays
    .filter(({ shape, type }) => shape.length >= 2 && type !== 'text' && type !== 'other')
    .sort((a, b) => testness(a) - testness(b) || countOf(b.shape) - countOf(a.shape));
  for (const x of xs) {
    const ys = labelsFor(x, arrays);
    const [best] = [...ys].sort((a, b) => rank(a, x) - rank(b, x));
    if (best) return { x, y: best };
  }
  return null;
}

const isTest = ({ name }: ArrayEntry): boolean => testParts.some((part) => part === partOf(name));
const testness = (entry: ArrayEntry): number => (isTest(entry) ? 1 : 0);

/** Arrays with one value for each example of x. */
export function labelsFor(x: ArrayEntry, arrays: readonly ArrayEntry[]): readonly ArrayEntry[] {
  const m = x.shape[0] ?? 0;
  return arrays.filter((one) => one !== x && one.type !== 'other' && countOf(one.shape) === m && one.shape.includes(m));
}

function rank(y: ArrayEntry, x: ArrayEntry): number {
  const named = labelArrays.findIndex((pattern) => pattern.test(y.name));
  return (named < 0 ? labelArrays.length : named) * 2 + (testness(y) === testness(x) ? 0 : 1);
}

/**
 * The arrays of a test part, called as those of training are, or so within groups of other names and of the same shape;
 * null where there are none.
 */
export function testPair(pair: Pair, arrays: readonly ArrayEntry[], sameFile: boolean): Pair | null {
  if (sameFile && isTest(pair.x)) return null;
  for (const part of testParts) {
    const found = pairAlike(
      pair,
      arrays.filter(({ name }) => partOf(name) === part),
    );
    if (found) return found;
  }
  return sameFile ? null : (pairAlike(pair, arrays) ?? likelyPair(arrays));
}

function pairAlike({ x, y }: Pair, arrays: readonly ArrayEntry[]): Pair | null {
  const called = (entry: ArrayEntry): ArrayEntry | undefined => arrays.find(({ name }) => nameApart(name) === nameApart(entry.name));
  const within = (entry: ArrayEntry): ArrayEntry | undefined => {
    const wanted = innerName(entry);
    const [only, ...others] = arrays.filter((one) => wanted !== '' && innerName(one) === wanted && (entry === y || isAlike(one, x)));
    return others.length === 0 ? only : undefined;
  };
  const [testX, testY] = [called(x) ?? within(x), called(y) ?? within(y)];
  return testX && testY && testX !== testY ? { x: testX, y: testY } : null;
}

const innerName = ({ name }: ArrayEntry): string => nameApart(name.split('/').at(-1) ?? name);

/** Examples of the same shape. */
const isAlike = (a: ArrayEntry, b: ArrayEntry): boolean => a.shape.slice(1).join() === b.shape.slice(1).join();
