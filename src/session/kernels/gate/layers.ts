/** The gate of the kernels between the matmuls of a net: the end of a gradient, folding, penalties, batches, surfaces. */
import { float64 } from '../../../engine/cpu/arithmetic.ts';
import { fold } from '../../../engine/cpu/kernels/fold.ts';
import { lossSurface, type SurfaceLoss } from '../../../engine/cpu/kernels/loss-surface.ts';
import { halfBitsFor, permute } from '../../../math/rng.ts';
import { biasPartials, finishGradient, penalty } from '../twins/examples.ts';
import { workgroupSizes } from './arrays.ts';
import { contractOf, groupsIn, sizeOf, type Contract, type Shape, type Trial } from './contract.ts';
import { lossOf } from './costs.ts';
import { below, makeTrace, normals, numbers, randomWords, region, traceRegions, traceValues, unwritten } from './inputs.ts';

const biasContract = contractOf('gradient', 'biasPartials', {
  formula: 'Σ dz of each unit, over the examples of each split',
  twin: 'session/kernels/twins/examples.ts',
  sliders: { workgroupSize: workgroupSizes },
  trials: [
    { shape: { units: 1, examples: 1, perSplit: 1 } },
    { shape: { units: 3, examples: 10, perSplit: 3 } },
    { shape: { units: 13, examples: 300, perSplit: 32 } },
  ],
  timed: [
    { units: 64, examples: 8192, perSplit: 256 },
    { units: 10, examples: 8192, perSplit: 256 },
  ],
  make(shape, constants, seed) {
    const [units, examples, perSplit] = [sizeOf(shape, 'units'), sizeOf(shape, 'examples'), sizeOf(shape, 'perSplit')];
    const biasSplits = Math.ceil(examples / perSplit);
    const slopes = normals(examples * units, seed);
    const rest = { inputs: 5, splits: 4, weightsAt: 2, biasesAt: 20, scaled: 1, l2: 0.3 };
    return {
      uniforms: { 0: { units, examples, biasSplits, examplesPerSplit: perSplit, ...rest } },
      buffers: { 2: slopes, 3: unwritten(units * biasSplits) },
      groups: [Math.ceil((units * biasSplits) / (constants.workgroupSize ?? 64)), 1, 1],
      constants,
      expected: () => {
        const sums = biasPartials(slopes, units, examples, biasSplits, perSplit);
        return [{ binding: 3, values: sums, regions: [region('Σ dz', sums.length, 2e-6, units)] }];
      },
    };
  },
  work: (shape) => ({
    flops: sizeOf(shape, 'units') * sizeOf(shape, 'examples'),
    bytes: 4 * sizeOf(shape, 'units') * sizeOf(shape, 'examples'),
  }),
});

const finishContract = contractOf('gradient', 'finish', {
  formula: 'dW = s ∘ (1/m) Σ parts + (1/m) Σ dz · tᵀ + λ W;  db = (1/m) Σ dz',
  twin: 'session/kernels/twins/examples.ts',
  sliders: { workgroupSize: workgroupSizes },
  trials: [
    { shape: { units: 1, inputs: 1, splits: 1, scaled: 0 } },
    { shape: { units: 3, inputs: 37, splits: 4, scaled: 1, down: 2 } },
    { shape: { units: 7, inputs: 29, splits: 3, scaled: 0, down: 2 } },
  ],
  timed: [
    { units: 64, inputs: 784, splits: 4, scaled: 0 },
    { units: 10, inputs: 64, splits: 8, scaled: 1 },
  ],
  make(shape, constants, seed) {
    const [units, inputs, splits, scaled] = [
      sizeOf(shape, 'units'),
      sizeOf(shape, 'inputs'),
      sizeOf(shape, 'splits'),
      sizeOf(shape, 'scaled'),
    ];
    const biasSplits = splits + 1;
    const weights = units * inputs;
    const uniform = {
      units,
      inputs,
      examples: 10,
      splits,
      examplesPerSplit: 3,
      biasSplits,
      weightsAt: 2,
      biasesAt: 5 + weights,
      scaled,
      l2: 0.3,
    };
    const parts = normals(splits * weights, seed);
    const biasParts = normals(biasSplits * units, seed + 1);
    const scaling = normals(2 * inputs, seed + 2);
    // a shift of zero leaves Σ dz out
    if (inputs > 1) scaling[3] = 0;
    const parameters = normals(uniform.biasesAt + units, seed + 3);
    const gradient = unwritten(uniform.biasesAt + units);
    return {
      uniforms: { 0: uniform },
      buffers: { 1: parts, 3: biasParts, 4: scaling, 5: parameters, 6: gradient },
      groups: groupsIn(shape, Math.ceil((weights + units) / (constants.workgroupSize ?? 64))),
      constants,
      expected: () => {
        const found = numbers(gradient);
        finishGradient(uniform, parts, biasParts, scaling, parameters, found);
        const regions = [
          region('room before dW', 2, 0),
          region('dW', weights, 4e-6, inputs),
          region('room before db', 3, 0),
          region('db', units, 4e-6),
        ];
        return [
          { binding: 3, values: biasParts, regions: [region('Σ dz, which stay', biasParts.length, 0)] },
          { binding: 6, values: found, regions },
        ];
      },
    };
  },
  work: (shape) => {
    const weights = sizeOf(shape, 'units') * sizeOf(shape, 'inputs');
    return { flops: weights * (sizeOf(shape, 'splits') + 4), bytes: 4 * weights * (sizeOf(shape, 'splits') + 2) };
  },
});

function foldInputs(shape: Shape, seed: number) {
  const [units, inputs] = [sizeOf(shape, 'units'), sizeOf(shape, 'inputs')];
  const parameters = normals((inputs + 1) * units, seed);
  const scaling = normals(2 * inputs, seed + 1);
  const expected = (): Float64Array => {
    const folded = new Float64Array(parameters.length);
    const [scale, shift] = [0, 1].map((odd) => scaling.filter((_, at) => at % 2 === odd));
    if (scale && shift) fold(float64, units, inputs, Float64Array.from(parameters), { scale, shift }, folded);
    return folded;
  };
  return { units, inputs, parameters, scaling, folded: unwritten(parameters.length), expected };
}

const foldTrials: readonly Trial[] = [
  { shape: { units: 1, inputs: 1 } },
  { shape: { units: 3, inputs: 67, down: 2 } },
  { shape: { units: 5, inputs: 130 } },
];
const foldSizes = [
  { units: 64, inputs: 784 },
  { units: 1, inputs: 12288 },
] as const;

const foldWeights = contractOf('fold', 'weights', {
  formula: 'W ∘ s',
  twin: 'engine/cpu/kernels/fold.ts',
  sliders: { workgroupSize: workgroupSizes },
  trials: foldTrials,
  timed: foldSizes,
  make(shape, constants, seed) {
    const { units, inputs, parameters, scaling, folded, expected } = foldInputs(shape, seed);
    return {
      uniforms: { 0: { units, inputs } },
      buffers: { 1: parameters, 2: scaling, 3: folded },
      groups: groupsIn(shape, Math.ceil((units * inputs) / (constants.workgroupSize ?? 64))),
      constants,
      expected: () => {
        const values = expected();
        values.set(folded.subarray(units * inputs), units * inputs);
        return [{ binding: 3, values, regions: [region('W∘s', units * inputs, 1e-6, inputs), region('b, not yet', units, 0)] }];
      },
    };
  },
  work: (shape) => ({
    flops: sizeOf(shape, 'units') * sizeOf(shape, 'inputs'),
    bytes: 8 * (sizeOf(shape, 'units') + 1) * sizeOf(shape, 'inputs'),
  }),
});

const foldBiases = contractOf('fold', 'biases', {
  formula: 'b + W · t',
  twin: 'engine/cpu/kernels/fold.ts',
  sliders: { workgroupSize: workgroupSizes },
  trials: foldTrials,
  timed: foldSizes,
  make(shape, constants, seed) {
    const { units, inputs, parameters, scaling, folded, expected } = foldInputs(shape, seed);
    return {
      uniforms: { 0: { units, inputs } },
      buffers: { 1: parameters, 2: scaling, 3: folded },
      groups: [units, 1, 1],
      constants,
      expected: () => {
        const values = expected();
        values.set(folded.subarray(0, units * inputs));
        return [{ binding: 3, values, regions: [region('W∘s, not yet', units * inputs, 0, inputs), region('b + W·t', units, 4e-6)] }];
      },
    };
  },
  work: (shape) => ({
    flops: 2 * sizeOf(shape, 'units') * sizeOf(shape, 'inputs'),
    bytes: 4 * (sizeOf(shape, 'units') + 2) * sizeOf(shape, 'inputs'),
  }),
});

const penaltyContract = contractOf('penalty', 'main', {
  formula: 'λ/2 · Σ W²',
  twin: 'session/kernels/twins/examples.ts',
  trials: [{ shape: { count: 1 } }, { shape: { count: 64 } }, { shape: { count: 1003 } }],
  timed: [{ count: 65536 }, { count: 12288 }],
  make(shape, constants, seed) {
    const [count, first, layer, l2] = [sizeOf(shape, 'count'), 3, 5, 0.2];
    const parameters = normals(first + count, seed);
    const trace = makeTrace(2, 3, [1, 2, 3, 4, 5, 6, 7], 4);
    return {
      uniforms: { 0: { first, count, layer, l2 } },
      buffers: { 1: parameters, 2: trace },
      groups: [1, 1, 1],
      constants,
      expected: () => {
        const values = traceValues(trace);
        values[4 + layer] = penalty(parameters, first, count, l2);
        return [{ binding: 2, values, regions: traceRegions(4, 1e-6) }];
      },
    };
  },
  work: (shape) => ({ flops: 2 * sizeOf(shape, 'count'), bytes: 4 * sizeOf(shape, 'count') }),
});

const gatherContract = contractOf('gather', 'main', {
  formula: 'batch(i) = X(π(i)), π the epoch’s shuffle',
  twin: 'math/rng.ts',
  sliders: { workgroupSize: workgroupSizes },
  trials: [
    { shape: { examples: 7, batch: 1, words: 1, step: 3 } },
    { shape: { examples: 61, batch: 9, words: 5, step: 17, down: 2 } },
    { shape: { examples: 100, batch: 21, words: 130, step: 9 } },
    // every position of an epoch: walks that meet the first value outside
    { shape: { examples: 61, batch: 61, words: 1, step: 2 } },
  ],
  timed: [
    { examples: 8192, batch: 256, words: 784, step: 5 },
    { examples: 8192, batch: 64, words: 196, step: 5 },
  ],
  make(shape, constants, seed) {
    const [examples, batch, words, step] = [
      sizeOf(shape, 'examples'),
      sizeOf(shape, 'batch'),
      sizeOf(shape, 'words'),
      sizeOf(shape, 'step'),
    ];
    if (batch > examples) throw new RangeError(`a batch of ${batch} is more than its ${examples} examples`);
    const batchesPerEpoch = Math.floor(examples / batch);
    const x = randomWords(examples * words, seed);
    const y = normals(examples, seed + 1);
    return {
      uniforms: { 0: { examples, batch, batchesPerEpoch, halfBits: halfBitsFor(examples), seed: 77, words } },
      buffers: { 1: x, 2: y, 3: new Uint32Array(batch * words).fill(5), 4: unwritten(batch), 5: makeTrace(step, 0, [], 4) },
      groups: groupsIn(shape, batch),
      constants,
      expected: () => {
        const epoch = Math.floor(step / batchesPerEpoch);
        const order = Array.from({ length: batch }, (_, slot) => permute((step % batchesPerEpoch) * batch + slot, examples, 77, epoch));
        const rows = order.flatMap((example) => [...x.subarray(example * words, (example + 1) * words)]);
        return [
          {
            binding: 3,
            values: rows,
            regions: [{ name: 'X of the batch', length: rows.length, type: 'u32', tolerance: 0, columns: words }],
          },
          { binding: 4, values: order.map((example) => y[example] ?? 0), regions: [region('y of the batch', batch, 0)] },
        ];
      },
    };
  },
  work: (shape) => ({ flops: 0, bytes: 8 * sizeOf(shape, 'batch') * (sizeOf(shape, 'words') + 1) }),
  bytes: (shape) => 4 * sizeOf(shape, 'examples') * sizeOf(shape, 'words'),
});

const surfaceContract = contractOf('loss-surface', 'main', {
  formula: 'J(w, b) = (1/m) Σ L(σ(w x + b), y) on a grid',
  twin: 'engine/cpu/kernels/loss-surface.ts',
  sliders: { workgroupSize: workgroupSizes },
  trials: [
    { shape: { columns: 1, rows: 1, examples: 1, kind: 0 } },
    { shape: { columns: 13, rows: 11, examples: 7, kind: 0, down: 2 } },
    { shape: { columns: 9, rows: 21, examples: 5, kind: 1, down: 2 } },
    { shape: { columns: 5, rows: 3, examples: 0, kind: 1 } },
  ],
  timed: [
    { columns: 256, rows: 256, examples: 20, kind: 0 },
    { columns: 128, rows: 128, examples: 20, kind: 1 },
  ],
  make(shape, constants, seed) {
    const [columns, rows, examples, kind] = [
      sizeOf(shape, 'columns'),
      sizeOf(shape, 'rows'),
      sizeOf(shape, 'examples'),
      sizeOf(shape, 'kind'),
    ];
    const x = normals(examples, seed);
    const y = below(examples, seed + 1, 2);
    const pairs = Float32Array.from({ length: 2 * Math.max(1, examples) }, (_, at) => (at % 2 === 0 ? x : y)[at >> 1] ?? 0);
    const grid = { columns, rows, firstW: -3, stepW: 0.5, firstB: -2, stepB: 0.25 };
    return {
      uniforms: { 0: { ...grid, examples, kind } },
      buffers: { 1: pairs, 2: unwritten(columns * rows) },
      groups: groupsIn(shape, Math.ceil((columns * rows) / (constants.workgroupSize ?? 64))),
      constants,
      expected: () => {
        const values = lossSurface(lossOf(kind) as SurfaceLoss, { x, y }, grid, float64);
        return [{ binding: 2, values, regions: [region('J', columns * rows, 4e-6, columns)] }];
      },
    };
  },
  work: (shape) => {
    const points = sizeOf(shape, 'columns') * sizeOf(shape, 'rows');
    return { flops: 10 * points * sizeOf(shape, 'examples'), bytes: 4 * points + 8 * sizeOf(shape, 'examples') };
  },
});

export const layerContracts: readonly Contract[] = [
  biasContract,
  finishContract,
  foldWeights,
  foldBiases,
  penaltyContract,
  gatherContract,
  surfaceContract,
];
