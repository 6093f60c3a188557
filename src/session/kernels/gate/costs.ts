/** The gate of `cost.wgsl`: losses and dZ of the output layer, predictions, and the cost of a step. */
import { lossesAndSlopes, predictions } from '../../../engine/cpu/kernels/cost.ts';
import { lossCodes } from '../../../engine/gpu/kernel-table.ts';
import { losses, type LossName } from '../../../math/costs.ts';
import { costTotal } from '../twins/examples.ts';
import { workgroupSizes } from './arrays.ts';
import { contractOf, groupsIn, sizeOf, type Contract, type Shape, type Trial } from './contract.ts';
import { below, makeTrace, normals, positives, region, traceRegions, traceValues, unwritten, type Floats } from './inputs.ts';

const lossNames = Object.keys(lossCodes) as LossName[];
export const lossOf = (code: number): LossName => lossNames[code] ?? 'sigmoid/cross-entropy';

/** Targets that go with a loss: 0 or 1, a class, or a real number. */
export function targets(code: number, count: number, outputs: number, seed: number): Floats {
  return code === lossCodes['linear/squared-error'] ? normals(count, seed) : below(count, seed, Math.max(2, outputs));
}

/** Where losses bend, and far out on both sides. */
const extremes = [0, 1, -1, 1, -1, 1e-6, -1e-6, 30, -30, 100, -100, 1e4, -1e4];

function costInputs(shape: Shape, seed: number) {
  const [examples, outputs, kind] = [sizeOf(shape, 'examples'), sizeOf(shape, 'outputs'), sizeOf(shape, 'kind')];
  const firstTarget = 3;
  const z = normals(examples * outputs, seed, 3);
  if (shape.far === 1) z.set(extremes.slice(0, z.length));
  const y = targets(kind, firstTarget + examples, outputs, seed + 1);
  const uniform = { examples, outputs, kind, layers: 2, firstTarget, ringSize: 4 };
  return { examples, outputs, kind, firstTarget, z, y, uniform };
}

const costTrials: readonly Trial[] = [
  { shape: { examples: 1, outputs: 1, kind: 0 } },
  { shape: { examples: 131, outputs: 1, kind: 0, down: 2 } },
  { shape: { examples: 70, outputs: 1, kind: 0, far: 1 } },
  { shape: { examples: 65, outputs: 1, kind: 1 } },
  { shape: { examples: 65, outputs: 1, kind: 2 } },
  { shape: { examples: 65, outputs: 1, kind: 3, far: 1 } },
  { shape: { examples: 130, outputs: 5, kind: 3, down: 2 } },
  { shape: { examples: 131, outputs: 10, kind: 4, down: 2 } },
  { shape: { examples: 67, outputs: 2, kind: 4 } },
];
const costSizes = [
  { examples: 65536, outputs: 1, kind: 0 },
  { examples: 8192, outputs: 10, kind: 4 },
] as const;

const costGroups = (shape: Shape, workgroupSize = 64): readonly [number, number, number] =>
  groupsIn(shape, Math.ceil(sizeOf(shape, 'examples') / workgroupSize));

const lossesContract = contractOf('cost', 'losses', {
  formula: 'L(ŷ, y) of each example, and dz = dL/dz',
  twin: 'engine/cpu/kernels/cost.ts',
  sliders: { workgroupSize: workgroupSizes },
  trials: costTrials,
  timed: costSizes,
  make(shape, constants, seed) {
    const { examples, outputs, kind, firstTarget, z, y, uniform } = costInputs(shape, seed);
    return {
      uniforms: { 0: uniform },
      buffers: { 1: z, 2: y, 3: unwritten(z.length), 4: unwritten(examples) },
      groups: costGroups(shape, constants.workgroupSize),
      constants,
      expected: () => {
        const z64 = Float64Array.from(z);
        const dz = new Float64Array(z.length);
        lossesAndSlopes(lossOf(kind), outputs, examples, z64, y, firstTarget, dz);
        const loss = Float64Array.from({ length: examples }, (_, j) =>
          losses[lossOf(kind)].value(z64, j * outputs, outputs, y[firstTarget + j] ?? 0),
        );
        return [
          { binding: 3, values: dz, regions: [region('dZ', dz.length, 4e-6, outputs)] },
          { binding: 4, values: loss, regions: [region('losses', examples, 4e-6)] },
        ];
      },
    };
  },
  work: (shape) => ({
    flops: 8 * sizeOf(shape, 'examples') * sizeOf(shape, 'outputs'),
    bytes: 8 * sizeOf(shape, 'examples') * (sizeOf(shape, 'outputs') + 1),
  }),
});

const predictContract = contractOf('cost', 'predict', {
  formula: 'ŷ = σ(z), softmax(z) or z',
  twin: 'engine/cpu/kernels/cost.ts',
  sliders: { workgroupSize: workgroupSizes },
  trials: costTrials,
  timed: costSizes,
  make(shape, constants, seed) {
    const { examples, outputs, kind, z, uniform } = costInputs(shape, seed);
    return {
      uniforms: { 0: uniform },
      buffers: { 1: z, 3: unwritten(z.length) },
      groups: costGroups(shape, constants.workgroupSize),
      constants,
      expected: () => {
        const yHat = new Float64Array(z.length);
        predictions(lossOf(kind), outputs, examples, Float64Array.from(z), yHat);
        return [{ binding: 3, values: yHat, regions: [region('ŷ', z.length, 4e-6, outputs)] }];
      },
    };
  },
  work: (shape) => ({
    flops: 4 * sizeOf(shape, 'examples') * sizeOf(shape, 'outputs'),
    bytes: 8 * sizeOf(shape, 'examples') * sizeOf(shape, 'outputs'),
  }),
});

const totalContract = contractOf('cost', 'total', {
  formula: 'J = (1/m) Σ L + penalties',
  twin: 'session/kernels/twins/examples.ts',
  trials: [{ shape: { examples: 1, layers: 0 } }, { shape: { examples: 65, layers: 2 } }, { shape: { examples: 5003, layers: 3 } }],
  timed: [
    { examples: 65536, layers: 2 },
    { examples: 8192, layers: 2 },
  ],
  make(shape, constants, seed) {
    const [examples, layers, ringSize] = [sizeOf(shape, 'examples'), sizeOf(shape, 'layers'), 4];
    const loss = positives(examples, seed);
    const trace = makeTrace(6, 0, [0.5, 0.25, 2, 8], ringSize);
    return {
      uniforms: { 0: { examples, outputs: 1, kind: 0, layers, firstTarget: 0, ringSize } },
      buffers: { 4: loss, 5: trace },
      groups: [1, 1, 1],
      constants,
      expected: () => {
        const values = traceValues(trace);
        costTotal(loss, examples, layers, values, ringSize);
        return [
          { binding: 4, values: loss, regions: [region('losses, which stay', examples, 0)] },
          { binding: 5, values, regions: traceRegions(ringSize, 2e-6) },
        ];
      },
    };
  },
  work: (shape) => ({ flops: sizeOf(shape, 'examples'), bytes: 4 * sizeOf(shape, 'examples') }),
});

export const costContracts: readonly Contract[] = [lossesContract, predictContract, totalContract];
