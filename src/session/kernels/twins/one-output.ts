/**
 * Twins, in float64, of the kernels for models without a hidden layer: the forward half over examples, the partial gradients
 * of blocks of examples, and the end of a step. Sections of the model are laid out as `shaders/lib/one-output.wgsl` says.
 */
import { losses, type LossName } from '../../../math/costs.ts';
import { update } from '../../../engine/cpu/kernels/update.ts';
import type { Optimizer } from '../../../engine/contract.ts';

export interface ModelShape {
  readonly examples: number;
  /** Of sixteen features each. */
  readonly chunks: number;
  readonly outputs: number;
  readonly loss: LossName;
}

/** Floats of all weights, and of a whole section: weights, then biases padded to fours. */
export function lengths({ chunks, outputs }: Pick<ModelShape, 'chunks' | 'outputs'>): {
  readonly weights: number;
  readonly section: number;
} {
  const weights = outputs * 16 * chunks;
  return { weights, section: weights + 4 * Math.ceil(outputs / 4) };
}

export interface Forward {
  /** Outputs of an example side by side. */
  readonly dz: Float64Array;
  readonly loss: Float64Array;
}

/** z, dz and loss of each example, from the folded section of the model. */
export function forward(shape: ModelShape, x: ArrayLike<number>, model: ArrayLike<number>, y: ArrayLike<number>): Forward {
  const { examples, chunks, outputs } = shape;
  const n = 16 * chunks;
  const { weights, section } = lengths(shape);
  const z = new Float64Array(examples * outputs);
  const dz = new Float64Array(examples * outputs);
  const loss = new Float64Array(examples);
  const { value, derivative } = losses[shape.loss];
  for (let j = 0; j < examples; j++) {
    for (let o = 0; o < outputs; o++) {
      let sum = model[section + weights + o] ?? Number.NaN;
      for (let k = 0; k < n; k++) sum += (x[j * n + k] ?? Number.NaN) * (model[section + o * n + k] ?? Number.NaN);
      z[j * outputs + o] = sum;
    }
    loss[j] = value(z, j * outputs, outputs, y[j] ?? Number.NaN);
    derivative(z, j * outputs, outputs, y[j] ?? Number.NaN, dz);
  }
  return { dz, loss };
}

/** Σ dz · x, Σ dz and Σ loss (in a vec4 of its own) over some examples. */
export function partialGradient(
  shape: Pick<ModelShape, 'chunks' | 'outputs'>,
  x: ArrayLike<number>,
  dz: ArrayLike<number>,
  loss: ArrayLike<number>,
  examples: Iterable<number>,
): Float64Array {
  const n = 16 * shape.chunks;
  const { outputs } = shape;
  const { weights, section } = lengths(shape);
  const sums = new Float64Array(section + 4);
  const add = (at: number, value: number): void => {
    sums[at] = (sums[at] ?? 0) + value;
  };
  for (const j of examples) {
    for (let o = 0; o < outputs; o++) {
      const slope = dz[j * outputs + o] ?? Number.NaN;
      for (let k = 0; k < n; k++) add(o * n + k, slope * (x[j * n + k] ?? Number.NaN));
      add(weights + o, slope);
    }
    add(section, loss[j] ?? Number.NaN);
  }
  return sums;
}

export interface StepEnd {
  readonly optimizer: Optimizer;
  readonly l2: number;
  /** Scale of each feature, then shift. */
  readonly scaling: ArrayLike<number>;
  readonly ringSize: number;
}

/**
 * From sums over examples to gradient, update and cost, in place.
 * @param model five sections: parameters, folded, gradient, first moments, second moments
 * @param sums as `partialGradient` gives them
 * @param trace steps done and this step's number first, penalties from 4, the ring from 20
 */
export function finishStep(shape: ModelShape, end: StepEnd, sums: ArrayLike<number>, model: Float64Array, trace: Float64Array): void {
  const { examples, chunks } = shape;
  const n = 16 * chunks;
  const { weights, section } = lengths(shape);
  const [parameters, folded, gradient, moment1, moment2] = [0, 1, 2, 3, 4].map((index) =>
    model.subarray(index * section, (index + 1) * section),
  ) as [Float64Array<ArrayBuffer>, Float64Array, Float64Array<ArrayBuffer>, Float64Array<ArrayBuffer>, Float64Array<ArrayBuffer>];
  for (let i = 0; i < section; i++) {
    if (i >= weights) {
      gradient[i] = (sums[i] ?? 0) / examples;
      continue;
    }
    const sumDz = sums[weights + Math.floor(i / n)] ?? 0;
    const slope = (end.scaling[i % n] ?? 1) * (sums[i] ?? 0) + (end.scaling[n + (i % n)] ?? 0) * sumDz;
    gradient[i] = slope / examples + end.l2 * (parameters[i] ?? 0);
  }
  const step = trace[1] ?? 0;
  update(end.optimizer, step, parameters, gradient, moment1, moment2);
  for (let i = 0; i < section; i++) folded[i] = (parameters[i] ?? 0) * (i < weights ? (end.scaling[i % n] ?? 1) : 1);
  trace[20 + ((step - 1) % end.ringSize)] = (sums[section] ?? 0) / examples + (trace[4] ?? 0);
  trace[0] = step;
}

/** Folded biases b + w·t and the penalty, in place. Twin of `shaders/two-pass-fold.wgsl`. */
export function foldBiases(shape: ModelShape, l2: number, scaling: ArrayLike<number>, model: Float64Array, trace: Float64Array): void {
  const n = 16 * shape.chunks;
  const { weights, section } = lengths(shape);
  let squares = 0;
  for (let i = weights; i < section; i++) model[section + i] = model[i] ?? 0;
  for (let i = 0; i < weights; i++) {
    const w = model[i] ?? 0;
    const at = section + weights + Math.floor(i / n);
    squares += w * w;
    model[at] = (model[at] ?? 0) + w * (scaling[n + (i % n)] ?? 0);
  }
  trace[4] = 0.5 * l2 * squares;
}
