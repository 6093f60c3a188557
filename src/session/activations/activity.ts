/**
 * What the hidden layers give for a few examples: a⁽ˡ⁾ in plain float64 from a trainer's parameters, counted in bins, with
 * the share of values where the activation is flat. Exact and cheap, and the same whichever engine trains.
 */
import type { FeatureMatrix, Scaling } from '../../data/dataset.ts';
import type { Parameters } from '../../engine/contract.ts';
import type { LayerLayout, ParameterLayout } from '../../engine/layout.ts';
import { activations } from '../../math/activations.ts';
import { histogram } from '../../math/histogram.ts';
import type { Activity, LayerActivity } from './protocol.ts';
import type { ComparedActivation } from './settings.ts';

/** Examples that are looked at, at the most. */
export const examplesLookedAt = 256;
export const activityBins = 24;

/**
 * Where an activation is flat, so that hardly any gradient passes. σ: a below 0.01 or above 0.99; tanh: |a| above 0.99; ReLU:
 * a = 0; the leaky ReLU has no flat part, and what counts there is its small slope: a < 0.
 */
export function isSaturated(name: ComparedActivation, a: number): boolean {
  switch (name) {
    case 'sigmoid':
      return a < 0.01 || a > 0.99;
    case 'tanh':
      return Math.abs(a) > 0.99;
    case 'relu':
      return a === 0;
    case 'leaky-relu':
      return a < 0;
  }
}

/** x of each example, scaled, example-major: n · m values. */
export function scaledExamples(x: FeatureMatrix, { scale, shift }: Scaling): Float64Array {
  const { n, values } = x;
  return Float64Array.from(values, (raw, i) => (scale[i % n] ?? 1) * raw + (shift[i % n] ?? 0));
}

/** A⁽ˡ⁾ = g(W⁽ˡ⁾ A⁽ˡ⁻¹⁾ + b⁽ˡ⁾), example-major: n_l · m values. */
function forward(layer: LayerLayout, parameters: Parameters, input: Float64Array, m: number): Float64Array {
  const { inputs, units, weights, biases } = layer;
  const { value } = activations[layer.activation ?? 'identity'];
  const output = new Float64Array(units * m);
  for (let example = 0; example < m; example++) {
    for (let unit = 0; unit < units; unit++) {
      let z = parameters[biases + unit] ?? 0;
      const row = weights + unit * inputs;
      const column = example * inputs;
      for (let j = 0; j < inputs; j++) z += (parameters[row + j] as number) * (input[column + j] as number);
      output[example * units + unit] = value(z);
    }
  }
  return output;
}

/** a⁽ˡ⁾ of every hidden layer, the input side first. @param x as `scaledExamples` gives it */
export function hiddenOutputs({ layers }: ParameterLayout, parameters: Parameters, x: Float64Array, m: number): readonly Float64Array[] {
  const outputs: Float64Array[] = [];
  let input = x;
  for (const layer of layers.slice(0, -1)) {
    input = forward(layer, parameters, input, m);
    outputs.push(input);
  }
  return outputs;
}

function layerActivity(name: ComparedActivation, a: Float64Array, units: number, low: number, high: number): LayerActivity {
  const flatOf = new Array<number>(units).fill(0);
  a.forEach((value, i) => {
    if (isSaturated(name, value)) flatOf[i % units] = (flatOf[i % units] ?? 0) + 1;
  });
  const examples = a.length / units;
  return {
    counts: histogram(a, low, high, activityBins),
    saturated: flatOf.reduce((sum, count) => sum + count, 0) / a.length,
    deadUnits: flatOf.filter((count) => count === examples).length,
  };
}

/** The range of a net's bins: that of the function where it has one, else from 0, or the least value, to the largest. */
function rangeOf(name: ComparedActivation, outputs: readonly Float64Array[]): readonly [low: number, high: number] {
  if (name === 'sigmoid') return [0, 1];
  if (name === 'tanh') return [-1, 1];
  let [low, high] = [0, 0];
  for (const a of outputs) {
    for (const value of a) {
      low = Math.min(low, value);
      high = Math.max(high, value);
    }
  }
  return high > low && Number.isFinite(high - low) ? [low, high] : [low, low + 1];
}

/** @param x scaled examples, n · examples values */
export function activityOf(
  name: ComparedActivation,
  layout: ParameterLayout,
  parameters: Parameters,
  x: Float64Array,
  { step, examples }: { readonly step: number; readonly examples: number },
): Activity {
  const outputs = hiddenOutputs(layout, parameters, x, examples);
  const [low, high] = rangeOf(name, outputs);
  const layers = outputs.map((a, l) => layerActivity(name, a, layout.layers[l]?.units ?? 1, low, high));
  return { step, examples, low, high, layers };
}
