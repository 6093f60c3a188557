/** The comparison of a trainer with the float64 reference over a whole run; every lane and plan is held to it. */
import { expect } from 'vitest';
import type { Engine, Problem } from '../../src/engine/contract.ts';
import { ReferenceEngine } from '../../src/engine/cpu/reference.ts';

const truth = new ReferenceEngine({ precision: 'float64', clock: () => performance.now(), breathe: () => undefined });

/** Largest |a − b| over the larger of ‖b‖∞ and a floor. */
export function largestDifference(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let largest = 0;
  let size = 1e-3;
  for (let i = 0; i < b.length; i++) {
    const difference = Math.abs((a[i] ?? Number.NaN) - (b[i] ?? 0));
    if (!(difference <= largest)) largest = difference;
    size = Math.max(size, Math.abs(b[i] ?? 0));
  }
  return a.length === b.length ? largest / size : Number.POSITIVE_INFINITY;
}

/** Costs of all steps within tolerance · J + 1e-7, parameters at the end within ten times the tolerance. */
export async function compareWithTruth(engine: Pick<Engine, 'prepare'>, problem: Problem, steps: number, tolerance: number): Promise<void> {
  const expected = await truth.prepare(problem);
  const actual = await engine.prepare(problem);
  try {
    await expected.step(steps);
    await actual.step(steps);
    const wanted = await expected.costs(0);
    const found = await actual.costs(0);
    expect(found.map((cost) => cost.step)).toEqual(wanted.map((cost) => cost.step));
    for (const [index, { cost }] of wanted.entries()) {
      expect(Math.abs((found[index]?.cost ?? Number.NaN) - cost), `cost of step ${index}`).toBeLessThanOrEqual(tolerance * cost + 1e-7);
    }
    // ten times the cost's tolerance: Adam divides by root-mean-squares that start near 0 and so magnifies rounding
    expect(largestDifference(await actual.parameters(), await expected.parameters()), 'parameters').toBeLessThan(10 * tolerance);
    expect(largestDifference(await actual.gradient(), await expected.gradient()), 'gradient').toBeLessThan(100 * tolerance);
    for (const part of ['train', 'test'] as const) {
      expect(largestDifference(await actual.predict(part), await expected.predict(part)), `ŷ of ${part}`).toBeLessThan(10 * tolerance);
      const cost = await expected.cost(part);
      expect(Math.abs((await actual.cost(part)) - cost), `cost of ${part}`).toBeLessThanOrEqual(tolerance * cost + 1e-7);
    }
  } finally {
    actual.dispose();
  }
}
