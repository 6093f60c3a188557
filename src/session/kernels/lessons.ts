/**
 * Five exercises: a kernel that is to be finished, its contract, and a solution. What is asked, and the hint, are the lab's
 * words. How much faster a solution is than the plain way is measured where it runs, not stated.
 */
import { sigmoid } from '../../math/activations.ts';
import type { Bindings, Fields } from '../../engine/gpu/bindings.ts';
import type { SourceFile } from '../../engine/gpu/kernel-table.ts';
import { groupsIn, sizeOf, type Contract, type GateCase, type Rules, type Shape } from './gate/contract.ts';
import { activationBeside, productBeside } from './gate/counterparts.ts';
import { normals, randomBytes, region, unwritten } from './gate/inputs.ts';
import fusedAfter from './lessons/fused-after.wgsl?raw';
import fusedSolution from './lessons/fused-solution.wgsl?raw';
import fusedStart from './lessons/fused-start.wgsl?raw';
import pixelsPlain from './lessons/pixels-plain.wgsl?raw';
import pixelsSolution from './lessons/pixels-solution.wgsl?raw';
import pixelsStart from './lessons/pixels-start.wgsl?raw';
import rowSumPlain from './lessons/row-sum-plain.wgsl?raw';
import rowSumSolution from './lessons/row-sum-solution.wgsl?raw';
import rowSumStart from './lessons/row-sum-start.wgsl?raw';
import sigmoidSolution from './lessons/sigmoid-solution.wgsl?raw';
import sigmoidStart from './lessons/sigmoid-start.wgsl?raw';
import tileSolution from './lessons/tile-solution.wgsl?raw';
import tileStart from './lessons/tile-start.wgsl?raw';
import type { LessonName } from './protocol.ts';
import { biased, layer, pixels, product, rowSums } from './twins/lessons.ts';

export interface Lesson {
  readonly name: LessonName;
  readonly solution: string;
  /** Its last file holds the start. */
  readonly contract: Contract;
  /** What the solution is timed against: kernels that take the exercise's shapes, one after another. */
  readonly plain: readonly Contract[];
}

type Parts = Omit<Rules, 'twin' | 'make'> & {
  readonly uniform: Fields;
  readonly bindings: Bindings;
  readonly twin?: string;
  readonly buffers: (shape: Shape, seed: number) => GateCase['buffers'];
  readonly groups: (shape: Shape) => readonly [number, number, number];
  readonly answer: (shape: Shape, buffers: GateCase['buffers']) => Float64Array;
  readonly result: { readonly name: string; readonly columns?: (shape: Shape) => number };
};

/** A kernel of the plain way, and what its contract has in the place of the exercise's. */
type PlainKernel = Partial<Parts> & { readonly code: string };

function lesson(
  name: LessonName,
  start: string,
  solution: string,
  { plain, ...parts }: Parts & { readonly plain: readonly PlainKernel[] },
): Lesson {
  const file = `lesson/${name}.wgsl`;
  return {
    ...{ name, solution, contract: contractOf(`lesson ${name}`, { file, code: start }, parts) },
    plain: plain.map(({ code, ...own }, at) => contractOf(`plain ${name} ${at}`, { file, code }, { ...parts, ...own })),
  };
}

function contractOf(id: string, file: SourceFile, parts: Parts): Contract {
  const { uniform, bindings, buffers, groups, answer, result, ...rules } = parts;
  const output = Math.max(...Object.keys(bindings).map(Number));
  return {
    twin: 'session/kernels/twins/lessons.ts',
    ...rules,
    id,
    entryPoint: 'main',
    files: [file],
    bindings,
    uniforms: { 0: uniform },
    make(shape, constants, seed) {
      const given = buffers(shape, seed);
      return {
        uniforms: { 0: Object.fromEntries(Object.keys(uniform).map((field) => [field, sizeOf(shape, field)])) },
        buffers: given,
        groups: groups(shape),
        constants,
        expected: () => {
          const values = answer(shape, given);
          return [{ binding: output, values, regions: [region(result.name, values.length, 4e-6, result.columns?.(shape))] }];
        },
      };
    },
  };
}

/** Workgroups of 64 in one row: an exercise reads `id.x` and nothing else. */
const mostInOneRow = 64 * 65_535;

const none = new Float32Array();
const matrices = (shape: Shape, seed: number) => {
  const [rows, columns, depth] = [sizeOf(shape, 'rows'), sizeOf(shape, 'columns'), sizeOf(shape, 'depth')];
  const [a, b] = [normals(rows * depth, seed), normals(depth * columns, seed + 1, 1 / Math.sqrt(depth))];
  return { rows, columns, depth, a, b };
};
const tiles = (shape: Shape): readonly [number, number, number] => [
  Math.ceil(sizeOf(shape, 'columns') / 8),
  Math.ceil(sizeOf(shape, 'rows') / 8),
  1,
];
const pixelsOf = (shape: Shape, seed: number) => Float32Array.from(randomBytes(4 * sizeOf(shape, 'words'), seed), (byte) => byte / 255);
const square = (size: number): Shape => ({ rows: size, columns: size, depth: size });
const matrixFields = { rows: 'u32', columns: 'u32', depth: 'u32' } as const;
const matrixTrials = [square(1), { rows: 9, columns: 7, depth: 13 }, { rows: 33, columns: 31, depth: 67 }].map((shape) => ({ shape }));
const matrixWork = (shape: Shape) => ({
  flops: 2 * sizeOf(shape, 'rows') * sizeOf(shape, 'columns') * sizeOf(shape, 'depth'),
  bytes:
    4 *
    (sizeOf(shape, 'rows') * sizeOf(shape, 'depth') +
      sizeOf(shape, 'depth') * sizeOf(shape, 'columns') +
      sizeOf(shape, 'rows') * sizeOf(shape, 'columns')),
});

export const lessons: readonly Lesson[] = [
  lesson('sigmoid', sigmoidStart, sigmoidSolution, {
    formula: 'aᵢ = σ(zᵢ) = 1 / (1 + e^−zᵢ)',
    uniform: { count: 'u32' },
    bindings: { 0: 'uniform', 1: 'read', 2: 'write' },
    trials: [{ shape: { count: 1 } }, { shape: { count: 131 } }, { shape: { count: 1000 } }],
    timed: [{ count: 262144 }, { count: 65536 }],
    most: { count: mostInOneRow },
    buffers: (shape, seed) => {
      const z = normals(sizeOf(shape, 'count'), seed, 3);
      z.set([0, 100, -100, 1e4, -1e4].slice(0, z.length));
      return { 1: z, 2: unwritten(z.length) };
    },
    groups: (shape) => groupsIn(shape, Math.ceil(sizeOf(shape, 'count') / 64)),
    answer: (_, buffers) => Float64Array.from(buffers[1] ?? none, sigmoid),
    result: { name: 'A' },
    work: (shape) => ({ flops: 4 * sizeOf(shape, 'count'), bytes: 8 * sizeOf(shape, 'count') }),
    wasm: (engine, _, given) => activationBeside(engine, 'sigmoid', given),
    plain: [{ code: sigmoidStart, answer: (_, buffers) => Float64Array.from(buffers[1] ?? none) }],
  }),
  lesson('row-sum', rowSumStart, rowSumSolution, {
    formula: 'sᵢ = Σⱼ x(i, j)',
    uniform: { rows: 'u32', columns: 'u32' },
    bindings: { 0: 'uniform', 1: 'read', 2: 'write' },
    trials: [{ shape: { rows: 1, columns: 1 } }, { shape: { rows: 5, columns: 67 } }, { shape: { rows: 3, columns: 1003 } }],
    timed: [
      { rows: 64, columns: 16384 },
      { rows: 1024, columns: 256 },
    ],
    buffers: (shape, seed) => ({
      1: normals(sizeOf(shape, 'rows') * sizeOf(shape, 'columns'), seed, 1, 0.2),
      2: unwritten(sizeOf(shape, 'rows')),
    }),
    groups: (shape) => [sizeOf(shape, 'rows'), 1, 1],
    answer: (shape, buffers) => rowSums(buffers[1] ?? none, sizeOf(shape, 'rows'), sizeOf(shape, 'columns')),
    result: { name: 'sums' },
    work: (shape) => ({
      flops: sizeOf(shape, 'rows') * sizeOf(shape, 'columns'),
      bytes: 4 * sizeOf(shape, 'rows') * sizeOf(shape, 'columns'),
    }),
    plain: [{ code: rowSumPlain }],
  }),
  lesson('tile', tileStart, tileSolution, {
    formula: 'C(i, j) = Σₖ A(i, k) · B(k, j)',
    uniform: matrixFields,
    bindings: { 0: 'uniform', 1: 'read', 2: 'read', 3: 'write' },
    trials: matrixTrials,
    timed: [square(256), square(128)],
    buffers: (shape, seed) => {
      const { a, b, rows, columns } = matrices(shape, seed);
      return { 1: a, 2: b, 3: unwritten(rows * columns) };
    },
    groups: tiles,
    answer: (shape, buffers) =>
      product(buffers[1] ?? none, buffers[2] ?? none, sizeOf(shape, 'rows'), sizeOf(shape, 'columns'), sizeOf(shape, 'depth')),
    result: { name: 'C', columns: (shape) => sizeOf(shape, 'columns') },
    work: matrixWork,
    wasm: (engine, shape, { buffers }) => {
      const [rows, columns, depth] = [sizeOf(shape, 'rows'), sizeOf(shape, 'columns'), sizeOf(shape, 'depth')];
      const a = Float32Array.from(buffers[1] ?? none);
      const right = buffers[2] ?? none;
      return productBeside(engine, { rows, columns, depth, a, b: (k, j) => right[k * columns + j] ?? 0, bias: null }, 3);
    },
    plain: [{ code: tileStart }],
  }),
  lesson('pixels', pixelsStart, pixelsSolution, {
    formula: 'xᵢ = byteᵢ / 255, four bytes a word',
    uniform: { words: 'u32' },
    bindings: { 0: 'uniform', 1: 'read', 2: 'write' },
    trials: [{ shape: { words: 1 } }, { shape: { words: 67 } }, { shape: { words: 500 } }],
    timed: [{ words: 196608 }, { words: 49152 }],
    most: { words: mostInOneRow },
    buffers: (shape, seed) => ({ 1: randomBytes(4 * sizeOf(shape, 'words'), seed), 2: unwritten(4 * sizeOf(shape, 'words')) }),
    groups: (shape) => groupsIn(shape, Math.ceil(sizeOf(shape, 'words') / 64)),
    answer: (_, buffers) => pixels(buffers[1] ?? none),
    result: { name: 'x' },
    work: (shape) => ({ flops: 4 * sizeOf(shape, 'words'), bytes: 20 * sizeOf(shape, 'words') }),
    plain: [
      {
        code: pixelsPlain,
        buffers: (shape, seed) => ({ 1: pixelsOf(shape, seed), 2: unwritten(4 * sizeOf(shape, 'words')) }),
        answer: (_, buffers) => Float64Array.from(buffers[1] ?? none),
      },
    ],
  }),
  lesson('fused', fusedStart, fusedSolution, {
    formula: 'a(i, j) = σ(b(j) + Σₖ A(i, k) · B(k, j))',
    uniform: matrixFields,
    bindings: { 0: 'uniform', 1: 'read', 2: 'read', 3: 'read', 4: 'write' },
    trials: matrixTrials,
    timed: [{ rows: 512, columns: 64, depth: 128 }, square(128)],
    buffers: (shape, seed) => {
      const { a, b, rows, columns } = matrices(shape, seed);
      return { 1: a, 2: b, 3: normals(columns, seed + 2), 4: unwritten(rows * columns) };
    },
    groups: tiles,
    answer: (shape, buffers) =>
      layer(
        buffers[1] ?? none,
        buffers[2] ?? none,
        buffers[3] ?? none,
        sizeOf(shape, 'rows'),
        sizeOf(shape, 'columns'),
        sizeOf(shape, 'depth'),
      ),
    result: { name: 'A', columns: (shape) => sizeOf(shape, 'columns') },
    work: matrixWork,
    plain: [
      {
        code: fusedStart,
        answer: (shape, buffers) =>
          product(buffers[1] ?? none, buffers[2] ?? none, sizeOf(shape, 'rows'), sizeOf(shape, 'columns'), sizeOf(shape, 'depth')),
      },
      {
        code: fusedAfter,
        bindings: { 0: 'uniform', 1: 'read', 2: 'read', 3: 'write' },
        buffers: (shape, seed) => {
          const [rows, columns] = [sizeOf(shape, 'rows'), sizeOf(shape, 'columns')];
          return { 1: normals(rows * columns, seed), 2: normals(columns, seed + 1), 3: unwritten(rows * columns) };
        },
        answer: (shape, buffers) => biased(buffers[1] ?? none, buffers[2] ?? none, sizeOf(shape, 'columns')),
      },
    ],
  }),
];
