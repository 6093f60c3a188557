/** `matmul`, `matmul-tiled` and `matmul-register` against their twin: every form that training needs, at sizes around the tile, both storages. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { matmul, type MatmulShape } from '../../src/engine/cpu/kernels/matmul.ts';
import { Random, streams } from '../../src/math/rng.ts';
import { closeTestDevices, createTestDevice } from '../support/dawn.ts';
import { asWords, KernelRunner } from '../support/kernel-runner.ts';

let runner: KernelRunner;
beforeAll(async () => {
  runner = new KernelRunner(await createTestDevice());
});
afterAll(closeTestDevices);

const kernels = ['matmul', 'matmul-tiled', 'matmul-register'] as const;
const tile = 32;
const sizes = [1, tile - 1, tile, tile + 1, 7, 67] as const;

function normals(count: number, seed: number): Float32Array<ArrayBuffer> {
  const random = new Random(seed, streams.noise);
  return Float32Array.from({ length: count }, () => random.normal());
}

function bytes(count: number, seed: number): Uint8Array<ArrayBuffer> {
  const random = new Random(seed, streams.noise);
  return Uint8Array.from({ length: count }, () => random.below(256));
}

/** Z = A Wᵀ, dW = dZᵀ A and dA = dZ W, by their strides. */
function shapesOf(rows: number, columns: number, depth: number): readonly (MatmulShape & { readonly form: string })[] {
  const common = { rows, columns, depth, offsetP: 0, offsetQ: 0 };
  return [
    {
      form: 'A Wᵀ',
      ...common,
      rowStrideP: depth,
      depthStrideP: 1,
      depthStrideQ: 1,
      columnStrideQ: depth,
      rowStrideC: columns,
      columnStrideC: 1,
      depthPerSplit: depth,
    },
    {
      form: 'dZᵀ A in splits',
      ...common,
      rowStrideP: 1,
      depthStrideP: rows,
      depthStrideQ: columns,
      columnStrideQ: 1,
      rowStrideC: 1,
      columnStrideC: rows,
      depthPerSplit: 13,
    },
    {
      form: 'dZ W',
      ...common,
      rowStrideP: depth,
      depthStrideP: 1,
      depthStrideQ: columns,
      columnStrideQ: 1,
      rowStrideC: columns,
      columnStrideC: 1,
      depthPerSplit: depth,
    },
  ];
}

async function check(kernel: (typeof kernels)[number], storage: 'uint8' | 'float32', shape: MatmulShape, bias: boolean): Promise<void> {
  const { rows, columns, depth } = shape;
  const p = storage === 'uint8' ? bytes(rows * depth, 1) : normals(rows * depth, 1);
  const q = normals(columns * depth, 2);
  const biases = normals(columns, 3);
  const splits = Math.ceil(depth / shape.depthPerSplit);
  const found = await runner.floats({
    kernel: `${kernel}/${storage}`,
    entryPoint: 'main',
    bindings: {
      0: { ...shape, offsetBias: 0, hasBias: bias ? 1 : 0 },
      1: p instanceof Uint8Array ? asWords(p) : p,
      2: q,
      3: biases,
      4: new Float32Array(rows * columns * splits),
    },
    groups:
      kernel === 'matmul-tiled'
        ? [Math.ceil(columns / tile), Math.ceil(rows / tile), splits]
        : [Math.ceil((rows * columns) / 64), 1, splits],
    result: 4,
  });
  const expected = matmul(shape, p, q, bias ? biases : null);
  // float32 rounds each of up to 67 sums at 2⁻²⁴ of the largest partial sum, itself below Σ|p·q| ≤ depth · max|p| · max|q|
  const scale = (storage === 'uint8' ? 255 : 4) * 4 * depth;
  const tolerance = depth * 2 ** -24 * scale;
  expect(found).toHaveLength(expected.length);
  for (const [index, value] of expected.entries()) expect(Math.abs((found[index] ?? Number.NaN) - value)).toBeLessThanOrEqual(tolerance);
}

describe.each(kernels)('%s', (kernel) => {
  const cases = sizes.flatMap((rows, index) =>
    shapesOf(rows, sizes[(index + 2) % sizes.length] ?? 1, sizes[(index + 4) % sizes.length] ?? 1),
  );
  it.each(cases)('$form: $rows × $columns, depth $depth', async (shape) => {
    await check(kernel, 'float32', shape, false);
    await check(kernel, 'uint8', shape, shape.depthPerSplit === shape.depth);
  });
});
