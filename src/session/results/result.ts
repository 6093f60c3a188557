/**
 * The results file, version 1: what a benchmark or a race leaves behind, and the name that the machine's owner gave it.
 * Only types; reading is `read.ts`'s, writing `write.ts`'s.
 */
import type { BenchReport } from '../bench/report.ts';
import type { RaceReport } from '../race-report.ts';

interface Named {
  /** What its owner calls the machine; empty where it was given no name. */
  readonly machine: string;
}

export interface BenchResult extends BenchReport, Named {}

export interface RaceResult extends RaceReport, Named {}

export type Result = BenchResult | RaceResult;
