/** Bringing data and parameters once more, to be timed, changes nothing: training goes on bit for bit as without it. */
import { beforeAll, describe, expect, it } from 'vitest';
import type { Engine, Problem, Trainer } from '../../src/engine/contract.ts';
import { ReferenceEngine } from '../../src/engine/cpu/reference.ts';
import type { GpuEngine } from '../../src/engine/gpu/engine.ts';
import { gpuEngines } from '../support/gpu-engines.ts';
import { randomProblem, type ProblemOptions } from '../support/problems.ts';
import { clock, wasmEngine } from '../support/wasm-lanes.ts';

const open = gpuEngines();
let gpu: GpuEngine;
beforeAll(async () => {
  gpu = await open();
});

const engines: Readonly<Record<string, () => Engine>> = {
  gpu: () => gpu,
  wasm: () => wasmEngine(1),
  'wasm-threads': () => wasmEngine(2),
  reference: () => new ReferenceEngine({ precision: 'float32', clock, breathe: () => undefined }),
};

/** Padded rows, whole rows, a net in mini-batches with an optimiser that remembers, few features. */
const problems: readonly ProblemOptions[] = [
  { n: 21, m: 60 },
  { n: 16, m: 60, storage: 'float32', shifted: true },
  { n: 20, m: 60, hidden: [{ units: 5, activation: 'tanh' }], batchSize: 16, optimizer: { kind: 'adam' } },
  { n: 2, m: 50 },
];

/** Two trainings of one problem, of which one has everything brought anew after every block. */
async function expectNoChange(prepare: () => Promise<Trainer>): Promise<void> {
  const [still, disturbed] = [await prepare(), await prepare()];
  for (let block = 0; block < 3; block++) {
    await still.step(3);
    await disturbed.step(3);
    const { uploadMs, readBackMs } = await disturbed.transfer();
    expect(uploadMs).toBeGreaterThanOrEqual(0);
    expect(readBackMs).toBeGreaterThanOrEqual(0);
  }
  expect(await disturbed.costs(0)).toEqual(await still.costs(0));
  expect(await disturbed.parameters()).toEqual(await still.parameters());
  expect(disturbed.stepsDone).toBe(9);
  still.dispose();
  disturbed.dispose();
}

it.each(Object.keys(engines).flatMap((name) => problems.map((options) => ({ name, options }))))(
  '$name, $options',
  async ({ name, options }) => {
    const engine = engines[name]?.();
    if (!engine) throw new Error(name);
    const problem = randomProblem(options);
    await expectNoChange(() => engine.prepare(problem));
  },
);

it('brings X to where quads read it, too', async () => {
  const engine = await open();
  const { device } = engine;
  const made: GPUTexture[] = [];
  const create = device.createTexture.bind(device);
  device.createTexture = (descriptor) => {
    const texture = create(descriptor);
    made.push(texture);
    return texture;
  };
  const problem = randomProblem({ n: 80, m: 100 });
  const [trainer, still] = [await engine.prepare(problem), await engine.prepare(problem)];
  device.createTexture = create;
  const [texture] = made;
  if (!texture) throw new Error('no texture was made');
  const wrong = new Uint8Array(16 * texture.width * texture.height).fill(77);
  device.queue.writeTexture({ texture }, wrong, { bytesPerRow: 16 * texture.width }, [texture.width, texture.height]);
  await trainer.transfer();
  await trainer.step(3);
  await still.step(3);
  expect(await trainer.parameters()).toEqual(await still.parameters());
  trainer.dispose();
  still.dispose();
});

describe('an X in several buffers', () => {
  const cases = [
    { plan: 'two-pass', options: { n: 40, m: 333 } },
    { plan: 'two-pass', options: { n: 16, m: 200, storage: 'float32', shifted: true } },
    { plan: 'one-pass', options: { n: 40, m: 333, outputs: 3, output: 'softmax' } },
  ] as const;
  const exampleBytes = { uint8: 48, float32: 64 } as const;

  it.each(cases)('by the $plan plan, $options', async ({ plan, options }) => {
    const problem: Problem = randomProblem(options);
    const { m, storage } = problem.train.x;
    // room for 70 examples: shards of 64, and a shorter one
    const engine = await open({ mostBytes: 70 * exampleBytes[storage] });
    const written = new Map<GPUBuffer, number>();
    const write = engine.device.queue.writeBuffer.bind(engine.device.queue);
    engine.device.queue.writeBuffer = (buffer, at, bytes, ...range) => {
      if (buffer.label === 'X') written.set(buffer, (written.get(buffer) ?? 0) + bytes.byteLength);
      write(buffer, at, bytes, ...range);
    };
    await expectNoChange(() => engine.prepare(problem, undefined, plan));
    // every shard was brought, three times and whole
    const each = [...written.values()];
    expect(each).toHaveLength(Math.ceil(m / 64));
    expect(each.reduce((sum, bytes) => sum + bytes, 0)).toBe(3 * m * exampleBytes[storage]);
  });
});
