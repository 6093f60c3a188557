import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Random, streams } from '../../../src/math/rng.ts';
import { fitLine, median, outliers, quantile, ratioInterval, spread } from '../../../src/math/statistics.ts';

describe('order statistics', () => {
  it('lie among the values and in order', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ noNaN: true, min: -1e6, max: 1e6 }), { minLength: 1 }), (values) => {
        const { median: middle, p5, p95 } = spread(values);
        expect(p5).toBeLessThanOrEqual(middle);
        expect(middle).toBeLessThanOrEqual(p95);
        // compared with ===, which takes -0 for 0: sorting keeps them as they come, Math.min does not
        expect(quantile(values, 0) === Math.min(...values)).toBe(true);
        expect(quantile(values, 1) === Math.max(...values)).toBe(true);
      }),
    );
  });

  it('interpolate', () => {
    expect(median([4, 1, 3, 2])).toBe(2.5);
    expect(quantile([10, 20], 0.25)).toBe(12.5);
    expect(median([])).toBeNaN();
  });
});

describe('ratioInterval', () => {
  it('covers the true ratio about as often as it promises', () => {
    let covered = 0;
    const trials = 200;
    for (let trial = 0; trial < trials; trial++) {
      const random = new Random(trial, streams.noise);
      const slow = Array.from({ length: 40 }, () => 6 * (1 + 0.1 * random.normal()));
      const fast = Array.from({ length: 40 }, () => 2 * (1 + 0.1 * random.normal()));
      const { low, high } = ratioInterval(slow, fast, trial, { resamples: 300 });
      if (low <= 3 && high >= 3) covered++;
    }
    // 95 % asked for; percentile intervals of medians over-cover a little; five standard deviations below
    expect(covered / trials).toBeGreaterThan(0.87);
  });

  it('cancels what slows both sides of a pair at once', () => {
    const random = new Random(1, streams.noise);
    const load = Array.from({ length: 60 }, () => 1 + 3 * random.uniform());
    const { low, high, ratio } = ratioInterval(
      load.map((factor) => 4 * factor),
      load.map((factor) => 2 * factor),
      1,
    );
    expect([low, ratio, high]).toEqual([2, 2, 2]);
  });

  it('says nothing after one block', () => {
    expect(ratioInterval([2], [1], 1)).toEqual({ ratio: 2, low: 0, high: Number.POSITIVE_INFINITY });
  });
});

it('outliers are found and left where they are', () => {
  const values = [1, 1.01, 0.99, 1.02, 50, 1];
  expect(outliers(values)).toEqual([4]);
  expect(outliers([1, 1, 1])).toEqual([]);
});

it('fitLine recovers a line, and a weight of zero takes a point out', () => {
  fc.assert(
    fc.property(fc.integer({ min: -50, max: 50 }), fc.integer({ min: -50, max: 50 }), (intercept, slope) => {
      const x = [1, 2, 5, 9];
      const fit = fitLine(
        x,
        x.map((at) => intercept + slope * at),
      );
      expect(fit.intercept).toBeCloseTo(intercept, 8);
      expect(fit.slope).toBeCloseTo(slope, 8);
    }),
  );
  expect(fitLine([1, 2, 3], [1, 2, 300], [1, 1, 0]).slope).toBeCloseTo(1, 10);
});
