/** What a race leaves behind when its result is saved: where, what, and every time that was counted. Only types. */
import type { KernelUse, LaneName, PlanName, SegmentName } from '../engine/contract.ts';
import type { MatmulTiles } from '../engine/gpu/tuning.ts';
import type { Environment } from './environment.ts';
import type { Settings } from './settings.ts';

export interface TimedSamples {
  readonly median: number;
  readonly p5: number;
  readonly p95: number;
  /** Bootstrap interval of the median. */
  readonly ci95: readonly [number, number];
  /** Milliseconds a step, one a block, in the order in which they were taken. */
  readonly samples: readonly number[];
}

/** Sizes inside a plan that a tuner chose; null: left to the plan, which decides by the shape. */
export interface Tuning {
  readonly lanes: number | null;
  readonly groups: number | null;
  readonly matmul: MatmulTiles | null;
}

export interface RaceLaneReport {
  readonly engine: LaneName;
  readonly plan: PlanName;
  /** What a step runs, with workgroups and tile sizes. */
  readonly kernels: readonly KernelUse[];
  /** Null where nothing was tuned. */
  readonly tuning: Tuning | null;
  /** See `LaneReport.checked`. */
  readonly checked: boolean | null;
  readonly steps: number;
  /** Null where too few blocks were counted, or the answer is wrong. */
  readonly msPerStep: TimedSamples | null;
  /** Compiling, upload and first step. */
  readonly coldMs: number | null;
  readonly outliers: number;
  /** Later blocks against earlier ones, minus 1. */
  readonly drift: number | null;
  readonly gigabytesPerSecond: number | null;
  readonly gigaflopsPerSecond: number | null;
  readonly bytesPerStep: number;
  readonly dispatchesPerStep: number;
  readonly profile: {
    readonly how: 'timestamps' | 'apart' | 'clock';
    /** ms null: below what the timer resolves. */
    readonly segments: readonly { readonly name: SegmentName; readonly ms: number | null }[];
    readonly overheadMs: number;
    /** Spans of the timer that were zero or negative and so were left out; missing where a file is older than the count. */
    readonly droppedSpans?: number;
  } | null;
}

export interface RaceReport {
  readonly schema: 1;
  readonly kind: 'race';
  readonly precision: 'float32';
  readonly environment: Environment;
  readonly seed: number;
  readonly settings: Settings;
  /** What the settings came to. */
  readonly data: {
    readonly n: number;
    readonly m: number;
    readonly mTest: number;
    readonly storage: 'uint8' | 'float32';
    /** Of a user's own file; missing where a file is older than it. */
    readonly checksum?: string | undefined;
  };
  readonly stepsPerBlock: number;
  /** Rounds of blocks that were discarded because the tab was hidden. */
  readonly hiddenRounds: number;
  /** Largest |ΔJ| between the lanes, over so many steps; null for one lane. */
  readonly difference: { readonly largest: number; readonly steps: number } | null;
  readonly lanes: readonly RaceLaneReport[];
  /** CPU time over GPU time over the last `blocks` blocks; null without both. */
  readonly speedup: {
    readonly best: LaneName;
    readonly against: LaneName;
    readonly ratio: number;
    readonly ci95: readonly [number, number];
    readonly blocks: number;
    readonly verdict: 'gpu' | 'cpu' | 'no-difference' | 'below-resolution';
  } | null;
}
