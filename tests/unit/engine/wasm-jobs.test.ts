/** What the wasm lanes compute beside single kernels of the GPU, against plain loops: odd sizes, bytes, and more than one thread. */
import { describe, expect, it } from 'vitest';
import { update } from '../../../src/engine/cpu/kernels/update.ts';
import { activationJob, copyJob, productJob, slopesJob, updateJob, type WasmJob } from '../../../src/engine/cpu/wasm/jobs.ts';
import { activations, type ActivationName } from '../../../src/math/activations.ts';
import { largestDifference } from '../../support/compare-with-truth.ts';
import { randomFeatures } from '../../support/problems.ts';
import { wasmEngine } from '../../support/wasm-lanes.ts';

const floats = (length: number, seed: number): Float32Array<ArrayBuffer> =>
  Float32Array.from(randomFeatures(length, 1, 'float32', seed).values);

async function answer(making: Promise<WasmJob>, times = 1): Promise<Float32Array<ArrayBuffer>> {
  const job = await making;
  try {
    job.rouse();
    await job.run(times);
    return job.result();
  } finally {
    job.dispose();
  }
}

describe.each([1, 3])('%i threads', (threads) => {
  const engine = wasmEngine(threads);

  it.each([
    [1, 1, 1, 'float32'],
    [33, 31, 67, 'float32'],
    [300, 20, 515, 'float32'],
    [7, 260, 300, 'float32'],
    [41, 9, 530, 'uint8'],
    [131, 72, 33, 'uint8'],
  ] as const)('multiplies (%i, …) by (…, %i), depth %i, of %s, and adds a bias', async (rows, columns, depth, storage) => {
    const a = storage === 'uint8' ? Uint8Array.from({ length: rows * depth }, (_, i) => (i * 37) % 256) : floats(rows * depth, 1);
    const [b, bias] = [floats(depth * columns, 2), floats(columns, 3)];
    const expected = Float64Array.from({ length: rows * columns }, (_, at) => {
      const [i, j] = [Math.floor(at / columns), at % columns];
      let sum = bias[j] ?? 0;
      for (let k = 0; k < depth; k++) sum += (a[i * depth + k] ?? 0) * (b[j * depth + k] ?? 0);
      return sum;
    });
    const product = { rows, columns, depth, a, b: (k: number, j: number) => b[j * depth + k] ?? 0, bias };
    expect(largestDifference(await answer(productJob(engine, product), 2), expected)).toBeLessThan(3e-6);
  });

  it.each(['sigmoid', 'tanh', 'relu', 'leaky-relu', 'identity'] as const)('forms %s and its slope', async (name: ActivationName) => {
    const z = floats(20_003, 3).map((value) => 8 * value);
    const a = Float32Array.from(z, (value) => activations[name].value(value));
    const da = floats(z.length, 4);
    const dz = Float64Array.from(da, (slope, i) => slope * activations[name].derivative(z[i] ?? 0, a[i] ?? 0));
    expect(largestDifference(await answer(activationJob(engine, name, z)), Float64Array.from(a))).toBeLessThan(3e-7);
    // a second time, to see that da is still there
    expect(largestDifference(await answer(slopesJob(engine, name, z, a, da), 2), dz)).toBeLessThan(3e-7);
  });

  it.each(['gradient-descent', 'momentum', 'nesterov', 'adam'] as const)('updates by %s', async (kind) => {
    const optimizer = { kind, learningRate: 0.05, beta1: 0.9, beta2: 0.99, epsilon: 1e-3 };
    const count = 17_001;
    const [parameters, gradient, moment1] = [floats(count, 5), floats(count, 6), floats(count, 7)];
    const moment2 = floats(count, 8).map(Math.abs);
    const [p, m1, m2] = [parameters, moment1, moment2].map((values) => Float64Array.from(values)) as [
      Float64Array<ArrayBuffer>,
      Float64Array<ArrayBuffer>,
      Float64Array<ArrayBuffer>,
    ];
    update(optimizer, 3, p, Float64Array.from(gradient), m1, m2);
    const found = await answer(updateJob(engine, optimizer, { step: 3, parameters, gradient, moment1, moment2 }));
    expect(largestDifference(found, Float64Array.from([...p, ...m1, ...m2]))).toBeLessThan(2e-6);
  });
});

it('copies every word as it is, and starts anew when it is told to', async () => {
  const source = Uint32Array.from({ length: 70_001 }, (_, i) => i * 2_654_435_761);
  expect(new Uint32Array((await answer(copyJob(wasmEngine(1), source))).buffer)).toEqual(source);
  const optimizer = { kind: 'gradient-descent', learningRate: 1, beta1: 0.9, beta2: 0.99, epsilon: 1e-3 } as const;
  const one = {
    step: 1,
    parameters: Float32Array.of(1),
    gradient: Float32Array.of(1),
    moment1: new Float32Array(1),
    moment2: new Float32Array(1),
  };
  const job = await updateJob(wasmEngine(1), optimizer, one);
  await job.run(3);
  expect(job.result()[0]).toBe(-2);
  job.reset();
  await job.run(1);
  expect(job.result()[0]).toBe(0);
  job.dispose();
});
