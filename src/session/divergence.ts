/** A run whose cost stopped being finite: at which step, in which layer, and a learning rate that was tried and holds. Fetched when it has happened. */
import type { LaneName, Parameters, Problem, Trainer, TrainerState } from '../engine/contract.ts';
import { findNonFiniteLayer } from '../engine/cpu/non-finite.ts';
import { firstNonFinite } from './first-non-finite.ts';
import type { Divergence } from './protocol.ts';
import { ranges } from './settings.ts';

/** Prepares a trainer like the one that diverged. */
export type PrepareLike = (problem: Problem, from?: TrainerState) => Promise<Trainer>;

/** Steps that a suggested learning rate must survive, with the cost below where it began. */
const trialSteps = 30;
/** Steps that may be done again to stand exactly where it happened. */
const mostReplayed = 5000;

/**
 * @param from a state from before the step, or undefined for the seeded start
 * @param now the parameters as they are, for when going back is too far
 */
export async function explainDivergence(
  lane: LaneName,
  step: number,
  problem: Problem,
  prepare: PrepareLike,
  from: TrainerState | undefined,
  now: Parameters,
  signal: AbortSignal,
): Promise<Divergence> {
  const parameters = await parametersAt(step, problem, prepare, from, signal);
  const place = findNonFiniteLayer(problem, parameters ?? now);
  const { learningRate } = problem.optimizer;
  return { ...place, lane, step, learningRate, tryLearningRate: await stableRate(problem, prepare, signal) };
}

async function parametersAt(
  step: number,
  problem: Problem,
  prepare: PrepareLike,
  from: TrainerState | undefined,
  signal: AbortSignal,
): Promise<Parameters | null> {
  const start = from && from.step <= step ? from : undefined;
  if (step - (start?.step ?? 0) > mostReplayed) return null;
  const trainer = await prepare(problem, start);
  try {
    await trainer.step(step - trainer.stepsDone, signal);
    return await trainer.parameters();
  } finally {
    trainer.dispose();
  }
}

/** The largest tenth, hundredth, … of the learning rate with which the cost falls; the smallest there is when none does. */
async function stableRate(problem: Problem, prepare: PrepareLike, signal: AbortSignal): Promise<number> {
  const [least] = ranges.learningRate;
  let rate = problem.optimizer.learningRate / 10;
  for (; rate > least && !signal.aborted; rate /= 10) {
    const rounded = Number(rate.toPrecision(2));
    const trainer = await prepare({ ...problem, optimizer: { ...problem.optimizer, learningRate: rounded } });
    try {
      await trainer.step(trialSteps, signal);
      const costs = await trainer.costs(0);
      const [first, last] = [costs[0]?.cost ?? Number.NaN, costs.at(-1)?.cost ?? Number.NaN];
      if (firstNonFinite(costs) === null && last <= first) return rounded;
    } finally {
      trainer.dispose();
    }
  }
  return least;
}
