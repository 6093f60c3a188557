/**
 * From a table of numbers to a data set: split, cut to m, missing values filled, features rescaled; all of it fitted on
 * the training part. Floats are rescaled here in float64 and carry the identity scaling: folding a large mean into the
 * weights of a float32 engine would cancel the very digits that matter. Shared by tables from files and by toys.
 */
import type { Attribution, Dataset, DatasetName, DatasetRequest, Examples, Normalization, Rescaling, Task } from './dataset.ts';
import { identityScaling } from './scaling.ts';
import { trainingCount } from './set-reader.ts';
import { split } from './split.ts';
import type { NumericTable } from './table.ts';

export interface TableAbout {
  readonly name: DatasetName;
  readonly targetName: string;
  readonly attributions: readonly Attribution[];
}

/** A part with its raw values, n a row, before anything is filled in or rescaled. Its arrays are used up. */
export interface RawPart {
  readonly values: Float64Array;
  readonly target: Float64Array;
}

/** What is known of a table before its rows are chosen. */
export type TableFacts = Pick<NumericTable, 'n' | 'classNames' | 'featureNames'>;

export function tableDataset(table: NumericTable, request: DatasetRequest, about: TableAbout): Dataset {
  const classes = taskOf(table) === 'regression' ? new Uint8Array(table.m) : table.target;
  const parts = split(classes, request.testShare, request.seed);
  const mAvailable = parts.train.length;
  const m = trainingCount(request, mAvailable);
  const [train, test] = [gather(table, parts.train.subarray(0, m)), gather(table, parts.test)];
  return { ...datasetOfParts(train, test, table, request, about), mAvailable };
}

/** Fills in and rescales by what is fitted on the training part. */
export function datasetOfParts(
  train: RawPart,
  test: RawPart,
  table: TableFacts,
  { normalization }: Pick<DatasetRequest, 'normalization'>,
  about: TableAbout,
): Omit<Dataset, 'mAvailable'> {
  const task = taskOf(table);
  fillMissing(train.values, [test.values], table.n);
  const target = task === 'regression' ? spreadOf(train.target) : { mean: 0, deviation: 1 };
  const rescaling = fitRescaling(train.values, table.n, normalization);
  return {
    ...about,
    task,
    train: examplesOf(rescaled(train.values, table.n, rescaling), table.n, train.target, target),
    test: examplesOf(rescaled(test.values, table.n, rescaling), table.n, test.target, target),
    scaling: identityScaling(table.n),
    rescaling,
    classNames: table.classNames,
    featureNames: table.featureNames,
    image: null,
    targetMean: target.mean,
    targetScale: target.deviation,
    ownTest: false,
  };
}

export function taskOf({ classNames }: Pick<NumericTable, 'classNames'>): Task {
  if (classNames.length === 0) return 'regression';
  return classNames.length === 2 ? 'binary' : 'multiclass';
}

function gather({ n, values, target }: NumericTable, rows: Uint32Array): RawPart {
  const part = { values: new Float64Array(rows.length * n), target: new Float64Array(rows.length) };
  rows.forEach((row, i) => {
    part.values.set(values.subarray(row * n, (row + 1) * n), i * n);
    part.target[i] = target[row] ?? 0;
  });
  return part;
}

interface Spread {
  readonly mean: number;
  readonly deviation: number;
}

/** Mean and deviation (1 where all are equal), so that y is centred with unit deviation in training. */
function spreadOf(values: Float64Array): Spread {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const deviation = Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length);
  return { mean, deviation: deviation > 0 ? deviation : 1 };
}

function examplesOf(x: Float32Array<ArrayBuffer>, n: number, target: Float64Array, { mean, deviation }: Spread): Examples {
  const y = Float32Array.from(target, (value) => (value - mean) / deviation);
  return { x: { storage: 'float32', n, m: target.length, values: x }, y };
}

/** Fills NaN with the median of the training part, feature by feature; 0 where training has no value at all. In place. */
function fillMissing(train: Float64Array, others: readonly Float64Array[], n: number): void {
  for (let j = 0; j < n; j++) {
    if (![train, ...others].some((values) => column(values, n, j).some(Number.isNaN))) continue;
    const present = column(train, n, j)
      .filter((value) => !Number.isNaN(value))
      .sort();
    const middle = present.length >> 1;
    const median = present.length % 2 === 1 ? (present[middle] ?? 0) : ((present[middle - 1] ?? 0) + (present[middle] ?? 0)) / 2;
    for (const values of [train, ...others]) {
      for (let at = j; at < values.length; at += n) if (Number.isNaN(values[at])) values[at] = median;
    }
  }
}

function column(values: Float64Array, n: number, j: number): Float64Array {
  const picked = new Float64Array(values.length / n);
  for (let i = 0; i < picked.length; i++) picked[i] = values[i * n + j] ?? NaN;
  return picked;
}

/**
 * Fitted on the training part, example-major with n features: `standard` gives mean 0 and deviation 1, `unit` 0 … 1 between the
 * least and the greatest, and a feature that does not vary becomes 0; `none`: null.
 */
export function fitRescaling(train: Float64Array, n: number, normalization: Normalization): Rescaling | null {
  if (normalization === 'none') return null;
  const [offset, width] = [new Float64Array(n), new Float64Array(n)];
  for (let j = 0; j < n; j++) {
    const fitted = fit(column(train, n, j), normalization);
    offset[j] = fitted.offset;
    width[j] = fitted.width;
  }
  return { offset, width };
}

export function rescaled(values: Float64Array, n: number, rescaling: Rescaling | null): Float32Array<ArrayBuffer> {
  if (!rescaling) return Float32Array.from(values);
  const { offset, width } = rescaling;
  return Float32Array.from(values, (value, at) => {
    const j = at % n;
    const own = width[j] ?? 0;
    return own > 0 ? (value - (offset[j] ?? 0)) / own : 0;
  });
}

function fit(values: Float64Array, normalization: 'unit' | 'standard'): { offset: number; width: number } {
  let least = Infinity;
  let greatest = -Infinity;
  for (const value of values) {
    least = Math.min(least, value);
    greatest = Math.max(greatest, value);
  }
  if (normalization === 'unit' || least === greatest) return { offset: least, width: greatest - least };
  const { mean, deviation } = spreadOf(values);
  return { offset: mean, width: deviation };
}
