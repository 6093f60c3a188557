/** Which outputs fit a task and which costs fit an output, that some lane races, and roughly how many examples a set has before it is loaded. */
import { outputActivations, type CostName, type OutputActivation, type Settings } from '../session/settings.ts';
import type { Task } from '../session/protocol.ts';

const tasks: readonly Task[] = ['multiclass', 'regression'];

export function taskOf(settings: Pick<Settings, 'set' | 'own' | 'classes'>): Task {
  if (settings.set === 'own') return tasks.find((task) => settings.own?.startsWith(task)) ?? 'binary';
  if (settings.set === 'houses') return 'regression';
  return settings.set === 'fashion' && settings.classes === null ? 'multiclass' : 'binary';
}

const outputsOfTask: Readonly<Record<Task, readonly OutputActivation[]>> = {
  binary: ['sigmoid', 'linear'],
  multiclass: ['softmax', 'linear'],
  regression: ['linear'],
};

export function outputsFor(task: Task): readonly OutputActivation[] {
  return outputActivations.filter((name) => outputsOfTask[task].includes(name));
}

export function costsFor(output: OutputActivation, task: Task): readonly CostName[] {
  switch (output) {
    case 'sigmoid':
      return ['cross-entropy', 'squared-error'];
    case 'softmax':
      return ['cross-entropy'];
    case 'linear':
      if (task === 'regression') return ['squared-error'];
      return task === 'binary' ? ['hinge', 'squared-error'] : ['hinge'];
  }
}

/** The nearest settings whose output and cost fit the data and that race on a lane at least; the same object when they do already. */
export function fitted(settings: Settings): Settings {
  const task = taskOf(settings);
  const outputs = outputsFor(task);
  const output = outputs.includes(settings.output) ? settings.output : (outputs[0] ?? settings.output);
  const costs = costsFor(output, task);
  const cost = costs.includes(settings.cost) ? settings.cost : (costs[0] ?? settings.cost);
  const cpu = settings.gpu ? settings.cpu : (settings.cpu ?? 'auto');
  return output === settings.output && cost === settings.cost && cpu === settings.cpu ? settings : { ...settings, output, cost, cpu };
}

/** The end of the m slider until the data themselves say how many there are. */
export const mostExamples: Readonly<Record<Settings['set'], number>> = {
  cats: 20_000,
  fashion: 60_000,
  houses: 20_285,
  adverts: 3_680,
  toys: 100_000,
  synthetic: 1_000_000,
  own: 1_000_000,
};
