/** What is taken away: a model with the data that it was trained on, where it began, where it stands, and the costs between. */
import type { Dataset, DatasetName } from '../../data/dataset.ts';
import type { Parameters, Problem, StepCost } from '../../engine/contract.ts';
import { initialParameters, parameterLayout, type LayerLayout } from '../../engine/layout.ts';

export interface TrainedModel {
  readonly dataset: Dataset;
  readonly problem: Problem;
  /** After `steps` updates, laid out as `parameterLayout` says. */
  readonly parameters: Parameters;
  readonly steps: number;
  /** J before each step that is known, in ascending order; step 0 is the cost before the first update. */
  readonly costs: readonly StepCost[];
}

/** W (n_l, n_{l−1}), row-major, and b (n_l) of one layer. */
export interface LayerParameters extends LayerLayout {
  readonly w: Float32Array<ArrayBuffer>;
  readonly b: Float32Array<ArrayBuffer>;
}

export function layersOf({ problem }: TrainedModel, parameters: Parameters): readonly LayerParameters[] {
  return parameterLayout(problem.train.x.n, problem.model).layers.map((layer) => ({
    ...layer,
    w: Float32Array.from(parameters.subarray(layer.weights, layer.biases)),
    b: Float32Array.from(parameters.subarray(layer.biases, layer.biases + layer.units)),
  }));
}

/** Sets whose features are not the bare columns of their file. */
const made: Readonly<Partial<Record<DatasetName, string>>> = {
  adverts: 'each the logarithm of 0.1 + the frequency in the file',
  houses: 'some the logarithm or the root of a column, as their names say, and dates in years',
};

/** What stands in x before it is scaled, in English like the code. */
export function describeInput({ dataset }: TrainedModel): string {
  if (dataset.image) return 'pixels 0 ... 255, not yet scaled';
  const note = made[dataset.name];
  const words = 'a word is 1 in the column of its name and 0 in the others';
  return `features, not yet scaled, in the order of featureNames${note === undefined ? '' : `, ${note}`}; ${words}`;
}

/** The parameters before the first step. */
export function startOf({ problem }: TrainedModel): Parameters {
  return initialParameters(problem.train.x.n, problem.model, problem.seed);
}

/** `logistic regression`, `net of 64 relu and 10 softmax`: for the head of a file, in English like its code. */
export function describeModel({ problem: { model } }: TrainedModel): string {
  const { hidden, output, outputs, cost } = model;
  if (hidden.length > 0) {
    const layers = [...hidden.map(({ units, activation }) => `${units} ${activation}`), `${outputs} ${output}`];
    return `a net of ${layers.slice(0, -1).join(', ')} and ${layers.at(-1) ?? ''}`;
  }
  if (cost === 'hinge') return 'a linear support vector machine';
  if (output === 'softmax') return 'softmax regression';
  return output === 'linear' ? 'linear regression' : 'logistic regression';
}
