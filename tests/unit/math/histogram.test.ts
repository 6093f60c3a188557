/** Bins and colour positions at their edges. */
import { describe, expect, it } from 'vitest';
import { decadesOf, histogram, logPosition } from '../../../src/math/histogram.ts';

describe('histogram', () => {
  it('counts what lies outside to the nearer end, and what is no number nowhere', () => {
    expect(histogram([-9, 0, 0.49, 0.5, 1, 9, Number.NaN], 0, 1, 2)).toEqual([3, 3]);
  });

  it('refuses a range that is none', () => {
    expect(() => histogram([1], 1, 1, 4)).toThrow(RangeError);
    expect(() => histogram([1], 0, 1, 0)).toThrow(RangeError);
  });
});

describe('the logarithmic colour scale', () => {
  it('goes from one whole power of ten to another, and no further down than asked', () => {
    expect(decadesOf([3e-5, 0.2], 10)).toEqual({ low: -5, high: 0 });
    expect(decadesOf([1e-30, 0.2], 10)).toEqual({ low: -10, high: 0 });
    expect(decadesOf([1], 10)).toEqual({ low: -1, high: 0 });
    expect(decadesOf([0, Number.NaN, Number.POSITIVE_INFINITY], 10)).toEqual({ low: -1, high: 0 });
  });

  it('puts zero at its low end and what is beyond at its ends', () => {
    const decades = { low: -4, high: 0 };
    expect([0, 1e-9, 1e-4, 1e-2, 1, 100].map((value) => logPosition(value, decades))).toEqual([0, 0, 0, 0.5, 1, 1]);
  });
});
