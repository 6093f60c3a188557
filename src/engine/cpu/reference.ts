/**
 * The CPU reference: plain TypeScript, typed arrays, obvious loops — what a tutorial writes, and the specification that
 * every other lane is held to. In float64 it is the ground truth; in float32 it races. It lends the thread to others
 * between blocks of examples through the `breathe` that is handed in.
 */
import type { FeatureMatrix } from '../../data/dataset.ts';
import { permute } from '../../math/rng.ts';
import type {
  Clock,
  Engine,
  LaneName,
  Parameters,
  PlanInfo,
  Problem,
  StepCost,
  StepProfile,
  Trainer,
  TrainerState,
  TransferTime,
} from '../contract.ts';
import { CapacityError } from '../errors.ts';
import {
  batchesPerEpoch,
  batchSizeOf,
  checkProblem,
  initialParameters,
  lossName,
  parameterLayout,
  type ParameterLayout,
} from '../layout.ts';
import { stepWork } from '../work.ts';
import { float32, float64, type Arithmetic, type Row } from './arithmetic.ts';
import { update } from './kernels/update.ts';
import { Network } from './network.ts';

/** Called between blocks of examples; resolves at once or after others had a turn. */
export type Breathe = () => Promise<void> | undefined;

export interface ReferenceOptions {
  readonly precision: 'float32' | 'float64';
  readonly clock: Clock;
  readonly breathe: Breathe;
}

/** Examples in a block: sums run inside a block first and over blocks after, in this order always. */
const blockSize = 256;

/** Costs that are kept; older ones make room. */
const ringSize = 65536;

export class ReferenceEngine implements Engine {
  readonly name: LaneName;
  readonly kind = 'cpu';
  readonly #options: ReferenceOptions;

  constructor(options: ReferenceOptions) {
    this.name = options.precision === 'float32' ? 'reference' : 'reference-float64';
    this.#options = options;
  }

  prepare(problem: Problem, from?: TrainerState): Promise<ReferenceTrainer> {
    return Promise.resolve(new ReferenceTrainer(problem, this.#options, from));
  }

  dispose(): void {
    // Nothing is held between problems.
  }
}

export class ReferenceTrainer implements Trainer {
  readonly plan: PlanInfo;
  readonly #problem: Problem;
  readonly #options: ReferenceOptions;
  readonly #layout: ParameterLayout;
  readonly #arithmetic: Arithmetic;
  readonly #network: Network;
  readonly #parameters: Row;
  readonly #gradient: Row;
  readonly #moment1: Row;
  readonly #moment2: Row;
  readonly #costs = new Float64Array(ringSize);
  readonly #segmentMs = { matmul: 0, sigmoidCost: 0, gradientUpdate: 0 };
  #stepsDone: number;

  constructor(problem: Problem, options: ReferenceOptions, from?: TrainerState) {
    checkProblem(problem);
    this.#problem = problem;
    this.#options = options;
    this.#arithmetic = options.precision === 'float32' ? float32 : float64;
    this.#layout = parameterLayout(problem.train.x.n, problem.model);
    const { length } = this.#layout;
    const make = (count: number): Row => allocate(this.#arithmetic, count);
    this.#parameters = make(length);
    this.#parameters.set(from?.parameters ?? initialParameters(problem.train.x.n, problem.model, problem.seed));
    this.#gradient = make(length);
    const { kind } = problem.optimizer;
    this.#moment1 = make(kind === 'gradient-descent' ? 0 : length);
    this.#moment2 = make(kind === 'adam' ? length : 0);
    if (from) {
      this.#moment1.set(from.moment1);
      this.#moment2.set(from.moment2);
    }
    this.#stepsDone = from?.step ?? 0;
    this.#network = new Network(this.#layout, lossName(problem.model), problem.scaling, blockSize, this.#arithmetic);
    this.plan = {
      name: 'reference',
      segments: ['matmul', 'sigmoid-cost', 'gradient-update'],
      kernels: [],
      dispatchesPerStep: 0,
      ...stepWork(problem, this.#layout, 2),
    };
  }

  get stepsDone(): number {
    return this.#stepsDone;
  }

  async step(count: number, signal?: AbortSignal): Promise<void> {
    for (let done = 0; done < count; done++) {
      const cost = await this.#gradientOfStep(signal);
      if (cost === null) return;
      this.#costs[this.#stepsDone % ringSize] = cost;
      const began = this.#options.clock();
      update(this.#problem.optimizer, this.#stepsDone + 1, this.#parameters, this.#gradient, this.#moment1, this.#moment2);
      this.#segmentMs.gradientUpdate += this.#options.clock() - began;
      this.#stepsDone++;
    }
  }

  /** Fills the gradient for the examples of the next step and gives J; null when told to stop. */
  async #gradientOfStep(signal?: AbortSignal): Promise<number | null> {
    const { train } = this.#problem;
    const batch = batchSizeOf(this.#problem);
    this.#network.refold(this.#parameters);
    this.#gradient.fill(0);
    let sum = 0;
    for (let first = 0; first < batch; first += blockSize) {
      const count = Math.min(blockSize, batch - first);
      const block = batch === train.x.m ? { x: train.x, y: train.y, start: first } : this.#gather(first, count);
      sum += this.#network.backward(
        this.#parameters,
        block.x,
        block.y,
        block.start,
        count,
        this.#gradient,
        this.#segmentMs,
        this.#options.clock,
      );
      if (first + blockSize < batch) {
        await this.#options.breathe();
        if (signal?.aborted) return null;
      }
    }
    const began = this.#options.clock();
    const cost = sum / batch + this.#finishGradient(batch);
    this.#segmentMs.gradientUpdate += this.#options.clock() - began;
    return cost;
  }

  /** Means, scaling back out, and L2; gives the penalty λ/2 · Σ W². */
  #finishGradient(batch: number): number {
    const { l2 } = this.#problem;
    for (let i = 0; i < this.#gradient.length; i++) this.#gradient[i] = (this.#gradient[i] as number) / batch;
    this.#network.unfold(this.#gradient);
    if (l2 === 0) return 0;
    let squares = 0;
    for (const layer of this.#layout.layers) {
      for (let i = layer.weights; i < layer.biases; i++) {
        const weight = this.#parameters[i] as number;
        squares += weight * weight;
        this.#gradient[i] = (this.#gradient[i] as number) + l2 * weight;
      }
    }
    return 0.5 * l2 * squares;
  }

  /** Copies the next mini-batch's examples first … first + count − 1 side by side. */
  #gather(first: number, count: number): { x: FeatureMatrix; y: Float32Array<ArrayBuffer>; start: number } {
    const { train, seed } = this.#problem;
    const { n, m, storage } = train.x;
    const perEpoch = batchesPerEpoch(this.#problem);
    const epoch = Math.floor(this.#stepsDone / perEpoch);
    const base = (this.#stepsDone % perEpoch) * batchSizeOf(this.#problem) + first;
    const values = storage === 'uint8' ? new Uint8Array(n * count) : new Float32Array(n * count);
    const y = new Float32Array(count);
    for (let slot = 0; slot < count; slot++) {
      const example = permute(base + slot, m, seed, epoch);
      values.set(train.x.values.subarray(example * n, (example + 1) * n), slot * n);
      y[slot] = train.y[example] as number;
    }
    return { x: { storage, n, m: count, values } as FeatureMatrix, y, start: 0 };
  }

  costs(sinceStep: number): Promise<readonly StepCost[]> {
    const costs: StepCost[] = [];
    for (let step = Math.max(sinceStep, this.#stepsDone - ringSize, 0); step < this.#stepsDone; step++) {
      costs.push({ step, cost: this.#costs[step % ringSize] as number });
    }
    return Promise.resolve(costs);
  }

  async cost(part: 'train' | 'test'): Promise<number> {
    const examples = part === 'train' ? this.#problem.train : this.#problem.test;
    if (!examples || examples.x.m === 0) return Number.NaN;
    this.#network.refold(this.#parameters);
    let sum = 0;
    for (let first = 0; first < examples.x.m; first += blockSize) {
      const count = Math.min(blockSize, examples.x.m - first);
      sum += this.#network.loss(this.#parameters, examples.x, examples.y, first, count);
      await this.#options.breathe();
    }
    return sum / examples.x.m + this.#penalty();
  }

  #penalty(): number {
    const { l2 } = this.#problem;
    if (l2 === 0) return 0;
    let squares = 0;
    for (const layer of this.#layout.layers) {
      for (let i = layer.weights; i < layer.biases; i++) squares += (this.#parameters[i] as number) ** 2;
    }
    return 0.5 * l2 * squares;
  }

  parameters(): Promise<Parameters> {
    return Promise.resolve(this.#parameters.slice());
  }

  gradient(): Promise<Parameters> {
    return Promise.resolve(this.#gradient.slice());
  }

  async predict(what: 'train' | 'test' | FeatureMatrix): Promise<Float32Array<ArrayBuffer>> {
    const x = what === 'train' ? this.#problem.train.x : what === 'test' ? this.#problem.test?.x : what;
    const { outputs } = this.#problem.model;
    if (!x) return new Float32Array(0);
    this.#network.refold(this.#parameters);
    const yHat = new Float32Array(outputs * x.m);
    for (let first = 0; first < x.m; first += blockSize) {
      const count = Math.min(blockSize, x.m - first);
      this.#network.predict(this.#parameters, x, first, count, yHat);
      await this.#options.breathe();
    }
    return yHat;
  }

  /** X and y are used where they are: only parameters travel. */
  transfer(): Promise<TransferTime> {
    const { clock } = this.#options;
    const began = clock();
    const row = this.#parameters.slice();
    const between = clock();
    this.#parameters.set(row);
    return Promise.resolve({ uploadMs: clock() - between, readBackMs: between - began });
  }

  /** By the clock, around each part of real steps that are undone afterwards. */
  async profile(budgetMs: number): Promise<StepProfile> {
    const before = await this.state();
    const segmentMs = this.#segmentMs;
    segmentMs.matmul = segmentMs.sigmoidCost = segmentMs.gradientUpdate = 0;
    const began = this.#options.clock();
    let steps = 0;
    do {
      await this.step(1);
      steps++;
    } while (this.#options.clock() - began < budgetMs);
    this.#parameters.set(before.parameters);
    this.#moment1.set(before.moment1);
    this.#moment2.set(before.moment2);
    this.#stepsDone = before.step;
    return {
      how: 'clock',
      droppedSpans: 0,
      segments: [
        { name: 'matmul', ms: segmentMs.matmul / steps },
        { name: 'sigmoid-cost', ms: segmentMs.sigmoidCost / steps },
        { name: 'gradient-update', ms: segmentMs.gradientUpdate / steps },
      ],
    };
  }

  state(): Promise<TrainerState> {
    return Promise.resolve({
      step: this.#stepsDone,
      parameters: this.#parameters.slice(),
      moment1: this.#moment1.slice(),
      moment2: this.#moment2.slice(),
    });
  }

  dispose(): void {
    // Arrays go with the object.
  }
}

function allocate(arithmetic: Arithmetic, count: number): Row {
  try {
    return arithmetic.zeros(count);
  } catch (cause) {
    throw new CapacityError(`${count} parameters do not fit this page's memory: take fewer units or a smaller picture`, { cause });
  }
}
