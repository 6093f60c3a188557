/** The wasm lanes' single kernels against plain loops. */
import { describe, expect, it } from 'vitest';
import { sigmoid } from '../../../src/math/activations.ts';
import { randomFeatures } from '../../support/problems.ts';
import { largestDifference } from '../../support/compare-with-truth.ts';
import { answersRight } from '../../../src/session/ceilings.ts';
import { wasmEngine } from '../../support/wasm-lanes.ts';

const floats = (length: number, seed: number): Float32Array => Float32Array.from(randomFeatures(length, 1, 'float32', seed).values);

describe.each([1, 2, 3])('%i threads', (threads) => {
  // 264: a piece of a column turn and of a depth turn besides whole ones
  it.each([8, 72, 264])('multiplies matrices of side %i', async (size) => {
    const [a, b] = [floats(size * size, 1), floats(size * size, 2)];
    const expected = new Float64Array(size * size);
    for (let i = 0; i < size; i++) {
      for (let k = 0; k < size; k++) {
        for (let j = 0; j < size; j++)
          expected[i * size + j] = (expected[i * size + j] ?? 0) + (a[i * size + k] ?? 0) * (b[k * size + j] ?? 0);
      }
    }
    const kernel = await wasmEngine(threads).matmul(a, b, size);
    await kernel.run(1);
    await kernel.run(2);
    // float32 sums of up to 264 products
    expect(largestDifference(kernel.result(), expected)).toBeLessThan(2e-6);
    kernel.dispose();
  });

  it('forms sigmoids', async () => {
    const z = floats(40_003, 3).map((value) => 8 * value);
    const kernel = await wasmEngine(threads).sigmoid(z);
    await kernel.run(1);
    expect(largestDifference(kernel.result(), Float64Array.from(z, sigmoid))).toBeLessThan(3e-7);
    kernel.dispose();
  });
});

it.each([1, 2])('copies, and multiplies and adds, as the twins do, on %i threads', async (threads) => {
  const ceilings = await wasmEngine(threads).ceilings();
  await ceilings.copy(1);
  expect(await answersRight(ceilings)).toBe(false);
  await ceilings.multiplyAdd(2);
  expect(await answersRight(ceilings)).toBe(true);
  ceilings.dispose();
});

it('says which sides can be multiplied', () => {
  expect(() => wasmEngine(1).matmul(new Float32Array(9), new Float32Array(9), 3)).toThrow('multiple of 8');
});
