/**
 * Losses of one example as functions of z, the output layer's weighted input, each with its derivative in one record.
 * Always from z and never from a, so that they stay finite for |z| = 10⁴. WGSL twin: `shaders/cost.wgsl`.
 */
import { sigmoid, softplus } from './activations.ts';

type Row = Float32Array | Float64Array;

export interface Loss {
  /** L of one example; its `count` values of z start at `offset`. y: 0 or 1, a class index, or a real number. */
  readonly value: (z: Row, offset: number, count: number, y: number) => number;
  /** Writes dL/dz into `dz` at the same place. */
  readonly derivative: (z: Row, offset: number, count: number, y: number, dz: Row) => void;
  /** Writes ŷ into `out` at the same place: probabilities, or z itself for linear outputs. */
  readonly prediction: (z: Row, offset: number, count: number, out: Row) => void;
}

const at = (row: Row, index: number): number => row[index] ?? Number.NaN;

/** For losses of a single output: the index and the count are the example's own. */
function single(
  value: (z: number, y: number) => number,
  derivative: (z: number, y: number) => number,
  prediction: (z: number) => number,
): Loss {
  return {
    value: (z, offset, _count, y) => value(at(z, offset), y),
    derivative: (z, offset, _count, y, dz) => {
      dz[offset] = derivative(at(z, offset), y);
    },
    prediction: (z, offset, _count, out) => {
      out[offset] = prediction(at(z, offset));
    },
  };
}

const softmaxCrossEntropy: Loss = {
  value(z, offset, count, y) {
    const largest = maximum(z, offset, count);
    let sum = 0;
    for (let k = 0; k < count; k++) sum += Math.exp(at(z, offset + k) - largest);
    return Math.log(sum) + largest - at(z, offset + y);
  },
  derivative(z, offset, count, y, dz) {
    softmax(z, offset, count, dz);
    dz[offset + y] = at(dz, offset + y) - 1;
  },
  prediction: softmax,
};

/** One against the rest: t = +1 for the example's own class and −1 for others; one output reads y = 0 as t = −1. */
const hinge: Loss = {
  value(z, offset, count, y) {
    let sum = 0;
    for (let k = 0; k < count; k++) sum += Math.max(0, 1 - target(count, k, y) * at(z, offset + k));
    return sum;
  },
  derivative(z, offset, count, y, dz) {
    for (let k = 0; k < count; k++) {
      const t = target(count, k, y);
      dz[offset + k] = t * at(z, offset + k) < 1 ? -t : 0;
    }
  },
  prediction(z, offset, count, out) {
    for (let k = 0; k < count; k++) out[offset + k] = at(z, offset + k);
  },
};

function target(count: number, k: number, y: number): number {
  if (count === 1) return y > 0.5 ? 1 : -1;
  return k === y ? 1 : -1;
}

function maximum(z: Row, offset: number, count: number): number {
  let largest = at(z, offset);
  for (let k = 1; k < count; k++) largest = Math.max(largest, at(z, offset + k));
  return largest;
}

/** softmax(z) with the maximum subtracted first. */
function softmax(z: Row, offset: number, count: number, out: Row): void {
  const largest = maximum(z, offset, count);
  let sum = 0;
  for (let k = 0; k < count; k++) {
    const grown = Math.exp(at(z, offset + k) - largest);
    out[offset + k] = grown;
    sum += grown;
  }
  for (let k = 0; k < count; k++) out[offset + k] = at(out, offset + k) / sum;
}

/** Keyed by output activation and cost; every pair that is allowed is here. */
export const losses = {
  'sigmoid/cross-entropy': single(
    (z, y) => softplus(z) - y * z,
    (z, y) => sigmoid(z) - y,
    sigmoid,
  ),
  'sigmoid/squared-error': single(
    (z, y) => 0.5 * (sigmoid(z) - y) ** 2,
    (z, y) => (sigmoid(z) - y) * sigmoid(z) * (1 - sigmoid(z)),
    sigmoid,
  ),
  'softmax/cross-entropy': softmaxCrossEntropy,
  'linear/squared-error': single(
    (z, y) => 0.5 * (z - y) ** 2,
    (z, y) => z - y,
    (z) => z,
  ),
  'linear/hinge': hinge,
} as const satisfies Record<string, Loss>;

export type LossName = keyof typeof losses;
export const lossNames = Object.keys(losses) as readonly LossName[];
