/** The bits of a workload, and the answer that float64 gives to them. */
import { fillSyntheticBytes, fillSyntheticFloats, hiddenWeight } from '../../data/synthetic-values.ts';
import type { Engine, Problem } from '../../engine/contract.ts';
import { initialParameters } from '../../engine/layout.ts';
import { sigmoid } from '../../math/activations.ts';
import { answeredSteps, type LaneAnswer, type TrainWorkload, type Workload, type WorkloadInput } from './workload.ts';

export function makeInput(workload: Workload, seed: number): WorkloadInput {
  const none = { scale: 1, shift: 0, start: new Float32Array(0) };
  switch (workload.kind) {
    case 'train':
      return trainInput(workload, seed);
    case 'matmul': {
      const count = workload.size * workload.size;
      return { x: floats(seed, count), y: floats(seed + 1, count), ...none };
    }
    case 'activation':
      // the seeded values lie in [−½, ½): spread over the part where the sigmoid bends
      return { x: floats(seed, workload.count).map((value) => 16 * value), y: new Float32Array(0), ...none };
  }
}

function floats(seed: number, count: number): Float32Array<ArrayBuffer> {
  const values = new Float32Array(count);
  fillSyntheticFloats(seed, values);
  return values;
}

function trainInput(workload: TrainWorkload, seed: number): WorkloadInput {
  const { n, m, storage, outputs } = workload;
  const x = storage === 'uint8' ? new Uint8Array(n * m) : floats(seed, n * m);
  if (x instanceof Uint8Array) fillSyntheticBytes(seed, x);
  const scale = storage === 'uint8' ? 1 / 255 : 1;
  const start = initialParameters(n, modelOf(workload), seed);
  return { x, y: labels(x, n, m, outputs, seed, storage === 'uint8' ? 127.5 : 0), scale, shift: 0, start };
}

/** Classes by the quantile of a hidden direction's projection, so that there is something to learn. */
function labels(x: ArrayLike<number>, n: number, m: number, outputs: number, seed: number, mean: number): Float32Array<ArrayBuffer> {
  const classes = Math.max(2, outputs);
  const features = Math.min(n, 64);
  const weights = Float64Array.from({ length: features }, (_, j) => hiddenWeight(seed, j));
  const projections = Float64Array.from({ length: m }, (_, i) => {
    let sum = 0;
    for (let j = 0; j < features; j++) sum += (weights[j] ?? 0) * ((x[i * n + j] ?? 0) - mean);
    return sum;
  });
  const sorted = projections.slice().sort();
  const cuts = Array.from({ length: classes - 1 }, (_, k) => sorted[Math.floor(((k + 1) * m) / classes)] ?? 0);
  return Float32Array.from(projections, (projection) => cuts.filter((cut) => projection >= cut).length);
}

export function modelOf({ hidden, outputs }: TrainWorkload): Problem['model'] {
  return { hidden, outputs, output: outputs === 1 ? 'sigmoid' : 'softmax', cost: 'cross-entropy' };
}

export function problemOf(workload: TrainWorkload, input: WorkloadInput, seed: number): Problem {
  const { n, m, learningRate } = workload;
  const x =
    input.x instanceof Uint8Array
      ? ({ storage: 'uint8', n, m, values: input.x } as const)
      : ({ storage: 'float32', n, m, values: input.x } as const);
  return {
    train: { x, y: input.y },
    test: null,
    scaling: { scale: new Float32Array(n).fill(input.scale), shift: new Float32Array(n).fill(input.shift) },
    model: modelOf(workload),
    optimizer: { kind: 'gradient-descent', learningRate, beta1: 0.9, beta2: 0.999, epsilon: 1e-8 },
    l2: 0,
    batchSize: 'all',
    seed,
  };
}

/** Ground truth: the whole answer, or the part of it at `indices`. */
export interface Truth {
  readonly cost: number | null;
  readonly indices: Uint32Array | null;
  readonly values: ArrayLike<number>;
}

/** Rows of a product that are checked; each against every column. */
const checkedRows = 16;

/** @param reference the float64 reference */
export async function truthOf(workload: Workload, input: WorkloadInput, reference: Engine, seed: number): Promise<Truth> {
  switch (workload.kind) {
    case 'train': {
      const trainer = await reference.prepare(problemOf(workload, input, seed));
      await trainer.step(answeredSteps);
      const last = (await trainer.costs(answeredSteps - 1)).at(-1);
      const truth = { cost: last?.cost ?? Number.NaN, indices: null, values: await trainer.parameters() };
      trainer.dispose();
      return truth;
    }
    case 'matmul':
      return productRows(input.x, input.y, workload.size);
    case 'activation':
      return { cost: null, indices: null, values: Float64Array.from(input.x, sigmoid) };
  }
}

function productRows(a: ArrayLike<number>, b: ArrayLike<number>, size: number): Truth {
  const rows = Array.from({ length: Math.min(checkedRows, size) }, (_, k) => Math.floor((k * (size - 1)) / Math.max(1, checkedRows - 1)));
  const indices = new Uint32Array(rows.length * size);
  const values = new Float64Array(rows.length * size);
  for (const [at, row] of rows.entries()) {
    for (let j = 0; j < size; j++) {
      let sum = 0;
      for (let k = 0; k < size; k++) sum += (a[row * size + k] ?? 0) * (b[k * size + j] ?? 0);
      indices[at * size + j] = row * size + j;
      values[at * size + j] = sum;
    }
  }
  return { cost: null, indices, values };
}

export interface Comparison {
  readonly ok: boolean;
  /** Among the values: the largest |found − expected| over the largest |expected|. */
  readonly maxDifference: number;
  /** What differs, and by how much; null when all is well. */
  readonly wrong: string | null;
}

/**
 * Largest |found − expected| over the largest |expected|, and whether that is within what float32 can be asked for: 1e-4
 * for one layer and single kernels, 1e-3 for nets, whose layers pass rounding on; the cost within 1e-4 of itself.
 */
export function compare(workload: Workload, truth: Truth, answer: LaneAnswer): Comparison {
  let largest = 0;
  let size = 1e-30;
  for (let i = 0; i < truth.values.length; i++) {
    const expected = truth.values[i] ?? 0;
    const found = answer.values[truth.indices?.[i] ?? i] ?? Number.NaN;
    const difference = Math.abs(found - expected);
    // what is no number is as wrong as can be
    if (!(difference <= largest)) largest = Number.isNaN(difference) ? Number.POSITIVE_INFINITY : difference;
    size = Math.max(size, Math.abs(expected));
  }
  const tolerance = workload.kind === 'train' && workload.hidden.length > 0 ? 1e-3 : 1e-4;
  const costDifference = truth.cost === null || answer.cost === null ? 0 : Math.abs(answer.cost - truth.cost) / Math.abs(truth.cost);
  const complete = truth.indices !== null || answer.values.length === truth.values.length;
  const what = workload.kind === 'train' ? 'the parameters differ' : 'the result differs';
  const reasons = [
    ...(complete ? [] : [`${answer.values.length} values instead of ${truth.values.length}`]),
    ...(costDifference <= 1e-4 ? [] : [`the cost differs by ${costDifference.toExponential(1)} of itself`]),
    ...(largest / size <= tolerance ? [] : [`${what} by ${(largest / size).toExponential(1)} of the largest value`]),
  ];
  return { ok: reasons.length === 0, maxDifference: largest / size, wrong: reasons.length === 0 ? null : reasons.join(', ') };
}
