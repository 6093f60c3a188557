/**
 * The compared nets: the request for their data, the problem of each, the norm of each layer's gradient. The nets differ in
 * the activation of their hidden layers and in nothing else but the spread of the start that goes with it.
 */
import { catalogue } from '../../data/catalogue.ts';
import type { Dataset, DatasetRequest, FeatureMatrix } from '../../data/dataset.ts';
import { mayHoldPictures } from '../../data/own/own-text.ts';
import type { Model, Parameters, Problem } from '../../engine/contract.ts';
import type { ParameterLayout } from '../../engine/layout.ts';
import type { ActivationSettings, ComparedActivation } from './settings.ts';

export function activationRequest({ set, own, m, seed, toy, noise }: ActivationSettings): DatasetRequest {
  const isTable = set === 'adverts' || set === 'houses' || (set === 'own' && !mayHoldPictures(own ?? ''));
  const normalization = isTable ? 'standard' : set === 'toys' ? 'none' : 'unit';
  const most = set === 'own' ? m : Math.min(m, catalogue[set].mLargest);
  return { set, own, seed, toy, noise, normalization, m: most, testShare: 0.2 };
}

function modelOf(dataset: Dataset, activation: ComparedActivation, { depth, width }: ActivationSettings): Model {
  const hidden = Array.from({ length: depth }, () => ({ units: width, activation }));
  switch (dataset.task) {
    case 'regression':
      return { hidden, output: 'linear', cost: 'squared-error', outputs: 1 };
    case 'binary':
      return { hidden, output: 'sigmoid', cost: 'cross-entropy', outputs: 1 };
    case 'multiclass':
      return { hidden, output: 'softmax', cost: 'cross-entropy', outputs: dataset.classNames.length };
  }
}

/** All m examples a step, plain gradient descent: what is compared is the gradient itself. */
export function activationProblem(dataset: Dataset, activation: ComparedActivation, settings: ActivationSettings): Problem {
  const { learningRate, seed } = settings;
  return {
    train: dataset.train,
    test: null,
    scaling: dataset.scaling,
    model: modelOf(dataset, activation, settings),
    optimizer: { kind: 'gradient-descent', learningRate, beta1: 0.9, beta2: 0.999, epsilon: 1e-8 },
    l2: 0,
    batchSize: 'all',
    seed,
  };
}

/** The first examples of a matrix, not copied. */
export function headOf(x: FeatureMatrix, examples: number): FeatureMatrix {
  const m = Math.min(x.m, examples);
  return { ...x, m, values: x.values.subarray(0, m * x.n) } as FeatureMatrix;
}

/** The same on its first examples. */
export function headProblem(problem: Problem, examples: number): Problem {
  const x = headOf(problem.train.x, examples);
  return { ...problem, train: { x, y: problem.train.y.subarray(0, x.m) } };
}

/** ‖dW⁽ˡ⁾‖ (Frobenius) for l = 1 … L, biases left out. Sums in float64, since the squares of small gradients underflow float32. */
export function layerNorms({ layers }: ParameterLayout, gradient: Parameters): readonly number[] {
  return layers.map(({ weights, biases }) => {
    let sum = 0;
    for (let i = weights; i < biases; i++) sum += (gradient[i] ?? 0) ** 2;
    return Math.sqrt(sum);
  });
}
