/** Scaling: what is fitted on the training part, for bytes and for tables, and missing values filled from it. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fitByteScaling } from '../../../src/data/scaling.ts';
import { tableDataset } from '../../../src/data/table-dataset.ts';
import type { NumericTable } from '../../../src/data/table.ts';
import { request } from './helpers.ts';

const about = { name: 'houses', targetName: 'y', attributions: [] } as const;

function table(
  n: number,
  rows: readonly (readonly number[])[],
  target: readonly number[],
  classNames: readonly string[] = [],
): NumericTable {
  const featureNames = Array.from({ length: n }, (_, j) => `f${j}`);
  return {
    n,
    m: rows.length,
    values: Float64Array.from(rows.flat()),
    featureNames,
    target: Float64Array.from(target),
    classNames,
    missing: [],
    omittedRows: 0,
  };
}

describe('fitByteScaling', () => {
  test('standard gives each feature mean 0 and deviation 1, and 0 where it never varies', () => {
    const sized = fc.tuple(fc.integer({ min: 1, max: 5 }), fc.integer({ min: 1, max: 20 }));
    fc.assert(
      fc.property(
        sized.chain(([n, m]) => fc.tuple(fc.constant(n), fc.constant(m), fc.uint8Array({ minLength: n * m, maxLength: n * m }))),
        ([n, m, values]) => {
          const { scale, shift } = fitByteScaling(values, n, m, 'standard');
          for (let j = 0; j < n; j++) {
            const raw = Array.from({ length: m }, (_, i) => values[i * n + j] ?? 0);
            const x = raw.map((value) => (scale[j] ?? NaN) * value + (shift[j] ?? NaN));
            const mean = x.reduce((sum, value) => sum + value, 0) / m;
            const variance = x.reduce((sum, value) => sum + (value - mean) ** 2, 0) / m;
            expect(mean).toBeCloseTo(0, 4);
            expect(variance).toBeCloseTo(new Set(raw).size > 1 ? 1 : 0, 4);
          }
        },
      ),
    );
  });

  test('unit and none are the same for every feature', () => {
    const values = Uint8Array.of(0, 255);
    expect(fitByteScaling(values, 2, 1, 'unit')).toEqual({ scale: new Float32Array(2).fill(1 / 255), shift: new Float32Array(2) });
    expect(fitByteScaling(values, 2, 1, 'none')).toEqual({ scale: new Float32Array(2).fill(1), shift: new Float32Array(2) });
  });
});

describe('tableDataset', () => {
  const rows = Array.from({ length: 50 }, (_, i) => [1e6 + i, i % 3, i === 7 ? NaN : i * i]);
  const prices = rows.map((_, i) => 10 + i / 5);

  test('standardises features and target on the training part alone', () => {
    const set = tableDataset(table(3, rows, prices), request({ set: 'houses', m: 30, normalization: 'standard' }), about);
    expect(set.task).toBe('regression');
    expect([set.train.x.m, set.test.x.m, set.mAvailable]).toEqual([30, 10, 40]);
    for (let j = 0; j < 3; j++) {
      const x = Array.from({ length: 30 }, (_, i) => set.train.x.values[i * 3 + j] ?? NaN);
      expect(x.reduce((sum, value) => sum + value, 0) / 30).toBeCloseTo(0, 5);
      expect(x.reduce((sum, value) => sum + value * value, 0) / 30).toBeCloseTo(1, 5);
    }
    expect(set.train.y.reduce((sum, y) => sum + y, 0) / 30).toBeCloseTo(0, 5);
    const original = Array.from(set.test.y, (y) => y * set.targetScale + set.targetMean);
    for (const price of original) expect(Math.min(...prices.map((p) => Math.abs(p - price)))).toBeLessThan(1e-5);
  });

  test('unit maps the training part onto 0 … 1, none leaves values', () => {
    const unit = tableDataset(table(3, rows, prices), request({ set: 'houses', m: 30, normalization: 'unit' }), about);
    expect(Math.min(...unit.train.x.values)).toBe(0);
    expect(Math.max(...unit.train.x.values)).toBe(1);
    const raw = tableDataset(table(3, rows, prices), request({ set: 'houses', m: 30, normalization: 'none' }), about);
    expect(raw.train.x.values[0]).toBeGreaterThanOrEqual(1e6);
    expect(raw.scaling).toEqual({ scale: new Float32Array(3).fill(1), shift: new Float32Array(3) });
  });

  test('fills what is missing with the median of the training part', () => {
    const holes = Array.from({ length: 21 }, (_, i) => [i === 20 ? NaN : i]);
    const set = tableDataset(
      table(
        1,
        holes,
        holes.map((_, i) => i),
      ),
      request({ set: 'houses', m: 'all', testShare: 0, normalization: 'none' }),
      about,
    );
    expect([...set.train.x.values].sort((a, b) => a - b)).toEqual([...Array.from({ length: 20 }, (_, i) => i), 9.5].sort((a, b) => a - b));
  });

  test('loads one example, and a single class', () => {
    for (const normalization of ['standard', 'unit', 'none'] as const) {
      const one = tableDataset(table(3, rows, prices), request({ set: 'houses', m: 1, normalization }), about);
      expect(one.train.x.m).toBe(1);
      expect([...one.train.x.values, ...one.test.x.values, ...one.train.y, ...one.test.y].every(Number.isFinite)).toBe(true);
    }
    const lone = tableDataset(
      table(
        3,
        rows,
        rows.map(() => 1),
        ['a', 'b'],
      ),
      request({ set: 'adverts', m: 5 }),
      about,
    );
    expect([...lone.train.y]).toEqual([1, 1, 1, 1, 1]);
  });
});
