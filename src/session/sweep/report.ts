/** What a sweep finds: times against m, scores against m, and the file that holds them, version 1. Only types. */
import type { LaneName } from '../../engine/contract.ts';
import type { Environment } from '../environment.ts';
import type { SweepModel, SweepSettings } from './settings.ts';

/** What a score is. */
export type Scored = 'accuracy' | 'R²';

/** One training run. */
export interface SweepSample {
  readonly model: SweepModel;
  /** Training examples, the held-out tenth included. */
  readonly m: number;
  /** Counts from 0: it decides which examples of the set, their order, and the start of the parameters. */
  readonly seed: number;
  /** Accuracy on the test part, or R² of a regression; null when the run diverged. */
  readonly test: number | null;
  readonly train: number | null;
  readonly steps: number;
  /** What the steps took on the engine that did them, looks at the held-out tenth included, loading left out. */
  readonly seconds: number;
  readonly engine: LaneName;
  /** `stopped`: the held-out cost had stopped falling; `cap`: it went on to the cap; `budget`: as many as were asked for. */
  readonly ended: 'stopped' | 'cap' | 'budget' | 'diverged';
  /** Learning rate of a run that diverged, and the step at which it did. */
  readonly diverged: { readonly learningRate: number; readonly step: number } | null;
}

/** Times of a step at one m; the samples of both lanes were taken in the same rounds, so they pair up. */
export interface SweepTime {
  readonly m: number;
  /** Milliseconds a step; empty where there is no such lane or it has no right answer. */
  readonly gpuMs: readonly number[];
  readonly cpuMs: readonly number[];
  readonly gpuPlan: string | null;
  readonly cpuPlan: string | null;
  /** The fastest CPU lane. */
  readonly cpuLane: LaneName | null;
  /** Why a lane has no time here, or null. */
  readonly gpuProblem: string | null;
  readonly cpuProblem: string | null;
}

/** t = fixedMs + msPerExample · m. */
export interface SweepLaw {
  readonly fixedMs: number;
  readonly msPerExample: number;
  /** Largest distance of a measured median from the line, as a share of the line. */
  readonly largestDeviation: number;
  /** Measured m that the line rests on, from and to. */
  readonly from: number;
  readonly to: number;
}

/**
 * Where the laws of the two lanes meet. `crossing`: from m on, the lane `faster` is; `inside`: m lies among the measured
 * ones. `none`: `faster` is so at every m, the times do not tell (`unclear`), there is only one lane (`one-lane`), or
 * fewer than three m were measured (`few`).
 */
export type Crossover =
  | {
      readonly kind: 'crossing';
      readonly m: number;
      readonly ci95: readonly [low: number, high: number];
      readonly inside: boolean;
      readonly faster: 'gpu' | 'cpu';
    }
  | { readonly kind: 'none'; readonly reason: 'gpu' | 'cpu' | 'unclear' | 'one-lane' | 'few' };

export interface SweepLaws {
  readonly gpu: SweepLaw | null;
  readonly cpu: SweepLaw | null;
  readonly crossover: Crossover;
}

/** All that has been done so far: what outlives a reload, and what charts and sentences are made of. */
export interface SweepProgress {
  readonly settings: SweepSettings;
  readonly times: readonly SweepTime[];
  readonly samples: readonly SweepSample[];
  readonly laws: SweepLaws | null;
  /** Null before the data are known, and in what an earlier version kept. */
  readonly about?: SweepAbout | null;
}

/** What is known of a sweep before its first run. */
export interface SweepAbout {
  readonly environment: Environment;
  /** Name, features, test examples and what a score is. */
  readonly data: {
    readonly name: string;
    readonly n: number;
    readonly mTest: number;
    readonly score: Scored;
    /** Of a user's own file; missing where a file is older than it. */
    readonly checksum?: string | undefined;
  };
}

export interface SweepReport {
  readonly schema: 1;
  readonly kind: 'sweep';
  readonly precision: 'float32';
  readonly environment: Environment;
  readonly seed: number;
  readonly settings: SweepSettings;
  readonly data: SweepAbout['data'];
  readonly time: {
    readonly model: SweepModel;
    readonly points: readonly {
      readonly m: number;
      /** Medians; null where there is no time. */
      readonly gpuMs: number | null;
      readonly cpuMs: number | null;
      readonly cpuLane: string | null;
      readonly gpuPlan: string | null;
      readonly cpuPlan: string | null;
      /** Why a lane has no time, or that one of them was WRONG. */
      readonly gpuProblem: string | null;
      readonly cpuProblem: string | null;
      readonly samples: { readonly gpu: readonly number[]; readonly cpu: readonly number[] };
    }[];
    readonly gpu: { readonly fixedMs: number; readonly msPerExample: number } | null;
    readonly cpu: { readonly fixedMs: number; readonly msPerExample: number } | null;
    /** An interval without an upper end has null there. `inside`: m is among those that were timed; `faster`: which lane is, from m on. */
    readonly crossover:
      | { readonly m: number; readonly ci95: readonly [number, number | null]; readonly inside: boolean; readonly faster: 'gpu' | 'cpu' }
      | { readonly none: string };
  };
  readonly accuracy: readonly {
    readonly model: SweepModel;
    readonly m: number;
    readonly seeds: number;
    readonly samples: readonly SweepSample[];
    /** Over the runs that did not diverge; null when all did. */
    readonly test: { readonly mean: number; readonly min: number; readonly max: number } | null;
    readonly train: { readonly mean: number } | null;
  }[];
  /** Times and runs that were planned and are not here: it was ended before, or no engine could hold them. */
  readonly unfinished: number;
}
