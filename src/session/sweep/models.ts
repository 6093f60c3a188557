/** From a model's name to what trains: the net, its cost for the task at hand, and the problem on some examples. */
import type { Dataset, Examples, Scaling } from '../../data/dataset.ts';
import type { Model, Problem } from '../../engine/contract.ts';
import { hiddenUnits, training, type SweepModel, type SweepSettings } from './settings.ts';

export function modelFor(model: SweepModel, { task, classNames }: Pick<Dataset, 'task' | 'classNames'>): Model {
  const hidden = hiddenUnits(model).map((units) => ({ units, activation: 'relu' as const }));
  const outputs = task === 'multiclass' ? classNames.length : 1;
  if (task === 'regression') return { hidden, output: 'linear', cost: 'squared-error', outputs };
  if (model.startsWith('svm')) return { hidden, output: 'linear', cost: 'hinge', outputs };
  return { hidden, output: task === 'multiclass' ? 'softmax' : 'sigmoid', cost: 'cross-entropy', outputs };
}

/** What is trained on: examples, a held-out part or null, and the scaling that was fitted on the former. */
export interface Part {
  readonly train: Examples;
  readonly heldOut: Examples | null;
  readonly scaling: Scaling;
}

/** One run of a model on some examples. */
export function runProblem(model: SweepModel, dataset: Dataset, part: Part, settings: SweepSettings, seed: number): Problem {
  const { m } = part.train.x;
  return {
    train: part.train,
    test: part.heldOut,
    scaling: part.scaling,
    model: modelFor(model, dataset),
    optimizer: { kind: training.optimizer, learningRate: settings.learningRate, beta1: 0.9, beta2: 0.999, epsilon: 1e-8 },
    l2: model.startsWith('svm') ? training.svmL2 : 0,
    batchSize: training.batch >= m ? 'all' : training.batch,
    seed,
  };
}

/** A step of gradient descent on the first m examples, all of them: what is timed against m. */
export function timedProblem(model: SweepModel, dataset: Dataset, m: number, seed: number): Problem {
  const { x, y } = dataset.train;
  const head = { ...x, m, values: x.values.subarray(0, m * x.n) } as Examples['x'];
  return {
    train: { x: head, y: y.subarray(0, m) },
    test: null,
    scaling: dataset.scaling,
    model: modelFor(model, dataset),
    optimizer: { kind: 'gradient-descent', learningRate: 0.001, beta1: 0.9, beta2: 0.999, epsilon: 1e-8 },
    l2: 0,
    batchSize: 'all',
    seed,
  };
}
