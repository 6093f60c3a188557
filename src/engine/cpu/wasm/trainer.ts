/**
 * A trainer of the wasm lanes: it fills the memory, has steps done in slices that are short enough for others to have a
 * turn between, and reads answers back. What a step is stands in the AssemblyScript sources; who helps, in the pool.
 */
import type { FeatureMatrix } from '../../../data/dataset.ts';
import type { Clock, Parameters, PlanInfo, Problem, StepCost, StepProfile, Trainer, TrainerState, TransferTime } from '../../contract.ts';
import { initialParameters, type ParameterLayout } from '../../layout.ts';
import type { Breathe } from '../reference.ts';
import * as f from './fields.ts';
import type { MemoryPlan } from './memory-plan.ts';
import type { Pool } from './pool.ts';
import type { KernelExports } from './single-kernel.ts';
import type { WasmMemory } from './web-assembly.ts';

/** See `assembly/index.ts`. Addresses are bytes; examples, steps and blocks are counts. */
export interface TrainerExports extends KernelExports {
  /** 1 where a dot product of bytes keeps all bits. */
  bytesAreExact(): number;
  run(firstStep: number, count: number): number;
  blocks(from: number, to: number, step: number): void;
  finish(step: number): void;
  fold(): void;
  evaluate(raw: number, count: number, yAt: number, outAt: number, storage: number): number;
}

export interface TrainerParts {
  readonly problem: Problem;
  readonly layout: ParameterLayout;
  readonly plan: MemoryPlan;
  readonly work: { readonly bytesPerStep: number; readonly flopsPerStep: number };
  readonly memory: WasmMemory;
  readonly exports: TrainerExports;
  readonly clock: Clock;
  readonly breathe: Breathe;
  readonly patienceMs: number;
  /** Left out, the fastest that is right here. */
  readonly arithmetic: Arithmetic | undefined;
}

/** How bytes are multiplied, where the plan has a choice: as floats, or as integers of sixteen or eight bits. */
export type Arithmetic = 'floats' | 'shorts' | 'bytes';

/** Of the integers that factors are cut into. */
const digitBits = { floats: null, shorts: 15, bytes: 8 } as const;
const arithmetics = { floats: f.arithmeticFloats, shorts: f.arithmeticShorts, bytes: f.arithmeticBytes } as const;

/** Longest time that is spent inside one call, as far as steps and blocks can be parted. */
const sliceMs = 25;

/** A cautious guess, before there is a measurement: operations in a millisecond. */
const guessedFlopsPerMs = 2e6;

/** Kernels wait in turns of this length; see `wordPatience`. */
const waitMs = 50;

export class WasmTrainer implements Trainer {
  readonly plan: PlanInfo;
  readonly #parts: TrainerParts;
  readonly #exports: TrainerExports;
  #pool: Pool | null = null;
  #failure: Error | null = null;
  #stepsDone: number;
  #stepMs: number;
  /** Steps of the last call; the next takes at most a few times as many. */
  #lastCount = 1;

  constructor(parts: TrainerParts, from?: TrainerState) {
    this.#parts = parts;
    this.#exports = parts.exports;
    this.#stepsDone = from?.step ?? 0;
    this.#stepMs = parts.work.flopsPerStep / guessedFlopsPerMs;
    const { name, threads, sizes } = parts.plan;
    const bits = digitBits[this.#arithmetic()];
    const kernels = [{ kernel: name, workgroups: [threads, 1, 1], sizes: bits === null ? sizes : { ...sizes, digitBits: bits } }] as const;
    this.plan = { name, segments: ['fused-pass', 'reduce-update'], kernels, dispatchesPerStep: 0, ...parts.work };
    this.#fill(from);
  }

  /** Takes threads that run on this trainer's memory; they end with it. */
  adopt(pool: Pool): void {
    this.#pool = pool;
  }

  get stepsDone(): number {
    return this.#stepsDone;
  }

  #floats(at: number, length: number): Float32Array {
    return new Float32Array(this.#parts.memory.buffer, at, length);
  }

  #copyOut(at: number, length: number): Float32Array<ArrayBuffer> {
    const copy = new Float32Array(length);
    copy.set(this.#floats(at, length));
    return copy;
  }

  #fill(from?: TrainerState): void {
    const { problem, plan, memory, patienceMs } = this.#parts;
    const { train, scaling, optimizer } = problem;
    const view = new DataView(memory.buffer);
    for (const [address, value] of plan.words) view.setUint32(address, value, true);
    view.setUint32(f.headAt + 4 * f.wordPatience, Math.max(1, Math.ceil(patienceMs / waitMs)), true);
    view.setUint32(f.headAt + 4 * f.wordArithmetic, arithmetics[this.#arithmetic()], true);
    const real = (field: number, value: number): void => view.setFloat64(f.realsAt + 8 * field, value, true);
    real(f.realLearningRate, optimizer.learningRate);
    real(f.realBeta1, optimizer.beta1);
    real(f.realBeta2, optimizer.beta2);
    real(f.realEpsilon, optimizer.epsilon);
    real(f.realL2, problem.l2);
    this.#fillX(train.x);
    this.#floats(plan.y, train.y.length).set(train.y);
    this.#floats(plan.scale, scaling.scale.length).set(scaling.scale);
    this.#floats(plan.shift, scaling.shift.length).set(scaling.shift);
    this.#restore(
      from ?? {
        step: 0,
        parameters: initialParameters(train.x.n, problem.model, problem.seed),
        moment1: new Float32Array(0),
        moment2: new Float32Array(0),
      },
    );
  }

  #arithmetic(): Arithmetic {
    const { plan, arithmetic } = this.#parts;
    if (!plan.takesDigits) return 'floats';
    const exact = this.#exports.bytesAreExact() === 1;
    if (arithmetic === 'bytes' && !exact) throw new RangeError('this processor has no product of bytes that keeps all bits');
    return arithmetic ?? (exact ? 'bytes' : 'shorts');
  }

  #fillX(x: FeatureMatrix): void {
    const { plan, memory } = this.#parts;
    if (plan.tiny) {
      const rows = this.#floats(plan.x, x.n * plan.featureStride);
      for (let j = 0; j < x.m; j++) {
        for (let k = 0; k < x.n; k++) rows[k * plan.featureStride + j] = x.values[j * x.n + k] ?? 0;
      }
    } else if (x.storage === 'uint8') {
      new Uint8Array(memory.buffer, plan.x, x.values.length).set(x.values);
    } else {
      this.#floats(plan.x, x.values.length).set(x.values);
    }
  }

  #restore({ step, parameters, moment1, moment2 }: TrainerState): void {
    const { plan } = this.#parts;
    this.#floats(plan.parameters, parameters.length).set(parameters);
    this.#floats(plan.moment1, moment1.length).set(moment1);
    this.#floats(plan.moment2, moment2.length).set(moment2);
    this.#stepsDone = step;
    this.#exports.fold();
  }

  /** The threads turn for a while after they have met, and so are there when a step begins. */
  rouse(): void {
    if (this.#pool && !this.#pool.failure) this.#exports.kernel(f.commandMeet, 1);
  }

  async step(count: number, signal?: AbortSignal): Promise<void> {
    const until = this.#stepsDone + count;
    while (this.#stepsDone < until) {
      const alone = this.#pool === null && this.#stepMs > 2 * sliceMs;
      if (alone ? !(await this.#stepInSlices(signal)) : !(await this.#run(until - this.#stepsDone))) return;
      if (this.#stepsDone === until) return;
      await this.#parts.breathe();
      if (signal?.aborted) return;
    }
  }

  /** As many whole steps as fit a slice, at least one. */
  async #run(most: number): Promise<boolean> {
    this.#failure ??= this.#pool?.failure ?? null;
    if (this.#failure) throw this.#failure;
    const { clock } = this.#parts;
    const count = Math.max(1, Math.min(most, 8 * this.#lastCount, Math.floor(sliceMs / this.#stepMs)));
    const began = clock();
    const done = this.#exports.run(this.#stepsDone, count);
    // a clock that stood still leaves the estimate to the next, longer call
    this.#stepMs = Math.max((clock() - began) / count, 1e-4);
    this.#lastCount = count;
    this.#stepsDone += done;
    if (done === count) return true;
    this.#failure = (await this.#pool?.whyFailed(500)) ?? new Error('a step of the wasm lane stopped short');
    throw this.#failure;
  }

  /** One long step on this thread, with breath between its blocks. @returns false when told to stop; nothing has changed then */
  async #stepInSlices(signal?: AbortSignal): Promise<boolean> {
    const { clock, plan } = this.#parts;
    let spentMs = 0;
    for (let block = 0; block < plan.blocks; block++) {
      const began = clock();
      this.#exports.blocks(block, block + 1, this.#stepsDone);
      spentMs += clock() - began;
      if (block + 1 === plan.blocks) break;
      await this.#parts.breathe();
      if (signal?.aborted) return false;
    }
    const began = clock();
    this.#exports.finish(this.#stepsDone);
    this.#stepMs = spentMs + clock() - began;
    this.#stepsDone++;
    return true;
  }

  costs(sinceStep: number): Promise<readonly StepCost[]> {
    const { plan, memory } = this.#parts;
    const ring = new Float64Array(memory.buffer, plan.costs, plan.costRing);
    const costs: StepCost[] = [];
    for (let step = Math.max(sinceStep, this.#stepsDone - plan.costRing, 0); step < this.#stepsDone; step++) {
      costs.push({ step, cost: ring[step % plan.costRing] ?? Number.NaN });
    }
    return Promise.resolve(costs);
  }

  async cost(part: 'train' | 'test'): Promise<number> {
    const examples = part === 'train' ? this.#parts.problem.train : this.#parts.problem.test;
    if (!examples || examples.x.m === 0) return Number.NaN;
    const sum = await this.#evaluate(examples.x, examples.y, null);
    const penalty = new DataView(this.#parts.memory.buffer).getFloat64(f.realsAt + 8 * f.realPenalty, true);
    return sum / examples.x.m + penalty;
  }

  async predict(what: 'train' | 'test' | FeatureMatrix): Promise<Float32Array<ArrayBuffer>> {
    const { problem } = this.#parts;
    const x = what === 'train' ? problem.train.x : what === 'test' ? problem.test?.x : what;
    if (!x) return new Float32Array(0);
    const yHat = new Float32Array(problem.model.outputs * x.m);
    await this.#evaluate(x, null, yHat);
    return yHat;
  }

  /** Forward over any examples, a block at a time through the staging area; Σ L where y is given. */
  async #evaluate(x: FeatureMatrix, y: Float32Array | null, yHat: Float32Array | null): Promise<number> {
    const { plan, problem, memory } = this.#parts;
    const { staging } = plan;
    const { outputs } = problem.model;
    const storage = x.storage === 'uint8' ? f.storageUint8 : f.storageFloat32;
    let sum = 0;
    for (let first = 0; first < x.m; first += staging.examples) {
      const count = Math.min(staging.examples, x.m - first);
      if (x.storage === 'uint8') {
        new Uint8Array(memory.buffer, staging.raw, count * x.n).set(x.values.subarray(first * x.n, (first + count) * x.n));
      } else {
        this.#floats(staging.raw, count * x.n).set(x.values.subarray(first * x.n, (first + count) * x.n));
      }
      if (y) this.#floats(staging.y, count).set(y.subarray(first, first + count));
      sum += this.#exports.evaluate(staging.raw, count, y ? staging.y : 0, yHat ? staging.yHat : 0, storage);
      yHat?.set(this.#floats(staging.yHat, count * outputs), first * outputs);
      await this.#parts.breathe();
    }
    return sum;
  }

  parameters(): Promise<Parameters> {
    return Promise.resolve(this.#copyOut(this.#parts.plan.parameters, this.#parts.layout.length));
  }

  gradient(): Promise<Parameters> {
    return Promise.resolve(this.#copyOut(this.#parts.plan.gradient, this.#parts.layout.length));
  }

  state(): Promise<TrainerState> {
    const { plan, layout, problem } = this.#parts;
    const { kind } = problem.optimizer;
    return Promise.resolve({
      step: this.#stepsDone,
      parameters: this.#copyOut(plan.parameters, layout.length),
      moment1: this.#copyOut(plan.moment1, kind === 'gradient-descent' ? 0 : layout.length),
      moment2: this.#copyOut(plan.moment2, kind === 'adam' ? layout.length : 0),
    });
  }

  /** By the clock, around the two halves of real steps on this thread, which are undone afterwards. */
  async profile(budgetMs: number): Promise<StepProfile> {
    const { clock, plan, memory } = this.#parts;
    const before = await this.state();
    const gradient = await this.gradient();
    // the two steps' costs take the places of the oldest
    const ring = new Float64Array(memory.buffer, plan.costs, plan.costRing);
    const oldest = [0, 1].map((ahead) => (this.#stepsDone + ahead) % plan.costRing).map((place) => [place, ring[place] ?? 0] as const);
    let steps = 0;
    let blocksMs = 0;
    let finishMs = 0;
    do {
      const began = clock();
      // X is gone through forwards and backwards in turns, as in real steps
      const step = this.#stepsDone + (steps % 2);
      this.#exports.blocks(0, plan.blocks, step);
      const between = clock();
      this.#exports.finish(step);
      finishMs += clock() - between;
      blocksMs += between - began;
      steps++;
      await this.#parts.breathe();
    } while (blocksMs + finishMs < budgetMs);
    this.#restore(before);
    this.#floats(plan.gradient, gradient.length).set(gradient);
    for (const [place, cost] of oldest) ring[place] = cost;
    return {
      how: 'clock',
      droppedSpans: 0,
      segments: [
        { name: 'fused-pass', ms: blocksMs / steps },
        { name: 'reduce-update', ms: finishMs / steps },
      ],
    };
  }

  async transfer(): Promise<TransferTime> {
    const { clock, plan, layout } = this.#parts;
    const present = await this.state();
    const began = clock();
    this.#fill(present);
    const between = clock();
    this.#copyOut(plan.parameters, layout.length);
    return { uploadMs: between - began, readBackMs: clock() - between };
  }

  dispose(): void {
    this.#pool?.dispose();
    this.#pool = null;
    this.#failure ??= new Error('this trainer was disposed of');
  }
}
