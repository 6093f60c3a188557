/**
 * What passes between the page and the session worker: only types, and only values that can be cloned. The page sends
 * commands, the worker sends at most one `RaceUpdate` a frame; numbers and codes travel, sentences are the page's.
 */
import type { LaneName, NonFinite, PlanName, SegmentName } from '../engine/contract.ts';
import type { Attribution, ImageShape, Task } from '../data/dataset.ts';
import type { MatmulTiles } from '../engine/gpu/tuning.ts';
import type { AdoptedKernels, EditedUse, Rollback } from './adopted/protocol.ts';
import type { ExportKind } from './export/kinds.ts';
import type { InsideNeuron, InsidePicture, InsideRequest } from './inside/protocol.ts';
import type { RaceReport } from './race-report.ts';
import type { OwnData } from '../data/own/own-data.ts';
import type { Settings } from './settings.ts';
import type { TrainProgress, TrainReport, TrainRequest } from './train-report.ts';

export type { MatmulTiles } from '../engine/gpu/tuning.ts';
export type { LaneName, NonFinite, PlanName, SegmentName } from '../engine/contract.ts';
export type { Attribution, ImageShape, Task } from '../data/dataset.ts';
export type { RaceReport } from './race-report.ts';
export type { TrainProgress, TrainReport, TrainRequest } from './train-report.ts';

/** Why there is no GPU lane, or null when there is one. */
export type GpuAbsence = 'no-webgpu' | 'insecure-context' | 'no-adapter' | 'no-device';

export interface MachineReport {
  readonly gpu:
    | { readonly absent: GpuAbsence; readonly detail: string }
    | {
        readonly absent: null;
        readonly vendor: string;
        readonly architecture: string;
        readonly description: string;
        readonly software: boolean;
        readonly timestamps: boolean;
      };
  readonly logicalCores: number;
  readonly crossOriginIsolated: boolean;
  /** Smallest step that the clock was seen to make, ms. */
  readonly clockResolutionMs: number;
}

/**
 * loading → preparing → racing ⇄ paused → finished; diverged and failed are ends too. `warming`: racing, but the
 * blocks do not agree yet, so that no speed is claimed.
 */
export type RacePhase = 'loading' | 'preparing' | 'racing' | 'paused' | 'finished' | 'diverged' | 'failed';

export interface DataReport {
  readonly task: Task;
  readonly n: number;
  readonly m: number;
  readonly mTest: number;
  readonly mAvailable: number;
  readonly ownTest: boolean;
  readonly storage: 'uint8' | 'float32';
  readonly sizeBytes: number;
  readonly classNames: readonly string[];
  readonly featureNames: readonly string[];
  readonly targetName: string;
  readonly image: ImageShape | null;
  readonly outputs: number;
  readonly attributions: readonly Attribution[];
  /** Milliseconds from the command to data in memory. */
  readonly loadMs: number;
}

export interface Spread {
  readonly median: number;
  readonly p5: number;
  readonly p95: number;
}

export interface LaneReport {
  readonly lane: LaneName;
  readonly kind: 'cpu' | 'gpu';
  readonly plan: PlanName;
  readonly planSegments: readonly SegmentName[];
  readonly dispatchesPerStep: number;
  readonly step: number;
  /** New points since the last update, thinned evenly when there are very many. seconds: this lane's own time so far. */
  readonly points: { readonly step: number; readonly cost: number; readonly seconds: number }[];
  /** Compile, upload and first step; null until known. */
  readonly coldMs: number | null;
  /** Steady state, milliseconds a step; null until the blocks agree. */
  readonly stepMs: Spread | null;
  readonly blocks: number;
  readonly outlierBlocks: number;
  /** Median of the last third of the blocks over that of the first, minus 1; null until there are nine. */
  readonly drift: number | null;
  readonly gigabytesPerSecond: number | null;
  readonly gigaflopsPerSecond: number | null;
  /** The two rates over what this processor reaches at the most (`Ceilings`); null until both are known. */
  readonly shareOfCopy: number | null;
  readonly shareOfFma: number | null;
  readonly profile: {
    readonly how: 'timestamps' | 'apart' | 'clock';
    /** ms NaN: below what the timer resolves. */
    readonly segments: readonly { readonly name: SegmentName; readonly ms: number }[];
    readonly overheadMs: number;
    /** Spans of the timer that were zero or negative and so were left out. */
    readonly droppedSpans: number;
  } | null;
  /** True after this lane's answers were compared with the float64 reference within tolerance; null: not yet. */
  readonly checked: boolean | null;
}

/** What a processor reached in a copy (bytes read and written) and in multiply-adds, a moment ago. */
export interface Rates {
  readonly copyGigabytesPerSecond: number;
  readonly fmaGigaflopsPerSecond: number;
}

/** The ceilings of this machine; null where there is no such processor, or it could not be measured. */
export interface Ceilings {
  readonly gpu: Rates | null;
  /** All threads together, and one alone. */
  readonly cpu: (Rates & { readonly oneThread: Rates | null }) | null;
}

/** A run with everything around its steps: data and parameters to the processor, steps, parameters back. */
export interface EndToEnd {
  readonly steps: number;
  readonly lanes: readonly {
    readonly lane: LaneName;
    readonly kind: 'cpu' | 'gpu';
    readonly uploadMs: number;
    readonly stepsMs: number;
    readonly readBackMs: number;
    readonly totalMs: number;
  }[];
  /** CPU time over GPU time of such a run; null without both lanes. */
  readonly ratio: Pick<SpeedUp, 'ratio' | 'low' | 'high' | 'verdict'> | null;
}

/** Why the GPU is as fast as it is: what decides, and the numbers behind it. Shares are of 1. */
export type Verdict =
  /** The GPU is a program on the CPU: what both reach in multiply-adds. */
  | { readonly kind: 'software'; readonly gpuGigaflopsPerSecond: number | null; readonly cpuGigaflopsPerSecond: number | null }
  /** Most of a block is waiting for it to be done. */
  | { readonly kind: 'read-back'; readonly share: number; readonly floorMs: number; readonly stepsPerBlock: number }
  /** Most of a step is what it costs whatever m is. */
  | { readonly kind: 'fixed-cost'; readonly share: number; readonly fixedMs: number; readonly dispatchesPerStep: number }
  /** Near what memory gives; near what the arithmetic gives; faster than memory, because X stays in a cache. */
  | { readonly kind: 'memory' | 'arithmetic' | 'cache'; readonly share: number }
  /** The ceilings would allow the step in a moment that is too short to fill the processor. */
  | { readonly kind: 'small-step'; readonly possibleMs: number; readonly stepMs: number; readonly examples: number }
  /** Far from both ceilings, and nothing else explains it. */
  | { readonly kind: 'kernel'; readonly shareOfCopy: number; readonly shareOfFma: number };

export interface SpeedUp {
  /** CPU time over GPU time: above 1 the GPU is faster. */
  readonly ratio: number;
  readonly low: number;
  readonly high: number;
  readonly blocks: number;
  readonly verdict: 'gpu' | 'cpu' | 'no-difference' | 'below-resolution';
  readonly stepsPerBlock: number;
  readonly hiddenBlocks: number;
}

/** RGBA, 4 · width · height. */
export interface Picture {
  readonly label: string;
  readonly width: number;
  readonly height: number;
  readonly pixels: Uint8ClampedArray<ArrayBuffer>;
}

export interface ExampleReport {
  readonly index: number;
  readonly y: number;
  /** ŷ of the class shown: σ for one output, the largest softmax output otherwise; the prediction for regression. */
  readonly yHat: number;
  readonly predicted: number;
  readonly right: boolean;
  readonly picture: Picture | null;
}

/** What was learned so far; taken between blocks, a few times a second at most. */
export interface Insight {
  readonly step: number;
  readonly lane: LaneName;
  /** Share of right answers, or R² for regression. */
  readonly trainScore: number;
  readonly testScore: number;
  /** For one output: a ŷ above this answers class 1 (½ for probabilities and for lines fitted to 0 and 1, 0 for a margin). */
  readonly threshold: number;
  /** Examples of each part that were looked at, from the first on: all of them once the race rests. */
  readonly trainExamples: number;
  readonly testExamples: number;
  /** confusion[true][predicted], test part; empty for regression. */
  readonly confusion: readonly (readonly number[])[];
  readonly examples: readonly ExampleReport[];
  readonly weights:
    | { readonly kind: 'pictures'; readonly of: 'output' | 'classes' | 'hidden-units'; readonly pictures: readonly Picture[] }
    | { readonly kind: 'named'; readonly items: readonly { readonly name: string; readonly weight: number }[] }
    | { readonly kind: 'none' };
  readonly weightNorm: number;
  readonly gradientNorm: number;
  /** ŷ on a square grid over the plane for 2-D data: size · size values, row by row from the top (largest x₂). */
  readonly boundary: {
    readonly size: number;
    readonly low: readonly [number, number];
    readonly high: readonly [number, number];
    readonly values: Float32Array<ArrayBuffer>;
    readonly computedOn: LaneName;
  } | null;
  /** Test points of 2-D data (at most 500): x₁, x₂ in pairs, and y. */
  readonly points: { readonly x: Float32Array<ArrayBuffer>; readonly y: Float32Array<ArrayBuffer> } | null;
  /** Predicted against true, regression (at most 400 pairs). */
  readonly scatter: { readonly truth: Float32Array<ArrayBuffer>; readonly predicted: Float32Array<ArrayBuffer> } | null;
}

export interface Divergence extends NonFinite {
  readonly lane: LaneName;
  readonly step: number;
  readonly learningRate: number;
  readonly tryLearningRate: number;
}

export type Failure =
  | { readonly kind: 'data'; readonly message: string }
  | { readonly kind: 'problem'; readonly message: string }
  | { readonly kind: 'capacity'; readonly message: string }
  | { readonly kind: 'shader'; readonly message: string }
  | { readonly kind: 'unexpected'; readonly message: string };

export type RaceNotice =
  /** recovered: a new device went on from there; otherwise the CPU goes on alone. detail: the browser's own words, or nothing. */
  | { readonly kind: 'device-lost'; readonly atStep: number; readonly recovered: boolean; readonly detail: string }
  /** The problem does not fit the GPU, so that the CPU races alone; message says what would fit. */
  | { readonly kind: 'gpu-unfit'; readonly message: string }
  /** No lane was left (the GPU is absent and the CPU was switched off), so that a CPU lane was put in. */
  | { readonly kind: 'cpu-put-in' }
  /** The CPU's lane is not the one that was asked for; `why` is null where memory cannot be shared. */
  | { readonly kind: 'cpu-lane-unfit'; readonly used: LaneName; readonly why: string | null }
  | { readonly kind: 'gpu-lane-absent'; readonly why: GpuAbsence }
  | { readonly kind: 'm-reduced'; readonly asked: number; readonly used: number }
  | { readonly kind: 'plan-unfit'; readonly asked: PlanName; readonly used: PlanName }
  /** Two lanes part by far more than rounding: difference beside the cost at that step. Sent again as it grows. */
  | { readonly kind: 'precision'; readonly difference: number; readonly cost: number; readonly atStep: number }
  /** All training examples are of one class: there is nothing to tell apart. */
  | { readonly kind: 'single-class'; readonly className: string };

/** The plans that could compute this on this GPU, with their times: the answer to `Why this plan?`. */
export interface TuningReport {
  /** `running`: not all were tried yet; `remembered`: found in an earlier visit. */
  readonly state: 'running' | 'done' | 'remembered';
  readonly trials: readonly {
    readonly plan: PlanName;
    readonly lanes: number | null;
    readonly groups: number | null;
    readonly matmul: MatmulTiles | null;
    readonly ms: number | null;
    readonly problem: 'wrong' | 'failed' | 'no-time' | null;
  }[];
  readonly best: number;
}

/** One message. Fields that did not change since the last one are left out; `runId` tells stale ones apart. */
export interface RaceUpdate {
  readonly runId: number;
  readonly phase: RacePhase;
  readonly warming: boolean;
  /** What a press of Run or Pause last asked for, whatever the phase: loading and preparing can be paused too. */
  readonly wantsToRun: boolean;
  readonly stepsAsked: number;
  readonly loading?: { readonly file: string; readonly loadedBytes: number; readonly totalBytes: number | null };
  readonly data?: DataReport;
  readonly lanes?: readonly LaneReport[];
  readonly testPoints?: readonly { readonly step: number; readonly cost: number; readonly lane: LaneName; readonly seconds: number }[];
  readonly speedUp?: SpeedUp | null;
  /** Largest |J_gpu − J_cpu| over the steps that both have done. */
  readonly difference?: { readonly largest: number; readonly steps: number };
  readonly readBackFloorMs?: number;
  readonly tuning?: TuningReport;
  /** What this machine reaches at the most; measured once, after a first speed-up. */
  readonly ceilings?: Ceilings;
  readonly endToEnd?: EndToEnd;
  readonly verdict?: Verdict;
  readonly insight?: Insight;
  readonly divergence?: Divergence;
  readonly failure?: Failure;
  readonly notice?: RaceNotice;
  /** Of a race with adopted kernels: those that it runs. */
  readonly edited?: EditedUse;
  /** The race went wrong with adopted kernels and has ended; it is to begin again without them. */
  readonly rollback?: Rollback;
}

/** How a race begins. */
export interface RaceStart {
  readonly paused: boolean;
  /** In the place of the tree's. */
  readonly kernels?: AdoptedKernels | undefined;
}

/** What the worker offers; comlink carries the calls. A `start` ends whatever ran before. */
export interface SessionWorker {
  /** Takes a file that the user opened, for races on the set `own`. */
  adopt(own: OwnData): Promise<void>;
  machine(): Promise<MachineReport>;
  start(runId: number, settings: Settings, how: RaceStart, onUpdate: (update: RaceUpdate) => void): Promise<void>;
  train(request: TrainRequest, onProgress: (progress: TrainProgress) => void): Promise<TrainReport>;
  run(): Promise<void>;
  pause(): Promise<void>;
  /** Does one step on each lane and stays paused. */
  stepOnce(): Promise<void>;
  /** The tab is hidden or shown: blocks taken while hidden are discarded and counted. */
  setHidden(hidden: boolean): Promise<void>;
  /** What the race at hand has measured so far, for a file; null until a lane has a time. */
  result(): Promise<RaceReport | null>;
  /** One test example taken apart; null while its data are not there. */
  insidePicture(index: number): Promise<InsidePicture | null>;
  /** What one unit makes of one test example, by the parameters of the moment; null where the race has none. */
  insideNeuron(request: InsideRequest): Promise<InsideNeuron | null>;
  /** The model as it is now, with what belongs to it, as a file; null while there is none. */
  takeModel(kind: ExportKind): Promise<Uint8Array<ArrayBuffer> | null>;
  /** For tests: destroys the GPU device, as a crashing driver would. */
  loseDevice(): Promise<void>;
  /** For tests: an error that nothing catches. */
  breakDown(): Promise<void>;
  /** For tests: live buffers and bytes of the GPU. */
  memory(): Promise<{ readonly buffers: number; readonly bytes: number }>;
  stop(): Promise<void>;
}
