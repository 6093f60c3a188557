/**
 * What every peer's lane needs of a workload: X as float32, feature-major where that is wanted, y one-hot for softmax, each
 * layer's parameters cut out of the one row and put back, and a part of the examples to try formulations on. No library.
 */
import type { LayerLayout } from '../../src/engine/layout.ts';
import { parameterLayout } from '../../src/engine/layout.ts';
import { modelOf } from '../../src/session/bench/input.ts';
import type { TrainWorkload, WorkloadInput } from '../../src/session/bench/workload.ts';

type Floats = Float32Array<ArrayBuffer>;

/** Largest share of the examples that formulations are tried on, in values of X. */
const trialValues = 1 << 21;

/** n · m values, example-major, scaled: what a peer trains on. */
export function scaledX({ x, scale, shift }: WorkloadInput): Floats {
  const values = new Float32Array(x.length);
  for (let e = 0; e < x.length; e++) values[e] = (x[e] ?? 0) * scale + shift;
  return values;
}

/** `values` is rows · columns, row by row; the answer is columns · rows. */
export function transposed(values: ArrayLike<number>, rows: number, columns: number): Floats {
  const out = new Float32Array(rows * columns);
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) out[column * rows + row] = values[row * columns + column] ?? 0;
  }
  return out;
}

/** y as m · outputs values, example-major: itself for one output, one-hot for classes. */
export function targets({ y }: WorkloadInput, outputs: number): Floats {
  if (outputs === 1) return y;
  const out = new Float32Array(y.length * outputs);
  for (const [example, label] of y.entries()) out[example * outputs + label] = 1;
  return out;
}

/**
 * m values as rows whose means are averaged: a plain sum of tens of thousands of equal float32 values rounds the same way
 * each time, and misses J by more than it should.
 */
export function foldedShape(m: number): [number, number] {
  let rows = Math.floor(Math.sqrt(m));
  while (m % rows !== 0) rows--;
  return [rows, m / rows];
}

export function layersOf(workload: TrainWorkload): readonly LayerLayout[] {
  return parameterLayout(workload.n, modelOf(workload)).layers;
}

export interface LayerStart {
  readonly layer: LayerLayout;
  /** units · inputs, row by row. */
  readonly weights: Floats;
  readonly biases: Floats;
}

export function startOf(workload: TrainWorkload, { start }: WorkloadInput): readonly LayerStart[] {
  return layersOf(workload).map((layer) => ({
    layer,
    weights: start.slice(layer.weights, layer.biases),
    biases: start.slice(layer.biases, layer.biases + layer.units),
  }));
}

/** @param parts each layer's weights (units · inputs, row by row) and biases, in order */
export function joined(parts: readonly { readonly weights: ArrayLike<number>; readonly biases: ArrayLike<number> }[]): Floats {
  return Float32Array.from(parts.flatMap(({ weights, biases }) => [Array.from(weights), Array.from(biases)]).flat());
}

/** The same problem with fewer examples, so that trying a formulation takes little time. */
export function trialPart(
  workload: TrainWorkload,
  input: WorkloadInput,
): { readonly workload: TrainWorkload; readonly input: WorkloadInput } {
  const m = Math.max(1, Math.min(workload.m, Math.floor(trialValues / workload.n)));
  return { workload: { ...workload, m }, input: { ...input, x: input.x.slice(0, m * workload.n), y: input.y.slice(0, m) } };
}

/** Every hidden layer of the suites is a ReLU layer; a peer's lane says so where one is not. */
export function requireRelu(workload: TrainWorkload): void {
  const other = workload.hidden.find(({ activation }) => activation !== 'relu');
  if (other) throw new Error(`the peers' lanes know ReLU layers only, not ${other.activation}`);
}
