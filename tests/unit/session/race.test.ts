/** A race's life with real engines on the CPU and no GPU: commands, ends, and what the page is told. */
import { describe, expect, it } from 'vitest';
import { compareTable } from '../../../src/cli/compare-table.ts';
import { headlineWords } from '../../../src/labs/compare/words.ts';
import type { RaceUpdate } from '../../../src/session/protocol.ts';
import { Race } from '../../../src/session/race.ts';
import { briefOf } from '../../../src/session/results/brief.ts';
import { figuresOf } from '../../../src/session/results/figures.ts';
import { readResult } from '../../../src/session/results/read.ts';
import { resultText } from '../../../src/session/results/write.ts';
import { defaultSettings, type Settings } from '../../../src/session/settings.ts';
import { madeUpEnvironment } from '../../support/environment.ts';
import { raceContext } from '../../support/race-context.ts';

const context = raceContext();
const toys: Settings = { ...defaultSettings.toys, m: 50, hidden: [], gpu: false, cpu: 'reference', steps: 40, learningRate: 0.1 };

class Watch {
  readonly updates: RaceUpdate[] = [];
  readonly race: Race;
  #listeners: (() => void)[] = [];

  constructor(settings: Settings, paused = false) {
    this.race = new Race(context, 1, settings, paused, (update) => {
      this.updates.push(update);
      for (const listener of this.#listeners) listener();
    });
  }

  get last(): RaceUpdate | undefined {
    return this.updates.at(-1);
  }

  get steps(): number {
    return this.updates.findLast(({ lanes }) => lanes)?.lanes?.[0]?.step ?? -1;
  }

  get notices(): readonly string[] {
    return this.updates.flatMap(({ notice }) => (notice ? [notice.kind] : []));
  }

  async until(condition: () => boolean): Promise<void> {
    if (condition()) return;
    await new Promise<void>((resolve) => {
      this.#listeners.push(() => {
        if (condition()) resolve();
      });
    });
  }
}

describe('a race', () => {
  it('runs to its end, checked, with every cost and what was learned', async () => {
    const watch = new Watch(toys);
    await watch.until(() => watch.last?.phase === 'finished');
    const points = watch.updates.flatMap(({ lanes }) => lanes?.[0]?.points ?? []);
    expect(points.map(({ step }) => step)).toEqual(Array.from({ length: 40 }, (_, step) => step));
    expect(points.every(({ seconds }, index) => index === 0 || seconds >= (points[index - 1]?.seconds ?? 0))).toBe(true);
    expect(watch.updates.findLast(({ lanes }) => lanes)?.lanes?.[0]?.checked).toBe(true);
    expect(watch.updates.findLast(({ insight }) => insight)?.insight).toMatchObject({ step: 40, trainExamples: 50, threshold: 0.5 });
    await watch.race.stop();
  });

  it('goes on for as many steps again after its end, and by single steps', async () => {
    const watch = new Watch(toys);
    await watch.until(() => watch.last?.phase === 'finished');
    watch.race.run();
    await watch.until(() => watch.last?.phase === 'finished' && watch.steps === 80);
    watch.race.stepOnce();
    await watch.until(() => watch.steps === 81);
    await watch.race.stop();
  });

  it('does single steps from the very start', async () => {
    const watch = new Watch(toys, true);
    await watch.until(() => watch.last?.phase === 'paused');
    expect(watch.steps).toBe(0);
    for (const step of [1, 2, 3, 4]) {
      watch.race.stepOnce();
      await watch.until(() => watch.last?.phase === 'paused' && watch.steps === step);
    }
    expect(watch.updates.findLast(({ lanes }) => lanes)?.lanes?.[0]?.checked).toBe(true);
    await watch.race.stop();
  });

  it('can be paused while it loads, and taken up again', async () => {
    const watch = new Watch(toys);
    watch.race.pause();
    await watch.until(() => watch.last?.phase === 'paused');
    expect(watch.last?.wantsToRun).toBe(false);
    watch.race.run();
    await watch.until(() => watch.last?.phase === 'finished');
    await watch.race.stop();
  });

  it('leaves a result with every sample, once there are enough, that can be read again', async () => {
    const watch = new Watch({ ...toys, steps: 1_000_000 });
    await watch.until(() => watch.steps > 0);
    let result = await watch.race.result(madeUpEnvironment);
    while ((result?.lanes[0]?.msPerStep?.samples.length ?? 0) < 12) {
      await new Promise((resolve) => setTimeout(resolve, 20));
      result = await watch.race.result(madeUpEnvironment);
    }
    await watch.race.stop();
    if (!result) throw new Error('no result');
    expect(result).toMatchObject({ kind: 'race', data: { n: 2, m: 50 }, speedup: null, difference: null });
    expect(result.lanes[0]).toMatchObject({ engine: 'reference', plan: 'reference', checked: true, tuning: null });
    expect(readResult(resultText(result, 'here'), 'a.json')).toEqual({ machine: 'here', ...result });
    expect(await watch.race.result(madeUpEnvironment)).toBeNull();
  });

  it('leaves a result without times where it was too short to time, and it is shown as not timed', async () => {
    const watch = new Watch({ ...toys, steps: 5 });
    await watch.until(() => watch.last?.phase === 'finished');
    const report = await watch.race.result(madeUpEnvironment);
    await watch.race.stop();
    if (!report) throw new Error('no result');
    expect(report).toMatchObject({ speedup: null, lanes: [{ checked: true, steps: 5, msPerStep: null }] });
    const result = readResult(resultText(report, ''), 'short.json');
    expect(result).toMatchObject(report);
    expect(headlineWords(briefOf(result))).toBe('not timed');
    expect(compareTable(['a.json', 'b.json'], [figuresOf(result), figuresOf(result)])).toContain('not timed');
  });

  it('sends nothing after it was stopped', async () => {
    const watch = new Watch({ ...toys, steps: 100_000 });
    await watch.until(() => watch.steps > 10);
    await watch.race.stop();
    const count = watch.updates.length;
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(watch.updates).toHaveLength(count);
  });

  it('always has a lane: without a GPU and without a CPU, a CPU lane is put in and said so', async () => {
    const watch = new Watch({ ...toys, gpu: true, cpu: null });
    await watch.until(() => watch.last?.phase === 'finished');
    expect(watch.notices.slice(0, 2)).toEqual(['gpu-lane-absent', 'cpu-put-in']);
    expect(watch.steps).toBe(40);
    await watch.race.stop();
  });

  it('stops at the first cost that is not finite, with step and layer, and offers a learning rate that holds', async () => {
    const hidden = [
      { units: 8, activation: 'relu' },
      { units: 8, activation: 'relu' },
    ] as const;
    const wild: Settings = { ...defaultSettings.houses, m: 300, hidden, gpu: false, cpu: 'reference', learningRate: 1e6, steps: 200 };
    const watch = new Watch(wild);
    await watch.until(() => watch.last?.phase === 'diverged');
    const divergence = watch.updates.findLast((update) => update.divergence)?.divergence;
    if (!divergence) throw new Error('no divergence was told');
    expect(divergence.layer).toBeGreaterThanOrEqual(1);
    expect(divergence.layer).toBeLessThanOrEqual(3);
    const costs = watch.updates.flatMap(({ lanes }) => lanes?.[0]?.points ?? []);
    expect(costs.filter(({ step }) => step < divergence.step).every(({ cost }) => Number.isFinite(cost))).toBe(true);
    expect(costs.find(({ step }) => step === divergence.step)?.cost).not.toSatisfy(Number.isFinite);
    await watch.race.stop();
    const tame = new Watch({ ...wild, learningRate: divergence.tryLearningRate, steps: 30 });
    await tame.until(() => ['finished', 'diverged'].includes(tame.last?.phase ?? ''));
    expect(tame.last?.phase).toBe('finished');
    await tame.race.stop();
  });

  it('says by how much float32 and float64 part past stability, and not where α is stable', async () => {
    const stable = new Watch(toys);
    await stable.until(() => stable.last?.phase === 'finished');
    expect(stable.notices).not.toContain('precision');
    await stable.race.stop();
    const wild = new Watch({ ...defaultSettings.houses, m: 300, gpu: false, cpu: 'reference', learningRate: 3, steps: 15 });
    await wild.until(() => ['finished', 'diverged'].includes(wild.last?.phase ?? ''));
    expect(wild.notices).toContain('precision');
    await wild.race.stop();
  });

  it('trains on m = 1 and says that there is one class only', async () => {
    const watch = new Watch({ ...toys, m: 1 });
    await watch.until(() => watch.last?.phase === 'finished');
    expect(watch.notices).toContain('single-class');
    await watch.race.stop();
  });

  it('fails by name when output and data do not go together', async () => {
    const watch = new Watch({ ...defaultSettings.houses, m: 50, gpu: false, output: 'sigmoid', cost: 'cross-entropy' });
    await watch.until(() => watch.last?.phase === 'failed');
    expect(watch.last?.failure).toMatchObject({ kind: 'problem' });
    expect(watch.last?.failure?.message).toMatch(/houses asks for a number: take the linear output/);
    await watch.race.stop();
  });
});
