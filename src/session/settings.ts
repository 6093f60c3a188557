/**
 * What a person can set, its defaults for each data set, and the ranges within which a value makes sense. URL, controls
 * and terminal each hold their own input to these ranges; turning settings into a problem is `problem.ts`.
 */
import type { BuiltInName, DatasetName, Normalization, ToyName } from '../data/dataset.ts';
import type { CostName, HiddenLayer, OptimizerName, OutputActivation } from '../engine/contract.ts';

export type { BuiltInName, DatasetName, Normalization, ToyName } from '../data/dataset.ts';
export type { CostName, HiddenActivation, HiddenLayer, OptimizerName, OutputActivation } from '../engine/contract.ts';

export type PlanChoice = 'auto' | 'layered' | 'two-pass' | 'one-pass' | 'tiny';
/** `auto`: the fastest that this page can run. */
export type CpuLane = 'auto' | 'wasm-threads' | 'wasm' | 'reference';

export interface Settings {
  readonly set: DatasetName;
  /** The set `own` alone: the user's file in one line. See `own/own-text.ts` in data. */
  readonly own?: string | undefined;
  readonly toy: ToyName;
  readonly noise: number;
  /** Two classes of Fashion by index, or null for all ten. */
  readonly classes: readonly [number, number] | null;
  /** Features of Synthetic. */
  readonly n: number;
  readonly storage: 'uint8' | 'float32';
  readonly m: number;
  readonly testShare: number;
  readonly normalization: Normalization;
  readonly seed: number;
  readonly hidden: readonly HiddenLayer[];
  readonly output: OutputActivation;
  readonly cost: CostName;
  readonly optimizer: OptimizerName;
  readonly learningRate: number;
  readonly l2: number;
  /** 0 stands for all m. */
  readonly batch: number;
  readonly steps: number;
  readonly gpu: boolean;
  readonly cpu: CpuLane | null;
  readonly plan: PlanChoice;
}

export const builtInNames = ['cats', 'fashion', 'houses', 'adverts', 'toys', 'synthetic'] as const satisfies readonly BuiltInName[];
export const datasetNames = [...builtInNames, 'own'] as const;
export const toyNames = ['circles', 'moons', 'spirals', 'blobs', 'xor'] as const;
export const normalizations = ['unit', 'standard', 'none'] as const;
export const hiddenActivations = ['relu', 'tanh', 'sigmoid', 'leaky-relu', 'identity'] as const;
export const outputActivations = ['sigmoid', 'softmax', 'linear'] as const;
export const costNames = ['cross-entropy', 'squared-error', 'hinge'] as const;
export const optimizerNames = ['gradient-descent', 'momentum', 'nesterov', 'adam'] as const;
export const cpuLanes = ['auto', 'wasm-threads', 'wasm', 'reference'] as const;
export const planChoices = ['auto', 'layered', 'two-pass', 'one-pass', 'tiny'] as const;

/** Inclusive ranges; what lies outside is refused with the range in the message. */
export const ranges = {
  noise: [0, 1],
  n: [1, 65536],
  m: [1, 1_000_000],
  testShare: [0.05, 0.5],
  seed: [0, 4294967295],
  units: [1, 16384],
  layers: [0, 12],
  learningRate: [1e-7, 1e6],
  l2: [0, 100],
  batch: [0, 1_000_000],
  steps: [1, 10_000_000],
} as const satisfies Record<string, readonly [number, number]>;

const common: Settings = {
  set: 'cats',
  toy: 'circles',
  noise: 0.1,
  classes: null,
  n: 784,
  storage: 'uint8',
  m: 209,
  testShare: 0.2,
  normalization: 'unit',
  seed: 1,
  hidden: [],
  output: 'sigmoid',
  cost: 'cross-entropy',
  optimizer: 'gradient-descent',
  learningRate: 0.005,
  l2: 0,
  batch: 0,
  steps: 2000,
  gpu: true,
  cpu: 'auto',
  plan: 'auto',
};

/** A sensible race for each set: what opens when its card is chosen. */
export const defaultSettings: Readonly<Record<DatasetName, Settings>> = {
  cats: common,
  fashion: { ...common, set: 'fashion', m: 2048, hidden: [{ units: 64, activation: 'relu' }], output: 'softmax', learningRate: 0.05 },
  houses: {
    ...common,
    set: 'houses',
    m: 20285,
    normalization: 'standard',
    hidden: [{ units: 8, activation: 'tanh' }],
    output: 'linear',
    cost: 'squared-error',
    learningRate: 0.1,
  },
  adverts: { ...common, set: 'adverts', m: 3680, normalization: 'standard', learningRate: 0.5 },
  toys: { ...common, set: 'toys', m: 400, normalization: 'none', hidden: [{ units: 8, activation: 'tanh' }], learningRate: 0.3 },
  synthetic: { ...common, set: 'synthetic', m: 4096, learningRate: 0.05 },
  own: { ...common, set: 'own' },
};
