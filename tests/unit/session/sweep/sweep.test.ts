/** A sweep's life with real engines on the CPU and no GPU: to the end, pauses, a kill and going on, runs that diverge. */
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { DatasetLoader } from '../../../../src/data/load.ts';
import { nodeSource } from '../../../../src/data/node-source.ts';
import type { Engine, Trainer } from '../../../../src/engine/contract.ts';
import { CapacityError } from '../../../../src/engine/errors.ts';
import { ReferenceEngine } from '../../../../src/engine/cpu/reference.ts';
import { GpuKeeper } from '../../../../src/session/gpu-access.ts';
import type { SweepHost } from '../../../../src/session/sweep/host.ts';
import type { SweepProgress, SweepUpdate } from '../../../../src/session/sweep/protocol.ts';
import { defaultSweeps, type SweepSettings } from '../../../../src/session/sweep/settings.ts';
import { Sweep } from '../../../../src/session/sweep/sweep.ts';
import { madeUpEnvironment } from '../../../support/environment.ts';
import { wasmEngine } from '../../../support/wasm-lanes.ts';

const clock = (): number => performance.now();
const host: SweepHost = {
  loader: new DatasetLoader(nodeSource(fileURLToPath(new URL('../../../../src/data/files/', import.meta.url)))),
  gpu: new GpuKeeper({ gpu: undefined, secureContext: true }, clock),
  fast: [wasmEngine(1)],
  reference: new ReferenceEngine({ precision: 'float32', clock, breathe: () => undefined }),
  truth: new ReferenceEngine({ precision: 'float64', clock, breathe: () => undefined }),
  clock,
  clockResolutionMs: 0.001,
  environment: () => Promise.resolve(madeUpEnvironment),
};

const toys: SweepSettings = {
  ...defaultSweeps.toys,
  ...{ mFrom: 20, mTo: 80, points: 3, seeds: 2, models: ['svm', 'logistic', '4'], budget: 'steps', steps: 60, timed: 'logistic' },
};
const runs = 3 * 3 * 2;
const smallHouses = { mFrom: 300, mTo: 1000, points: 3, seeds: 1, budget: 'steps', steps: 200 } as const;

/** Runs a sweep and gathers what it tells. */
class Watch {
  readonly updates: SweepUpdate[] = [];
  readonly sweep: Sweep;
  readonly #settings: SweepSettings;
  readonly #from: SweepProgress | null;

  constructor(
    settings: SweepSettings,
    from: SweepProgress | null = null,
    onUpdate: (watch: Watch, update: SweepUpdate) => void = () => undefined,
    on: SweepHost = host,
  ) {
    this.#settings = settings;
    this.#from = from;
    this.sweep = new Sweep(on, settings, from, (update) => {
      this.updates.push(structuredClone(update));
      onUpdate(this, update);
    });
  }

  get last(): SweepUpdate | undefined {
    return this.updates.at(-1);
  }

  get progress(): SweepProgress {
    return {
      settings: this.#settings,
      times: [...(this.#from?.times ?? []), ...this.updates.flatMap(({ times }) => times ?? [])],
      samples: [...(this.#from?.samples ?? []), ...this.updates.flatMap(({ samples }) => samples ?? [])],
      laws: this.updates.findLast(({ laws }) => laws)?.laws ?? this.#from?.laws ?? null,
    };
  }

  get notices(): readonly NonNullable<SweepUpdate['notice']>[] {
    return this.updates.flatMap(({ notice }) => (notice ? [notice] : []));
  }
}

/** What a sweep found, without what a clock has to do with. */
function points({ samples }: SweepProgress): readonly string[] {
  return samples.map(({ model, m, seed, test, train, steps, ended }) => JSON.stringify([model, m, seed, test, train, steps, ended])).sort();
}

/** A member of an object, bound to it: a proxy has none of its private fields. */
function bound(own: Trainer, key: string | symbol): unknown {
  const value: unknown = Reflect.get(own, key, own);
  return typeof value === 'function' ? (value as (...given: unknown[]) => unknown).bind(own) : value;
}

async function whole(settings: SweepSettings, from: SweepProgress | null = null): Promise<Watch> {
  const watch = new Watch(settings, from);
  await watch.sweep.ended;
  return watch;
}

describe('a sweep', () => {
  it('does every run and every time of its plan, and tells how far it is', async () => {
    const watch = await whole(toys);
    expect(watch.last).toMatchObject({ phase: 'finished', done: runs + 3, count: runs + 3, task: null, secondsLeft: 0 });
    const { samples, times, laws } = watch.progress;
    expect(samples).toHaveLength(runs);
    expect(new Set(points(watch.progress)).size).toBe(runs);
    for (const { test, train, seconds, engine } of samples) {
      expect(test).toBeGreaterThan(0.3);
      expect(train).toBeLessThanOrEqual(1);
      expect(seconds).toBeGreaterThan(0);
      expect(engine).toBe('wasm');
    }
    expect(times.map(({ m }) => m).sort((a, b) => a - b)).toEqual([20, 40, 80]);
    for (const { cpuMs, gpuMs } of times) {
      expect(cpuMs.length).toBeGreaterThanOrEqual(3);
      expect(gpuMs).toEqual([]);
    }
    expect(laws?.cpu?.msPerExample).toBeGreaterThanOrEqual(0);
    expect(laws?.crossover).toEqual({ kind: 'none', reason: 'one-lane' });
    expect(watch.updates.find(({ about }) => about)?.about?.data).toEqual({
      name: 'toys',
      n: 2,
      mTest: expect.any(Number) as number,
      score: 'accuracy',
    });
    expect(watch.notices).toEqual([{ kind: 'no-gpu', why: 'no-webgpu', detail: '' }]);
  });

  it('gives the same points again, and after a kill in the middle and going on', async () => {
    const first = await whole(toys);
    expect(points((await whole(toys)).progress)).toEqual(points(first.progress));
    const killed = new Watch(toys, null, (watch, update) => {
      if (update.done >= 7) void watch.sweep.cancel();
    });
    await killed.sweep.ended;
    expect(killed.last?.phase).toBe('cancelled');
    expect(killed.progress.samples.length).toBeLessThan(runs);
    const rest = await whole(toys, killed.progress);
    expect(rest.updates.find(({ count }) => count > 0)?.done).toBe(killed.progress.samples.length + killed.progress.times.length);
    expect(points(rest.progress)).toEqual(points(first.progress));
  });

  it('waits at a pause, in the middle of a run, and goes on from there', async () => {
    const long = { ...toys, points: 3, models: ['logistic'], seeds: 1, steps: 30_000 };
    let during: number | null = null;
    const watch = new Watch(long, null, ({ sweep }, { task, phase }) => {
      if (task?.kind !== 'train' || during !== null || phase !== 'running') return;
      during = -1;
      setTimeout(() => sweep.pause(), 5);
    });
    await expect.poll(() => watch.last?.phase).toBe('paused');
    await new Promise((resolve) => setTimeout(resolve, 200));
    during = watch.updates.length;
    await new Promise((resolve) => setTimeout(resolve, 150));
    expect(watch.updates).toHaveLength(during);
    watch.sweep.resume();
    await watch.sweep.ended;
    expect(watch.last?.phase).toBe('finished');
    expect(watch.progress.samples.map(({ steps }) => steps)).toEqual([30_000, 30_000, 30_000]);
  });

  it('times nothing while the tab is hidden, trains meanwhile, and takes the times when it is seen again', async () => {
    const watch = new Watch(toys, null, ({ sweep }, { task, done }) => {
      if (task?.kind === 'time' && done === 0) sweep.setHidden(true);
    });
    await expect.poll(() => watch.progress.samples.length, { timeout: 10_000 }).toBe(runs);
    expect(watch.progress.times).toEqual([]);
    expect(watch.notices).toContainEqual({ kind: 'hidden', discarded: 1 });
    watch.sweep.setHidden(false);
    await watch.sweep.ended;
    expect(watch.last?.phase).toBe('finished');
    expect(watch.progress.times).toHaveLength(3);
  });

  it('can be cancelled while nothing but times is left in a hidden tab', async () => {
    const watch = new Watch(toys);
    watch.sweep.setHidden(true);
    await expect.poll(() => watch.progress.samples.length, { timeout: 10_000 }).toBe(runs);
    await watch.sweep.cancel();
    expect(watch.last?.phase).toBe('cancelled');
  });

  it('stops a run when the held-out cost has stopped falling, and says how each ended', async () => {
    const { progress } = await whole({ ...toys, budget: 'stops', models: ['logistic'], mFrom: 40, seeds: 1 });
    for (const { ended, steps } of progress.samples) {
      expect(['stopped', 'cap']).toContain(ended);
      expect(steps).toBeGreaterThanOrEqual(100);
      expect(steps).toBeLessThanOrEqual(2000);
    }
  });

  it('marks runs that diverge with their learning rate, and goes on', async () => {
    const { progress, last } = await whole({
      ...defaultSweeps.houses,
      ...smallHouses,
      models: ['logistic', '64-64'],
      learningRate: 1e6,
      steps: 30,
    });
    expect(last?.phase).toBe('finished');
    const bad = progress.samples.filter(({ ended }) => ended === 'diverged');
    expect(bad.length).toBeGreaterThan(0);
    for (const { model, diverged, test, train } of bad) {
      expect(model).toBe('64-64');
      expect([diverged?.learningRate, test, train]).toEqual([1e6, null, null]);
      expect(diverged?.step).toBeLessThanOrEqual(30);
    }
    expect(progress.samples).toHaveLength(2 * 3);
  });

  it('takes the next engine where one cannot hold the examples, and goes on where none can', async () => {
    const wasm = wasmEngine(1);
    /** Holds so many examples and no more. */
    const small = (name: 'wasm-threads' | 'reference', most: number): Engine => ({
      name,
      kind: 'cpu',
      prepare: (problem, from) =>
        problem.train.x.m > most ? Promise.reject(new CapacityError('it is too large')) : wasm.prepare(problem, from),
      dispose: () => undefined,
    });
    const watch = new Watch(toys, null, undefined, { ...host, fast: [small('wasm-threads', 30), wasmEngine(1)] });
    await watch.sweep.ended;
    expect(watch.last?.phase).toBe('finished');
    expect(watch.progress.samples.filter(({ m }) => m > 30).map(({ engine }) => engine)).toEqual(new Array(12).fill('wasm'));
    expect(points(watch.progress)).toEqual(points((await whole(toys)).progress));

    const none = { ...host, fast: [small('wasm-threads', 30)], reference: small('reference', 30) };
    const little = new Watch(toys, null, undefined, none);
    await little.sweep.ended;
    expect(little.last?.phase).toBe('finished');
    expect(new Set(little.progress.samples.map(({ m }) => m))).toEqual(new Set([20]));
    // each model and m that was left out is named
    const left = new Map(little.notices.flatMap((notice) => (notice.kind === 'too-large' ? [[notice.model, notice.sizes] as const] : [])));
    expect(Object.fromEntries(left)).toEqual({ svm: [40, 80], logistic: [40, 80], '4': [40, 80] });
  });

  it('shows no time of a lane that is wrong, trains nothing on it, and names it', async () => {
    const wasm = wasmEngine(1);
    const wrong: Engine = {
      name: 'wasm-threads',
      kind: 'cpu',
      dispose: () => undefined,
      prepare: async (problem, from) => {
        const trainer = await wasm.prepare(problem, from);
        const parameters = async (): ReturnType<Trainer['parameters']> => (await trainer.parameters()).map((value) => 1.01 * value);
        return new Proxy(trainer, { get: (own, key) => (key === 'parameters' ? parameters : bound(own, key)) });
      },
    };
    const watch = new Watch({ ...toys, models: ['logistic'] }, null, undefined, { ...host, fast: [wrong, wasmEngine(1)] });
    await watch.sweep.ended;
    expect(watch.progress.times).toHaveLength(3);
    for (const { cpuLane, cpuMs, cpuProblem } of watch.progress.times) {
      expect(cpuLane).toBe('wasm');
      expect(cpuMs.length).toBeGreaterThan(0);
      expect(cpuProblem).toMatch(/^WRONG/);
    }
    expect(watch.progress.samples.every(({ engine }) => engine === 'wasm')).toBe(true);
  });

  it('leaves out an m that has too few examples of a class, and names the class', async () => {
    const { notices, progress } = await whole({
      ...defaultSweeps.adverts,
      mFrom: 10,
      mTo: 5000,
      points: 3,
      ...{ seeds: 1, seedsAbove: 1, models: ['logistic'], budget: 'steps', steps: 5 },
    });
    expect(notices).toContainEqual({ kind: 'm-reduced', asked: 5000, used: 3680 });
    expect(progress.samples.map(({ m }) => m).sort((a, b) => a - b)).toEqual([10, 192, 3680]);
    const few = await whole({ ...defaultSweeps.fashion, mFrom: 10, mTo: 40, points: 3, seeds: 1, models: ['logistic'], steps: 5 });
    expect(few.notices).toContainEqual({ kind: 'too-few', sizes: [10], className: expect.any(String) as string, found: 0, needed: 1 });
    expect(few.progress.samples.map(({ m }) => m).sort((a, b) => a - b)).toEqual([20, 40]);
  });

  it('scores a regression by R², and the linear SVM on gradients of pictures', async () => {
    const houses = await whole({
      ...defaultSweeps.houses,
      mFrom: 500,
      mTo: 1000,
      points: 2,
      seeds: 1,
      seedsAbove: 1,
      models: ['logistic', '16'],
    });
    expect(houses.updates.find(({ about }) => about)?.about?.data.score).toBe('R²');
    const best = Math.max(...houses.progress.samples.map(({ test }) => test ?? 0));
    expect(best).toBeGreaterThan(0.5);
    expect(best).toBeLessThan(1);
    const hog = await whole({
      ...defaultSweeps.fashion,
      mFrom: 200,
      mTo: 400,
      points: 2,
      seeds: 1,
      models: ['svm', 'svm-hog'],
      timed: 'svm',
    });
    const scoreOf = (model: string): number => hog.progress.samples.find((sample) => sample.model === model && sample.m === 400)?.test ?? 0;
    expect(scoreOf('svm-hog')).toBeGreaterThan(0.7);
    expect(scoreOf('svm')).toBeGreaterThan(0.6);
  });

  it('ends with the words of what was wrong', async () => {
    const { last } = await whole({ ...toys, noise: 7 });
    expect(last?.phase).toBe('failed');
    expect(last?.failure).toContain('noise');
  });
});
