/**
 * Twins, in float64, of the kernels that step through examples or parameters one by one and have no twin of their own in the
 * engine: the total of a cost, the end of a gradient, a batch's examples, a penalty.
 */

/** Adds a step's cost to the ring: J = mean loss + penalties. Twin of `total` in `shaders/cost.wgsl`; changes the trace. */
export function costTotal(loss: ArrayLike<number>, examples: number, layers: number, trace: Float64Array, ringSize: number): void {
  let cost = 0;
  for (let j = 0; j < examples; j++) cost += loss[j] ?? Number.NaN;
  cost /= examples;
  for (let layer = 0; layer < layers; layer++) cost += trace[4 + layer] ?? 0;
  const steps = trace[0] ?? 0;
  trace[20 + (steps % ringSize)] = cost;
  trace[0] = steps + 1;
}

/** λ/2 · Σ W². Twin of `shaders/penalty.wgsl`. */
export function penalty(parameters: ArrayLike<number>, first: number, count: number, l2: number): number {
  let squares = 0;
  for (let i = first; i < first + count; i++) squares += (parameters[i] ?? Number.NaN) ** 2;
  return 0.5 * l2 * squares;
}

/** Σ dZ of each unit over each split's examples. Twin of `biasPartials` in `shaders/gradient.wgsl`. */
export function biasPartials(slopes: ArrayLike<number>, units: number, examples: number, splits: number, perSplit: number): Float64Array {
  const sums = new Float64Array(units * splits);
  for (let j = 0; j < examples; j++) {
    const split = Math.floor(j / perSplit);
    if (split >= splits) continue;
    for (let o = 0; o < units; o++) sums[split * units + o] = (sums[split * units + o] ?? 0) + (slopes[j * units + o] ?? Number.NaN);
  }
  return sums;
}

export interface GradientShape {
  readonly units: number;
  readonly inputs: number;
  readonly examples: number;
  readonly splits: number;
  readonly biasSplits: number;
  readonly weightsAt: number;
  readonly biasesAt: number;
  readonly scaled: number;
  readonly l2: number;
}

/**
 * dW and db from the parts that matmul left: parts added, scaling taken back out, mean over examples, L2.
 * Twin of `finish` in `shaders/gradient.wgsl`; writes into `gradient`.
 * @param scaling (scale, shift) of each feature
 */
export function finishGradient(
  shape: GradientShape,
  parts: ArrayLike<number>,
  biasParts: ArrayLike<number>,
  scaling: ArrayLike<number>,
  parameters: ArrayLike<number>,
  gradient: Float64Array,
): void {
  const { units, inputs, examples, splits, biasSplits, weightsAt, biasesAt, scaled, l2 } = shape;
  for (let o = 0; o < units; o++) {
    let sumDz = 0;
    for (let split = 0; split < biasSplits; split++) sumDz += biasParts[split * units + o] ?? Number.NaN;
    gradient[biasesAt + o] = sumDz / examples;
    for (let k = 0; k < inputs; k++) {
      const index = o * inputs + k;
      let sum = 0;
      for (let split = 0; split < splits; split++) sum += parts[split * units * inputs + index] ?? Number.NaN;
      if (scaled !== 0) sum = sum * (scaling[2 * k] ?? 1) + sumDz * (scaling[2 * k + 1] ?? 0);
      gradient[weightsAt + index] = sum / examples + l2 * (parameters[weightsAt + index] ?? Number.NaN);
    }
  }
}
