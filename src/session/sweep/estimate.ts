/** How long the rest of a sweep takes, from what its runs have taken so far: each model's own, by the examples that a run goes through. */
import type { Timed } from '../../math/law.ts';
import { endingOf } from './budget.ts';
import { hiddenUnits, training, type SweepModel, type SweepSettings } from './settings.ts';
import type { SweepTask } from './plan.ts';

/** A task that was done, and what it took altogether. */
export interface Taken {
  readonly task: SweepTask;
  readonly ms: number;
}

/** What decides how many steps a run takes. */
type Budget = Pick<SweepSettings, 'budget' | 'epochs' | 'steps'>;

/**
 * @param n features
 * @returns milliseconds; null before anything is known
 */
export function timeLeft(taken: readonly Taken[], left: readonly SweepTask[], budget: Budget, n: number): number | null {
  if (taken.length === 0) return null;
  let sum = 0;
  for (const task of left) {
    const ms = task.kind === 'time' ? timePointMs(taken) : runMs(taken, task.model, task.m, budget, n);
    if (ms === null) return null;
    sum += ms;
  }
  return sum;
}

/** They take alike, whatever m is: each has its budget. */
function timePointMs(taken: readonly Taken[]): number | null {
  const known = taken.filter(({ task }) => task.kind === 'time').map(({ ms }) => ms);
  return known.length > 0 ? mean(known) : mean(taken.map(({ ms }) => ms));
}

function runMs(taken: readonly Taken[], model: SweepModel, m: number, budget: Budget, n: number): number | null {
  const like = largestRun(taken, model) ?? anyTime(taken, model, n);
  return like ? (like.ms * examplesAtMost(budget, m)) / examplesAtMost(budget, like.m) : null;
}

/** Examples that go through the longest run at m, each as often as it is used. */
function examplesAtMost(budget: Budget, m: number): number {
  return endingOf(budget, Math.ceil(m / training.batch)).mostSteps * Math.min(training.batch, m);
}

/** What the model's runs took at the largest m so far. */
function largestRun(taken: readonly Taken[], model: SweepModel): Timed | null {
  const own = taken.flatMap(({ task, ms }) => (task.kind === 'train' && task.model === model ? [{ m: task.m, ms }] : []));
  if (own.length === 0) return null;
  const m = Math.max(...own.map((time) => time.m));
  return { m, ms: mean(own.filter((time) => time.m === m).map(({ ms }) => ms)) };
}

/** Another model's run, by the weights that both have. */
function anyTime(taken: readonly Taken[], model: SweepModel, n: number): Timed | null {
  const last = [...taken].reverse().find(({ task }) => task.kind === 'train');
  if (last?.task.kind !== 'train') return null;
  return { m: last.task.m, ms: (last.ms * Math.sqrt(weights(model, n))) / Math.sqrt(weights(last.task.model, n)) };
}

function weights(model: SweepModel, n: number): number {
  const sizes = [n, ...hiddenUnits(model), 10];
  return sizes.slice(1).reduce((sum, units, at) => sum + units * (sizes[at] ?? 0), 0);
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
