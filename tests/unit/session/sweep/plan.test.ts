/** The plan of a sweep, the rule that ends a run, and the time that is left. */
import { describe, expect, it } from 'vitest';
import { endingOf, Patience } from '../../../../src/session/sweep/budget.ts';
import { timeLeft, type Taken } from '../../../../src/session/sweep/estimate.ts';
import { planTasks, remaining, type SweepTask } from '../../../../src/session/sweep/plan.ts';
import { defaultSweeps, hiddenUnits, isSweepModel, quickSweep, sweepSizes, training } from '../../../../src/session/sweep/settings.ts';

const fashion = defaultSweeps.fashion;
const sizes = sweepSizes(fashion);

function keyOf(task: SweepTask): string {
  return task.kind === 'time' ? `time ${task.m}` : `${task.model} ${task.m} ${task.seed}`;
}

describe('the plan', () => {
  it('goes from m to m at equal ratios, ends included', () => {
    expect(sizes[0]).toBe(100);
    expect(sizes.at(-1)).toBe(60_000);
    expect(sizes).toHaveLength(8);
    expect(sweepSizes({ mFrom: 10, mTo: 12, points: 8 })).toEqual([10, 11, 12]);
  });

  it('holds each time and each run once: five seeds up to 1,000 and three above', () => {
    const tasks = planTasks(fashion, sizes);
    expect(new Set(tasks.map(keyOf)).size).toBe(tasks.length);
    expect(tasks.filter(({ kind }) => kind === 'time')).toHaveLength(8);
    const few = sizes.filter((m) => m <= 1000).length;
    expect(tasks.filter(({ kind }) => kind === 'train')).toHaveLength(5 * (5 * few + 3 * (8 - few)));
  });

  it('is the same for a seed, another for another, and mixes sizes and models', () => {
    const order = (seed: number): readonly string[] => planTasks({ ...fashion, seed }, sizes).map(keyOf);
    expect(order(1)).toEqual(order(1));
    expect(order(2)).not.toEqual(order(1));
    const half = planTasks(fashion, sizes).slice(0, 80);
    expect(new Set(half.map(({ m }) => m)).size).toBe(8);
  });

  it('begins with a time and a quick run of each model', () => {
    const [first, ...others] = planTasks(fashion, sizes);
    expect(first?.kind).toBe('time');
    const runs = others.filter((task) => task.kind === 'train').slice(0, 5);
    expect(runs.map(({ m }) => m)).toEqual([100, 100, 100, 100, 100]);
    expect(new Set(runs.map(({ model }) => model)).size).toBe(5);
  });

  it('leaves out what was done', () => {
    const tasks = planTasks(fashion, sizes);
    const time = {
      m: 100,
      gpuMs: [],
      cpuMs: [1],
      gpuPlan: null,
      cpuPlan: 'a',
      cpuLane: 'wasm',
      gpuProblem: null,
      cpuProblem: null,
    } as const;
    const sample = {
      model: '16',
      m: 100,
      seed: 0,
      test: 1,
      train: 1,
      steps: 1,
      seconds: 1,
      engine: 'wasm',
      ended: 'cap',
      diverged: null,
    } as const;
    const left = remaining(tasks, { settings: fashion, times: [time], samples: [sample], laws: null });
    expect(
      tasks
        .filter((task) => !left.includes(task))
        .map(keyOf)
        .sort(),
    ).toEqual(['16 100 0', 'time 100']);
    expect(remaining(tasks, null)).toBe(tasks);
  });

  it('knows its models, and makes a quick sweep of any', () => {
    expect(['svm', 'svm-hog', 'logistic', '16', '512-512'].every(isSweepModel)).toBe(true);
    expect(['', '0', '16-', 'tree', '5000', '1-1-1-1-1'].some(isSweepModel)).toBe(false);
    expect(hiddenUnits('512-512')).toEqual([512, 512]);
    for (const settings of Object.values(defaultSweeps)) {
      const quick = quickSweep(settings);
      expect(quick.mTo).toBeLessThanOrEqual(5000);
      expect(quick.mFrom).toBeLessThanOrEqual(quick.mTo);
    }
  });
});

describe('the budget', () => {
  it('looks once an epoch, or every few steps, and caps both', () => {
    expect(endingOf(fashion, 400)).toEqual({ stepsPerLook: 400, mostSteps: 400 * training.mostEpochs, watches: true });
    expect(endingOf(fashion, 1)).toEqual({ stepsPerLook: 20, mostSteps: 2000, watches: true });
    expect(endingOf({ ...fashion, budget: 'epochs', epochs: 3 }, 400)).toMatchObject({ mostSteps: 1200, watches: false });
    expect(endingOf({ ...fashion, budget: 'steps', steps: 55 }, 400)).toMatchObject({ mostSteps: 55, watches: false });
  });

  it('ends when the cost has not fallen for as many looks as there is patience', () => {
    const looks = (costs: readonly number[]): readonly string[] => {
      const patience = new Patience();
      return costs.map((cost) => patience.look(cost));
    };
    expect(looks([3, 2, 2, 2, 2, 2])).toEqual(['best', 'best', 'worse', 'worse', 'worse', 'stop']);
    expect(looks([3, 4, 4, 4, 2, 2.5, 1])).toEqual(['best', 'worse', 'worse', 'worse', 'best', 'worse', 'best']);
  });
});

describe('the time left', () => {
  const run = (m: number, seed = 0, model = '16'): SweepTask => ({ kind: 'train', model, m, seed });

  it('follows the latest runs of each model', () => {
    const taken: Taken[] = [
      { task: run(100), ms: 200 },
      { task: run(1000), ms: 1100 },
      { task: { kind: 'time', m: 100 }, ms: 500 },
    ];
    expect(timeLeft(taken, [run(2000), { kind: 'time', m: 1000 }], fashion, 784)).toBeCloseTo(1100 + 500, 3);
    expect(timeLeft(taken, [], fashion, 784)).toBe(0);
    expect(timeLeft([], [run(100)], fashion, 784)).toBeNull();
  });

  it('takes a larger model for slower, and a larger m', () => {
    const taken: Taken[] = [{ task: run(100), ms: 200 }];
    const large = timeLeft(taken, [run(100, 0, '512-512')], fashion, 784) ?? 0;
    expect(large).toBeGreaterThan(400);
    expect(timeLeft(taken, [run(1000, 0, '512-512')], fashion, 784)).toBeGreaterThan(large);
  });

  it('knows from a single m that a run has its steps, however many examples there are', () => {
    const taken: Taken[] = [{ task: run(100), ms: 200 }];
    // 2,000 steps of 100 examples against 20 epochs of 469 steps of 128
    expect(timeLeft(taken, [run(60_000)], fashion, 784)).toBeCloseTo((200 * 9380 * 128) / (2000 * 100), -2);
    expect(timeLeft(taken, [run(60_000)], { ...fashion, budget: 'steps' }, 784)).toBeCloseTo(200 * 1.28, 3);
  });
});
