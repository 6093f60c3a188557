/** The time of a step beside a race: of the same problem at a smaller m, so that two times make a line. */
import type { Clock, Problem, Trainer } from '../engine/contract.ts';
import type { FeatureMatrix } from '../data/dataset.ts';
import { batchSizeOf } from '../engine/layout.ts';
import { median } from '../math/statistics.ts';

/** So many times fewer examples: far enough for a line, near enough for the same plan. */
const smallerBy = 8;
const fewestExamples = 2;
const shortestBlockMs = 8;
const longestBlockMs = 300;
const mostSteps = 4096;
const blocks = 5;
const budgetMs = 400;

/** The same with an eighth of the examples in a step; null where that leaves too few. */
export function smallerProblem(problem: Problem): Problem | null {
  const batch = Math.floor(batchSizeOf(problem) / smallerBy);
  if (batch < fewestExamples) return null;
  const whole = problem.batchSize === 'all' || batchSizeOf(problem) === problem.train.x.m;
  const { x, y } = problem.train;
  const m = whole ? batch : Math.min(x.m, 2 * batch);
  const head = { ...x, m, values: x.values.subarray(0, m * x.n) } as FeatureMatrix;
  return { ...problem, train: { x: head, y: y.subarray(0, m) }, test: null, batchSize: whole ? 'all' : batch };
}

/**
 * Milliseconds a step, in blocks that outlast the await, which is taken off.
 * @param floorMs an empty submission, awaited
 */
export async function timeSteps(trainer: Trainer, clock: Clock, floorMs: number, signal: AbortSignal): Promise<number> {
  const wantedMs = Math.min(longestBlockMs, Math.max(shortestBlockMs, 10 * floorMs));
  const block = async (steps: number): Promise<number> => {
    trainer.rouse?.();
    const began = clock();
    await trainer.step(steps, signal);
    return clock() - began;
  };
  let steps = 1;
  await block(steps);
  let elapsedMs = await block(steps);
  while (elapsedMs < wantedMs && steps < mostSteps) {
    steps = Math.min(mostSteps, Math.ceil(steps * Math.min(8, Math.max(1.5, (1.2 * wantedMs) / Math.max(elapsedMs, 1e-3)))));
    elapsedMs = await block(steps);
  }
  const began = clock();
  const times: number[] = [];
  while (times.length < blocks && !signal.aborted && (times.length === 0 || clock() - began < budgetMs)) {
    times.push((await block(steps)) / steps);
  }
  return Math.max(0, median(times) - floorMs / steps);
}
