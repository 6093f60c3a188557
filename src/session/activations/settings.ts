/**
 * What can be set for the nets that differ in nothing but their activation, its defaults for each data set, and the ranges
 * that make sense. What such a net is in terms of the engines is `nets.ts`'s.
 */
import type { DatasetName, ToyName } from '../../data/dataset.ts';

/** In the order in which the field took them up. */
export const comparedActivations = ['sigmoid', 'tanh', 'relu', 'leaky-relu'] as const;
export type ComparedActivation = (typeof comparedActivations)[number];

/** Synthetic is left out: its data are for measuring speed, and nothing is to be learned from them. */
export const activationSets = ['fashion', 'adverts', 'toys', 'houses', 'cats', 'own'] as const satisfies readonly DatasetName[];
export type ActivationSet = (typeof activationSets)[number];

/** `auto`: a GPU that is one, and the CPU where there is none or only a software GPU. */
export const trainedOns = ['auto', 'gpu', 'cpu'] as const;
export type TrainedOn = (typeof trainedOns)[number];

export interface ActivationSettings {
  readonly set: ActivationSet;
  /** See `Settings.own`. */
  readonly own?: string | undefined;
  readonly toy: ToyName;
  readonly noise: number;
  readonly m: number;
  /** Hidden layers. */
  readonly depth: number;
  /** Units of each. */
  readonly width: number;
  /** Each with all m examples. */
  readonly steps: number;
  readonly learningRate: number;
  readonly seed: number;
  readonly on: TrainedOn;
}

/** Inclusive. */
export const activationRanges = {
  m: [1, 60_000],
  depth: [2, 12],
  width: [1, 512],
  steps: [10, 5000],
  learningRate: [1e-7, 1e6],
  seed: [0, 4_294_967_295],
  noise: [0, 1],
} as const satisfies Record<string, readonly [number, number]>;

const common: ActivationSettings = {
  set: 'fashion',
  toy: 'spirals',
  noise: 0.1,
  m: 512,
  depth: 8,
  width: 32,
  steps: 300,
  learningRate: 0.02,
  seed: 1,
  on: 'auto',
};

export const defaultActivations: Readonly<Record<ActivationSet, ActivationSettings>> = {
  fashion: common,
  adverts: { ...common, set: 'adverts', learningRate: 0.05 },
  toys: { ...common, set: 'toys', m: 400, steps: 1000, learningRate: 0.05 },
  houses: { ...common, set: 'houses', learningRate: 0.01 },
  cats: { ...common, set: 'cats', m: 64, learningRate: 0.003 },
  own: { ...common, set: 'own', learningRate: 0.01 },
};
