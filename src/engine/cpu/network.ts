/**
 * A net over one block of examples: forward, loss, backward, with the scratch arrays that this takes. Which blocks, in
 * what order, and what happens to the gradient is the trainer's.
 */
import type { FeatureMatrix, Scaling } from '../../data/dataset.ts';
import type { LossName } from '../../math/costs.ts';
import type { Clock } from '../contract.ts';
import type { LayerLayout, ParameterLayout } from '../layout.ts';
import type { Arithmetic, Input, Row } from './arithmetic.ts';
import { activate, activateBackward } from './kernels/activation.ts';
import { lossesAndSlopes, predictions } from './kernels/cost.ts';
import { fold, unfold } from './kernels/fold.ts';
import { inputGradients, weightedInputs, weightGradients } from './kernels/matmul.ts';

export interface SegmentClock {
  matmul: number;
  sigmoidCost: number;
  gradientUpdate: number;
}

export class Network {
  readonly #layout: ParameterLayout;
  readonly #loss: LossName;
  readonly #scaling: Scaling;
  readonly #arithmetic: Arithmetic;
  /** The first layer with the scaling inside: W, then b. */
  readonly #folded: Row;
  readonly #z: Row[];
  readonly #a: Row[];
  readonly #dz: Row[];
  readonly #blockGradient: Row;

  constructor(layout: ParameterLayout, loss: LossName, scaling: Scaling, blockSize: number, arithmetic: Arithmetic) {
    this.#layout = layout;
    this.#loss = loss;
    this.#scaling = scaling;
    this.#arithmetic = arithmetic;
    const first = this.#layer(0);
    this.#folded = arithmetic.zeros((first.inputs + 1) * first.units);
    const scratch = (): Row[] => layout.layers.map((layer) => arithmetic.zeros(layer.units * blockSize));
    this.#z = scratch();
    this.#a = scratch();
    this.#dz = scratch();
    this.#blockGradient = arithmetic.zeros(layout.length);
  }

  #layer(index: number): LayerLayout {
    const layer = this.#layout.layers[index];
    if (!layer) throw new RangeError(`no layer ${index}`);
    return layer;
  }

  /** Call after the parameters changed and before anything else. */
  refold(parameters: Row): void {
    const { units, inputs } = this.#layer(0);
    fold(this.#arithmetic, units, inputs, parameters, this.#scaling, this.#folded);
  }

  /** Takes the scaling back out of the first layer's gradient. */
  unfold(gradient: Row): void {
    const { units, inputs } = this.#layer(0);
    unfold(units, inputs, gradient, this.#scaling);
  }

  #weightedInputs(index: number, parameters: Row, input: Input, start: number, count: number): Row {
    const layer = this.#layer(index);
    const z = this.#z[index] as Row;
    const [source, weights, biases] =
      index === 0 ? [this.#folded, 0, layer.units * layer.inputs] : [parameters, layer.weights, layer.biases];
    weightedInputs(this.#arithmetic, { count, inputs: layer.inputs, units: layer.units }, input, start, source, weights, source, biases, z);
    return z;
  }

  /** Z of the output layer for examples first … first + count − 1. */
  #forward(parameters: Row, x: FeatureMatrix, first: number, count: number, timer?: SegmentClock, clock?: Clock): Row {
    let input: Input = x.values;
    let start = first * x.n;
    let z: Row = this.#folded;
    for (const [index, layer] of this.#layout.layers.entries()) {
      const began = clock?.() ?? 0;
      z = this.#weightedInputs(index, parameters, input, start, count);
      const multiplied = clock?.() ?? 0;
      if (layer.activation) {
        const a = this.#a[index] as Row;
        activate(layer.activation, z, a, layer.units * count);
        input = a;
        start = 0;
      }
      if (timer && clock) {
        timer.matmul += multiplied - began;
        timer.sigmoidCost += clock() - multiplied;
      }
    }
    return z;
  }

  /** Adds the block's Σ dL/dparameter (for the first layer: with respect to folded weights) and gives Σ L. */
  backward(
    parameters: Row,
    x: FeatureMatrix,
    y: Float32Array,
    first: number,
    count: number,
    gradient: Row,
    timer: SegmentClock,
    clock: Clock,
  ): number {
    const z = this.#forward(parameters, x, first, count, timer, clock);
    const began = clock();
    const last = this.#layout.layers.length - 1;
    const sum = lossesAndSlopes(this.#loss, this.#layer(last).units, count, z, y, first, this.#dz[last] as Row);
    const costed = clock();
    const block = this.#blockGradient;
    block.fill(0);
    for (let index = last; index >= 0; index--) this.#backwardLayer(index, parameters, x, first, count, block);
    for (let i = 0; i < block.length; i++) gradient[i] = (gradient[i] as number) + (block[i] as number);
    timer.sigmoidCost += costed - began;
    timer.gradientUpdate += clock() - costed;
    return sum;
  }

  #backwardLayer(index: number, parameters: Row, x: FeatureMatrix, first: number, count: number, gradient: Row): void {
    const layer = this.#layer(index);
    const shape = { count, inputs: layer.inputs, units: layer.units };
    const dz = this.#dz[index] as Row;
    const input = index === 0 ? x.values : (this.#a[index - 1] as Row);
    const start = index === 0 ? first * x.n : 0;
    weightGradients(this.#arithmetic, shape, input, start, dz, gradient, layer.weights, layer.biases);
    if (index === 0) return;
    const below = this.#layer(index - 1);
    const da = this.#dz[index - 1] as Row;
    inputGradients(this.#arithmetic, shape, dz, parameters, layer.weights, da);
    if (below.activation) activateBackward(below.activation, this.#z[index - 1] as Row, this.#a[index - 1] as Row, da, below.units * count);
  }

  /** The first layer, counted from 1, whose z is not finite for some example of the block; null when all are. */
  nonFiniteLayer(parameters: Row, x: FeatureMatrix, first: number, count: number): number | null {
    this.#forward(parameters, x, first, count);
    const index = this.#layout.layers.findIndex(({ units }, layer) =>
      (this.#z[layer] as Row).subarray(0, units * count).some((value) => !Number.isFinite(value)),
    );
    return index < 0 ? null : index + 1;
  }

  /** Σ L over the block. */
  loss(parameters: Row, x: FeatureMatrix, y: Float32Array, first: number, count: number): number {
    const z = this.#forward(parameters, x, first, count);
    const last = this.#layout.layers.length - 1;
    return lossesAndSlopes(this.#loss, this.#layer(last).units, count, z, y, first, this.#dz[last] as Row);
  }

  /** Writes the block's ŷ to its place in `yHat`. */
  predict(parameters: Row, x: FeatureMatrix, first: number, count: number, yHat: Float32Array<ArrayBuffer>): void {
    const { units } = this.#layer(this.#layout.layers.length - 1);
    const z = this.#forward(parameters, x, first, count);
    predictions(this.#loss, units, count, z, yHat.subarray(first * units, (first + count) * units));
  }
}
