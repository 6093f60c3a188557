/**
 * The contract at the centre: what a problem is, what an engine does with it, what a trainer answers. A problem says
 * nothing about how it is computed; a plan is one way to compute its steps.
 */
import type { Examples, FeatureMatrix, Scaling } from '../data/dataset.ts';

export type LaneName = 'gpu' | 'wasm' | 'wasm-threads' | 'reference' | 'reference-float64';
export type HiddenActivation = 'sigmoid' | 'tanh' | 'relu' | 'leaky-relu' | 'identity';
export type OutputActivation = 'sigmoid' | 'softmax' | 'linear';
export type CostName = 'cross-entropy' | 'squared-error' | 'hinge';
export type OptimizerName = 'gradient-descent' | 'momentum' | 'nesterov' | 'adam';
export type GpuPlanName = 'layered' | 'two-pass' | 'one-pass' | 'tiny';
export type PlanName = GpuPlanName | 'reference' | 'wasm-one-pass' | 'wasm-layered';

export interface HiddenLayer {
  readonly units: number;
  readonly activation: HiddenActivation;
}

/**
 * Layers of a net, input side first. Allowed pairs of output and cost: sigmoid with cross-entropy or squared error (one
 * output), softmax with cross-entropy, linear with squared error (one output) or hinge (one output, or one a class).
 */
export interface Model {
  readonly hidden: readonly HiddenLayer[];
  readonly output: OutputActivation;
  readonly outputs: number;
  readonly cost: CostName;
}

export interface Optimizer {
  readonly kind: OptimizerName;
  readonly learningRate: number;
  /** β of momentum and Nesterov, β₁ of Adam. */
  readonly beta1: number;
  readonly beta2: number;
  readonly epsilon: number;
}

export interface Problem {
  readonly train: Examples;
  readonly test: Examples | null;
  readonly scaling: Scaling;
  readonly model: Model;
  readonly optimizer: Optimizer;
  /** λ: the cost carries λ/2 · Σ W², biases left out. */
  readonly l2: number;
  /** Examples a step; a last incomplete batch of an epoch is left out, the shuffle brings its examples back. */
  readonly batchSize: number | 'all';
  readonly seed: number;
}

/** J of the parameters after `step` updates; step 0 is the cost before the first. */
export interface StepCost {
  readonly step: number;
  readonly cost: number;
}

/** All parameters in one row: for each layer W (n_l · n_{l−1}, row-major), then b (n_l). See `parameterLayout`. */
export type Parameters = Float32Array<ArrayBuffer> | Float64Array<ArrayBuffer>;

/** Enough to go on exactly where a trainer stood. */
export interface TrainerState {
  readonly step: number;
  readonly parameters: Parameters;
  /** First and second moments of the optimiser, each as long as the parameters, or empty. */
  readonly moment1: Parameters;
  readonly moment2: Parameters;
}

export type SegmentName =
  | 'matmul'
  | 'sigmoid-cost'
  | 'gradient-update'
  | 'fused-forward'
  | 'fused-backward'
  | 'fused-gradient'
  | 'fused-pass'
  | 'reduce-update'
  | 'fused-step';

/** A kernel that a step runs, with everything that was decided for it. */
export interface KernelUse {
  readonly kernel: string;
  /** Workgroups in each direction; on a CPU the threads, 1, 1. */
  readonly workgroups: readonly [number, number, number];
  /** Workgroup size, threads that share an item, chunks a thread, tile sizes, blocks: by the names that the code has for them. */
  readonly sizes: Readonly<Record<string, number>>;
}

export interface PlanInfo {
  readonly name: PlanName;
  /** What is dispatched apart, in order; a fused segment is one. */
  readonly segments: readonly SegmentName[];
  /** What a step runs, in order. */
  readonly kernels: readonly KernelUse[];
  /** 0 on a CPU. */
  readonly dispatchesPerStep: number;
  /** Bytes of X and parameters that a step must move, at least. */
  readonly bytesPerStep: number;
  readonly flopsPerStep: number;
}

/** Milliseconds a step that each segment takes; `how` says by what they were found. */
export interface StepProfile {
  readonly how: 'timestamps' | 'apart' | 'clock';
  readonly segments: readonly { readonly name: SegmentName; readonly ms: number }[];
  /** Spans that were zero or negative and so were left out. */
  readonly droppedSpans: number;
}

/** Milliseconds that a run takes beside its steps: bringing data and parameters, and reading the parameters back. */
export interface TransferTime {
  readonly uploadMs: number;
  readonly readBackMs: number;
}

/** Where numbers stopped being finite: `layer` counts from 1, at the input side. */
export interface NonFinite {
  readonly layer: number;
  readonly part: 'W' | 'b';
}

export interface Trainer {
  readonly plan: PlanInfo;
  /** Updates done so far. */
  readonly stepsDone: number;
  /**
   * Has what sleeps between blocks of steps awake, so that the next block is timed as one of many: waking a thread can take
   * as long as a step. Lanes without anything that sleeps have no such thing.
   */
  rouse?(): void;
  /** Does `count` updates and resolves when the processor is done with them. */
  step(count: number, signal?: AbortSignal): Promise<void>;
  /** Costs of steps `sinceStep` … stepsDone − 1, as far as the ring still holds them. */
  costs(sinceStep: number): Promise<readonly StepCost[]>;
  /** J of the present parameters on a whole part, regularisation included. */
  cost(part: 'train' | 'test'): Promise<number>;
  parameters(): Promise<Parameters>;
  /** dJ/dparameter of the last step, laid out like the parameters. */
  gradient(): Promise<Parameters>;
  /** ŷ for a part or for other examples of the same n: outputs · m values, example-major. */
  predict(x: 'train' | 'test' | FeatureMatrix): Promise<Float32Array<ArrayBuffer>>;
  profile(budgetMs: number): Promise<StepProfile>;
  /** Brings the same data and the present parameters once more, and reads these back; nothing changes by it. */
  transfer(): Promise<TransferTime>;
  state(): Promise<TrainerState>;
  dispose(): void;
}

export interface Engine {
  readonly name: LaneName;
  readonly kind: 'cpu' | 'gpu';
  /**
   * Puts the data where the processor wants them and compiles what it needs.
   * @param from goes on from there instead of from the seeded start
   * @throws ProblemError when the problem cannot be computed by any engine, CapacityError when not by this one
   */
  prepare(problem: Problem, from?: TrainerState): Promise<Trainer>;
  dispose(): void;
}

/** Milliseconds, of any origin; monotonic. Handed in, so that tests can hold the clock. */
export type Clock = () => number;
