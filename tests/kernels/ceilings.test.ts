/** `copy` and `fma` against their twins, at sizes around a workgroup, and the GPU's ceilings as they are measured. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { copyPattern, factors, flopsOf } from '../../src/engine/ceiling.ts';
import { copy } from '../../src/engine/cpu/kernels/copy.ts';
import { multiplyAdd } from '../../src/engine/cpu/kernels/fma.ts';
import { Arena, Ledger } from '../../src/engine/gpu/arena.ts';
import { GpuCeilings } from '../../src/engine/gpu/ceilings.ts';
import { DispatchMaker } from '../../src/engine/gpu/dispatch.ts';
import { KernelLibrary } from '../../src/engine/gpu/kernels.ts';
import { answersRight } from '../../src/session/ceilings.ts';
import { closeTestDevices, createTestDevice } from '../support/dawn.ts';
import { KernelRunner } from '../support/kernel-runner.ts';

let device: GPUDevice;
let runner: KernelRunner;
beforeAll(async () => {
  device = await createTestDevice();
  runner = new KernelRunner(device);
});
afterAll(closeTestDevices);

it.each([1, 63, 64, 257, 1000])('copy: %i vectors, bit for bit, and no further', async (vectors) => {
  const source = copyPattern().subarray(0, 4 * vectors + 16);
  const expected = new Uint32Array(source.length);
  copy(source, expected, 4 * vectors);
  const found = await runner.run({
    kernel: 'copy',
    entryPoint: 'main',
    bindings: { 0: { vectors }, 1: source.slice(), 2: new Uint32Array(source.length) },
    groups: [Math.ceil(vectors / 256), 1, 1],
    result: 2,
  });
  expect(new Uint32Array(found)).toEqual(expected);
});

it.each([
  [1, 4],
  [65, 8],
  [600, 256],
])('fma: %i threads, %i multiply-adds a chain', async (items, steps) => {
  const expected = multiplyAdd({ items, chains: 4, steps, ...factors });
  const found = await runner.floats({
    kernel: 'fma',
    entryPoint: 'main',
    bindings: { 0: { threads: items, steps, ...factors }, 1: new Float32Array(4 * items) },
    groups: [Math.ceil(items / 64), 1, 1],
    result: 1,
  });
  // lanes that count and swing are exact; those that settle round to float32 once a step, and the error halves with each
  expect(found).toHaveLength(expected.length);
  for (const [at, value] of expected.entries()) expect(Math.abs((found[at] ?? Number.NaN) - value)).toBeLessThanOrEqual(1e-6 * value);
});

describe('the ceilings of the GPU', () => {
  it('answer right, and give back what they took', async () => {
    const ledger = new Ledger();
    const maker = new DispatchMaker(new Arena(device, ledger), new KernelLibrary(device), true);
    const ceilings = await GpuCeilings.make(maker);
    expect(await answersRight(ceilings)).toBe(false);
    await ceilings.copy(1);
    await ceilings.multiplyAdd(2);
    expect(await answersRight(ceilings)).toBe(true);
    expect(ceilings.bytesPerCopy).toBe(2 * 4 * 1_048_576);
    expect(flopsOf(ceilings.multiplyAdds)).toBe(8 * 4096 * 4 * 256);
    ceilings.dispose();
    expect(ledger).toMatchObject({ buffers: 0, bytes: 0 });
  });
});
