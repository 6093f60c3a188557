/** The gate of the matmul kernels: every form that training needs (A Wᵀ + b, dZᵀ A in splits, dZ W), both storages. */
import { matmul } from '../../../engine/cpu/kernels/matmul.ts';
import type { WasmEngine } from '../../../engine/cpu/wasm/engine.ts';
import type { KernelName } from '../../../engine/gpu/kernel-table.ts';
import type { MatmulValues as Values } from '../../../engine/gpu/plans/matmul.ts';
import { contractOf, sizeOf, type Constants, type Contract, type Counterpart, type GateCase, type Shape, type Trial } from './contract.ts';
import { productBeside } from './counterparts.ts';
import { features, normals, region, unwritten } from './inputs.ts';

type Storage = 'float32' | 'uint8';
type Groups = (values: Values, constants: Constants) => readonly [number, number, number];

/** Forms by number, so that a shape is numbers only. */
const forms = { product: 0, splits: 1, back: 2 } as const;

function valuesOf(shape: Shape, storage: Storage): Values {
  const [rows, columns, depth] = [sizeOf(shape, 'rows'), sizeOf(shape, 'columns'), sizeOf(shape, 'depth')];
  // bytes are read four at a time, from whole words on
  const padded = (length: number): number => (storage === 'uint8' ? Math.ceil(length / 4) * 4 : length);
  const offsetP = storage === 'uint8' ? 8 : 5;
  const offsetQ = 3;
  const common = { rows, columns, depth, offsetP, offsetQ, offsetBias: 2 };
  switch (shape.form ?? forms.product) {
    case forms.splits:
      return {
        ...common,
        depthPerSplit: shape.depthPerSplit ?? depth,
        ...{ rowStrideP: 1, depthStrideP: padded(rows), depthStrideQ: columns, columnStrideQ: 1, rowStrideC: 1, columnStrideC: rows },
        hasBias: 0,
      };
    case forms.back:
      return {
        ...common,
        depthPerSplit: depth,
        ...{ rowStrideP: padded(depth), depthStrideP: 1, depthStrideQ: columns, columnStrideQ: 1, rowStrideC: columns, columnStrideC: 1 },
        hasBias: 0,
      };
    default:
      return {
        ...common,
        depthPerSplit: depth,
        ...{ rowStrideP: padded(depth), depthStrideP: 1, depthStrideQ: 1, columnStrideQ: depth, rowStrideC: columns, columnStrideC: 1 },
        hasBias: 1,
      };
  }
}

function make(storage: Storage, groups: Groups, shape: Shape, constants: Constants, seed: number): GateCase {
  const values = valuesOf(shape, storage);
  const { rows, columns, depth, depthPerSplit } = values;
  const lengthP = values.offsetP + 4 * Math.ceil(rows / 4) * depth + 4 * Math.ceil(depth / 4) * rows;
  const p = features(storage, Math.ceil(lengthP / 16) * 16, seed);
  const q = normals(values.offsetQ + depth * columns, seed + 1);
  const bias = normals(2 + columns, seed + 2, 3);
  const splits = Math.ceil(depth / depthPerSplit);
  const c = unwritten(splits * rows * columns);
  const all = 'depthAdjoins' in constants ? { ...constants, depthAdjoins: values.depthStrideP === 1 ? 1 : 0 } : constants;
  return {
    uniforms: { 0: { ...values } },
    buffers: { 1: p, 2: q, 3: bias, 4: c },
    groups: groups(values, all),
    constants: all,
    expected: () => {
      const product = matmul(values, p, q, values.hasBias === 1 ? bias.subarray(2) : null);
      return [{ binding: 4, values: product, regions: [region('C', product.length, 1e-5, values.rowStrideC === 1 ? rows : columns)] }];
    },
  };
}

/** A W^T + b, with the rows of A one behind the other and W turned around. */
function beside(engine: WasmEngine, storage: Storage, shape: Shape, { buffers }: GateCase): Promise<Counterpart> {
  const values = valuesOf(shape, storage);
  const { rows, columns, depth, offsetP, rowStrideP, offsetQ, depthStrideQ, columnStrideQ, offsetBias } = values;
  const [p = [], q = [], bias] = [buffers[1], buffers[2], buffers[3]];
  const a = new (storage === 'uint8' ? Uint8Array : Float32Array)(rows * depth);
  for (let i = 0; i < rows; i++) for (let k = 0; k < depth; k++) a[i * depth + k] = p[offsetP + i * rowStrideP + k] ?? 0;
  const b = (k: number, j: number): number => q[offsetQ + k * depthStrideQ + j * columnStrideQ] ?? 0;
  const ownBias = bias instanceof Float32Array ? bias.subarray(offsetBias) : null;
  return productBeside(engine, { rows, columns, depth, a, b, bias: ownBias }, 4);
}

const flat =
  (perThread: number): Groups =>
  ({ rows, columns, depth, depthPerSplit }, { workgroupSize = 64 }) => {
    const threads = perThread === 1 ? rows * columns : Math.ceil(rows / 8) * Math.ceil(columns / 4);
    const groups = Math.max(1, Math.ceil(threads / workgroupSize));
    const down = Math.ceil(groups / 65535);
    return [Math.ceil(groups / down), down, Math.ceil(depth / depthPerSplit)];
  };

const tiled =
  (high: number, wide: number): Groups =>
  ({ rows, columns, depth, depthPerSplit }) => [Math.ceil(columns / wide), Math.ceil(rows / high), Math.ceil(depth / depthPerSplit)];

const trials: readonly Trial[] = [
  { shape: { rows: 1, columns: 1, depth: 1 } },
  { shape: { rows: 33, columns: 31, depth: 67 } },
  { shape: { rows: 67, columns: 35, depth: 70, form: forms.splits, depthPerSplit: 28 } },
  { shape: { rows: 9, columns: 18, depth: 130, form: forms.back } },
];

/** Quads read together: a multiple of four tiles across. */
const quadTrials: readonly Trial[] = [
  { shape: { rows: 9, columns: 16, depth: 5 } },
  { shape: { rows: 33, columns: 31, depth: 67 } },
  { shape: { rows: 67, columns: 48, depth: 70, form: forms.splits, depthPerSplit: 28 } },
];

const square = (size: number): Shape => ({ rows: size, columns: size, depth: size });
const timed = [square(128), square(256), square(512), { rows: 1024, columns: 64, depth: 784 }] as const;

function matmulContract(kernel: KernelName, storage: Storage, groups: Groups, sized: boolean, register: boolean): Contract {
  const quad = kernel.endsWith('quad');
  return contractOf(kernel, 'main', {
    formula: 'C(i, j) = b(j) + Σₖ P(i, k) · Q(k, j)',
    twin: 'engine/cpu/kernels/matmul.ts',
    family: `matmul/${storage}`,
    ...(sized ? { sliders: { workgroupSize: quad ? [64, 32, 128] : [64, 32, 128, 256], ...(register ? { depthAdjoins: [1] } : {}) } } : {}),
    trials: quad ? quadTrials : trials,
    timed,
    make: (shape, constants, seed) => {
      const across = Math.ceil(sizeOf(shape, 'columns') / 4);
      if (quad && across % 4 !== 0) throw new RangeError(`${across} tiles of four columns: a multiple of four tiles was expected`);
      return make(storage, groups, shape, constants, seed);
    },
    work: (shape) => {
      const { rows, columns, depth } = valuesOf(shape, storage);
      return {
        flops: 2 * rows * columns * depth,
        bytes: rows * depth * (storage === 'uint8' ? 1 : 4) + 4 * (depth * columns + rows * columns + columns),
      };
    },
    wasm: (engine, shape, given) => beside(engine, storage, shape, given),
  });
}

export const matmulContracts: readonly Contract[] = [
  matmulContract('matmul/float32', 'float32', flat(1), true, false),
  matmulContract('matmul/uint8', 'uint8', flat(1), true, false),
  matmulContract('matmul-tiled/float32', 'float32', tiled(32, 32), false, false),
  matmulContract('matmul-tiled/uint8', 'uint8', tiled(32, 32), false, false),
  matmulContract('matmul-tiled-wide/float32', 'float32', tiled(64, 32), false, false),
  matmulContract('matmul-tiled-wide/uint8', 'uint8', tiled(64, 32), false, false),
  matmulContract('matmul-register/float32', 'float32', flat(32), true, true),
  matmulContract('matmul-register/uint8', 'uint8', flat(32), true, true),
  matmulContract('matmul-register/float32-quad', 'float32', flat(32), true, true),
];
