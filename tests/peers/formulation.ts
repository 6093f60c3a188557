/**
 * A peer can be asked for the same steps in several ways (which layout of X, its own derivatives or ours). Each way is a
 * formulation; a short trial on a part of the examples finds the fastest one for this shape and processor, and only that
 * one is measured. So a peer is always shown at its best.
 */
import type { LaneAnswer, TrainWorkload, WorkloadInput } from '../../src/session/bench/workload.ts';
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

async function trialMs(formulation: Formulation, workload: TrainWorkload, input: WorkloadInput): Promise<number> {
  const training = formulation.begin(workload, input);
  try {
    // The first step compiles, and may be thrown by what the library lacks.
    training.step();
    await training.settle();
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
  const failures: unknown[] = [];
  let best: { readonly formulation: Formulation; readonly ms: number } | null = null;
  for (const formulation of formulations) {
    try {
      const ms = await trialMs(formulation, part.workload, part.input);
      if (best === null || ms < best.ms) best = { formulation, ms };
    } catch (error) {
      failures.push(error);
    }
  }
  if (best === null) throw failures[0];
  return best.formulation;
}
