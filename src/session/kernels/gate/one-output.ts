/** The gate of the plans for models without a hidden layer: two passes, one pass, and many steps of a small model. */
import type { KernelName } from '../../../engine/gpu/kernel-table.ts';
import { workgroupSizes } from './arrays.ts';
import { contractOf, sizeOf, type Contract, type Rules, type Shape } from './contract.ts';
import {
  backwardCase,
  blocksCase,
  finishCase,
  foldCase,
  forwardCase,
  holds,
  onePassCase,
  quadsCase,
  tinyCase,
  type Storage,
} from './one-output-cases.ts';

/** A step's forward or backward half over all of X. */
const halfWork =
  (storage: Storage): Rules['work'] =>
  (shape) => {
    const values = sizeOf(shape, 'm') * 16 * sizeOf(shape, 'chunks');
    return { flops: 2 * values * (shape.outputs ?? 1), bytes: values * (storage === 'uint8' ? 1 : 4) };
  };

const wholeWork =
  (storage: Storage): Rules['work'] =>
  (shape) => {
    const { flops, bytes } = halfWork(storage)(shape);
    return { flops: 2 * flops, bytes };
  };

/** X of a case, bound or not. */
const bytesOfX: NonNullable<Rules['bytes']> = (shape) => 64 * sizeOf(shape, 'm') * sizeOf(shape, 'chunks');

const catsShape = { m: 209, chunks: 768 } as const;
const fashionShape = { m: 8192, chunks: 49 } as const;
const halfSizes: readonly Shape[] = [catsShape, { m: 2048, chunks: 49 }, fashionShape];
const formulas = {
  forward: 'z = uᵀx + b;  dz = dL/dz;  Σ L',
  backward: 'dw = (1/m) X dZᵀ + λ w;  db = (1/m) Σ dz;  w ← w − α · step(dw)',
  onePass: 'z = uᵀx + b;  dz = dL/dz;  Σ dz · x, Σ dz and Σ L of each workgroup’s examples',
} as const;

function forwardContract(kernel: KernelName, storage: Storage, alone: boolean): Contract {
  const sliders = alone ? { workgroupSize: [16, 32, 64] } : { workgroupSize: workgroupSizes, lanes: [1, 2, 4, 8, 16, 32, 64] };
  return contractOf(kernel, 'main', {
    formula: formulas.forward,
    family: `forward/${storage}`,
    twin: 'session/kernels/twins/one-output.ts',
    sliders,
    trials: [
      { shape: { m: 1, chunks: 1 } },
      { shape: { m: 131, chunks: 3, loss: 2, down: 2 } },
      { shape: { m: 67, chunks: 5, loss: 1, down: 2 }, ...(alone ? {} : { constants: { lanes: 16 } }) },
      { shape: { m: 21, chunks: 39, loss: 3 }, ...(alone ? {} : { constants: { lanes: 16 } }) },
    ],
    timed: halfSizes,
    make: (shape, constants, seed) => forwardCase(storage, alone, shape, constants, seed),
    work: halfWork(storage),
  });
}

function backwardContract(kernel: KernelName, storage: Storage, alone: boolean): Contract {
  const sliders = alone ? { workgroupSize: workgroupSizes } : { workgroupSize: [64, 32, 128], lanes: [1, 2, 4, 8, 16, 32] };
  return contractOf(kernel, 'main', {
    formula: formulas.backward,
    family: `backward/${storage}`,
    twin: 'session/kernels/twins/one-output.ts',
    sliders,
    trials: [
      { shape: { m: 1, chunks: 1, plain: 1 } },
      { shape: { m: 131, chunks: 70, plain: 1, down: 2 } },
      { shape: { m: 67, chunks: 5, optimizer: 1, shifted: 1 }, ...(alone ? {} : { constants: { lanes: 16 } }) },
      { shape: { m: 300, chunks: 37, optimizer: 3, shifted: 1, down: 2 }, ...(alone ? {} : { constants: { lanes: 16 } }) },
      { shape: { m: 65, chunks: 2, optimizer: 2, shifted: 1 }, ...(alone ? {} : { constants: { lanes: 16 } }) },
      { shape: { m: 65, chunks: 2, optimizer: 0, shifted: 1 }, ...(alone ? {} : { constants: { lanes: 16 } }) },
    ],
    timed: halfSizes.map((shape) => ({ ...shape, plain: 1 })),
    make: (shape, constants, seed) => backwardCase(storage, alone, shape, constants, seed),
    work: halfWork(storage),
  });
}

function blocksContract(storage: Storage): Contract {
  return contractOf(`two-pass-gradient-blocks/${storage}`, 'main', {
    formula: 'Σ dz · x, Σ dz and Σ L of each block of examples',
    twin: 'session/kernels/twins/one-output.ts',
    sliders: { workgroupSize: workgroupSizes },
    trials: [
      { shape: { m: 1, chunks: 1, parts: 2 } },
      { shape: { m: 67, chunks: 5, parts: 3 } },
      { shape: { m: 300, chunks: 66, parts: 2 } },
    ],
    timed: [
      { ...fashionShape, parts: 8 },
      { m: 2048, chunks: 49, parts: 8 },
    ],
    make: (shape, constants, seed) => blocksCase(storage, shape, constants, seed),
    work: halfWork(storage),
  });
}

function fewestThreads(shape: Shape): number {
  return [16, 32].find((threads) => holds(shape, threads)) ?? 64;
}

function onePassContract(kernel: KernelName, storage: Storage, few: boolean): Contract {
  return contractOf(kernel, 'main', {
    formula: formulas.onePass,
    twin: 'session/kernels/twins/one-output.ts',
    sliders: { workgroupSize: few ? [64, 16, 32] : [64, 16, 32, 128, 256] },
    onSoftware: (shape) => ({ workgroupSize: fewestThreads(shape) }),
    trials: few
      ? [
          { shape: { m: 37, chunks: 5, outputs: 10, loss: 4, parts: 3 }, constants: { workgroupSize: 16 } },
          { shape: { m: 21, chunks: 9, outputs: 10, loss: 3, parts: 2 }, constants: { workgroupSize: 16 } },
          { shape: { m: 1, chunks: 35, outputs: 3, loss: 4, parts: 1 }, constants: { workgroupSize: 16 } },
          { shape: { m: 29, chunks: 35, outputs: 3, loss: 4, parts: 2 }, constants: { workgroupSize: 16 } },
        ]
      : [
          { shape: { m: 1, chunks: 1, parts: 1 }, constants: { workgroupSize: 16 } },
          { shape: { m: 67, chunks: 5, loss: 1, parts: 3 }, constants: { workgroupSize: 16 } },
          { shape: { m: 154, chunks: 35, loss: 0, parts: 2 }, constants: { workgroupSize: 16 } },
          { shape: { m: 33, chunks: 41, loss: 3, parts: 3 }, constants: { workgroupSize: 16 } },
        ],
    timed: few
      ? [
          { m: 2048, chunks: 16, outputs: 4, loss: 4, parts: 8 },
          { m: 2048, chunks: 49, outputs: 10, loss: 4, parts: 8 },
          { ...fashionShape, outputs: 10, loss: 4, parts: 8 },
        ]
      : [
          { m: 2048, chunks: 49, parts: 8 },
          { ...fashionShape, parts: 8 },
        ],
    // a thread holds four chunks at the most, and there may be sixteen threads
    most: { chunks: 64 },
    make: (shape, constants, seed) => onePassCase(storage, shape, constants, seed),
    work: wholeWork(storage),
  });
}

function quadsContract(storage: Storage): Contract {
  return contractOf(`one-pass-quads/${storage}`, 'main', {
    formula: formulas.onePass,
    twin: 'session/kernels/twins/one-output.ts',
    trials: [
      { shape: { m: 1, chunks: 1, parts: 1 } },
      // runs of 64 examples that end in the middle, and places without a chunk
      { shape: { m: 155, chunks: 21, loss: 1, parts: 2 } },
      // all places, and a quad with nothing to do
      { shape: { m: 9, chunks: 62, loss: 3, parts: 4 } },
    ],
    timed: [
      { m: 2048, chunks: 49, parts: 32 },
      { ...fashionShape, parts: 32 },
    ],
    // sixteen for each thread of a quad
    most: { chunks: 64 },
    make: (shape, _constants, seed) => quadsCase(storage, shape, seed),
    work: wholeWork(storage),
  });
}

const finishContract = contractOf('one-pass-finish', 'main', {
  formula: 'dw = (1/m) Σ parts + λ w;  w ← w − α · step(dw);  J',
  twin: 'session/kernels/twins/one-output.ts',
  sliders: { workgroupSize: workgroupSizes },
  trials: [
    { shape: { m: 3, chunks: 1, parts: 1, plain: 1 } },
    { shape: { m: 67, chunks: 5, parts: 3, optimizer: 1, shifted: 1 } },
    { shape: { m: 67, chunks: 21, parts: 5, optimizer: 3, outputs: 5, shifted: 1 } },
    { shape: { m: 67, chunks: 4, parts: 2, optimizer: 2, outputs: 2 } },
  ],
  timed: [
    { m: 8192, chunks: 49, parts: 64, plain: 1, outputs: 10 },
    { m: 209, chunks: 768, parts: 16, plain: 1 },
  ],
  make: finishCase,
  bytes: bytesOfX,
  work: (shape) => {
    const values = 16 * sizeOf(shape, 'chunks') * (shape.outputs ?? 1);
    return { flops: values * (sizeOf(shape, 'parts') + 6), bytes: 4 * values * (sizeOf(shape, 'parts') + 4) };
  },
});

const foldContract = contractOf('two-pass-fold', 'main', {
  formula: 'b + w·t;  λ/2 · Σ w²',
  twin: 'session/kernels/twins/one-output.ts',
  trials: [
    { shape: { m: 3, chunks: 1, shifted: 1 } },
    { shape: { m: 3, chunks: 37, outputs: 5, shifted: 1 } },
    { shape: { m: 3, chunks: 18, outputs: 4, shifted: 1 } },
  ],
  timed: [
    { m: 1, chunks: 768, shifted: 1 },
    { m: 1, chunks: 49, outputs: 10, shifted: 1 },
  ],
  make: foldCase,
  bytes: bytesOfX,
  work: (shape) => {
    const values = 16 * sizeOf(shape, 'chunks') * (shape.outputs ?? 1);
    return { flops: 4 * values, bytes: 8 * values };
  },
});

function tinyContract(storage: Storage): Contract {
  return contractOf(`tiny/${storage}`, 'main', {
    formula: 'whole steps of gradient descent, one after the other: z, dz, dw, w ← w − α · step(dw)',
    twin: 'session/kernels/twins/tiny.ts',
    sliders: { workgroupSize: [64, 16, 32] },
    onSoftware: () => ({ workgroupSize: 16 }),
    trials: [
      { shape: { m: 1, n: 1, steps: 1 } },
      { shape: { m: 67, n: 5, steps: 3, optimizer: 1, shifted: 1 } },
      { shape: { m: 131, n: 37, steps: 2, optimizer: 2, loss: 1 } },
      { shape: { m: 70, n: 13, steps: 6, optimizer: 3, loss: 2, shifted: 1 } },
      { shape: { m: 70, n: 2, steps: 1, optimizer: 0, loss: 3 } },
    ],
    timed: [
      { m: 400, n: 2, steps: 100 },
      { m: 1000, n: 8, steps: 100 },
    ],
    // what the workgroup's sums have room for
    most: { n: 38 },
    make: (shape, constants, seed) => tinyCase(storage, shape, constants, seed),
    work: (shape) => {
      const values = sizeOf(shape, 'm') * sizeOf(shape, 'n') * sizeOf(shape, 'steps');
      return { flops: 4 * values, bytes: values * (storage === 'uint8' ? 1 : 4) };
    },
  });
}

const storages = ['float32', 'uint8'] as const;

export const oneOutputContracts: readonly Contract[] = storages
  .flatMap((storage) => [
    forwardContract(`two-pass-forward/${storage}`, storage, false),
    forwardContract(`two-pass-forward-alone/${storage}`, storage, true),
    backwardContract(`two-pass-gradient/${storage}`, storage, false),
    backwardContract(`two-pass-gradient-alone/${storage}`, storage, true),
    blocksContract(storage),
    onePassContract(`one-pass/${storage}`, storage, false),
    onePassContract(`one-pass-outputs/${storage}`, storage, true),
    quadsContract(storage),
    tinyContract(storage),
  ])
  .concat(finishContract, foldContract);
