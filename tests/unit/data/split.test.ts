/** The split: nothing lost, nothing shared, classes in proportion, and prefixes that nest. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { split, stratifiedOrder } from '../../../src/data/split.ts';

const classes = fc.array(fc.integer({ min: 0, max: 3 }), { minLength: 1, maxLength: 200 });
const seeds = fc.integer({ min: 0, max: 2 ** 32 - 1 });
const count = (indices: Iterable<number>, of: readonly number[], label: number): number =>
  [...indices].filter((i) => of[i] === label).length;

describe('split', () => {
  test('puts every example into exactly one part, the share of each class into the test part', () => {
    fc.assert(
      fc.property(classes, fc.double({ min: 0, max: 0.5, noNaN: true }), seeds, (of, share, seed) => {
        const { train, test: held } = split(of, share, seed);
        expect([...train, ...held].sort((a, b) => a - b)).toEqual([...of.keys()]);
        for (const label of new Set(of)) expect(count(held, of, label)).toBe(Math.round(count(of.keys(), of, label) * share));
      }),
    );
  });

  test('keeps the proportions of the classes in every prefix', () => {
    fc.assert(
      fc.property(classes, seeds, (of, seed) => {
        const order = stratifiedOrder(of, seed);
        const labels = [...new Set(of)];
        for (let m = 1; m <= of.length; m += 7) {
          for (const label of labels) {
            const expected = (m * count(of.keys(), of, label)) / of.length;
            expect(Math.abs(count(order.subarray(0, m), of, label) - expected)).toBeLessThanOrEqual(labels.length + 1);
          }
        }
      }),
    );
  });

  test('depends on the seed and on nothing else', () => {
    const of = Array.from({ length: 100 }, (_, i) => i % 2);
    expect(split(of, 0.2, 5)).toEqual(split(of, 0.2, 5));
    expect(split(of, 0.2, 5).train).not.toEqual(split(of, 0.2, 6).train);
  });
});
