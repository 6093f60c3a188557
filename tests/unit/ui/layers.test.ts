/** The pure parts of pictures with layers: round ticks that fit, and names that cover nothing. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { linearTicks, logTicks, placed, type Box, type Dot } from '../../../src/ui/charts/layers.ts';

describe('ticks', () => {
  it('are round and within the axis', () => {
    expect(linearTicks(0.38, 0.91, 6)).toEqual([0.4, 0.5, 0.6, 0.7, 0.8, 0.9]);
    expect(logTicks(89, 67_200, 9)).toEqual([100, 200, 500, 1000, 2000, 5000, 10_000, 20_000, 50_000]);
    expect(logTicks(89, 67_200, 5)).toEqual([100, 1000, 10_000]);
    expect(logTicks(120, 480, 4)).toEqual([200, 300, 400]);
  });
  it('are few, and at least two where there is room', () => {
    fc.assert(
      fc.property(
        fc.double({ min: -4, max: 5, noNaN: true }),
        fc.double({ min: 0.2, max: 7, noNaN: true }),
        fc.integer({ min: 3, max: 12 }),
        (low, size, most) => {
          const [from, to] = [10 ** low, 10 ** (low + size)];
          const ticks = logTicks(from, to, most);
          expect(ticks.length).toBeLessThanOrEqual(most + 1);
          for (const tick of ticks) {
            expect(tick).toBeGreaterThanOrEqual(from * (1 - 1e-6));
            expect(tick).toBeLessThanOrEqual(to * (1 + 1e-6));
          }
        },
      ),
    );
  });
});

describe('a name', () => {
  const room: Box = { left: 0, top: 0, width: 400, height: 300 };
  const size = { width: 120, height: 15 };
  const line: readonly Dot[] = Array.from({ length: 80 }, (_, i) => [5 * i, 20 + 3 * i]);
  const near = line.filter((_, i) => i % 8 === 0);

  it('covers neither its line nor another name where there is room', () => {
    const taken: Box[] = [];
    for (const below of [false, true]) {
      const box = placed(size, { near, below }, line, taken, room);
      for (const [x, y] of line) expect(x > box.left && x < box.left + 120 && y > box.top && y < box.top + 15).toBe(false);
      for (const other of taken) expect(Math.abs(box.top - other.top) >= 15 || Math.abs(box.left - other.left) >= 120).toBe(true);
      taken.push(box);
    }
  });
  it('stays in the room', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 400 }), fc.integer({ min: 0, max: 300 }), (x, y) => {
        const box = placed(size, { near: [[x, y]], below: false }, [], [], room);
        expect([box.left >= 0, box.top >= 0, box.left + 120 <= 400, box.top + 15 <= 300]).toEqual([true, true, true, true]);
      }),
    );
  });
});
