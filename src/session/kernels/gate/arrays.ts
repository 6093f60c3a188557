/** The gate of the kernels that go over whole arrays: activations, optimiser steps, copying, multiply-adds. */
import type { OptimizerName } from '../../../engine/contract.ts';
import { activate, activateBackward } from '../../../engine/cpu/kernels/activation.ts';
import { copy } from '../../../engine/cpu/kernels/copy.ts';
import { multiplyAdd } from '../../../engine/cpu/kernels/fma.ts';
import { update } from '../../../engine/cpu/kernels/update.ts';
import { activationCodes, optimizerCodes } from '../../../engine/gpu/kernel-table.ts';
import type { ActivationName } from '../../../math/activations.ts';
import { contractOf, groupsIn, sizeOf, type Contract, type Trial } from './contract.ts';
import { activationBeside, copyBeside, slopesBeside, updateBeside } from './counterparts.ts';
import { joined, makeTrace, normals, numbers, positives, randomWords, region, unwritten, type Floats } from './inputs.ts';

export const workgroupSizes = [64, 32, 128, 256] as const;

/** Where an activation's branches part, and far out on both sides. */
const extremes = [0, 1e-6, -1e-6, 0.19, -0.21, 30, -30, 100, -100, 1e4, -1e4];

function zs(count: number, seed: number): Floats {
  const z = normals(count, seed, 3);
  z.set(extremes.slice(0, count));
  return z;
}

const activationNames = Object.keys(activationCodes) as ActivationName[];
const nameOf = (kind: number): ActivationName => activationNames[kind] ?? 'identity';
const activationTrials: readonly Trial[] = [
  { shape: { count: 1, kind: 0 } },
  { shape: { count: 131, kind: 0 } },
  { shape: { count: 193, kind: 1, down: 2 } },
  { shape: { count: 65, kind: 2 } },
  { shape: { count: 63, kind: 3 } },
  { shape: { count: 200, kind: 4 } },
];
const activationSizes = [
  { count: 262144, kind: 0 },
  { count: 65536, kind: 0 },
  { count: 1048576, kind: 0 },
  { count: 262144, kind: 2 },
] as const;

const forward = contractOf('activation', 'forward', {
  formula: 'aᵢ = g(zᵢ)',
  twin: 'engine/cpu/kernels/activation.ts',
  sliders: { workgroupSize: workgroupSizes },
  trials: activationTrials,
  timed: activationSizes,
  make(shape, constants, seed) {
    const [count, kind] = [sizeOf(shape, 'count'), sizeOf(shape, 'kind')];
    const z = zs(count, seed);
    return {
      uniforms: { 0: { count, kind } },
      buffers: { 1: z, 2: unwritten(count) },
      groups: groupsIn(shape, Math.ceil(count / (constants.workgroupSize ?? 64))),
      constants,
      expected: () => {
        const a = new Float64Array(count);
        activate(nameOf(kind), Float64Array.from(z), a, count);
        // exp is good to 3 + 2|z| ulp by the specification
        return [{ binding: 2, values: a, regions: [region('A', count, kind < 2 ? 2e-6 : 1e-7)] }];
      },
    };
  },
  // an exponential and a division count as one operation each
  work: (shape) => ({ flops: 4 * sizeOf(shape, 'count'), bytes: 8 * sizeOf(shape, 'count') }),
  wasm: (engine, shape, given) => activationBeside(engine, nameOf(sizeOf(shape, 'kind')), given),
});

const backward = contractOf('activation', 'backward', {
  formula: 'dzᵢ = daᵢ · g′(zᵢ)',
  twin: 'engine/cpu/kernels/activation.ts',
  sliders: { workgroupSize: workgroupSizes },
  trials: activationTrials,
  timed: activationSizes,
  make(shape, constants, seed) {
    const [count, kind] = [sizeOf(shape, 'count'), sizeOf(shape, 'kind')];
    const z = zs(count, seed);
    const a = new Float64Array(count);
    activate(nameOf(kind), Float64Array.from(z), a, count);
    const a32 = Float32Array.from(a);
    const da = normals(count, seed + 1);
    return {
      uniforms: { 0: { count, kind } },
      buffers: { 1: z, 2: a32, 3: da },
      groups: groupsIn(shape, Math.ceil(count / (constants.workgroupSize ?? 64))),
      constants,
      expected: () => {
        const dz = numbers(da);
        activateBackward(nameOf(kind), Float64Array.from(z), numbers(a32), dz, count);
        return [
          { binding: 2, values: a32, regions: [region('A, which stays', count, 0)] },
          { binding: 3, values: dz, regions: [region('dZ', count, 2e-6)] },
        ];
      },
    };
  },
  work: (shape) => ({ flops: 3 * sizeOf(shape, 'count'), bytes: 16 * sizeOf(shape, 'count') }),
  wasm: (engine, shape, given) => slopesBeside(engine, nameOf(sizeOf(shape, 'kind')), given),
});

const copying = contractOf('copy', 'main', {
  formula: 'copiedᵢ = sourceᵢ',
  twin: 'engine/cpu/kernels/copy.ts',
  sliders: { workgroupSize: workgroupSizes, vectorsPerThread: [4, 1, 2, 8, 16] },
  trials: [{ shape: { vectors: 1 } }, { shape: { vectors: 259 } }, { shape: { vectors: 1003, down: 2 } }],
  timed: [{ vectors: 262144 }, { vectors: 65536 }, { vectors: 1048576 }],
  make(shape, constants, seed) {
    const vectors = sizeOf(shape, 'vectors');
    const source = randomWords(4 * vectors, seed);
    const { workgroupSize = 64, vectorsPerThread = 4 } = constants;
    return {
      uniforms: { 0: { vectors } },
      buffers: { 1: source, 2: unwritten(4 * vectors) },
      groups: groupsIn(shape, Math.ceil(vectors / (workgroupSize * vectorsPerThread))),
      constants,
      expected: () => {
        const copied = new Uint32Array(4 * vectors);
        copy(source, copied, 4 * vectors);
        return [{ binding: 2, values: copied, regions: [{ name: 'copied', length: 4 * vectors, type: 'u32', tolerance: 0 }] }];
      },
    };
  },
  work: (shape) => ({ flops: 0, bytes: 32 * sizeOf(shape, 'vectors') }),
  wasm: (engine, _, given) => copyBeside(engine, given),
});

/** The four chains of a thread. */
const chains = 4;

const multiplyAdds = contractOf('fma', 'main', {
  formula: 'x ← x · a + b, again and again; four chains of four lanes a thread, added up',
  twin: 'engine/cpu/kernels/fma.ts',
  sliders: { workgroupSize: workgroupSizes },
  trials: [{ shape: { threads: 1, steps: 4 } }, { shape: { threads: 131, steps: 16 } }, { shape: { threads: 300, steps: 8, down: 2 } }],
  timed: [
    { threads: 4096, steps: 256 },
    { threads: 16384, steps: 1024 },
  ],
  make(shape, constants) {
    const [threads, steps] = [sizeOf(shape, 'threads'), sizeOf(shape, 'steps')];
    if (steps % 4 !== 0) throw new RangeError(`steps = ${steps}: a multiple of four was expected`);
    const factors = { growth: 1, decay: 0.5, addend: 0.25 };
    return {
      uniforms: { 0: { threads, steps, ...factors } },
      buffers: { 1: unwritten(4 * threads) },
      groups: groupsIn(shape, Math.ceil(threads / (constants.workgroupSize ?? 64))),
      constants,
      expected: () => {
        const sums = multiplyAdd({ items: threads, chains, steps, ...factors });
        return [{ binding: 1, values: sums, regions: [region('sums', sums.length, 1e-7, 4)] }];
      },
    };
  },
  work: (shape) => ({ flops: 8 * chains * sizeOf(shape, 'threads') * sizeOf(shape, 'steps'), bytes: 16 * sizeOf(shape, 'threads') }),
});

export const optimizerNames = Object.keys(optimizerCodes) as OptimizerName[];

/** Hyper-parameters of a trial, as the kernels take them and as the twins do. */
export function optimizerOf(code: number, learningRate: number, l2: number) {
  const optimizer = { kind: optimizerNames[code] ?? 'gradient-descent', learningRate, beta1: 0.9, beta2: 0.99, epsilon: 1e-3 } as const;
  const values = { ...optimizer, kind: code, l2, logBeta1: Math.log(optimizer.beta1), logBeta2: Math.log(optimizer.beta2) };
  return { optimizer, values };
}

/** Steps done when an update is tried. */
const step = 3;

const updating = contractOf('update', 'main', {
  formula: 'w ← w − α · step(dw); the step by gradient descent, momentum, Nesterov or Adam',
  twin: 'engine/cpu/kernels/update.ts',
  sliders: { workgroupSize: workgroupSizes },
  trials: [
    { shape: { vectors: 1, optimizer: 0 } },
    { shape: { vectors: 67, optimizer: 1 } },
    { shape: { vectors: 130, optimizer: 2, down: 2 } },
    { shape: { vectors: 193, optimizer: 3, down: 2 } },
  ],
  timed: [
    { vectors: 65536, optimizer: 0 },
    { vectors: 65536, optimizer: 3 },
    { vectors: 262144, optimizer: 0 },
  ],
  make(shape, constants, seed) {
    const [vectors, code] = [sizeOf(shape, 'vectors'), sizeOf(shape, 'optimizer')];
    const count = 4 * vectors;
    const { optimizer, values } = optimizerOf(code, 0.05, 0);
    const parameters = normals(count, seed);
    const gradient = normals(count, seed + 1);
    const [moment1, moment2] = [normals(count, seed + 2), positives(count, seed + 3)];
    return {
      uniforms: { 0: { count: vectors }, 1: values },
      buffers: { 2: parameters, 3: gradient, 4: joined(moment1, moment2), 5: makeTrace(step, 0, [], 4) },
      groups: groupsIn(shape, Math.ceil(vectors / (constants.workgroupSize ?? 64))),
      constants,
      expected: () => {
        const [p, m1, m2] = [Float64Array.from(parameters), Float64Array.from(moment1), Float64Array.from(moment2)];
        update(optimizer, step, p, Float64Array.from(gradient), m1, m2);
        const moments = new Float64Array(2 * count);
        moments.set(m1);
        moments.set(m2, count);
        return [
          { binding: 2, values: p, regions: [region('parameters', count, 1e-6)] },
          {
            binding: 4,
            values: moments,
            regions: [region('first moments', count, 1e-6), region('second moments', count, 1e-6)],
          },
        ];
      },
    };
  },
  work: (shape) => {
    const count = 4 * sizeOf(shape, 'vectors');
    const isAdam = shape.optimizer === 3;
    return { flops: count * (isAdam ? 13 : 2), bytes: count * (isAdam ? 28 : 12) };
  },
  bytes: (shape) => 64 * sizeOf(shape, 'vectors'),
  wasm: (engine, shape, given) => updateBeside(engine, optimizerOf(sizeOf(shape, 'optimizer'), 0.05, 0).optimizer, step, given),
});

export const arrayContracts: readonly Contract[] = [forward, backward, copying, multiplyAdds, updating];
