/**
 * What passes between the page and the worker that trains the compared nets: types only. The page starts, pauses, steps and
 * ends; the worker tells what is new, at most some twenty times a second.
 */
import type { LaneName, NonFinite, StepCost } from '../../engine/contract.ts';
import type { DatasetName } from '../../data/dataset.ts';
import type { OwnData } from '../../data/own/own-data.ts';
import type { GpuAbsence } from '../protocol.ts';
import type { ActivationSettings, ComparedActivation } from './settings.ts';

export type { StepCost } from '../../engine/contract.ts';
export type { ActivationSettings, ComparedActivation } from './settings.ts';

/** loading → running ⇄ paused → finished; failed is an end too. */
export type ActivationPhase = 'loading' | 'running' | 'paused' | 'finished' | 'failed';

/** ‖dW⁽ˡ⁾‖, l = 1 … L, the output layer last, of the gradient that update `step` + 1 used: that of the parameters after `step` updates. */
export interface GradientProbe {
  readonly step: number;
  readonly norms: readonly number[];
}

/** What one hidden layer gives for the looked-at examples. */
export interface LayerActivity {
  /** Values in equal bins of the net's common range. */
  readonly counts: readonly number[];
  /** Share of values where the activation is flat; see `saturatedShare`. */
  readonly saturated: number;
  /** Units that are flat for every example that was looked at. */
  readonly deadUnits: number;
}

/** All hidden layers of a net after `step` updates. */
export interface Activity {
  readonly step: number;
  readonly examples: number;
  /** Ends of the bins. */
  readonly low: number;
  readonly high: number;
  readonly layers: readonly LayerActivity[];
}

/** Where a net stopped being finite, after `step` updates. */
export interface NetDivergence extends Partial<NonFinite> {
  readonly step: number;
}

/** What is new of one net. */
export interface NetNews {
  readonly activation: ComparedActivation;
  /** Updates done. */
  readonly step: number;
  readonly costs: readonly StepCost[];
  readonly probes: readonly GradientProbe[];
  readonly activity?: Activity;
  readonly diverged?: NetDivergence;
}

/** Which engine trains, and why that one. */
export interface TrainingEngine {
  readonly lane: LaneName;
  readonly why: 'gpu' | 'asked' | 'software-gpu' | 'no-gpu' | 'gpu-lost' | 'gpu-wrong' | 'gpu-unfit';
  /** Of the GPU, where there is one, or why there is none. */
  readonly gpu: { readonly name: string; readonly software: boolean } | null;
}

export type ActivationNotice =
  | { readonly kind: 'm-reduced'; readonly asked: number; readonly used: number }
  | { readonly kind: 'device-lost'; readonly recovered: boolean; readonly detail: string }
  | { readonly kind: 'no-gpu'; readonly why: GpuAbsence; readonly detail: string };

export interface ActivationUpdate {
  readonly phase: ActivationPhase;
  readonly nets?: readonly NetNews[];
  readonly engine?: TrainingEngine;
  readonly notice?: ActivationNotice;
  /** Once the data are there. */
  readonly data?: { readonly name: DatasetName; readonly n: number; readonly m: number };
  /** With the phase `failed`. */
  readonly failure?: string;
}

export interface ActivationWorker {
  /** Takes a file that the user opened, for the set `own`. */
  adopt(own: OwnData): void;
  /** @param paused waits for `resume` or `step` before the first update */
  start(settings: ActivationSettings, paused: boolean, onUpdate: (update: ActivationUpdate) => void): Promise<void>;
  pause(): void;
  resume(): void;
  /** One update of each net, then a pause. */
  step(): void;
  cancel(): Promise<void>;
  setHidden(hidden: boolean): void;
  /** For tests. */
  loseDevice(): Promise<void>;
}
