/**
 * What can be set for a sweep over m, its defaults for each data set, the ranges that make sense, and the models by name.
 * What comes of it is `report.ts`'s.
 */
import { catalogue } from '../../data/catalogue.ts';
import type { DatasetName, Normalization, ToyName } from '../../data/dataset.ts';
import { mayHoldPictures } from '../../data/own/own-text.ts';

/**
 * `svm`: linear with hinge, on raw features; `svm-hog`: the same on histograms of oriented gradients, for images;
 * `logistic`: one layer with cross-entropy (softmax for several classes), for regression the straight line; anything
 * else is a ReLU net by the units of its hidden layers, such as `16` or `512-512`.
 */
export type SweepModel = string;

/**
 * When a run ends. `stops`: when the cost on a held-out tenth has stopped falling; `epochs` and `steps`: after so many,
 * whatever m is.
 */
export type SweepBudget = 'stops' | 'epochs' | 'steps';

export interface SweepSettings {
  readonly set: DatasetName;
  /** See `Settings.own`. */
  readonly own?: string | undefined;
  /** Two classes of Fashion by index, or null for all ten. */
  readonly classes: readonly [number, number] | null;
  readonly toy: ToyName;
  readonly noise: number;
  /** Features of Synthetic. */
  readonly n: number;
  readonly storage: 'uint8' | 'float32';
  readonly testShare: number;
  readonly normalization: Normalization;
  readonly seed: number;
  readonly mFrom: number;
  readonly mTo: number;
  /** Values of m, at equal ratios. */
  readonly points: number;
  /** Runs of each model at each m up to `fewExamples`, and above. */
  readonly seeds: number;
  readonly seedsAbove: number;
  readonly models: readonly SweepModel[];
  /** α of every run. */
  readonly learningRate: number;
  readonly budget: SweepBudget;
  /** With the budget `epochs`. */
  readonly epochs: number;
  /** With the budget `steps`. */
  readonly steps: number;
  /** The model whose step is timed against m, all m examples a step. */
  readonly timed: SweepModel;
}

/** Up to here m is small, and more seeds are run. */
export const fewExamples = 1000;

/** How every run trains: the same for all models, so that none is favoured by a choice of its own. */
export const training = {
  optimizer: 'adam',
  batch: 128,
  /** Between two looks at the held-out cost: an epoch, but at least so many steps. */
  stepsBetweenLooks: 20,
  /** Looks without a lower held-out cost, after which a run ends. */
  patience: 4,
  /** No run goes on for longer than this many epochs, or this many steps where epochs are short. */
  mostEpochs: 20,
  leastSteps: 2000,
  /** λ of the linear SVM, whose margin it is that counts. */
  svmL2: 1e-4,
} as const;

export const sweepBudgets = ['stops', 'epochs', 'steps'] as const;

/** Inclusive ranges. */
export const sweepRanges = {
  m: [10, 1_000_000],
  points: [3, 24],
  seeds: [1, 20],
  epochs: [1, 1000],
  steps: [1, 1_000_000],
  models: [1, 8],
} as const satisfies Record<string, readonly [number, number]>;

const common: SweepSettings = {
  set: 'fashion',
  classes: null,
  toy: 'circles',
  noise: 0.1,
  n: 784,
  storage: 'uint8',
  testShare: 0.2,
  normalization: 'unit',
  seed: 1,
  mFrom: 100,
  mTo: catalogue.fashion.mLargest,
  points: 8,
  seeds: 5,
  seedsAbove: 3,
  models: ['svm', 'logistic', '16', '128', '512-512'],
  learningRate: 0.001,
  budget: 'stops',
  epochs: 10,
  steps: 500,
  timed: 'logistic',
};

/** A sensible sweep for each set. */
export const defaultSweeps: Readonly<Record<DatasetName, SweepSettings>> = {
  cats: { ...common, set: 'cats', mFrom: 50, mTo: 2000, points: 6 },
  fashion: common,
  houses: {
    ...common,
    set: 'houses',
    normalization: 'standard',
    mTo: catalogue.houses.mLargest,
    models: ['logistic', '16', '128', '512-512'],
  },
  adverts: { ...common, set: 'adverts', normalization: 'standard', mFrom: 50, mTo: catalogue.adverts.mLargest, points: 7 },
  toys: { ...common, set: 'toys', normalization: 'none', mFrom: 20, mTo: 5000, points: 7, timed: '16' },
  own: { ...common, set: 'own', normalization: 'standard', mFrom: 20, mTo: 2000, points: 6, models: ['logistic', '16', '128'] },
  synthetic: { ...common, set: 'synthetic', mFrom: 1000, mTo: 1_000_000, points: 7, models: ['logistic'], seedsAbove: 1 },
};

/** The same question, answered in a minute or so: fewer examples, fewer seeds. */
export function quickSweep(settings: SweepSettings): SweepSettings {
  const mTo = Math.min(settings.mTo, 5000);
  return { ...settings, mTo, mFrom: Math.min(settings.mFrom, mTo), points: Math.min(settings.points, 5), seeds: 2, seedsAbove: 2 };
}

/** Units of the hidden layers of a model; none for those of one layer. */
export function hiddenUnits(model: SweepModel): readonly number[] {
  return /^\d+(-\d+)*$/.test(model) ? model.split('-').map(Number) : [];
}

/** `svm`, `svm-hog`, `logistic`, or units from 1 to 4096 in at most four layers. */
export function isSweepModel(text: string): boolean {
  if (text === 'svm' || text === 'svm-hog' || text === 'logistic') return true;
  const units = hiddenUnits(text);
  return units.length >= 1 && units.length <= 4 && units.every((count) => count >= 1 && count <= 4096);
}

/** Why this model cannot be trained on this set, or null. */
export function modelUnfit(model: SweepModel, { set, own = '' }: Pick<SweepSettings, 'set' | 'own'>): 'no-classes' | 'no-image' | null {
  if (model.startsWith('svm') && (set === 'own' ? own.startsWith('regression') : catalogue[set].task === 'regression')) return 'no-classes';
  const pictures = set === 'cats' || set === 'fashion' || (set === 'own' && mayHoldPictures(own));
  return model === 'svm-hog' && !pictures ? 'no-image' : null;
}

/** The values of m, smallest first, each once. */
export function sweepSizes({ mFrom, mTo, points }: Pick<SweepSettings, 'mFrom' | 'mTo' | 'points'>): readonly number[] {
  const last = Math.max(1, points - 1);
  const sizes = Array.from({ length: points }, (_, at) => Math.round(mFrom * (mTo / mFrom) ** (at / last)));
  return [...new Set(sizes)];
}

/** How often each model is trained at this m. */
export function seedsAt({ seeds, seedsAbove }: Pick<SweepSettings, 'seeds' | 'seedsAbove'>, m: number): number {
  return m <= fewExamples ? seeds : seedsAbove;
}

/** Runs that a sweep comes to, the timing at each m included. */
export function plannedRuns(settings: SweepSettings): number {
  return sweepSizes(settings).reduce((sum, m) => sum + 1 + seedsAt(settings, m) * settings.models.length, 0);
}
