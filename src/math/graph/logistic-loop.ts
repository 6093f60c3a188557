/**
 * Logistic regression on m examples with two features, the way of a loop: one line at a time, with the accumulators J, dw₁,
 * dw₂ and db as they grow; and the vectorised form, whose result they must equal. For reading, not for speed.
 */
import { sigmoid, softplus } from '../activations.ts';

export interface Example {
  readonly x1: number;
  readonly x2: number;
  readonly y: 0 | 1;
}

/** Parameters w₁, w₂, b. */
export interface Weights {
  readonly w1: number;
  readonly w2: number;
  readonly b: number;
}

/** The lines of the loop; those between `z` and `db` are done for each example. */
export const loopLines = ['start', 'z', 'a', 'J', 'dz', 'dw1', 'dw2', 'db', 'mean'] as const;
export type LoopLine = (typeof loopLines)[number];

/** How things stand after a line. */
export interface LoopMoment {
  readonly line: LoopLine;
  /** Which example, from 0; null before the first and after the last. */
  readonly example: number | null;
  readonly J: number;
  readonly dw1: number;
  readonly dw2: number;
  readonly db: number;
  /** Of the example at hand; null where not computed yet. */
  readonly z: number | null;
  readonly a: number | null;
  readonly dz: number | null;
}

/** x₁, x₂ and y of ten examples: two classes that overlap a little. */
const table = [
  [1.2, 0.7, 1],
  [-0.9, -0.4, 0],
  [0.6, 1.4, 1],
  [0.3, -1.1, 0],
  [1.7, -0.2, 1],
  [-1.4, 0.5, 0],
  [-0.2, 0.9, 1],
  [0.8, -0.6, 0],
  [0.9, 0.1, 1],
  [-0.5, -1.3, 0],
] as const;

export const mostExamples = table.length;

/** The first `count` of the examples. */
export function exampleSet(count: number): readonly Example[] {
  return table.slice(0, count).map(([x1, x2, y]) => ({ x1, x2, y }));
}

/** L(a, y) = −(y log a + (1 − y) log(1 − a)) with a = σ(z), from z, so that it is finite for every z. */
function loss(z: number, y: number): number {
  return softplus(y === 1 ? -z : z);
}

/** Every moment of the loop, the first after the line that sets the accumulators to 0. */
export function loopTrace(examples: readonly Example[], { w1, w2, b }: Weights): readonly LoopMoment[] {
  const none = { z: null, a: null, dz: null };
  let now: LoopMoment = { line: 'start', example: null, J: 0, dw1: 0, dw2: 0, db: 0, ...none };
  const trace = [now];
  const then = (line: LoopLine, change: Partial<LoopMoment>): void => {
    now = { ...now, ...change, line };
    trace.push(now);
  };
  for (const [example, { x1, x2, y }] of examples.entries()) {
    const z = w1 * x1 + w2 * x2 + b;
    const a = sigmoid(z);
    const dz = a - y;
    then('z', { example, ...none, z });
    then('a', { a });
    then('J', { J: now.J + loss(z, y) });
    then('dz', { dz });
    then('dw1', { dw1: now.dw1 + x1 * dz });
    then('dw2', { dw2: now.dw2 + x2 * dz });
    then('db', { db: now.db + dz });
  }
  const m = Math.max(1, examples.length);
  then('mean', { example: null, J: now.J / m, dw1: now.dw1 / m, dw2: now.dw2 / m, db: now.db / m, ...none });
  return trace;
}

export interface Vectorized {
  /** Each of shape (1, m). */
  readonly Z: readonly number[];
  readonly A: readonly number[];
  readonly dZ: readonly number[];
  readonly J: number;
  readonly dw: readonly [number, number];
  readonly db: number;
}

/** Z = wᵀX + b, A = σ(Z), dZ = A − Y, dw = (1/m) X dZᵀ, db = (1/m) Σ dZ. */
export function vectorized(examples: readonly Example[], { w1, w2, b }: Weights): Vectorized {
  const Z = examples.map(({ x1, x2 }) => w1 * x1 + w2 * x2 + b);
  const A = Z.map(sigmoid);
  const dZ = examples.map(({ y }, i) => (A[i] ?? Number.NaN) - y);
  const mean = (of: (example: Example, i: number) => number): number =>
    examples.reduce((sum, example, i) => sum + of(example, i), 0) / Math.max(1, examples.length);
  return {
    Z,
    A,
    dZ,
    J: mean(({ y }, i) => loss(Z[i] ?? Number.NaN, y)),
    dw: [mean(({ x1 }, i) => x1 * (dZ[i] ?? Number.NaN)), mean(({ x2 }, i) => x2 * (dZ[i] ?? Number.NaN))],
    db: mean((_, i) => dZ[i] ?? Number.NaN),
  };
}
