/**
 * A peer can be asked for the same steps in several ways (which layout of X, its own derivatives or ours). Each way is a
 * formulation; a short trial on a part of the examples finds the fastest one for this shape and processor, and only that
 * one is measured. So a peer is always shown at its best. One that answers wrongly is not chosen: some kernels of some
 * libraries do, in some shapes.
 */
import { answeredSteps, type LaneAnswer, type TrainWorkload, type WorkloadInput } from '../../src/session/bench/workload.ts';
import { ReferenceEngine } from '../../src/engine/cpu/reference.ts';
import { compare, problemOf, type Truth } from '../../src/session/bench/input.ts';
import { trialPart } from './layouts.ts';

/** Training under way in a peer's library, data in place. */
export interface PeerTraining {
  /** One update; J before it stays on the peer's processor. */
  step(): void;
  /** Resolves when every step so far is done. */
  settle(): Promise<void>;
  /** J before the last update, and the parameters after it. */
  answer(): Promise<LaneAnswer>;
  dispose(): void;
}

export interface Formulation {
  readonly name: string;
  begin(workload: TrainWorkload, input: WorkloadInput): PeerTraining;
}

/** A formulation is tried again, with twice the steps, until so much time is spent. */
const trialBudgetMs = 250;
const mostSteps = 64;

/** What the float64 reference makes of the first steps from the workload's start. */
async function truthOf(workload: TrainWorkload, input: WorkloadInput): Promise<Truth> {
  const reference = new ReferenceEngine({ precision: 'float64', clock: () => performance.now(), breathe: () => undefined });
  const none = new Float64Array(0);
  const from = { step: 0, parameters: Float64Array.from(input.start), moment1: none, moment2: none };
  const trainer = await reference.prepare(problemOf(workload, input, 0), from);
  await trainer.step(answeredSteps);
  const last = (await trainer.costs(answeredSteps - 1)).at(-1);
  const truth = { cost: last?.cost ?? Number.NaN, indices: null, values: await trainer.parameters() };
  trainer.dispose();
  return truth;
}

/** @throws when the answer is wrong */
async function trialMs(formulation: Formulation, workload: TrainWorkload, input: WorkloadInput, truth: Truth): Promise<number> {
  const training = formulation.begin(workload, input);
  try {
    // The first step compiles, and may be thrown by what the library lacks.
    for (let step = 0; step < answeredSteps; step++) training.step();
    await training.settle();
    const { ok, maxDifference } = compare(workload, truth, await training.answer());
    if (!ok) throw new Error(`${formulation.name}: differs by ${maxDifference.toExponential(1)} of the largest value`);
    let best = Number.POSITIVE_INFINITY;
    let spentMs = 0;
    for (let steps = 1; spentMs < trialBudgetMs && steps <= mostSteps; steps *= 2) {
      const began = performance.now();
      for (let step = 0; step < steps; step++) training.step();
      await training.settle();
      const elapsedMs = performance.now() - began;
      spentMs += elapsedMs;
      best = Math.min(best, elapsedMs / steps);
    }
    return best;
  } finally {
    training.dispose();
  }
}

/**
 * @returns the formulation that took least time
 * @throws what the first one threw, when all of them failed
 */
export async function fastestFormulation(
  formulations: readonly Formulation[],
  workload: TrainWorkload,
  input: WorkloadInput,
): Promise<Formulation> {
  const [first, ...others] = formulations;
  if (first === undefined) throw new Error('there is no formulation to try');
  if (others.length === 0) return first;
  const part = trialPart(workload, input);
  const truth = await truthOf(part.workload, part.input);
  const failures: unknown[] = [];
  let best: { readonly formulation: Formulation; readonly ms: number } | null = null;
  for (const formulation of formulations) {
    try {
      const ms = await trialMs(formulation, part.workload, part.input, truth);
      if (best === null || ms < best.ms) best = { formulation, ms };
    } catch (error) {
      failures.push(error);
    }
  }
  if (best === null) throw failures[0];
  return best.formulation;
}
