/** The gate of the plans for models without a hidden layer: two passes, one pass, and many steps of a small model. */
import type { KernelName } from '../../../engine/gpu/kernel-table.ts';
import { finishStep, foldBiases, forward, lengths, partialGradient, type ModelShape } from '../twins/one-output.ts';
import { tinySteps } from '../twins/tiny.ts';
import { optimizerOf, workgroupSizes } from './arrays.ts';
import {
  contractOf,
  groupsIn,
  sizeOf,
  type Constants,
  type Contract,
  type GateCase,
  type Region,
  type Rules,
  type Shape,
} from './contract.ts';
import {
  features,
  joined,
  makeTrace,
  normals,
  numbers,
  positives,
  region,
  sizeOfFeature,
  traceRegions,
  traceValues,
  unwritten,
  type Floats,
} from './inputs.ts';
import { lossOf, targets } from './layers.ts';

type Storage = 'float32' | 'uint8';

const ringSize = 4;
const firstPart = 2;

interface Setting {
  readonly model: ModelShape;
  readonly n: number;
  readonly x: Floats | Uint8Array<ArrayBuffer>;
  readonly y: Floats;
  /** Five sections. */
  readonly sections: Floats;
  readonly scaling: Floats;
  readonly trace: Uint32Array<ArrayBuffer>;
  readonly optimizer: ReturnType<typeof optimizerOf>;
  readonly l2: number;
  uniform(parts: number, first?: number): Record<string, number>;
}

function settingOf(shape: Shape, storage: Storage, seed: number): Setting {
  const { outputs = 1, loss = 0, optimizer: code = 0, shifted = 0 } = shape;
  const model = { examples: sizeOf(shape, 'm'), chunks: sizeOf(shape, 'chunks'), outputs, loss: lossOf(loss) };
  const n = 16 * model.chunks;
  const { section } = lengths(model);
  const spread = 1.5 / (sizeOfFeature[storage] * Math.sqrt(n));
  const sections = joined(...[0, 1, 2, 3].map((index) => normals(section, seed + index, spread)), positives(section, seed + 4, 1));
  const scale = normals(n, seed + 5, 0.3, 1);
  // every other four features are not shifted: kernels may leave those out
  const shift = normals(n, seed + 6, 0.5).map((value, k) => (shifted === 1 && (k >> 2) % 2 === 0 ? value : 0));
  const l2 = 0.03;
  return {
    model,
    n,
    x: features(storage, model.examples * n, seed + 7),
    y: targets(loss, model.examples, outputs, seed + 8),
    sections,
    scaling: joined(scale, shift),
    trace: makeTrace(5, 6, [0.75], ringSize),
    optimizer: optimizerOf(code, 0.2 * spread, l2),
    l2,
    uniform: (parts, first = 0) => ({
      examples: model.examples,
      chunks: model.chunks,
      kind: loss,
      ringSize,
      parts,
      firstPart: first,
      outputs,
    }),
  };
}

const tolerance = 2e-5;

function modelRegions(model: ModelShape): readonly Region[] {
  const { section } = lengths(model);
  // Adam divides by a root: what is lost in the gradient is lost there
  return ['parameters', 'folded', 'gradient', 'first moments', 'second moments'].map((name) => region(name, section, tolerance));
}

function count(groups: readonly [number, number, number]): number {
  return groups[0] * groups[1];
}

/** Σ over the examples of each of the workgroups. */
function sumsOf(values: ArrayLike<number>, perPart: number, parts: number): Float64Array {
  const sums = new Float64Array(parts);
  for (let j = 0; j < values.length; j++) sums[Math.floor(j / perPart)] = (sums[Math.floor(j / perPart)] ?? 0) + (values[j] ?? 0);
  return sums;
}

/** `stepsNow` is set, and nothing else. */
function begun(trace: Uint32Array<ArrayBuffer>) {
  const values = traceValues(trace);
  values[1] = (values[0] ?? 0) + 1;
  return { binding: 6, values, regions: traceRegions(ringSize, 0) } as const;
}

function forwardCase(storage: Storage, alone: boolean, shape: Shape, constants: Constants, seed: number): GateCase {
  const setting = settingOf(shape, storage, seed);
  const { model, x, y, sections } = setting;
  const { workgroupSize = 64, lanes = 1 } = constants;
  const perGroup = alone ? 4 * workgroupSize : workgroupSize / lanes;
  const groups = groupsIn(shape, Math.ceil(model.examples / perGroup));
  const parts = alone ? model.examples : count(groups);
  const trace = makeTrace(5, 2, [0.75], ringSize);
  return {
    uniforms: { 0: setting.uniform(parts) },
    buffers: { 1: x, 2: sections, 3: y, 4: unwritten(model.examples), 5: unwritten(parts), 6: trace },
    groups,
    constants,
    expected: () => {
      const { dz, loss } = forward(model, x, sections, y);
      const sums = alone ? loss : sumsOf(loss, perGroup, parts);
      return [
        { binding: 4, values: dz, regions: [region('dz', dz.length, tolerance)] },
        { binding: 5, values: sums, regions: [region('losses', parts, tolerance)] },
        begun(trace),
      ];
    },
  };
}

function backwardCase(storage: Storage, alone: boolean, shape: Shape, constants: Constants, seed: number): GateCase {
  const setting = settingOf(shape, storage, seed);
  const { model, n, x, sections, scaling, trace, optimizer, l2 } = setting;
  const { workgroupSize = 64, lanes = 1 } = constants;
  const parts = alone ? model.examples : 5;
  const dz = normals(model.examples, seed + 20);
  const losses = positives(parts, seed + 21);
  const threads = alone ? model.chunks + 1 : Math.ceil((model.chunks * lanes) / workgroupSize) * workgroupSize + workgroupSize;
  const all = { ...constants, shifted: shape.shifted ?? 0, plainDescent: shape.plain ?? 0 };
  return {
    uniforms: { 0: setting.uniform(parts), 2: optimizer.values },
    buffers: { 1: x, 3: sections, 4: dz, 5: losses, 6: scaling, 7: trace },
    groups: groupsIn(shape, Math.ceil(threads / workgroupSize)),
    constants: all,
    expected: () => {
      const sums = partialGradient(model, x, dz, [], allOf(model.examples)).fill(
        losses.reduce((sum, loss) => sum + loss, 0),
        n + 4,
      );
      const values = numbers(sections);
      const after = traceValues(trace);
      finishStep(model, { optimizer: optimizer.optimizer, l2, scaling, ringSize }, sums, values, after);
      return [
        { binding: 3, values, regions: modelRegions(model) },
        { binding: 7, values: after, regions: traceRegions(ringSize, tolerance) },
      ];
    },
  };
}

function* allOf(examples: number, first = 0): Generator<number> {
  for (let j = first; j < examples; j++) yield j;
}

function partialRegions(model: ModelShape, parts: number): readonly Region[] {
  const { weights, section } = lengths(model);
  const own = [region('Σ dz · x', weights, tolerance), region('Σ dz', section - weights, tolerance), region('Σ loss', 4, tolerance)];
  return [region('parts of other shards', firstPart * (section + 4), 0), ...Array.from({ length: parts }, () => own).flat()];
}

/** Partial gradients behind those of other shards, which stay. */
function partialValues(model: ModelShape, each: readonly Float64Array[]): Float64Array {
  const length = lengths(model).section + 4;
  const values = new Float64Array((firstPart + each.length) * length).fill(-77.25);
  for (const [part, sums] of each.entries()) values.set(sums, (firstPart + part) * length);
  return values;
}

function blocksCase(storage: Storage, shape: Shape, constants: Constants, seed: number): GateCase {
  const setting = settingOf(shape, storage, seed);
  const { model, x } = setting;
  const parts = sizeOf(shape, 'parts');
  const dz = normals(model.examples, seed + 20);
  const losses = positives(model.examples, seed + 21);
  const length = lengths(model).section + 4;
  return {
    uniforms: { 0: setting.uniform(parts, firstPart) },
    buffers: { 1: x, 3: unwritten((firstPart + parts) * length), 4: dz, 5: losses },
    groups: [Math.ceil((model.chunks + 1) / (constants.workgroupSize ?? 64)), parts, 1],
    constants,
    expected: () => {
      const block = Math.ceil(model.examples / parts);
      const each = Array.from({ length: parts }, (_, part) =>
        partialGradient(model, x, dz, losses, allOf(Math.min(model.examples, (part + 1) * block), part * block)),
      );
      for (const sums of each) sums.fill(0, sums.length - 3);
      return [{ binding: 3, values: partialValues(model, each), regions: partialRegions(model, parts) }];
    },
  };
}

function onePassCase(storage: Storage, shape: Shape, given: Constants, seed: number): GateCase {
  const setting = settingOf(shape, storage, seed);
  const { model, x, y, sections } = setting;
  const parts = sizeOf(shape, 'parts');
  const { workgroupSize = 64 } = given;
  const division = { workgroupSize, chunksPerThread: Math.ceil(model.chunks / workgroupSize) };
  const { outputs } = model;
  const length = lengths(model).section + 4;
  const trace = makeTrace(5, 2, [0.75], ringSize);
  return {
    uniforms: { 0: setting.uniform(parts, firstPart) },
    buffers: { 1: x, 2: sections, 3: y, 4: unwritten((firstPart + parts) * length), 6: trace },
    groups: [parts, 1, 1],
    constants: { ...division, ...(outputs === 1 ? {} : { outputs, zLength: outputs * workgroupSize }) },
    expected: () => {
      const { dz, loss } = forward(model, x, sections, y);
      const each = Array.from({ length: parts }, (_, part) => {
        const own = [...allOf(model.examples)].filter((j) => Math.floor(j / 4) % parts === part);
        const sums = partialGradient(model, x, dz, loss, own);
        return sums.fill(0, sums.length - 3);
      });
      return [{ binding: 4, values: partialValues(model, each), regions: partialRegions(model, parts) }, begun(trace)];
    },
  };
}

function finishCase(shape: Shape, constants: Constants, seed: number): GateCase {
  const setting = settingOf(shape, 'float32', seed);
  const { model, sections, scaling, trace, optimizer, l2 } = setting;
  const parts = sizeOf(shape, 'parts');
  const { weights, section } = lengths(model);
  const length = section + 4;
  const partials = normals(parts * length, seed + 20);
  // nothing is left behind the last output
  for (let part = 0; part < parts; part++) partials.fill(0, part * length + weights + model.outputs, part * length + section);
  return {
    uniforms: { 0: setting.uniform(parts), 2: optimizer.values },
    buffers: { 3: sections, 4: partials, 6: scaling, 7: trace },
    groups: [Math.ceil((section / 4 + 1) / (constants.workgroupSize ?? 64)), 1, 1],
    constants: { ...constants, plainDescent: shape.plain ?? 0 },
    expected: () => {
      const sums = Float64Array.from({ length }, (_, at) => {
        let sum = 0;
        for (let part = 0; part < parts; part++) sum += partials[part * length + at] ?? 0;
        return sum;
      });
      const values = numbers(sections);
      const after = traceValues(trace);
      finishStep(model, { optimizer: optimizer.optimizer, l2, scaling, ringSize }, sums, values, after);
      return [
        { binding: 3, values, regions: modelRegions(model) },
        { binding: 7, values: after, regions: traceRegions(ringSize, tolerance) },
      ];
    },
  };
}

function foldCase(shape: Shape, constants: Constants, seed: number): GateCase {
  const setting = settingOf(shape, 'float32', seed);
  const { model, sections, scaling, trace, optimizer, l2 } = setting;
  return {
    uniforms: { 0: setting.uniform(1), 1: optimizer.values },
    buffers: { 2: sections, 3: scaling, 4: trace },
    groups: [1, 1, 1],
    constants,
    expected: () => {
      const values = numbers(sections);
      const after = traceValues(trace);
      foldBiases(model, l2, scaling, values, after);
      return [
        { binding: 2, values, regions: modelRegions(model) },
        { binding: 4, values: after, regions: traceRegions(ringSize, tolerance) },
      ];
    },
  };
}

function tinyCase(storage: Storage, shape: Shape, constants: Constants, seed: number): GateCase {
  const [examples, n, steps] = [sizeOf(shape, 'm'), sizeOf(shape, 'n'), sizeOf(shape, 'steps')];
  const { loss = 0, optimizer: code = 0, shifted = 0 } = shape;
  const { workgroupSize = 64 } = constants;
  const stride = 16 * Math.ceil(n / 16);
  const size = sizeOfFeature[storage];
  const l2 = 0.03;
  const { optimizer, values } = optimizerOf(code, 0.1, l2);
  const x = features(storage, examples * stride, seed);
  const y = targets(loss, examples, 1, seed + 1);
  const scaling = Float32Array.from(normals(2 * n, seed + 2, 0.3, 1), (value, at) =>
    at % 2 === 0 ? value / size : shifted * (value - 1.2),
  );
  const model = joined(...[0, 1, 2].map((index) => normals(n + 1, seed + 3 + index, 1 / Math.sqrt(n))), positives(n + 1, seed + 6));
  const trace = makeTrace(5, 0, [0.75], ringSize);
  const problem = { examples, features: n, stride, loss: lossOf(loss), optimizer, l2, ringSize };
  return {
    uniforms: { 0: { examples, features: n, stride, kind: loss, ringSize }, 2: values, 7: { count: steps } },
    buffers: { 1: x, 3: y, 4: model, 5: scaling, 6: trace },
    groups: [1, 1, 1],
    // room for 38 features, so that shapes share a pipeline
    constants: { workgroupSize, sums: 40 * workgroupSize },
    expected: () => {
      const [found, after] = [numbers(model), traceValues(trace)];
      tinySteps(problem, steps, x, y, scaling, found, after);
      const regions = ['parameters', 'gradient', 'first moments', 'second moments'].map((name) => region(name, n + 1, 4e-5));
      return [
        { binding: 4, values: found, regions },
        { binding: 6, values: after, regions: traceRegions(ringSize, 4e-5) },
      ];
    },
  };
}

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

const catsShape = { m: 209, chunks: 768 } as const;
const fashionShape = { m: 8192, chunks: 49 } as const;
const halfSizes: readonly Shape[] = [catsShape, { m: 2048, chunks: 49 }, fashionShape];
const formulas = {
  forward: 'z = uᵀx + b;  dz = dL/dz;  Σ L',
  backward: 'dw = (1/m) X dZᵀ + λ w;  db = (1/m) Σ dz;  w ← w − α · step(dw)',
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

function onePassContract(kernel: KernelName, storage: Storage, few: boolean): Contract {
  return contractOf(kernel, 'main', {
    formula: 'z = uᵀx + b;  dz = dL/dz;  Σ dz · x, Σ dz and Σ L of each workgroup’s examples',
    twin: 'session/kernels/twins/one-output.ts',
    sliders: { workgroupSize: few ? [64, 16, 32] : [64, 16, 32, 128, 256] },
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
          { m: 2048, chunks: 49, outputs: 10, loss: 4, parts: 8 },
          { ...fashionShape, outputs: 10, loss: 4, parts: 8 },
        ]
      : [
          { m: 2048, chunks: 49, parts: 8 },
          { ...fashionShape, parts: 8 },
        ],
    make: (shape, constants, seed) => onePassCase(storage, shape, constants, seed),
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
  work: (shape) => {
    const values = 16 * sizeOf(shape, 'chunks') * (shape.outputs ?? 1);
    return { flops: 4 * values, bytes: 8 * values };
  },
});

function tinyContract(storage: Storage): Contract {
  return contractOf(`tiny/${storage}`, 'main', {
    formula: 'whole steps of gradient descent, one after the other: z, dz, dw, w ← w − α · step(dw)',
    twin: 'session/kernels/twins/tiny.ts',
    sliders: { workgroupSize: [64, 32] },
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
    tinyContract(storage),
  ])
  .concat(finishContract, foldContract);
