/** The model as one types it: a name, or hidden layers such as `64 relu, 32 relu`; and what it comes to for a task. */
import type { Task } from '../data/dataset.ts';
import {
  hiddenActivations,
  ranges,
  type CostName,
  type HiddenActivation,
  type HiddenLayer,
  type OutputActivation,
} from '../session/settings.ts';
import { UsageError } from './usage-error.ts';

export interface ModelChoice {
  readonly hidden: readonly HiddenLayer[];
  readonly output: OutputActivation;
  readonly cost: CostName;
}

interface NamedModel {
  readonly tasks: readonly Task[];
  readonly output: OutputActivation;
  readonly cost: CostName;
}

/** Models without hidden layers, and the tasks that they are for. */
const namedModels: Readonly<Record<string, NamedModel>> = {
  logistic: { tasks: ['binary'], output: 'sigmoid', cost: 'cross-entropy' },
  linear: { tasks: ['binary', 'regression'], output: 'linear', cost: 'squared-error' },
  svm: { tasks: ['binary', 'multiclass'], output: 'linear', cost: 'hinge' },
  softmax: { tasks: ['binary', 'multiclass'], output: 'softmax', cost: 'cross-entropy' },
};

/** What stands after the last hidden layer. */
const outputOf: Readonly<Record<Task, { readonly output: OutputActivation; readonly cost: CostName }>> = {
  binary: { output: 'sigmoid', cost: 'cross-entropy' },
  multiclass: { output: 'softmax', cost: 'cross-entropy' },
  regression: { output: 'linear', cost: 'squared-error' },
};

const taskNames: Readonly<Record<Task, string>> = {
  binary: 'two classes',
  multiclass: 'more than two classes',
  regression: 'a number to predict',
};

function isActivation(name: string): name is HiddenActivation {
  return hiddenActivations.some((known) => known === name);
}

function parseLayer(text: string): HiddenLayer {
  const [, unitsText = '', activation = 'relu'] = /^(\d+)(?:\s+([a-z-]+))?$/.exec(text.trim()) ?? [];
  const units = Number(unitsText);
  const [fewest, most] = ranges.units;
  if (!isActivation(activation) || units < fewest || units > most) {
    throw new UsageError(
      `--model: "${text.trim()}" is no layer. Expected a number of units from ${fewest} to ${most} and one of ${hiddenActivations.join(', ')}, as in "64 relu, 32 relu", or one of ${Object.keys(namedModels).join(', ')}.`,
    );
  }
  return { units, activation };
}

/**
 * @throws UsageError when the text is neither a name nor layers, or names a model that does not suit the data
 */
export function parseModel(text: string, task: Task): ModelChoice {
  const named = namedModels[text.trim()];
  if (named !== undefined) {
    const { tasks, output, cost } = named;
    if (!tasks.includes(task)) {
      const fitting = Object.keys(namedModels).filter((name) => namedModels[name]?.tasks.includes(task));
      throw new UsageError(
        `--model ${text}: these data have ${taskNames[task]}; take ${fitting.join(', ')}, or layers${task === 'multiclass' ? ', or choose two classes with --classes' : ''}.`,
      );
    }
    return { hidden: [], output, cost };
  }
  const hidden = text.split(',').map(parseLayer);
  if (hidden.length > ranges.layers[1])
    throw new UsageError(`--model: ${hidden.length} hidden layers; at most ${ranges.layers[1]} are possible.`);
  return { hidden, ...outputOf[task] };
}

/** Whether a cost can be asked of an output; see `Model` in the engine's contract. */
export function costFits(output: OutputActivation, cost: CostName, task: Task): boolean {
  switch (output) {
    case 'sigmoid':
      return cost !== 'hinge';
    case 'softmax':
      return cost === 'cross-entropy';
    case 'linear':
      if (cost === 'squared-error') return task !== 'multiclass';
      return cost === 'hinge' && task !== 'regression';
  }
}
