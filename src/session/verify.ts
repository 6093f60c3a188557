/** The answer before the time: each lane's first step is held against the float64 reference. */
import type { FeatureMatrix } from '../data/dataset.ts';
import type { Engine, Parameters, Problem, Trainer } from '../engine/contract.ts';
import { batchSizeOf, parameterLayout } from '../engine/layout.ts';
import { stepWork } from '../engine/work.ts';
import { norm } from './insight.ts';

/** Largest step that is done again in float64, in floating-point operations: some 0.3 s of plain TypeScript. */
const affordableFlops = 2e8;

/**
 * Tolerances of one step. Sums of float32 in runs err by some 1e-6 relative to the sum of magnitudes; a net's layers add
 * to that.
 */
const costTolerance = 1e-5;
const parameterTolerance = { oneLayer: 1e-4, net: 1e-3 };

export interface Expectation {
  readonly cost: number;
  readonly parameters: Parameters;
}

/** Whether the whole problem can be checked; otherwise a smaller one of the same shape should be. */
export function isAffordable(problem: Problem): boolean {
  return stepWork(problem, parameterLayout(problem.train.x.n, problem.model), 1).flopsPerStep <= affordableFlops;
}

/** The same problem on its first examples, few enough to be checked. */
export function affordableProblem(problem: Problem): Problem {
  if (isAffordable(problem)) return problem;
  const { flopsPerStep } = stepWork(problem, parameterLayout(problem.train.x.n, problem.model), 1);
  const examples = Math.max(16, Math.floor((batchSizeOf(problem) * affordableFlops) / flopsPerStep));
  const { x, y } = problem.train;
  const m = Math.min(x.m, examples);
  const head = { ...x, m, values: x.values.subarray(0, m * x.n) } as FeatureMatrix;
  return { ...problem, train: { x: head, y: y.subarray(0, m) }, test: null, batchSize: 'all' };
}

/** One step of the ground truth. */
export async function expectation(truth: Engine, problem: Problem, signal: AbortSignal): Promise<Expectation | null> {
  const trainer = await truth.prepare(problem);
  await trainer.step(1, signal);
  if (signal.aborted) return null;
  const [first] = await trainer.costs(0);
  const parameters = await trainer.parameters();
  trainer.dispose();
  return { cost: first?.cost ?? Number.NaN, parameters };
}

/** True when cost and parameters after the first step are within tolerance. */
export function isRight(problem: Problem, expected: Expectation, cost: number, parameters: Parameters): boolean {
  const tolerance = problem.model.hidden.length === 0 ? parameterTolerance.oneLayer : parameterTolerance.net;
  const difference = parameters.map((value, index) => value - (expected.parameters[index] ?? Number.NaN));
  return (
    Math.abs(cost - expected.cost) <= costTolerance * Math.abs(expected.cost) + 1e-7 &&
    norm(difference) <= tolerance * norm(expected.parameters) + 1e-7
  );
}

/** Does one step with `trainer`, which must be at step 0, and holds it against `expected`. */
export async function checkTrainer(
  problem: Problem,
  expected: Expectation,
  trainer: Trainer,
  signal: AbortSignal,
): Promise<boolean | null> {
  await trainer.step(1, signal);
  if (signal.aborted) return null;
  const [first] = await trainer.costs(0);
  return isRight(problem, expected, first?.cost ?? Number.NaN, await trainer.parameters());
}
