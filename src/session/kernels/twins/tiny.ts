/** Twin, in float64, of `shaders/tiny.wgsl`: many steps of a small model with one output. */
import { losses, type LossName } from '../../../math/costs.ts';
import { update } from '../../../engine/cpu/kernels/update.ts';
import type { Optimizer } from '../../../engine/contract.ts';

export interface TinyProblem {
  readonly examples: number;
  readonly features: number;
  /** Between two examples in x. */
  readonly stride: number;
  readonly loss: LossName;
  readonly optimizer: Optimizer;
  readonly l2: number;
  readonly ringSize: number;
}

/**
 * @param model sections of features + 1: w and b, gradient, first moments, second moments; changed in place
 * @param scaling (scale, shift) of each feature
 * @param trace steps done first, the ring from 20; changed in place
 */
export function tinySteps(
  problem: TinyProblem,
  count: number,
  x: ArrayLike<number>,
  y: ArrayLike<number>,
  scaling: ArrayLike<number>,
  model: Float64Array,
  trace: Float64Array,
): void {
  const { examples, features, stride, optimizer, l2, ringSize } = problem;
  const { value, derivative } = losses[problem.loss];
  const length = features + 1;
  const [parameters, gradient, moment1, moment2] = [0, 1, 2, 3].map((index) => model.subarray(index * length, (index + 1) * length)) as [
    Float64Array<ArrayBuffer>,
    Float64Array<ArrayBuffer>,
    Float64Array<ArrayBuffer>,
    Float64Array<ArrayBuffer>,
  ];
  const z = new Float64Array(1);
  const dz = new Float64Array(1);
  for (let step = 0; step < count; step++) {
    let cost = 0;
    const slopes = new Float64Array(length);
    for (let j = 0; j < examples; j++) {
      const scaled = Array.from(
        { length: features },
        (_, k) => (scaling[2 * k] ?? 1) * (x[j * stride + k] ?? 0) + (scaling[2 * k + 1] ?? 0),
      );
      z[0] = scaled.reduce((sum, feature, k) => sum + feature * (parameters[k] ?? 0), parameters[features] ?? 0);
      cost += value(z, 0, 1, y[j] ?? 0);
      derivative(z, 0, 1, y[j] ?? 0, dz);
      const slope = dz[0] ?? 0;
      for (let k = 0; k < length; k++) slopes[k] = (slopes[k] ?? 0) + slope * (scaled[k] ?? 1);
    }
    let squares = 0;
    for (let k = 0; k < length; k++) {
      const parameter = parameters[k] ?? 0;
      const decay = k < features ? l2 * parameter : 0;
      if (k < features) squares += parameter * parameter;
      gradient[k] = (slopes[k] ?? 0) / examples + decay;
    }
    const done = trace[0] ?? 0;
    update(optimizer, done + 1, parameters, gradient, moment1, moment2);
    trace[20 + (done % ringSize)] = cost / examples + 0.5 * l2 * squares;
    trace[0] = done + 1;
  }
}
