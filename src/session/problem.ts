/** From settings to a request for data, and from a data set to a problem. Nothing is computed or loaded here. */
import type { Dataset, DatasetRequest } from '../data/dataset.ts';
import type { Model, Optimizer, Problem } from '../engine/contract.ts';
import { ProblemError } from '../engine/errors.ts';
import type { Settings } from './settings.ts';

export function requestFor(settings: Settings): DatasetRequest {
  return {
    set: settings.set,
    m: settings.m,
    seed: settings.seed,
    testShare: settings.testShare,
    normalization: settings.normalization,
    classes: settings.set === 'fashion' ? (settings.classes ?? undefined) : undefined,
    toy: settings.toy,
    noise: settings.noise,
    n: settings.n,
    storage: settings.storage,
    own: settings.own,
  };
}

/** @throws ProblemError when output or cost do not suit the task of the data */
export function modelFor(dataset: Dataset, settings: Settings): Model {
  const { output, cost, hidden } = settings;
  const classes = dataset.classNames.length;
  if (dataset.task === 'regression') {
    if (output !== 'linear' || cost !== 'squared-error') {
      throw new ProblemError(`${dataset.name} asks for a number: take the linear output with squared error, not ${output} with ${cost}`);
    }
    return { hidden, output, cost, outputs: 1 };
  }
  if (output === 'softmax') return { hidden, output, cost, outputs: classes };
  if (dataset.task === 'binary') return { hidden, output, cost, outputs: 1 };
  if (output === 'linear' && cost === 'hinge') return { hidden, output, cost, outputs: classes };
  throw new ProblemError(`${dataset.name} has ${classes} classes: take softmax, or linear with hinge, or choose two of its classes`);
}

export function optimizerFor(settings: Settings): Optimizer {
  return { kind: settings.optimizer, learningRate: settings.learningRate, beta1: 0.9, beta2: 0.999, epsilon: 1e-8 };
}

export function problemFor(dataset: Dataset, settings: Settings): Problem {
  const m = dataset.train.x.m;
  return {
    train: dataset.train,
    test: dataset.test.x.m > 0 ? dataset.test : null,
    scaling: dataset.scaling,
    model: modelFor(dataset, settings),
    optimizer: optimizerFor(settings),
    l2: settings.l2,
    batchSize: settings.batch === 0 || settings.batch >= m ? 'all' : settings.batch,
    seed: settings.seed,
  };
}
