/** Inputs, sizes and right answers of the kernels for models without a hidden layer; which of them are tried is `one-output.ts`'s. */
import { norm } from '../../../math/norm.ts';
import { finishStep, foldBiases, forward, lengths, partialGradient, type ModelShape } from '../twins/one-output.ts';
import { tinySteps } from '../twins/tiny.ts';
import { optimizerOf } from './arrays.ts';
import { groupsIn, sizeOf, type Constants, type GateCase, type Region, type Shape } from './contract.ts';
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
import { lossOf, targets } from './costs.ts';

export type Storage = 'float32' | 'uint8';

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

export function forwardCase(storage: Storage, alone: boolean, shape: Shape, constants: Constants, seed: number): GateCase {
  const setting = settingOf(shape, storage, seed);
  const { model, x, y, sections } = setting;
  const { workgroupSize = 64, lanes = 1 } = constants;
  const perGroup = alone ? 8 * workgroupSize : workgroupSize / lanes;
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

export function backwardCase(storage: Storage, alone: boolean, shape: Shape, constants: Constants, seed: number): GateCase {
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

/** @param dz of every example; about as many belong to each part */
function partialRegions(model: ModelShape, parts: number, dz: ArrayLike<number>): readonly Region[] {
  const { weights, section } = lengths(model);
  const size = norm(dz) / Math.sqrt(model.outputs * parts);
  const own = [
    region('Σ dz · x', weights, tolerance),
    { ...region('Σ dz', section - weights, tolerance), size },
    region('Σ loss', 4, tolerance),
  ];
  return [region('parts of other shards', firstPart * (section + 4), 0), ...Array.from({ length: parts }, () => own).flat()];
}

/** Partial gradients behind those of other shards, which stay. */
function partialValues(model: ModelShape, each: readonly Float64Array[]): Float64Array {
  const length = lengths(model).section + 4;
  const values = new Float64Array((firstPart + each.length) * length).fill(-77.25);
  for (const [part, sums] of each.entries()) values.set(sums, (firstPart + part) * length);
  return values;
}

export function blocksCase(storage: Storage, shape: Shape, constants: Constants, seed: number): GateCase {
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
      return [{ binding: 3, values: partialValues(model, each), regions: partialRegions(model, parts, dz) }];
    },
  };
}

/** A thread of `one-pass` holds four chunks at the most, and with several outputs sixteen sums of them. */
export function holds(shape: Shape, threads: number): boolean {
  const chunksPerThread = Math.ceil(sizeOf(shape, 'chunks') / threads);
  return chunksPerThread <= 4 && (shape.outputs ?? 1) * chunksPerThread <= 16;
}

/** The examples of a workgroup, and with which constants it is compiled. */
interface Deal {
  readonly constants: Constants;
  readonly belongs: (example: number, part: number) => boolean;
}

/** What every first kernel of a one-pass step is given and leaves. */
function passCase(storage: Storage, shape: Shape, seed: number, { constants, belongs }: Deal): GateCase {
  const setting = settingOf(shape, storage, seed);
  const { model, x, y, sections } = setting;
  const parts = sizeOf(shape, 'parts');
  const length = lengths(model).section + 4;
  const trace = makeTrace(5, 2, [0.75], ringSize);
  return {
    uniforms: { 0: setting.uniform(parts, firstPart) },
    buffers: { 1: x, 2: sections, 3: y, 4: unwritten((firstPart + parts) * length), 6: trace },
    groups: [parts, 1, 1],
    constants,
    expected: () => {
      const { dz, loss } = forward(model, x, sections, y);
      const each = Array.from({ length: parts }, (_, part) => {
        const own = [...allOf(model.examples)].filter((j) => belongs(j, part));
        const sums = partialGradient(model, x, dz, loss, own);
        return sums.fill(0, sums.length - 3);
      });
      return [{ binding: 4, values: partialValues(model, each), regions: partialRegions(model, parts, dz) }, begun(trace)];
    },
  };
}

/** @throws RangeError when the threads of a workgroup cannot hold an example */
export function onePassCase(storage: Storage, shape: Shape, given: Constants, seed: number): GateCase {
  const { workgroupSize = 64 } = given;
  const [chunks, parts] = [sizeOf(shape, 'chunks'), sizeOf(shape, 'parts')];
  if (!holds(shape, workgroupSize)) {
    throw new RangeError(
      `${workgroupSize} threads cannot hold an example of ${chunks} chunks and its sums: a thread takes 4 chunks at the most, and 16 chunks times outputs`,
    );
  }
  const { outputs = 1 } = shape;
  const division = { workgroupSize, chunksPerThread: Math.ceil(chunks / workgroupSize) };
  return passCase(storage, shape, seed, {
    constants: { ...division, ...(outputs === 1 ? {} : { outputs, zLength: outputs * workgroupSize }) },
    belongs: (example, part) => Math.floor(example / 4) % parts === part,
  });
}

/** Every quad takes as many examples that lie side by side. */
export function quadsCase(storage: Storage, shape: Shape, seed: number): GateCase {
  const each = Math.ceil(sizeOf(shape, 'm') / sizeOf(shape, 'parts'));
  const given = passCase(storage, shape, seed, {
    constants: { held: Math.ceil(sizeOf(shape, 'chunks') / 4) },
    belongs: (example, part) => Math.floor(example / each) === part,
  });
  return { ...given, exampleBytes: { 1: 16 * sizeOf(shape, 'chunks') * (storage === 'uint8' ? 1 : 4) } };
}

export function finishCase(shape: Shape, constants: Constants, seed: number): GateCase {
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

export function foldCase(shape: Shape, constants: Constants, seed: number): GateCase {
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

export function tinyCase(storage: Storage, shape: Shape, constants: Constants, seed: number): GateCase {
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
