/** What a sweep has to do, and in which order: at random, so that the picture fills in evenly, from what is quick. */
import { Random, streams } from '../../math/rng.ts';
import type { SweepProgress } from './report.ts';
import { seedsAt, type SweepModel, type SweepSettings } from './settings.ts';

export interface TimeTask {
  readonly kind: 'time';
  readonly m: number;
}

export interface TrainTask {
  readonly kind: 'train';
  readonly model: SweepModel;
  readonly m: number;
  readonly seed: number;
}

export type SweepTask = TimeTask | TrainTask;

/** @param sizes values of m, smallest first */
export function planTasks(settings: SweepSettings, sizes: readonly number[]): readonly SweepTask[] {
  const times: SweepTask[] = sizes.map((m) => ({ kind: 'time', m }));
  const runs = sizes.flatMap((m) =>
    settings.models.flatMap((model) =>
      Array.from({ length: seedsAt(settings, m) }, (_, seed): SweepTask => ({ kind: 'train', model, m, seed })),
    ),
  );
  const random = new Random(settings.seed, streams.sweep);
  return mixed(times, quickFirst(shuffled(runs, random), sizes[0]));
}

/** What is not done yet, in the order of the plan. */
export function remaining(tasks: readonly SweepTask[], done: SweepProgress | null): readonly SweepTask[] {
  if (!done) return tasks;
  const times = new Set(done.times.map(({ m }) => m));
  const runs = new Set(done.samples.map(({ model, m, seed }) => `${model} ${m} ${seed}`));
  return tasks.filter((task) => (task.kind === 'time' ? !times.has(task.m) : !runs.has(`${task.model} ${task.m} ${task.seed}`)));
}

function shuffled<T>(items: readonly T[], random: Random): readonly T[] {
  const keyed = items.map((item) => ({ item, key: random.word() }));
  return keyed.sort((a, b) => a.key - b.key).map(({ item }) => item);
}

/** A run of each model at the smallest m comes first: within seconds there is something to see of every model. */
function quickFirst(runs: readonly SweepTask[], smallest: number | undefined): readonly SweepTask[] {
  const models = new Set<SweepModel>();
  const first = runs.filter((task) => {
    if (task.kind !== 'train' || task.m !== smallest || models.has(task.model)) return false;
    models.add(task.model);
    return true;
  });
  return [...first, ...runs.filter((task) => !first.includes(task))];
}

/**
 * A time after every second run, as long as there are any: the law is wanted early. Times rise with m, so that the smaller
 * ones say which of the larger would take too long.
 */
function mixed(times: readonly SweepTask[], runs: readonly SweepTask[]): readonly SweepTask[] {
  const tasks: SweepTask[] = [];
  const left = [...times];
  for (const [index, run] of runs.entries()) {
    if (index % 2 === 0) tasks.push(...left.splice(0, 1));
    tasks.push(run);
  }
  return [...tasks, ...left];
}
