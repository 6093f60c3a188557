/** What `downhill train` asks for and what it gets: the types between the terminal and its hosts. */
import type { LaneName } from '../engine/contract.ts';
import type { Settings } from '../session/settings.ts';

export interface TrainRequest {
  /** `gpu` and `cpu` in it play no role here: `lanes` says which engines train. */
  readonly settings: Settings;
  /** Stands in for `settings.m`. */
  readonly m: number | 'all';
  readonly lanes: readonly LaneName[];
  /** The cost is recorded at step 0 and after every so many steps. */
  readonly every: number;
}

/** One engine's run. Accuracy for classes; R² stands in for it with regression. */
export interface TrainRun {
  readonly engine: LaneName;
  readonly plan: string;
  readonly costs: readonly { readonly step: number; readonly cost: number }[];
  readonly finalCost: number;
  readonly trainAccuracy?: number;
  readonly testAccuracy?: number;
  readonly trainR2?: number;
  readonly testR2?: number;
  readonly parameterNorm: number;
  readonly bias: readonly number[] | number;
  readonly msPerStep: { readonly median: number; readonly p5: number; readonly p95: number; readonly samples: number };
}

export interface TrainReport {
  readonly schema: number;
  readonly environment: Readonly<Record<string, unknown>>;
  readonly data: { readonly name: string; readonly n: number; readonly m: number; readonly mTest: number };
  readonly model: unknown;
  readonly seed: number;
  readonly runs: readonly TrainRun[];
  /** Between the engines that ran; null when only one did. */
  readonly parity: { readonly maxCostDifference: number; readonly maxParameterDifference: number } | null;
}

export interface TrainProgress {
  readonly engine: LaneName;
  readonly step: number;
  readonly steps: number;
}
