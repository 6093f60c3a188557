/** What each operation of a graph computes, its partial derivatives, and where it has no value: one record an operation. */
import { sigmoid } from '../activations.ts';
import type { OperationName } from './tree.ts';

/** Why a node has no value. `waits`: one that it needs has none. */
export type Problem = 'division-by-zero' | 'log-of-zero' | 'log-of-negative' | 'root-of-negative' | 'too-large' | 'waits';

export interface Operation {
  readonly value: (x: readonly number[]) => number;
  /** ∂value/∂x for each operand, given the value; NaN or infinite where there is none. */
  readonly partials: (x: readonly number[], value: number) => readonly number[];
  /** Why it has no value at x; null where it has one. */
  readonly problem: (x: readonly number[]) => Problem | null;
}

const fine = (): null => null;

/** An operation of one operand. */
function unary(value: (x: number) => number, slope: (x: number, y: number) => number): Operation {
  const first = ([x = Number.NaN]: readonly number[]): number => x;
  return { value: (x) => value(first(x)), partials: (x, y) => [slope(first(x), y)], problem: fine };
}

/** An operation of two operands. */
function binary(
  value: (x: number, y: number) => number,
  slopes: (x: number, y: number, z: number) => readonly [number, number],
  problem: (x: number, y: number) => Problem | null = fine,
): Operation {
  const pair = ([x = Number.NaN, y = Number.NaN]: readonly number[]): readonly [number, number] => [x, y];
  return { value: (x) => value(...pair(x)), partials: (x, z) => slopes(...pair(x), z), problem: (x) => problem(...pair(x)) };
}

/** Of equal operands the first is taken to be the one that counts. */
function extreme(choose: (...x: readonly number[]) => number): Operation {
  const slopes = (x: readonly number[], value: number): readonly number[] => {
    const winner = x.indexOf(value);
    return x.map((_, index) => (index === winner ? 1 : 0));
  };
  return { value: (x) => choose(...x), partials: slopes, problem: fine };
}

/** d(x^y)/dy = x^y log x; 0 where x^y is flat at 0. */
function powerSlopes(x: number, y: number, z: number): readonly [number, number] {
  const inExponent = x === 0 && y > 0 ? 0 : z * Math.log(x);
  return [y === 0 ? 0 : y * x ** (y - 1), inExponent];
}

function powerProblem(x: number, y: number): Problem | null {
  if (x === 0 && y < 0) return 'division-by-zero';
  return x < 0 && !Number.isInteger(y) ? 'root-of-negative' : null;
}

function logProblem([x = Number.NaN]: readonly number[]): Problem | null {
  if (x === 0) return 'log-of-zero';
  return x < 0 ? 'log-of-negative' : null;
}

export const operations: Readonly<Record<OperationName, Operation>> = {
  add: binary(
    (x, y) => x + y,
    () => [1, 1],
  ),
  subtract: binary(
    (x, y) => x - y,
    () => [1, -1],
  ),
  multiply: binary(
    (x, y) => x * y,
    (x, y) => [y, x],
  ),
  divide: binary(
    (x, y) => x / y,
    (_x, y, z) => [1 / y, -z / y],
    (_x, y) => (y === 0 ? 'division-by-zero' : null),
  ),
  power: binary((x, y) => x ** y, powerSlopes, powerProblem),
  negate: unary(
    (x) => -x,
    () => -1,
  ),
  exp: unary(Math.exp, (_x, y) => y),
  log: { ...unary(Math.log, (x) => 1 / x), problem: logProblem },
  sigma: unary(sigmoid, (x) => sigmoid(x) * sigmoid(-x)),
  tanh: unary(Math.tanh, (_x, y) => 1 - y * y),
  max: extreme(Math.max),
  min: extreme(Math.min),
};
