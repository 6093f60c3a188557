/** Every matmul kernel against their common twin: every form that training needs, at sizes around the tile, both storages. */
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

const kernels = ['matmul', 'matmul-tiled', 'matmul-tiled-wide', 'matmul-register'] as const;
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
type Shape = MatmulShape & { readonly form: string };

function shapesOf(rows: number, columns: number, depth: number): readonly Shape[] {
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

/** The same with P's far stride and its splits at whole words, as X's bytes always are. */
function atWords(shape: Shape): Shape {
  const upTo = (count: number): number => Math.ceil(count / 4) * 4;
  return shape.depthStrideP === 1 ? { ...shape, rowStrideP: upTo(shape.rowStrideP) } : { ...shape, depthStrideP: upTo(shape.depthStrideP) };
}

type Kernel = (typeof kernels)[number] | 'matmul-register-quad';

function groupsOf(kernel: Kernel, { rows, columns, depth, depthPerSplit }: MatmulShape): readonly [number, number, number] {
  const splits = Math.ceil(depth / depthPerSplit);
  switch (kernel) {
    case 'matmul':
      return [Math.ceil((rows * columns) / 64), 1, splits];
    case 'matmul-tiled':
      return [Math.ceil(columns / 32), Math.ceil(rows / 32), splits];
    case 'matmul-tiled-wide':
      return [Math.ceil(columns / 32), Math.ceil(rows / 64), splits];
    case 'matmul-register':
    case 'matmul-register-quad':
      return [Math.ceil((Math.ceil(rows / 8) * Math.ceil(columns / 4)) / 64), 1, splits];
  }
}

async function check(kernel: Kernel, storage: 'uint8' | 'float32', given: Shape, bias: boolean): Promise<void> {
  const inRegisters = kernel === 'matmul-register' || kernel === 'matmul-register-quad';
  const shape = inRegisters && storage === 'uint8' ? atWords(given) : given;
  const { form: _, ...numbers } = shape;
  const { rows, columns, depth } = shape;
  const lengthP = Math.max(rows * shape.rowStrideP, depth * shape.depthStrideP);
  const p = storage === 'uint8' ? bytes(lengthP, 1) : normals(lengthP, 1);
  const q = normals(columns * depth, 2);
  const biases = normals(columns, 3);
  const splits = Math.ceil(depth / shape.depthPerSplit);
  const found = await runner.floats({
    kernel: kernel === 'matmul-register-quad' ? 'matmul-register/float32-quad' : `${kernel}/${storage}`,
    entryPoint: 'main',
    ...(inRegisters ? { constants: { depthAdjoins: shape.depthStrideP === 1 ? 1 : 0 } } : {}),
    bindings: {
      0: { ...numbers, offsetBias: 0, hasBias: bias ? 1 : 0 },
      1: p instanceof Uint8Array ? asWords(p) : p,
      2: q,
      3: biases,
      4: new Float32Array(rows * columns * splits),
    },
    groups: groupsOf(kernel, shape),
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

describe('matmul-register, four threads of a quad reading for each other', () => {
  const cases = [
    [16, 16, 8],
    [9, 13, 7],
    [67, 64, 67],
    [1, 32, 130],
  ] as const;
  it.for(cases.flatMap(([rows, columns, depth]) => shapesOf(rows, columns, depth)))(
    '$form: $rows × $columns, depth $depth',
    async (shape, context) => {
      if (!runner.has('subgroups')) context.skip('this GPU has no subgroups');
      await check('matmul-register-quad', 'float32', shape, true);
    },
  );
});
