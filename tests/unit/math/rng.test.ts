import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hash3, permute, Random, shuffledIndices, streams } from '../../../src/math/rng.ts';

describe('hash3', () => {
  it('gives the bits that it always gave: results and data sets of a seed depend on them', () => {
    expect([hash3(0, 0, 0), hash3(1, 2, 3)]).toMatchInlineSnapshot(`
      [
        [
          2611992518,
          2833812075,
          1058359340,
        ],
        [
          4204755366,
          1223881804,
          1500469937,
        ],
      ]
    `);
  });

  it('has no bias that a thousand buckets would show', () => {
    const draws = 100_000;
    const random = new Random(3, streams.noise);
    const counts = new Float64Array(1000);
    for (let i = 0; i < draws; i++) {
      const bucket = random.below(1000);
      counts[bucket] = (counts[bucket] ?? 0) + 1;
    }
    const expected = draws / 1000;
    const chiSquare = counts.reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0);
    // 999 degrees of freedom: mean 999, standard deviation 44.7; five of them on both sides
    expect(chiSquare).toBeGreaterThan(999 - 5 * 44.7);
    expect(chiSquare).toBeLessThan(999 + 5 * 44.7);
  });
});

describe('normal', () => {
  it('has mean 0, variance 1 and the tails of a normal distribution', () => {
    const random = new Random(11, streams.parameters);
    const values = Float64Array.from({ length: 50_000 }, () => random.normal());
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length;
    const beyondTwo = values.filter((value) => Math.abs(value) > 2).length / values.length;
    expect(Math.abs(mean)).toBeLessThan(0.025);
    expect(Math.abs(variance - 1)).toBeLessThan(0.03);
    expect(Math.abs(beyondTwo - 0.0455)).toBeLessThan(0.005);
  });
});

describe('permute', () => {
  it('is a bijection for any size, seed and epoch', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 400 }), fc.nat(), fc.nat(1000), (count, seed, epoch) => {
        const seen = new Set(Array.from({ length: count }, (_, position) => permute(position, count, seed, epoch)));
        expect(seen.size).toBe(count);
        expect(Math.max(...seen)).toBe(count - 1);
      }),
      { numRuns: 60 },
    );
  });

  it('changes with the epoch', () => {
    const order = (epoch: number): number[] => Array.from({ length: 50 }, (_, position) => permute(position, 50, 1, epoch));
    expect(order(0)).not.toEqual(order(1));
    expect(order(2)).toEqual(order(2));
  });
});

it('shuffledIndices holds every index once', () => {
  fc.assert(
    fc.property(fc.nat(300), fc.nat(), (count, seed) => {
      expect([...shuffledIndices(count, seed)].sort((a, b) => a - b)).toEqual(Array.from({ length: count }, (_, index) => index));
    }),
    { numRuns: 50 },
  );
});
