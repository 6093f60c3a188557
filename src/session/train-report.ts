/** What training to an end is asked for and what it answers: the `train` verb's request and its JSON. Only types. */
import type { LaneName, Model, Optimizer, PlanName, StepCost } from '../engine/contract.ts';
import type { Environment } from './environment.ts';
import type { TimedSamples } from './race-report.ts';
import type { Settings } from './settings.ts';

export interface TrainRequest {
  /** `gpu`, `cpu` and `m` in it play no role here. */
  readonly settings: Settings;
  readonly m: number | 'all';
  readonly lanes: readonly LaneName[];
  /** The cost is recorded at step 0 and after every so many steps. */
  readonly every: number;
}

/** One engine's run. Accuracy for classes; R² stands in for it with regression. */
export interface TrainRun {
  readonly engine: LaneName;
  readonly plan: PlanName;
  /** Whether the first step agreed with the float64 reference. */
  readonly checked: boolean;
  /** Step 0 is the cost before the first update. */
  readonly costs: readonly StepCost[];
  readonly finalCost: number;
  readonly trainAccuracy?: number;
  readonly testAccuracy?: number;
  readonly trainR2?: number;
  readonly testR2?: number;
  readonly parameterNorm: number;
  /** Biases of the output layer: a number where there is one. */
  readonly bias: readonly number[] | number;
  /** Milliseconds a step; null where the answer is wrong or too few blocks were counted. */
  readonly msPerStep: TimedSamples | null;
}

/** What of the settings decides the examples, apart from m and seed, which stand beside it. */
export type TrainSettings = Pick<Settings, 'set' | 'own' | 'toy' | 'noise' | 'classes' | 'n' | 'storage' | 'testShare' | 'normalization'>;

export interface TrainReport {
  readonly schema: 1;
  readonly kind: 'train';
  /** Of the engines' arithmetic; `reference-float64` alone computes in more. */
  readonly precision: 'float32';
  readonly environment: Environment;
  readonly data: {
    readonly name: string;
    readonly n: number;
    readonly m: number;
    readonly mTest: number;
    /** Of a user's own file; missing where a file is older than it. */
    readonly checksum?: string | undefined;
  };
  /** How the examples were chosen and scaled; missing where a file is older than it. */
  readonly settings?: TrainSettings | undefined;
  readonly model: Model & { readonly optimizer: Optimizer; readonly l2: number; readonly batchSize: number | 'all' };
  readonly seed: number;
  readonly runs: readonly TrainRun[];
  /** Largest differences between the engines that ran, over all recorded steps and all parameters; null for one engine. */
  readonly parity: { readonly maxCostDifference: number; readonly maxParameterDifference: number } | null;
}

export interface TrainProgress {
  readonly step: number;
  readonly steps: number;
}
