/** Where each layer's W and b lie in the one row of parameters, how that row starts, and what a problem must satisfy. */
import { Random, streams } from '../math/rng.ts';
import type { Model, NonFinite, Parameters, Problem } from './contract.ts';
import { losses, type LossName } from '../math/costs.ts';
import type { ActivationName } from '../math/activations.ts';
import { CapacityError, ProblemError } from './errors.ts';

export interface LayerLayout {
  /** n_{l−1}. */
  readonly inputs: number;
  /** n_l. */
  readonly units: number;
  /** Of the hidden layers; the last layer's output is part of the loss. */
  readonly activation: ActivationName | null;
  /** Index of W[0][0]; W[i][j] is at weights + i · inputs + j. */
  readonly weights: number;
  /** Index of b[0]. */
  readonly biases: number;
}

export interface ParameterLayout {
  readonly layers: readonly LayerLayout[];
  readonly length: number;
}

export function parameterLayout(n: number, model: Model): ParameterLayout {
  const units = [...model.hidden.map((layer) => layer.units), model.outputs];
  const layers: LayerLayout[] = [];
  let next = 0;
  let inputs = n;
  for (const [index, count] of units.entries()) {
    const weights = next;
    const biases = weights + count * inputs;
    layers.push({ inputs, units: count, activation: model.hidden[index]?.activation ?? null, weights, biases });
    next = biases + count;
    inputs = count;
  }
  return { layers, length: next };
}

/** @throws ProblemError for a pair of output and cost that makes no sense */
export function lossName(model: Model): LossName {
  const name = `${model.output}/${model.cost}`;
  if (Object.hasOwn(losses, name)) return name as LossName;
  throw new ProblemError(
    `cost ${model.cost} does not go with output ${model.output}: take sigmoid or softmax with cross-entropy, sigmoid or linear with squared-error, linear with hinge`,
  );
}

/**
 * w and b of a model without hidden layers start at 0; hidden layers need random weights: standard deviation √(2/n_{l−1})
 * for the ReLUs (He et al. 2015), √(1/n_{l−1}) otherwise (Glorot and Bengio 2010, LeCun's form); b = 0.
 */
export function initialParameters(n: number, model: Model, seed: number): Float32Array<ArrayBuffer> {
  const layout = parameterLayout(n, model);
  const parameters = new Float32Array(layout.length);
  if (model.hidden.length === 0) return parameters;
  const random = new Random(seed, streams.parameters);
  for (const layer of layout.layers) {
    const rectified = layer.activation === 'relu' || layer.activation === 'leaky-relu';
    const deviation = Math.sqrt((rectified ? 2 : 1) / layer.inputs);
    for (let index = layer.weights; index < layer.biases; index++) parameters[index] = deviation * random.normal();
  }
  return parameters;
}

/** Examples in one step. */
export function batchSizeOf(problem: Problem): number {
  const m = problem.train.x.m;
  return problem.batchSize === 'all' ? m : Math.min(problem.batchSize, m);
}

/** Full steps in one epoch; the incomplete rest is left out (see `Problem.batchSize`). */
export function batchesPerEpoch(problem: Problem): number {
  return Math.max(1, Math.floor(problem.train.x.m / batchSizeOf(problem)));
}

/** The first layer, from the input side, that holds a number that is not finite. */
export function findNonFinite(layout: ParameterLayout, parameters: Parameters): NonFinite | null {
  for (const [index, layer] of layout.layers.entries()) {
    for (let i = layer.weights; i < layer.biases + layer.units; i++) {
      if (!Number.isFinite(parameters[i])) return { layer: index + 1, part: i < layer.biases ? 'W' : 'b' };
    }
  }
  return null;
}

/** Parameters beyond this are refused at once: with gradient and two moments they take 2 GiB of float32. */
const mostParameters = 2 ** 27;

/** @throws CapacityError that says what would fit */
function checkSize(n: number, model: Model): void {
  const { layers, length } = parameterLayout(n, model);
  if (length <= mostParameters) return;
  const largest = layers.reduce((one, other) => (other.units * other.inputs > one.units * one.inputs ? other : one));
  const index = layers.indexOf(largest);
  const others = length - largest.units * (largest.inputs + 1);
  const fits = Math.floor((mostParameters - others) / (largest.inputs + 1));
  const way = fits >= 1 ? `with layer ${index + 1} of at most ${fits} units it would fit` : 'take fewer units in every layer';
  throw new CapacityError(`the net has ${length} parameters and this page can train ${mostParameters}: ${way}`);
}

/**
 * @throws ProblemError naming the value that is out of place
 * @throws CapacityError when no processor here could hold the parameters
 */
export function checkProblem(problem: Problem): void {
  const { train, model, optimizer } = problem;
  const name = lossName(model);
  if (train.x.m < 1) throw new ProblemError('there are no training examples: ask for m ≥ 1');
  if (train.y.length !== train.x.m) throw new ProblemError(`X has ${train.x.m} examples and Y has ${train.y.length}`);
  if (train.x.values.length !== train.x.n * train.x.m) {
    throw new ProblemError(`X should hold ${train.x.n} · ${train.x.m} values and holds ${train.x.values.length}`);
  }
  for (const [index, layer] of model.hidden.entries()) {
    if (!Number.isInteger(layer.units) || layer.units < 1) {
      throw new ProblemError(`layer ${index + 1} has ${layer.units} units: a layer needs a whole number of at least 1`);
    }
  }
  if (model.outputs < 1) throw new ProblemError(`the model has ${model.outputs} outputs: it needs at least 1`);
  if (model.outputs > 1 && name !== 'softmax/cross-entropy' && name !== 'linear/hinge') {
    throw new ProblemError(`${name} takes one output, not ${model.outputs}: use softmax, or hinge one against the rest`);
  }
  checkSize(train.x.n, model);
  if (!(optimizer.learningRate > 0)) throw new ProblemError(`the learning rate is ${optimizer.learningRate}: it must be above 0`);
  if (problem.batchSize !== 'all' && !(problem.batchSize >= 1))
    throw new ProblemError(`the batch size is ${problem.batchSize}: it must be at least 1`);
}
