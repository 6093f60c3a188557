/** Subsets for a sweep over m: nested, stratified, never the test part, and scaled by what their own training part says. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Dataset, Normalization } from '../../../src/data/dataset.ts';
import { DataError } from '../../../src/data/errors.ts';
import { classShortage, nestedOrder, takeSubset } from '../../../src/data/nested.ts';
import { fitByteScaling, identityScaling } from '../../../src/data/scaling.ts';
import { fitRescaling, rescaled, tableDataset } from '../../../src/data/table-dataset.ts';
import { request } from './helpers.ts';

interface Made {
  readonly labels: readonly number[];
  readonly classes?: number;
  readonly storage?: 'uint8' | 'float32';
}

/** The first feature of an example is its index; the second never varies. */
function made({ labels, classes = Math.max(...labels) + 1, storage = 'float32' }: Made): Dataset {
  const m = labels.length;
  const raw = labels.flatMap((_, i) => [i, 3]);
  const x =
    storage === 'uint8'
      ? ({ storage, n: 2, m, values: Uint8Array.from(raw) } as const)
      : ({ storage, n: 2, m, values: Float32Array.from(raw) } as const);
  return {
    name: 'synthetic',
    task: classes > 2 ? 'multiclass' : classes === 2 ? 'binary' : 'regression',
    train: { x, y: Float32Array.from(labels) },
    test: { x: { ...x, m: 1, values: x.values.slice(0, 2) } as typeof x, y: Float32Array.of(0) },
    scaling: identityScaling(2),
    rescaling: null,
    classNames: classes < 2 ? [] : Array.from({ length: classes }, (_, at) => `class ${at}`),
    featureNames: [],
    image: null,
    targetName: 'price',
    targetMean: 0,
    targetScale: 1,
    mAvailable: m,
    ownTest: false,
    attributions: [],
  };
}

const seeds = fc.integer({ min: 0, max: 2 ** 32 - 1 });
/** Evenly spread classes and very uneven ones. */
const labelled = fc
  .tuple(fc.array(fc.constantFrom(1, 1, 2, 5, 30), { minLength: 1, maxLength: 10 }), fc.integer({ min: 2, max: 250 }), seeds)
  .map(([weights, m, seed]): Made => {
    const bag = weights.flatMap((weight, label) => Array<number>(weight).fill(label));
    return { labels: Array.from({ length: m }, (_, i) => bag[(i * 7919 + seed) % bag.length] ?? 0), classes: weights.length };
  });

const indicesOf = ({ x }: { x: { values: ArrayLike<number>; m: number } }): number[] =>
  Array.from({ length: x.m }, (_, i) => x.values[2 * i] ?? -1);
const count = (values: Iterable<number>, of: number): number => [...values].filter((value) => value === of).length;
/** Farthest that a class is from its share of all, in examples. */
function largestExcess(part: readonly number[], all: readonly number[]): number {
  return Math.max(...[...new Set(all)].map((label) => Math.abs(count(part, label) - (part.length * count(all, label)) / all.length)));
}

describe('nestedOrder', () => {
  test('names every training example once, each prefix within one example of the proportions', () => {
    fc.assert(
      fc.property(labelled, seeds, (about, seed) => {
        const order = nestedOrder(made(about), seed);
        expect([...order].sort((a, b) => a - b)).toEqual([...about.labels.keys()]);
        for (let m = 1; m <= order.length; m += 3) {
          const part = Array.from(order.subarray(0, m), (index) => about.labels[index] ?? -1);
          expect(largestExcess(part, about.labels)).toBeLessThan(1);
        }
      }),
    );
  });

  test('is up to the seed, and so are the classes of equal shares', () => {
    const labels = Array.from({ length: 100 }, (_, i) => i % 5);
    const dataset = made({ labels });
    expect(nestedOrder(dataset, 3)).toEqual(nestedOrder(dataset, 3));
    expect(nestedOrder(dataset, 3)).not.toEqual(nestedOrder(dataset, 4));
    const classes = Array.from(nestedOrder(dataset, 3), (index) => labels[index]);
    expect(classes.slice(0, 5)).not.toEqual(classes.slice(5, 10));
  });

  test('counts a regression as one class, whatever its targets', () => {
    const dataset = made({ labels: Array.from({ length: 40 }, (_, i) => -i / 3), classes: 0 });
    expect([...nestedOrder(dataset, 1)].sort((a, b) => a - b)).toEqual([...Array(40).keys()]);
    expect(nestedOrder(dataset, 1)).not.toEqual(nestedOrder(dataset, 2));
  });

  test('orders sixty thousand examples of ten classes in no time', () => {
    const dataset = made({ labels: Array.from({ length: 60_000 }, (_, i) => i % 10) });
    const order = nestedOrder(dataset, 1);
    expect(new Set(order).size).toBe(60_000);
    for (let m = 10; m <= 60_000; m *= 10) {
      const part = Array.from(order.subarray(0, m), (index) => index % 10);
      for (let label = 0; label < 10; label++) expect(Math.abs(count(part, label) - m / 10)).toBeLessThan(1);
    }
  });
});

describe('takeSubset', () => {
  test('nests: the training part and the part held out of a smaller m lie within those of a larger one', () => {
    fc.assert(
      fc.property(labelled, seeds, fc.boolean(), (about, seed, heldOut) => {
        const dataset = made(about);
        const order = nestedOrder(dataset, seed);
        let before: { train: number[]; held: number[] } = { train: [], held: [] };
        for (let m = 2; m <= order.length; m += 5) {
          const subset = takeSubset(dataset, order, m, heldOut, 'none');
          const train = indicesOf(subset.train);
          const held = subset.heldOut ? indicesOf(subset.heldOut) : [];
          expect([...train, ...held].sort((a, b) => a - b)).toEqual([...order.subarray(0, m)].sort((a, b) => a - b));
          expect([...subset.train.y]).toEqual(train.map((index) => about.labels[index]));
          expect([...(subset.heldOut?.y ?? [])]).toEqual(held.map((index) => about.labels[index]));
          expect(before.train.every((index) => train.includes(index))).toBe(true);
          expect(before.held.every((index) => held.includes(index))).toBe(true);
          before = { train, held };
        }
      }),
    );
  });

  test('holds out a tenth, one at least, and keeps the proportions on both sides', () => {
    fc.assert(
      fc.property(labelled, seeds, (about, seed) => {
        const dataset = made(about);
        const order = nestedOrder(dataset, seed);
        for (let m = 2; m <= order.length; m += 3) {
          const { train, heldOut } = takeSubset(dataset, order, m, true, 'none');
          const held = [...(heldOut?.y ?? [])];
          expect(held.length).toBeGreaterThanOrEqual(Math.max(1, Math.floor(m / 10)));
          expect(held.length).toBeLessThanOrEqual(Math.ceil(m / 10));
          // two roundings meet here: that of the prefix and that of its tenth
          expect(largestExcess(held, about.labels)).toBeLessThan(2);
          expect(largestExcess([...train.y], about.labels)).toBeLessThan(2.5);
        }
      }),
    );
  });

  test('holds out each of ten equal classes once in a hundred examples', () => {
    const dataset = made({ labels: Array.from({ length: 1000 }, (_, i) => i % 10) });
    for (let seed = 0; seed < 20; seed++) {
      const { heldOut } = takeSubset(dataset, nestedOrder(dataset, seed), 100, true, 'none');
      expect([...(heldOut?.y ?? [])].sort((a, b) => a - b)).toEqual([...Array(10).keys()]);
    }
  });

  test('leaves the test part and the data set as they are, for every m and seed', () => {
    const dataset = made({ labels: Array.from({ length: 60 }, (_, i) => i % 3), storage: 'uint8' });
    const bits = structuredClone([dataset.train, dataset.test]);
    for (const seed of [1, 2]) {
      for (const m of [2, 30, 60]) expect(takeSubset(dataset, nestedOrder(dataset, seed), m, true, 'standard').test).toBe(dataset.test);
    }
    expect([dataset.train, dataset.test]).toEqual(bits);
  });

  test('refuses more examples than there are, and fewer than are needed', () => {
    const dataset = made({ labels: [0, 1, 0, 1] });
    const order = nestedOrder(dataset, 1);
    expect(() => takeSubset(dataset, order, 5, false, 'none')).toThrow(DataError);
    expect(() => takeSubset(dataset, order, 0, false, 'none')).toThrow('expected a whole number from 1 to 4, found 0');
    expect(() => takeSubset(dataset, order, 1, true, 'none')).toThrow('expected a whole number from 2 to 4, found 1');
  });
});

describe('the scaling of a subset', () => {
  test('is fitted on the bytes of the training part alone', () => {
    const dataset = made({ labels: Array.from({ length: 200 }, (_, i) => i % 2), storage: 'uint8' });
    const { train, scaling } = takeSubset(dataset, nestedOrder(dataset, 1), 30, true, 'standard');
    expect(train.x.storage).toBe('uint8');
    expect(scaling).toEqual(fitByteScaling(train.x.values as Uint8Array, 2, train.x.m, 'standard'));
    expect([scaling.scale[1], scaling.shift[1]]).toEqual([0, 0]);
  });

  const rows = fc
    .tuple(fc.integer({ min: 12, max: 60 }), seeds)
    .map(([m, seed]) => Array.from({ length: m }, (_, i) => [1e4 + ((i * 131 + seed) % 997), i % 7, i === m - 1 ? 1 : 0, 5]));

  test.each<Normalization>(['standard', 'unit', 'none'])('%s: a table scaled twice is a table scaled on the subset', (normalization) => {
    fc.assert(
      fc.property(rows, seeds, fc.integer({ min: 5, max: 12 }), (values, seed, m) => {
        const dataset = asDataset(values, normalization);
        const m0 = Math.min(m, dataset.train.x.m);
        const { train, heldOut, test: held, scaling } = takeSubset(dataset, nestedOrder(dataset, seed), m0, true, normalization);
        const raw = (y: Float32Array): Float64Array =>
          Float64Array.from([...y].flatMap((value) => values[Math.round(value * dataset.targetScale + dataset.targetMean)] ?? []));
        const others = [heldOut ?? train, held];
        for (const part of others) {
          const rescaling = fitRescaling(raw(train.y), 4, normalization);
          expectClose(scaled(train.x.values, scaling), rescaled(raw(train.y), 4, rescaling));
          expectClose(scaled(part.x.values, scaling), rescaled(raw(part.y), 4, rescaling));
        }
      }),
    );
  });
});

/** As a regression on the number of the row, so that it is known which rows were taken. */
function asDataset(rows: readonly (readonly number[])[], normalization: Normalization): Dataset {
  const table = {
    n: 4,
    m: rows.length,
    values: Float64Array.from(rows.flat()),
    featureNames: ['a', 'b', 'c', 'd'],
    target: Float64Array.from(rows.keys()),
    classNames: [],
    missing: [],
    omittedRows: 0,
  };
  return tableDataset(table, request({ set: 'houses', m: 'all', normalization }), { name: 'houses', targetName: 'y', attributions: [] });
}

function scaled(values: ArrayLike<number>, { scale, shift }: { scale: Float32Array; shift: Float32Array }): number[] {
  return Array.from(values, (value, at) => value * (scale[at % 4] ?? NaN) + (shift[at % 4] ?? NaN));
}

function expectClose(found: readonly number[], expected: Float32Array): void {
  expect(found.length).toBe(expected.length);
  for (const [at, value] of found.entries()) expect(Math.abs(value - (expected[at] ?? NaN)) / (1 + Math.abs(value))).toBeLessThan(2e-5);
}

describe('classShortage', () => {
  test('agrees with the training part', () => {
    fc.assert(
      fc.property(labelled, seeds, fc.integer({ min: 2, max: 40 }), fc.boolean(), (about, seed, m, heldOut) => {
        const dataset = made(about);
        const order = nestedOrder(dataset, seed);
        const taken = Math.min(m, order.length);
        const { train } = takeSubset(dataset, order, taken, heldOut, 'none');
        const short = dataset.classNames.find((_, label) => count(train.y, label) === 0);
        expect(classShortage(dataset, order, taken, heldOut)).toEqual(
          short === undefined ? null : { className: short, found: 0, needed: 1 },
        );
      }),
    );
  });

  test('names a class that the data set has no example of', () => {
    const dataset = made({ labels: [0, 1, 0, 1, 1, 0], classes: 3 });
    expect(classShortage(dataset, nestedOrder(dataset, 1), 6, false)).toEqual({ className: 'class 2', found: 0, needed: 1 });
  });

  test('asks a regression for one example to train on and one to hold out', () => {
    const dataset = made({ labels: [0.5, 1.5, 2.5], classes: 0 });
    const order = nestedOrder(dataset, 1);
    expect(classShortage(dataset, order, 1, false)).toBeNull();
    expect(classShortage(dataset, order, 1, true)).toEqual({ className: 'price', found: 1, needed: 2 });
    expect(classShortage(dataset, order, 2, true)).toBeNull();
  });
});
