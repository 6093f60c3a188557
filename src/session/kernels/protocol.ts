/** What passes between the page and the worker of the Kernels lab: types only. */
import type { BindingKind } from '../../engine/gpu/bindings.ts';
import type { GpuAbsence, Rates } from '../protocol.ts';
import type { Comparison } from './compare.ts';
import type { Constants, Shape, Work } from './gate/contract.ts';
import type { FreeSize } from './gate/sizes.ts';
import type { Switch } from './switches.ts';

export type { Comparison, Difference, ErrorMap } from './compare.ts';
export type { Constants, Shape } from './gate/contract.ts';
export type { FreeSize } from './gate/sizes.ts';
export type { Switch } from './switches.ts';
export type { GpuAbsence, Rates } from '../protocol.ts';

export type LessonName = 'sigmoid' | 'row-sum' | 'tile' | 'pixels' | 'fused';

/** Something the compiler said. */
export interface Complaint {
  readonly kind: 'error' | 'warning';
  readonly file: string;
  /** Counted from 1; 0 where it is about the whole. */
  readonly line: number;
  readonly column: number;
  /** In characters; 0 where it is not known. */
  readonly length: number;
  readonly words: string;
}

export interface BindingInfo {
  readonly binding: number;
  readonly kind: BindingKind;
  /** Fields of a uniform, in order, with their types. */
  readonly fields: readonly string[];
}

export interface ContractInfo {
  readonly id: string;
  readonly entryPoint: string;
  readonly formula: string;
  readonly twin: string;
  readonly bindings: readonly BindingInfo[];
  readonly sliders: Readonly<Record<string, readonly number[]>>;
  readonly timed: readonly Shape[];
  /** What can be chosen otherwise, for each of the shapes. */
  readonly sizes: readonly (readonly FreeSize[])[];
  /** Files that stand in front of the kernel. */
  readonly libraries: readonly string[];
  readonly feature: string | null;
}

export interface KernelFile {
  readonly file: string;
  readonly kind: 'kernel' | 'shared' | 'drawn' | 'lesson';
  readonly text: string;
  /** What the file has to pass; none where it is drawn and not computed. */
  readonly contracts: readonly ContractInfo[];
  /** Some plan of the engine trains by it. */
  readonly trains: boolean;
  /** Of a lesson. */
  readonly solution: string | null;
}

export interface Catalogue {
  readonly files: readonly KernelFile[];
  /** Text of each twin by its path. */
  readonly twins: Readonly<Record<string, string>>;
}

export interface CompileReport {
  readonly complaints: readonly Complaint[];
  readonly elapsedMs: number;
}

export interface TrialFinding {
  readonly contract: string;
  readonly shape: Shape;
}

export type GateFinding =
  | { readonly kind: 'right'; readonly trials: number; readonly compared: number; readonly largest: number }
  | { readonly kind: 'not-compiled'; readonly complaints: readonly Complaint[] }
  | (TrialFinding & {
      readonly kind: 'endless';
      readonly file: string;
      readonly line: number;
      readonly keyword: 'for' | 'while' | 'loop';
      /** More of them than one thread may take. */
      readonly turns: number;
    })
  | (TrialFinding & { readonly kind: 'wrong'; readonly comparison: Comparison })
  | (TrialFinding & { readonly kind: 'refused'; readonly words: string })
  /** The GPU gave no answer; its device was given up and another was made. */
  | (TrialFinding & { readonly kind: 'hung'; readonly words: string });

/** With a bootstrap interval. */
export interface Ratio {
  readonly ratio: number;
  readonly low: number;
  readonly high: number;
}

/** One of those that were timed in turns. */
export interface LaneTime {
  readonly name: string;
  /** Plain: what an exercise is held against, with other work than the report's. */
  readonly kind: 'edited' | 'tree' | 'plain' | 'cpu';
  /** Of a wasm lane. */
  readonly threads?: number;
  /** Median, and the 5th and 95th percentile, of one dispatch; null where its answer is wrong or it does not run here. */
  readonly ms: { readonly median: number; readonly low: number; readonly high: number } | null;
  readonly blocks: number;
  readonly dispatchesPerBlock: number;
  /** Its time over the edited kernel's, with a bootstrap interval; null for itself. */
  readonly ratio: Ratio | null;
  /** Its time over that of the exercise's plain way, for this text and the solution; null elsewhere, and until it is clear. */
  readonly overPlain: Ratio | null;
  /** Why there is no time, or that it was taken once. */
  readonly why: string | null;
}

export interface TimeReport {
  readonly contract: string;
  readonly shape: Shape;
  readonly work: Work;
  readonly lanes: readonly LaneTime[];
  /** Copy and multiply-adds of this GPU; null where they could not be measured. */
  readonly ceilings: Rates | null;
  /** The same of the CPU's lanes, by name. */
  readonly cpuCeilings: Readonly<Record<string, Rates>>;
  readonly readBackFloorMs: number;
  readonly clockResolutionMs: number;
}

export interface RunRequest {
  readonly file: string;
  readonly text: string;
  /** Of the file's contracts: the one that is timed. */
  readonly contract: string;
  readonly shape: number;
  /** Sizes in the place of the listed shape's, by name. */
  readonly sizes: Readonly<Record<string, number>>;
  readonly chosen: Constants;
}

export type RunProgress =
  | { readonly kind: 'trial'; readonly contract: string; readonly shape: Shape }
  | { readonly kind: 'checked'; readonly gate: GateFinding; readonly elapsedMs: number }
  /** After each few rounds; the answer has the last. The first is of a kernel that is right at this shape, others may be to come. */
  | { readonly kind: 'timed'; readonly time: TimeReport; readonly elapsedMs: number };

export interface RunReport {
  readonly gate: GateFinding;
  readonly time: TimeReport | null;
}

export type Processor =
  | {
      readonly kind: 'gpu';
      readonly name: string;
      readonly software: boolean;
      readonly features: readonly string[];
      /** What its adapter has of the features that can be switched on. */
      readonly offers: readonly Switch[];
    }
  | { readonly kind: 'none'; readonly why: GpuAbsence; readonly detail: string };

export interface KernelsWorker {
  catalogue(): Promise<Catalogue>;
  /** From now on with these features, as far as they are offered. */
  switchOn(features: readonly Switch[]): Promise<Processor>;
  /** @returns null without a GPU */
  compile(file: string, text: string): Promise<CompileReport | null>;
  /** @returns null without a GPU, or when it was given up for the next one */
  run(request: RunRequest, onProgress: (progress: RunProgress) => void): Promise<RunReport | null>;
  stop(): Promise<void>;
  /** How many devices were given up so far because they did not answer, and how many were lost. */
  losses(): Promise<{ readonly abandoned: number; readonly lost: number }>;
  /** For tests. */
  loseDevice(): Promise<void>;
  memory(): Promise<{ readonly buffers: number; readonly bytes: number }>;
}
