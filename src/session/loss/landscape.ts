/** What a surface is like before it is drawn: its lowest and highest J, its minima, and where contours go. Pure. */
import { float64 } from '../../engine/cpu/arithmetic.ts';
import { costAt, lossSurface } from '../../engine/cpu/kernels/loss-surface.ts';
import { examplesOf, lossOfCost } from './descent.ts';
import type { LabPoint, LossCost } from './settings.ts';

/** A (w, b) from which J rises in every direction. */
export interface Minimum {
  readonly w: number;
  readonly b: number;
  readonly cost: number;
}

export interface Landscape {
  readonly cost: LossCost;
  /** Over the picture. */
  readonly low: number;
  readonly high: number;
  /** Where the surface is cut off in space, so that what happens near the ground can be seen. */
  readonly top: number;
  /** At most sixteen, rising. */
  readonly levels: readonly number[];
  /** Inside the picture, the lowest first. */
  readonly minima: readonly Minimum[];
}

const size = 65;
/** The surface is shown up to so many times J(0, 0). */
const topShare = 4;
/** Shares of the way from the lowest to the highest J at which contours lie: close together in the valley. */
const levelShares = [0.0015, 0.005, 0.012, 0.025, 0.045, 0.075, 0.12, 0.18, 0.26, 0.36, 0.5, 0.66, 0.83];

/** Levels between two values of J, rising, rounded to two digits (or as many as tell them apart from the lowest). */
export function contourLevels(low: number, high: number): readonly number[] {
  if (!(high > low)) return [];
  const rounded = levelShares.map((share) => {
    const level = low + share * (high - low);
    const two = Number(level.toPrecision(2));
    return two > low && two < high ? two : Number(level.toPrecision(3));
  });
  return [...new Set(rounded)].filter((level) => level > low && level < high).sort((a, b) => a - b);
}

/** @param span w and b go from −span to span */
export function landscapeOf(points: readonly LabPoint[], cost: LossCost, span: number): Landscape {
  const step = (2 * span) / (size - 1);
  const grid = { columns: size, rows: size, firstW: -span, stepW: step, firstB: -span, stepB: step };
  const examples = examplesOf(points);
  const values = lossSurface(lossOfCost[cost], examples, grid, float64);
  const at = (w: number, b: number): number => costAt(lossOfCost[cost], examples, w, b, float64);
  const minima = localMinima(values).map(([column, row]) => refined(at, -span + column * step, -span + row * step, step));
  const inside = minima.filter(({ w, b }) => Math.max(Math.abs(w), Math.abs(b)) < span);
  const real = distinct(
    inside.filter((one) => isMinimum(at, one)),
    2 * step,
  );
  let low = real[0]?.cost ?? Number.POSITIVE_INFINITY;
  let high = 0;
  for (const value of values) {
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  return { cost, low, high, top: Math.min(high, Math.max(topShare * at(0, 0), 2 * low)), levels: contourLevels(low, high), minima: real };
}

/** Columns and rows of grid points that none of their eight neighbours is below; the edge has none. */
function localMinima(values: ArrayLike<number>): readonly (readonly [column: number, row: number])[] {
  const found: [number, number][] = [];
  for (let row = 1; row < size - 1; row++) {
    for (let column = 1; column < size - 1; column++) {
      const own = values[row * size + column] ?? 0;
      const around = [-size - 1, -size, -size + 1, -1, 1, size - 1, size, size + 1];
      if (around.every((offset) => (values[row * size + column + offset] ?? 0) > own)) found.push([column, row]);
    }
  }
  return found;
}

const directions = [
  [1, 0],
  [-1, 0],
  [0, 1],
  [0, -1],
  [1, 1],
  [-1, -1],
  [1, -1],
  [-1, 1],
  [1, 2],
  [-1, -2],
  [2, 1],
  [-2, -1],
  [1, -2],
  [-1, 2],
  [2, -1],
  [-2, 1],
] as const;

/** Goes down from a grid point, by smaller and smaller steps in sixteen directions. */
function refined(at: (w: number, b: number) => number, w: number, b: number, firstStep: number): Minimum {
  let best: Minimum = { w, b, cost: at(w, b) };
  for (let step = firstStep / 2, turns = 0; step > 1e-5 && turns < 400; turns++) {
    const here = best;
    for (const [dw, db] of directions) {
      const [toW, toB] = [here.w + step * dw, here.b + step * db];
      const cost = at(toW, toB);
      if (cost < best.cost) best = { w: toW, b: toB, cost };
    }
    if (best === here) step /= 2;
  }
  return best;
}

/** J curves upwards in every direction: no plain, no channel. */
function isMinimum(at: (w: number, b: number) => number, { w, b, cost }: Minimum): boolean {
  const h = 0.02;
  const ww = (at(w + h, b) - 2 * cost + at(w - h, b)) / h ** 2;
  const bb = (at(w, b + h) - 2 * cost + at(w, b - h)) / h ** 2;
  const wb = (at(w + h, b + h) - at(w + h, b - h) - at(w - h, b + h) + at(w - h, b - h)) / (4 * h ** 2);
  return ww + bb > 1e-5 && ww * bb - wb ** 2 > 1e-9;
}

function distinct(minima: readonly Minimum[], apart: number): readonly Minimum[] {
  const kept: Minimum[] = [];
  for (const one of [...minima].sort((a, b) => a.cost - b.cost)) {
    if (kept.every(({ w, b }) => Math.hypot(w - one.w, b - one.b) > apart)) kept.push(one);
  }
  return kept;
}
