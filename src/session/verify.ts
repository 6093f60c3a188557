/** The answer before the time: each lane's first steps are held against the float64 reference. */
import type { FeatureMatrix } from '../data/dataset.ts';
import type { Engine, Parameters, Problem, StepCost, Trainer, TrainerState } from '../engine/contract.ts';
import { batchSizeOf, initialParameters, parameterLayout } from '../engine/layout.ts';
import { stepWork } from '../engine/work.ts';
import { norm } from '../math/norm.ts';
import { Random, streams } from '../math/rng.ts';

/**
 * Steps that are compared. From w = 0 the first cost is the same whatever X is, and the first gradient needs no sigmoid:
 * only from the second step on does a cost depend on every kernel.
 */
export const checkedSteps = 3;

/** Largest step that is done again in float64, in floating-point operations: some 0.3 s of plain TypeScript for all of them. */
const affordableFlops = 1e8;

/**
 * Tolerances. Sums of float32 in runs err by some 1e-6 relative to the sum of magnitudes; a net's layers add to that.
 */
const costTolerance = 1e-5;
const parameterTolerance = { oneLayer: 1e-4, net: 1e-3 };

/** A cost this many times the first one is past stability, where rounding grows and nothing can be asked of float32. */
const stableGrowth = 10;

const mostBesideStart = 0.1;

export interface Expectation {
  /** Where the steps begin; undefined: at the problem's own start. */
  readonly from: TrainerState | undefined;
  /** J of steps 0, 1, … */
  readonly costs: readonly number[];
  /** After as many steps as there are costs. */
  readonly parameters: Parameters;
  /** Of the last step, where parameters tell too little of it: Adam takes about the same step whatever the gradient is. */
  readonly gradient: Parameters | null;
}

/** The same problem, or the same on its first examples where the whole cannot be checked in a moment. */
export function affordableProblem(problem: Problem): Problem {
  const { flopsPerStep } = stepWork(problem, parameterLayout(problem.train.x.n, problem.model), 1);
  if (flopsPerStep <= affordableFlops) return problem;
  const examples = Math.max(16, Math.floor((batchSizeOf(problem) * affordableFlops) / flopsPerStep));
  const { x, y } = problem.train;
  const m = Math.min(x.m, examples);
  const head = { ...x, m, values: x.values.subarray(0, m * x.n) } as FeatureMatrix;
  return { ...problem, train: { x: head, y: y.subarray(0, m) }, test: null, batchSize: 'all' };
}

/** The first steps of the ground truth; null when told to stop. */
export async function expectation(truth: Engine, problem: Problem, signal: AbortSignal, steps = checkedSteps): Promise<Expectation | null> {
  const from = problem.optimizer.kind === 'adam' ? besideStart(problem) : undefined;
  const trainer = await truth.prepare(problem, from);
  await trainer.step(steps, signal);
  if (signal.aborted) return null;
  const costs = (await trainer.costs(0)).map(({ cost }) => cost);
  const parameters = await trainer.parameters();
  const gradient = from ? await trainer.gradient() : null;
  trainer.dispose();
  return { from, costs, parameters, gradient };
}

/**
 * Each parameter about as far from the start as a step of Adam takes it. Adam divides a gradient by its own size: where the terms
 * of one cancel, as they often do at w = 0, whatever rounding leaves of them becomes a step like any other, and two right engines
 * part ways. Beside the start nothing cancels, and so near to it nothing overflows, whatever α is.
 */
function besideStart({ train, model, optimizer, seed }: Problem): TrainerState {
  const random = new Random(seed, streams.check);
  const distance = Math.min(optimizer.learningRate, mostBesideStart);
  const parameters = initialParameters(train.x.n, model, seed).map((value) => value + distance * random.normal());
  const zeros = new Float32Array(parameters.length);
  return { step: 0, parameters, moment1: zeros, moment2: zeros };
}

/**
 * True when costs and parameters are within tolerance. Where the truth itself runs away, only the steps before that are
 * compared.
 */
export function isRight(
  problem: Problem,
  expected: Expectation,
  costs: readonly StepCost[],
  parameters: Parameters,
  gradient: Parameters | null = null,
): boolean {
  const [first = Number.NaN] = expected.costs;
  const runaway = expected.costs.findIndex((cost) => !(Math.abs(cost) <= stableGrowth * Math.abs(first)));
  const compared = runaway < 0 ? expected.costs.length : runaway;
  for (const [step, cost] of expected.costs.slice(0, compared).entries()) {
    const found = costs.find((one) => one.step === step)?.cost ?? Number.NaN;
    if (!(Math.abs(found - cost) <= costTolerance * Math.abs(cost) + 1e-7)) return false;
  }
  if (runaway >= 0) return compared > 0;
  if (expected.gradient && !isNear(problem, gradient ?? new Float32Array(0), expected.gradient)) return false;
  return isNear(problem, parameters, expected.parameters);
}

function isNear({ model }: Problem, found: Parameters, expected: Parameters): boolean {
  const tolerance = model.hidden.length === 0 ? parameterTolerance.oneLayer : parameterTolerance.net;
  const difference = expected.map((value, index) => value - (found[index] ?? Number.NaN));
  return norm(difference) <= tolerance * norm(expected) + 1e-7;
}

/** Does the steps with `trainer`, which must stand at `expected.from`, and holds them against `expected`; null when told to stop. */
export async function checkTrainer(
  problem: Problem,
  expected: Expectation,
  trainer: Trainer,
  signal: AbortSignal,
): Promise<boolean | null> {
  await trainer.step(expected.costs.length, signal);
  if (signal.aborted) return null;
  const gradient = expected.gradient && (await trainer.gradient());
  return isRight(problem, expected, await trainer.costs(0), await trainer.parameters(), gradient);
}
