/** The compared nets with real engines on the CPU: norms by layer against float64, a pause, a step, a net that diverges. */
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { DatasetLoader } from '../../../../src/data/load.ts';
import { nodeSource } from '../../../../src/data/node-source.ts';
import { ReferenceEngine } from '../../../../src/engine/cpu/reference.ts';
import { parameterLayout } from '../../../../src/engine/layout.ts';
import { gradientRatio } from '../../../../src/session/activations/findings.ts';
import { activationProblem, activationRequest, layerNorms } from '../../../../src/session/activations/nets.ts';
import type { ActivationUpdate, GradientProbe, NetNews } from '../../../../src/session/activations/protocol.ts';
import { ActivationRun, type ActivationHost } from '../../../../src/session/activations/run.ts';
import {
  comparedActivations,
  defaultActivations,
  type ActivationSettings,
  type ComparedActivation,
} from '../../../../src/session/activations/settings.ts';
import { GpuKeeper } from '../../../../src/session/gpu-access.ts';
import { wasmEngine } from '../../../support/wasm-lanes.ts';

const clock = (): number => performance.now();
const breathe = (): Promise<void> => new Promise((resolve) => setTimeout(resolve));
const host: ActivationHost = {
  loader: new DatasetLoader(nodeSource(fileURLToPath(new URL('../../../../src/data/files/', import.meta.url)))),
  gpu: new GpuKeeper({ gpu: undefined, secureContext: true }, clock),
  fast: [wasmEngine(1)],
  reference: new ReferenceEngine({ precision: 'float32', clock, breathe: () => undefined }),
  truth: new ReferenceEngine({ precision: 'float64', clock, breathe: () => undefined }),
  clock,
  breathe,
};
const toys: ActivationSettings = { ...defaultActivations.toys, m: 60, depth: 3, width: 6, steps: 40 };

class Watch {
  readonly updates: ActivationUpdate[] = [];
  readonly run: ActivationRun;

  constructor(settings: ActivationSettings, paused = false) {
    this.run = new ActivationRun(host, settings, paused, (update) => this.updates.push(structuredClone(update)));
  }

  news(activation: ComparedActivation): readonly NetNews[] {
    return this.updates.flatMap(({ nets }) => nets ?? []).filter((one) => one.activation === activation);
  }

  probes(activation: ComparedActivation): readonly GradientProbe[] {
    return this.news(activation).flatMap(({ probes }) => probes);
  }

  async until(wanted: () => boolean): Promise<void> {
    while (!wanted()) await new Promise((resolve) => setTimeout(resolve, 2));
  }
}

/** ‖dW⁽ˡ⁾‖ of the start, by the float64 reference. */
async function trueNorms(settings: ActivationSettings, activation: ComparedActivation): Promise<readonly number[]> {
  const dataset = await host.loader.load(activationRequest(settings), () => undefined, new AbortController().signal);
  const problem = activationProblem(dataset, activation, settings);
  const trainer = await host.truth.prepare(problem);
  await trainer.step(1);
  return layerNorms(parameterLayout(problem.train.x.n, problem.model), await trainer.gradient());
}

describe('the compared nets', () => {
  it('on Fashion: σ loses its gradient on the way, ReLU does not, and the numbers are those of float64', async () => {
    const settings = { ...defaultActivations.fashion, depth: 8, width: 32, steps: 10 };
    const watch = new Watch(settings);
    await watch.run.ended;
    expect(watch.updates.at(-1)?.phase).toBe('finished');
    for (const name of ['sigmoid', 'relu'] as const) {
      const [first] = watch.probes(name);
      const norms = await trueNorms(settings, name);
      expect(first?.step).toBe(0);
      expect(first?.norms.length).toBe(9);
      first?.norms.forEach((norm, l) => expect(Math.abs(norm / (norms[l] ?? 0) - 1), `${name}, layer ${l + 1}`).toBeLessThan(0.01));
      const ratio = first ? gradientRatio(first) : Number.NaN;
      if (name === 'sigmoid') expect(ratio).toBeLessThan(1e-3);
      else expect(ratio).toBeGreaterThan(1e-2);
    }
  });

  it('trains all to the same step, tells every cost once, and says what trains', async () => {
    const watch = new Watch(toys);
    await watch.run.ended;
    for (const name of comparedActivations) {
      const costs = watch.news(name).flatMap((news) => news.costs);
      expect(costs.map(({ step }) => step)).toEqual(Array.from({ length: 40 }, (_, step) => step));
      const activity = watch.news(name).at(-1)?.activity;
      expect(activity).toMatchObject({ step: 40, examples: 60 });
      expect(activity?.layers.map(({ counts }) => counts.reduce((sum, count) => sum + count, 0))).toEqual([360, 360, 360]);
    }
    expect(watch.updates.find(({ engine }) => engine)?.engine).toEqual({ lane: 'wasm', why: 'no-gpu', gpu: null });
  });

  it('does nothing while it is paused or hidden, one update of each net at a step, and ends when told to', async () => {
    const watch = new Watch(toys, true);
    await watch.until(() => watch.updates.at(-1)?.phase === 'paused');
    expect(watch.news('relu')).toEqual([]);
    watch.run.step();
    await watch.until(() => watch.news('leaky-relu').length > 0);
    await watch.until(() => watch.updates.at(-1)?.phase === 'paused');
    expect(comparedActivations.map((name) => watch.news(name).at(-1)?.step)).toEqual([1, 1, 1, 1]);
    watch.run.setHidden(true);
    watch.run.resume();
    await new Promise((resolve) => setTimeout(resolve, 30));
    expect(watch.news('relu').at(-1)?.step).toBe(1);
    await watch.run.cancel();
    expect(watch.updates.at(-1)?.phase).toBe('running');
  });

  it('names the step at which a net stops being finite, and goes on with the others', async () => {
    const watch = new Watch({ ...defaultActivations.houses, m: 60, depth: 2, width: 6, steps: 20, learningRate: 1000 });
    await watch.run.ended;
    const last = watch.updates.at(-1);
    expect(last?.phase).toBe('finished');
    const ends = comparedActivations.map((name) => watch.news(name).at(-1));
    expect(ends.some((news) => news?.diverged !== undefined)).toBe(true);
    expect(ends.every((news) => news?.diverged !== undefined || news?.step === 20)).toBe(true);
  });

  it('says that a set has fewer examples than were asked for', async () => {
    const watch = new Watch({ ...defaultActivations.adverts, m: 60_000, depth: 2, width: 4, steps: 10 });
    await watch.run.ended;
    expect(watch.updates.flatMap(({ notice }) => notice ?? [])).toContainEqual({ kind: 'm-reduced', asked: 60_000, used: 3680 });
  });
});
