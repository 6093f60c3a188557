/**
 * The results file, version 1: what a benchmark, a race, a training or a sweep leaves behind, and the name that the machine's owner gave it.
 * Only types; reading is `read.ts`'s, writing `write.ts`'s.
 */
import type { BenchReport } from '../bench/report.ts';
import type { RaceReport } from '../race-report.ts';
import type { SweepReport } from '../sweep/report.ts';
import type { TrainReport } from '../train-report.ts';

interface Named {
  /** What its owner calls the machine; empty where it was given no name. */
  readonly machine: string;
}

export interface BenchResult extends BenchReport, Named {}

export interface RaceResult extends RaceReport, Named {}

export interface SweepResult extends SweepReport, Named {}

export interface TrainResult extends TrainReport, Named {}

export type Report = BenchReport | RaceReport | SweepReport | TrainReport;

export type Result = BenchResult | RaceResult | SweepResult | TrainResult;
