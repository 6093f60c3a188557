/**
 * The results file, version 1: what a benchmark or a race leaves behind, and the name that the machine's owner gave it.
 * Only types; reading is `read.ts`'s, writing `write.ts`'s.
 */
import type { BenchReport, LaneResult, WorkloadResult } from '../bench/report.ts';
import type { RaceReport } from '../race-report.ts';

interface Named {
  /** What its owner calls the machine; empty where it was given no name. */
  readonly machine: string;
}

/** What a processor reached a moment ago in a copy and in multiply-adds. */
export interface Ceiling {
  readonly copyGigabytesPerSecond: number;
  readonly fmaGigaflopsPerSecond: number;
}

/** Of all threads together, and of one alone. */
export interface CpuCeiling extends Ceiling {
  readonly oneThread?: Ceiling | null;
}

/** Time a step against m: `fixedMs + msPerExample · m`, and the points that the line was fitted to; deviation: over the line, minus 1. */
export interface Law {
  readonly engine: string;
  readonly plan?: string;
  readonly model: string;
  readonly n: number;
  readonly fixedMs: number;
  readonly msPerExample: number;
  readonly points: readonly { readonly m: number; readonly medianMs: number; readonly deviation: number }[];
}

/** A lane with what not every program that writes one knows. */
export interface LaneRecord extends LaneResult {
  readonly shareOfCopy?: number | null;
  readonly shareOfFma?: number | null;
  readonly endToEndMs?: number | null;
}

export interface WorkloadRecord extends WorkloadResult {
  readonly lanes: readonly LaneRecord[];
}

export interface BenchResult extends BenchReport, Named {
  readonly workloads: readonly WorkloadRecord[];
  readonly ceilings?: { readonly gpu: Ceiling | null; readonly cpu: CpuCeiling | null } | null;
  readonly laws?: readonly Law[] | null;
  /** Steps of a run in `endToEndMs`. */
  readonly endToEndSteps?: number;
}

export interface RaceResult extends RaceReport, Named {}

export type Result = BenchResult | RaceResult;
