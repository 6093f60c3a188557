/** What page and terminal need to know of an opened file to make settings of it: its shape and task, and none of its numbers. */
import type { Task } from '../../data/dataset.ts';
import type { OwnData } from '../../data/own/own-data.ts';
import { defaultSettings, ranges, type Settings } from '../settings.ts';

export interface OwnFacts {
  /** The line of settings and URL. */
  readonly text: string;
  readonly name: string;
  readonly task: Task;
  readonly n: number;
  /** Examples, the test part not among them where it is the file's own. */
  readonly m: number;
  readonly mTest: number | null;
  readonly storage: 'uint8' | 'float32';
  readonly classNames: readonly string[];
  readonly notes: readonly string[];
}

/** What a first race takes of a large file: enough to learn from, and quick to show. */
const firstExamples = 20_000;
const firstValues = 2 ** 25;

export function factsOf({ text, name, task, n, train, test, classNames, notes }: OwnData): OwnFacts {
  const storage = train.features.kind === 'bytes' ? 'uint8' : 'float32';
  return { text, name, task, n, m: train.m, mTest: test?.m ?? null, storage, classNames, notes };
}

/** A sensible race on the file. */
export function ownSettings({ text, task, n, m, mTest, storage }: OwnFacts): Settings {
  const base = defaultSettings.own;
  const available = mTest === null ? Math.max(1, Math.round(m * (1 - base.testShare))) : m;
  const first = Math.min(firstExamples, Math.max(1, Math.floor(firstValues / n)), ranges.m[1]);
  const models = {
    binary: { output: 'sigmoid', cost: 'cross-entropy' },
    multiclass: { output: 'softmax', cost: 'cross-entropy' },
    regression: { output: 'linear', cost: 'squared-error' },
  } as const;
  return {
    ...base,
    ...models[task],
    own: text,
    m: Math.min(available, first),
    normalization: storage === 'uint8' ? 'unit' : 'standard',
    // linear regression with squared error is steeper than a class's cost
    learningRate: storage === 'uint8' ? 0.005 : task === 'regression' ? 0.05 : 0.3,
  };
}
