/** The arithmetic behind charts and sliders. */
import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { apart, joined, thinned } from '../../../src/ui/charts/curves.ts';
import { crossings, mixed, roundTicks, shares } from '../../../src/ui/charts/plane.ts';
import { fromPosition, positions, roundTo, toPosition } from '../../../src/ui/controls/slider-scale.ts';

const sorted = fc.uniqueArray(fc.integer({ min: 0, max: 400 }), { maxLength: 80 }).map((xs) => xs.sort((a, b) => a - b));

describe('curves', () => {
  it('thinned keep the first and the last point and stay few', () => {
    fc.assert(
      fc.property(sorted, fc.integer({ min: 2, max: 40 }), (x, most) => {
        const thin = thinned(x, x, most);
        expect(thin.x.length).toBeLessThanOrEqual(most + 1);
        expect([thin.x[0], thin.x.at(-1)]).toEqual([x[0], x.at(-1)]);
      }),
    );
  });
  it('joined lose no point', () => {
    fc.assert(
      fc.property(fc.array(sorted, { maxLength: 4 }), (curves) => {
        const [xs, ...columns] = joined(curves.map((x) => ({ x, y: x.map((v) => 2 * v) })));
        columns.forEach((column, c) => {
          const kept = xs.filter((_, i) => column[i] !== undefined);
          expect(kept).toEqual(curves[c]);
          column.forEach((y, i) => expect(y === undefined || y === 2 * (xs[i] ?? 0)).toBe(true));
        });
      }),
    );
  });
});

describe('labels', () => {
  it('stand apart and in order where there is room', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: 0, max: 100, noNaN: true }), { maxLength: 5 }), (wanted) => {
        const placed = apart(wanted, 15, 0, 100).toSorted((a, b) => a - b);
        placed.slice(1).forEach((y, i) => expect(y - (placed[i] ?? 0)).toBeGreaterThanOrEqual(15 - 1e-9));
      }),
    );
  });
  it('stay where they are when nothing collides', () => expect(apart([80, 10], 15, 0, 100)).toEqual([80, 10]));
});

describe('sliders', () => {
  it('come back to the value within a position', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 60_000 }), (m) => {
        const back = fromPosition(toPosition(m, 1, 60_000, 'log'), 1, 60_000, 'log');
        expect(Math.abs(Math.log(back / m))).toBeLessThanOrEqual(Math.log(60_000) / positions);
      }),
    );
  });
  it('reach both ends exactly', () => {
    expect(fromPosition(positions, 1, 20_285, 'log')).toBe(20_285);
    expect(fromPosition(0, 1, 20_285, 'log')).toBe(1);
    expect(toPosition(5, 5, 5, 'linear')).toBe(0);
  });
  it('round to round numbers', () => expect(roundTo(1234, 2)).toBe(1200));
});

describe('planes', () => {
  it('find the contour of a slope', () => {
    const values = Float32Array.from({ length: 25 }, (_, i) => (i % 5) / 4);
    for (const [x1, , x2] of crossings(values, 5, 0.6)) expect([x1, x2]).toEqual([expect.closeTo(2.9), expect.closeTo(2.9)]);
    expect(crossings(values, 5, 0.6)).toHaveLength(4);
  });
  it('mix colours', () => expect(mixed('#000000', '#ff8000', 0.5)).toEqual([127.5, 64, 0]));
  it('tick at round numbers', () => expect(roundTicks(-3.4, 2.7)).toEqual([-2, 0, 2]));
});

describe('shades', () => {
  it('of probabilities are the probabilities', () => {
    const values = Float32Array.of(0, 0.25, 1);
    expect([...shares(values, 0.5, true)]).toEqual([...values]);
  });
  it.each([
    ['margins', [-4, 0, 2], 0, [0, 0.5, 0.75]],
    ['a line fitted to 0 and 1', [0.5, 2.5, -0.5], 0.5, [0.5, 1, 0.25]],
    ['one score everywhere', [3, 3], 3, [0.5, 0.5]],
    ['what is not finite', [Number.NaN, Number.POSITIVE_INFINITY], 0, [0.5, 1]],
  ])('of %s have the threshold in the middle and stay in range', (_what, values, threshold, expected) => {
    expect([...shares(values, threshold, false)]).toEqual(expected);
  });
});
