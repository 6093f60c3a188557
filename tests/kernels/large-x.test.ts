/** What is too large for one piece: an X in several buffers, and a step that takes too long for one submission. */
import { beforeAll, describe, expect, it } from 'vitest';
import type { Problem } from '../../src/engine/contract.ts';
import type { GpuEngine } from '../../src/engine/gpu/engine.ts';
import { elementBytes, paddedFeatures } from '../../src/engine/gpu/features.ts';
import type { GpuTrainer } from '../../src/engine/gpu/trainer.ts';
import { compareWithTruth } from '../support/compare-with-truth.ts';
import { gpuEngines } from '../support/gpu-engines.ts';
import { randomProblem } from '../support/problems.ts';

const open = gpuEngines();
let gpu: GpuEngine;
beforeAll(async () => {
  gpu = await open();
});

describe('an X in several buffers', () => {
  it.each([
    { name: 'two passes of bytes', plan: 'two-pass', treatAs: 'software', options: { n: 40, m: 333 }, pieces: 6 },
    {
      name: 'two passes of float32, shifted',
      plan: 'two-pass',
      treatAs: 'hardware',
      options: { n: 9, m: 200, storage: 'float32', shifted: true },
      pieces: 4,
    },
    { name: 'one pass of bytes', plan: 'one-pass', treatAs: 'hardware', options: { n: 40, m: 333, l2: 0.1 }, pieces: 6 },
    { name: 'one pass in quads', plan: 'one-pass', treatAs: 'software', options: { n: 64, m: 333, shifted: true }, pieces: 6 },
    {
      name: 'ten classes in one pass',
      plan: 'one-pass',
      treatAs: 'software',
      options: { n: 40, m: 333, outputs: 10, output: 'softmax', cost: 'cross-entropy' },
      pieces: 6,
    },
  ] as const)('$name', async ({ plan, treatAs, options, pieces }) => {
    const problem = randomProblem(options);
    const { x } = problem.train;
    const exampleBytes = paddedFeatures(x.n) * elementBytes(x.storage);
    // room for 70 examples: shards of 64, and a shorter one
    const engine = await open({ treatAs, mostBytes: 70 * exampleBytes });
    await compareWithTruth({ prepare: (own) => engine.prepare(own, undefined, plan) }, problem, 20, 1e-5);
    const trainer = await engine.prepare(problem, undefined, plan);
    expect(trainer.plan.dispatchesPerStep).toBeGreaterThanOrEqual(pieces);
    const whole = await gpu.prepare(problem, undefined, plan);
    await Promise.all([trainer.step(5), whole.step(5)]);
    const [found, expected] = [await trainer.predict('train'), await whole.predict('train')];
    expect(found).toHaveLength(expected.length);
    for (const [index, value] of expected.entries()) expect(found[index]).toBeCloseTo(value, 5);
    for (const each of [trainer, whole]) each.dispose();
  });
});

describe('where there is no room for X a second time, as a texture', () => {
  const shape = { n: 80, m: 100 } as const;

  /** The next scope that is asked for its error, which is the textures', has one. */
  function leaveNoRoom(): void {
    const { device } = gpu;
    const pop = device.popErrorScope.bind(device);
    device.popErrorScope = async () => {
      device.popErrorScope = pop;
      await pop();
      return new GPUOutOfMemoryError('no room');
    };
  }

  it('says so to whoever asked for that plan, and keeps nothing', async () => {
    const before = { ...gpu.ledger };
    leaveNoRoom();
    const asked = gpu.prepare(randomProblem(shape), undefined, 'one-pass');
    await expect(asked).rejects.toThrow(/no room for X a second time.*smaller m.*two-pass/);
    expect({ ...gpu.ledger }).toEqual(before);
  });

  it('takes the plan that does without, where none was asked for', async () => {
    const before = { ...gpu.ledger };
    const prepare = async (problem: Problem): Promise<GpuTrainer> => {
      leaveNoRoom();
      const trainer = await gpu.prepare(problem);
      expect(trainer.plan.name).toBe('two-pass');
      return trainer;
    };
    await compareWithTruth({ prepare }, randomProblem(shape), 20, 1e-5);
    expect({ ...gpu.ledger }).toEqual(before);
  });
});

it('keeps an X in one buffer where a plan needs it so, as long as the device takes it', async () => {
  const engine = await open({ mostBytes: 70 * 48 });
  const hidden = [{ units: 8, activation: 'relu' }] as const;
  for (const options of [{ hidden, output: 'softmax', outputs: 3 }, { batchSize: 50 }] as const) {
    const problem = randomProblem({ n: 40, m: 333, ...options });
    await compareWithTruth({ prepare: (own) => engine.prepare(own) }, problem, 8, 2e-5);
  }
});

it('does a hundred steps and more in a dispatch of the tiny plan', async () => {
  const trainer = await gpu.prepare(randomProblem({ n: 2, m: 400, storage: 'float32' }), undefined, 'tiny');
  const { queue } = gpu.device;
  await trainer.step(1);
  await trainer.step(200);
  let dispatches = 0;
  const submit = queue.submit.bind(queue);
  queue.submit = (buffers) => {
    dispatches++;
    submit(buffers);
  };
  await trainer.step(2000);
  queue.submit = submit;
  expect(dispatches).toBeGreaterThan(0);
  expect(dispatches).toBeLessThanOrEqual(2000 / 100);
  trainer.dispose();
});

it('cuts a step that takes longer than half a second into a submission a dispatch', async () => {
  let now = 0;
  let leapMs = 0;
  const engine = await open({ clock: () => (now += leapMs) });
  const trainer = await engine.prepare(randomProblem({ n: 40, m: 300 }), undefined, 'two-pass');
  const submissions: number[] = [];
  const submit = engine.device.queue.submit.bind(engine.device.queue);
  engine.device.queue.submit = (buffers) => {
    submissions.push([...buffers].length);
    submit(buffers);
  };
  await trainer.step(1);
  expect(submissions).toHaveLength(1);
  leapMs = 600;
  await trainer.step(1);
  submissions.length = 0;
  await trainer.step(2);
  expect(submissions).toHaveLength(2 * trainer.plan.dispatchesPerStep);
  trainer.dispose();
});
