/**
 * What a benchmark measures: workloads that decide every bit of their input, and lanes that compute them. A lane answers
 * before it is timed; how lanes are timed is `measure.ts`'s, which lanes there are `lanes.ts`'s.
 */
import type { KernelUse } from '../../engine/contract.ts';
import type { GpuPlanName, HiddenLayer, TransferTime } from '../../engine/contract.ts';

/** Training steps of a model on synthetic data (the bits of `data/synthetic-values.ts`), full batch, from the seeded start. */
export interface TrainWorkload {
  readonly kind: 'train';
  readonly name: string;
  readonly n: number;
  readonly m: number;
  readonly storage: 'uint8' | 'float32';
  readonly hidden: readonly HiddenLayer[];
  /** 1: sigmoid with cross-entropy; more: softmax. */
  readonly outputs: number;
  readonly learningRate: number;
  /** How our GPU computes a step; left out, as it sees fit. */
  readonly plan?: GpuPlanName | 'auto';
}

/** C = A · B, square, float32; the operands are the seeded float32 values, A with `seed`, B with `seed + 1`. */
export interface MatmulWorkload {
  readonly kind: 'matmul';
  readonly name: string;
  readonly size: number;
}

/** a = σ(z) over `count` float32 values, nothing else. */
export interface ActivationWorkload {
  readonly kind: 'activation';
  readonly name: string;
  readonly count: number;
}

export type Workload = TrainWorkload | MatmulWorkload | ActivationWorkload;

const train = (
  name: string,
  n: number,
  m: number,
  rest: Partial<Pick<TrainWorkload, 'storage' | 'hidden' | 'outputs' | 'learningRate'>> = {},
): TrainWorkload => ({ kind: 'train', name, n, m, storage: 'uint8', hidden: [], outputs: 1, learningRate: 0.005, ...rest });

const relu = (...units: readonly number[]): readonly HiddenLayer[] => units.map((count) => ({ units: count, activation: 'relu' }));
const matmulOf = (size: number): MatmulWorkload => ({ kind: 'matmul', name: `matmul ${size}`, size });

/** Every workload by name; suites pick from them. */
export const workloads: readonly Workload[] = [
  train('logistic 12288×209', 12288, 209, { learningRate: 0.001 }),
  train('logistic 784×8192', 784, 8192),
  train('logistic 784×60000', 784, 60000),
  train('logistic 2×400', 2, 400, { storage: 'float32', learningRate: 0.5 }),
  train('logistic 12288×65536', 12288, 65536, { learningRate: 0.001 }),
  train('softmax 784×8192', 784, 8192, { outputs: 10 }),
  train('net 784-64-10', 784, 2048, { hidden: relu(64), outputs: 10 }),
  train('net 784-512-512-10', 784, 2048, { hidden: relu(512, 512), outputs: 10 }),
  ...[256, 512, 1024, 2048].map(matmulOf),
  { kind: 'activation', name: 'sigmoid 4194304', count: 4194304 },
];

const standard = workloads.map(({ name }) => name);

export const suites = {
  quick: ['logistic 12288×209', 'logistic 784×8192', 'logistic 784×60000', 'logistic 2×400', 'net 784-64-10', 'matmul 512'],
  standard,
} as const satisfies Readonly<Record<string, readonly string[]>>;

/** What stands among workloads' names for the law t = fixed + slope · m, which is measured at several m; see `law.ts`. */
export const lawName = 'law';

/** The law takes as much of the budget as so many workloads. */
export const lawShares = 2;

export type SuiteName = keyof typeof suites;

/** Seconds of timed rounds where none are given. */
export const usualSeconds: Readonly<Record<SuiteName, number>> = { quick: 40, standard: 240 };

/** Our own lanes and the peers', by name. */
export const ownLanes = ['gpu', 'wasm', 'wasm-threads', 'reference'] as const;
export const peerNames = ['tfjs-webgpu', 'tfjs-wasm', 'jax-webgpu', 'jax-wasm'] as const;

/**
 * Updates that a lane does before its answer is checked. From w = 0 neither X nor σ matters to the first cost, nor the forward
 * product to the first gradient: one update alone would let a broken kernel through.
 */
export const answeredSteps = 3;

/** What a lane says after it has computed something that can be checked. */
export interface LaneAnswer {
  /** J before the last of `answeredSteps` updates (train), or nothing. */
  readonly cost: number | null;
  /** Parameters after those updates, all of C, or all of a. Laid out as `parameterLayout`, or row by row. */
  readonly values: ArrayLike<number>;
}

/** One way to compute a workload, ours or a peer's, with its data in place. */
export interface PreparedLane {
  readonly plan: string;
  /** Milliseconds of preparing that went into choosing among plans, which is no part of a cold start. */
  readonly searchMs?: number;
  /** What a step runs, with its sizes; empty where the lane does not know. */
  readonly kernels: readonly KernelUse[];
  /** Bytes and operations that a step needs at the least; 0 where the lane does not know. */
  readonly bytesPerStep: number;
  readonly flopsPerStep: number;
  /** 0 on a CPU, null where the lane does not know. */
  readonly dispatchesPerStep: number | null;
  /** Computes from the start: `answeredSteps` updates, or the whole product. Called once, before `run`. */
  answer(): Promise<LaneAnswer>;
  /** Has what sleeps between blocks awake; not timed. */
  rouse?(): void;
  /** Goes on for so many steps; resolves when they are done, results on the lane's own side. */
  run(steps: number): Promise<void>;
  /** Brings data and parameters once more, and reads these back; left out where a lane cannot tell. */
  transfer?(): Promise<TransferTime>;
  dispose(): void;
}

export interface BenchLane {
  /** `gpu`, `wasm`, …, or a peer's: `tfjs-webgpu`, `tfjs-wasm`, `jax-webgpu`, `jax-wasm`. */
  readonly name: string;
  readonly kind: 'cpu' | 'gpu';
  readonly peer: boolean;
  /** @throws with a reason when this lane cannot compute the workload; the reason is printed in its row */
  prepare(workload: Workload, input: WorkloadInput): Promise<PreparedLane>;
}

/** The bits of a workload, made once and handed to every lane. */
export interface WorkloadInput {
  /** train: X, example-major, n · m values; matmul: A, row by row; activation: z. */
  readonly x: Uint8Array<ArrayBuffer> | Float32Array<ArrayBuffer>;
  /** train: y, m values; matmul: B, row by row; activation: empty. */
  readonly y: Float32Array<ArrayBuffer>;
  /** train: x = scale · raw + shift, the same for every feature. */
  readonly scale: number;
  readonly shift: number;
  /** train: the seeded start, laid out as `parameterLayout`. */
  readonly start: Float32Array<ArrayBuffer>;
}
