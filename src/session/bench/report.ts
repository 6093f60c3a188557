/** What a benchmark answers: the JSON of `bench`, version 1. Only types. */
import type { KernelUse } from '../../engine/contract.ts';
import type { Environment } from '../environment.ts';
import type { Ceilings } from '../protocol.ts';
import type { LaneReason } from './reason.ts';
import type { Workload } from './workload.ts';

export interface LaneResult {
  readonly engine: string;
  readonly plan: string;
  /** What a step runs, with workgroups and tile sizes; empty where the lane does not know. */
  readonly kernels: readonly KernelUse[];
  readonly peer: boolean;
  readonly checked: { readonly ok: boolean; readonly maxDifference: number } | null;
  /** Null where the lane could not run or its answer is wrong. */
  readonly msPerStep: {
    readonly median: number;
    readonly p5: number;
    readonly p95: number;
    readonly ci95: readonly [number, number];
    readonly samples: readonly number[];
  } | null;
  /** Preparing, compiling and the first step. */
  readonly coldMs: number | null;
  /**
   * Data and parameters to the processor, `endToEndSteps` steps (see the report), parameters back; nothing is compiled in it.
   * Null where a lane cannot tell.
   */
  readonly endToEndMs: number | null;
  readonly stepsPerBlock: number;
  readonly outliers: number;
  /** Later blocks against earlier ones, minus 1. */
  readonly drift: number | null;
  readonly gigabytesPerSecond: number | null;
  readonly gigaflopsPerSecond: number | null;
  /** The two rates over what this processor reached in a copy and in multiply-adds; above 1 where X stays in a cache. */
  readonly shareOfCopy: number | null;
  readonly shareOfFma: number | null;
  readonly bytesPerStep: number;
  readonly dispatchesPerStep: number | null;
  /** Why there is no time, in English. */
  readonly error: string | null;
  /** The same as a code; left out where the lane failed in words of its own, and in files that are older than the codes. */
  readonly reason?: LaneReason;
}

export interface RatioResult {
  readonly best: string;
  readonly against: string;
  readonly ratio: number;
  readonly ci95: readonly [number, number];
}

export interface WorkloadResult {
  readonly name: string;
  readonly n: number;
  readonly m: number;
  readonly model: string;
  /** What decides every bit of its input, beside the seed. */
  readonly definition: Workload;
  readonly lanes: readonly LaneResult[];
  /** Our GPU against the fastest of our CPU lanes: CPU time over GPU time; null without both. */
  readonly speedup: RatioResult | null;
  /** Our lanes against peers of the same kind: the peer's time over ours. */
  readonly peers: readonly RatioResult[];
  /** Rounds of blocks that were discarded because the tab was hidden. */
  readonly hiddenRounds: number;
  /** Why nothing was measured, or null. */
  readonly error: string | null;
}

/** t = fixed + slope · m: the line through the times of one model at several m, by one plan. */
export interface LawResult {
  readonly engine: string;
  readonly plan: string;
  readonly model: string;
  readonly n: number;
  /** Milliseconds of a step whatever m is, at least 0. */
  readonly fixedMs: number;
  readonly msPerExample: number;
  /** In the order of m. deviation: medianMs over what the line says, minus 1. */
  readonly points: readonly { readonly m: number; readonly medianMs: number; readonly deviation: number }[];
}

export interface BenchReport {
  readonly schema: 1;
  readonly kind: 'bench';
  readonly precision: 'float32';
  readonly environment: Environment;
  readonly seed: number;
  readonly budgetMs: number;
  /** Steps of a run in `endToEndMs`. */
  readonly endToEndSteps: number;
  /** Measured at the start of the run; null where they were not. */
  readonly ceilings: Ceilings | null;
  readonly workloads: readonly WorkloadResult[];
  /** Names of workloads that were asked for and not measured, because it was ended before their turn. */
  readonly unfinished: readonly string[];
  /** Of the GPU and of the fastest CPU lane; empty when they were not asked for. */
  readonly laws: readonly LawResult[];
  /** Geometric mean of the speed-ups; null when there is none. */
  readonly score: { readonly ratio: number; readonly ci95: readonly [number, number] } | null;
}
