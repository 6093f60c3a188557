/**
 * Is an edited kernel right where a race stands? The GPU and the CPU do a few steps from the very same state, on the whole
 * problem by the plan at work. Rounding that an unstable α magnifies is no reason to part there; a wrong kernel is.
 */
import type { Engine, Problem, Trainer, TrainerState } from '../../engine/contract.ts';
import { CapacityError } from '../../engine/errors.ts';
import { norm } from '../../math/norm.ts';
import type { Field } from '../field.ts';
import type { Lane } from '../lane.ts';
import type { WentWrong } from './protocol.ts';

/** See `verify.ts`: the second step is the first that depends on every kernel. */
const steps = 3;
/** Relative, and beside J = 0: float32 sums in runs err by some 1e-6, a net's layers add to that. */
const costTolerance = { oneLayer: 1e-5, net: 1e-4, least: 1e-6 };
/**
 * Of the way that the parameters went, and of where they stand: near a minimum a gradient is the small difference of large
 * sums, and an example at a kink counts for one in m.
 */
const changeTolerance = { ofChange: 0.05, ofParameters: 3e-6 };
const predictionTolerance = 1e-3;
/** Beyond it, which sum overflows first is a matter of the order in which float32 is added up. */
const endOfNumbers = 1e30;

/** Null where both agree, or where the problem is too large to be held twice. */
export async function judge(field: Field, lane: Lane, problem: Problem, cpu: Engine, signal: AbortSignal): Promise<WentWrong | null> {
  const from = await lane.trainer.state();
  const made: Trainer[] = [];
  try {
    const [gpu, truth] = [await field.prepareAlike(lane, problem, from), await cpu.prepare(problem, from)];
    made.push(gpu, truth);
    for (const trainer of made) await trainer.step(steps, signal);
    if (signal.aborted) return null;
    return (await stepsApart(gpu, truth, problem, from)) ?? (await looksApart(gpu, truth, problem));
  } catch (error) {
    if (error instanceof CapacityError) return null;
    throw error;
  } finally {
    for (const trainer of made) trainer.dispose();
  }
}

function within(found: number, expected: number, relative: number, least: number): boolean {
  return Math.abs(found - expected) <= relative * Math.abs(expected) + least;
}

function isPastTheEnd(cost: number): boolean {
  return !(Math.abs(cost) < endOfNumbers);
}

function toleranceOf({ model }: Problem): number {
  return model.hidden.length === 0 ? costTolerance.oneLayer : costTolerance.net;
}

async function stepsApart(gpu: Trainer, cpu: Trainer, problem: Problem, from: TrainerState): Promise<WentWrong | null> {
  const [found, expected] = [await gpu.costs(from.step), await cpu.costs(from.step)];
  for (const [index, { step, cost }] of expected.entries()) {
    if (isPastTheEnd(cost)) return null;
    const own = found[index]?.cost ?? Number.NaN;
    if (!Number.isFinite(own)) return { kind: 'non-finite', atStep: step };
    if (!within(own, cost, toleranceOf(problem), costTolerance.least)) return { kind: 'cost', atStep: step, gpu: own, cpu: cost };
  }
  const [ofGpu, ofCpu] = [await gpu.parameters(), await cpu.parameters()];
  const change = norm(ofCpu.map((value, index) => value - (from.parameters[index] ?? 0)));
  const apart = norm(ofCpu.map((value, index) => value - (ofGpu[index] ?? Number.NaN)));
  if (!Number.isFinite(change)) return null;
  if (!Number.isFinite(apart)) return { kind: 'non-finite', atStep: cpu.stepsDone };
  if (apart <= changeTolerance.ofChange * change + changeTolerance.ofParameters * norm(from.parameters) + 1e-9) return null;
  return { kind: 'parameters', atStep: cpu.stepsDone, difference: apart / change };
}

/** What is shown beside the steps: the cost of the test part and its ŷ. */
async function looksApart(gpu: Trainer, cpu: Trainer, { test, model }: Problem): Promise<WentWrong | null> {
  if (!test || test.x.m === 0) return null;
  const atStep = cpu.stepsDone;
  const [found, expected] = [await gpu.cost('test'), await cpu.cost('test')];
  if (isPastTheEnd(expected)) return null;
  if (!Number.isFinite(found)) return { kind: 'non-finite', atStep };
  if (!within(found, expected, predictionTolerance, costTolerance.least)) return { kind: 'test-cost', atStep, gpu: found, cpu: expected };
  const [ofGpu, ofCpu] = [await gpu.predict('test'), await cpu.predict('test')];
  const largest = ofCpu.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  for (const [index, value] of ofCpu.entries()) {
    const own = ofGpu[index] ?? Number.NaN;
    if (!within(own, value, 0, predictionTolerance * largest + costTolerance.least)) {
      return { kind: 'predictions', atStep, example: Math.floor(index / model.outputs), gpu: own, cpu: value };
    }
  }
  return null;
}
