/**
 * Training on the GPU: a step is the plan's dispatches, encoded many steps a submission and never waited for one by one.
 * Costs pile up in a ring on the GPU and come back when asked for. What a step consists of is the plan's.
 */
import type { FeatureMatrix } from '../../data/dataset.ts';
import type { Clock, PlanInfo, StepCost, StepProfile, Trainer, TrainerState, TransferTime } from '../contract.ts';
import { initialParameters } from '../layout.ts';
import { encode, type Dispatch } from './dispatch.ts';
import { Evaluator } from './evaluator.ts';
import { rewriteFeatures } from './features.ts';
import type { KernelName } from './kernel-table.ts';
import { throwIfLost, unlessLost } from './loss.ts';
import { workDone } from './waiting.ts';
import { foldedRow, readRow, writeRow } from './parameter-rows.ts';
import { traceHeaderBytes, type Prepared, type StepPlan } from './plans/plan.ts';
import { profileSegments } from './profile.ts';
import { ReadBack } from './read-back.ts';

/** GPU work that one submission should hold, so that the page can draw between two of them. */
const submissionMs = 6;
const mostStepsInSubmission = 512;
/** A step that takes longer is cut into a submission a dispatch: systems take a GPU away that is busy for a second or two. */
const longestSubmissionMs = 500;
/** Until a step was timed, a step that has so much to read is taken for a long one. */
const manyBytes = 268435456;

export class GpuTrainer implements Trainer {
  readonly plan: PlanInfo;
  readonly #prepared: Prepared;
  readonly #plan: StepPlan;
  readonly #clock: Clock;
  readonly #readBack: ReadBack;
  readonly #evaluator: Evaluator;
  #stepsDone = 0;
  /** The first step whose cost the ring holds. */
  #firstStep = 0;
  #stepMs = 0;

  constructor(prepared: Prepared, plan: StepPlan, clock: Clock, from?: TrainerState) {
    this.plan = plan.info;
    this.#prepared = prepared;
    this.#plan = plan;
    this.#clock = clock;
    this.#readBack = new ReadBack(prepared.arena);
    this.#evaluator = new Evaluator(prepared, plan, this.#readBack);
    this.#restore(from);
  }

  get #device(): GPUDevice {
    return this.#prepared.arena.device;
  }

  /** What its steps, and all that was asked of it beside them, were made from. */
  get kernels(): ReadonlySet<KernelName> {
    return this.#prepared.maker.made;
  }

  get stepsDone(): number {
    return this.#stepsDone;
  }

  #restore(from?: TrainerState): void {
    const { problem, layout, trace } = this.#prepared;
    const { parameters, folded, moment1, moment2 } = this.#plan;
    const row = from?.parameters ?? initialParameters(problem.train.x.n, problem.model, problem.seed);
    writeRow(this.#device, layout, parameters, row);
    if (folded) writeRow(this.#device, layout, folded, foldedRow(layout, row, problem.scaling));
    if (from && moment1) writeRow(this.#device, layout, moment1, from.moment1);
    if (from && moment2) writeRow(this.#device, layout, moment2, from.moment2);
    this.#stepsDone = this.#firstStep = from?.step ?? 0;
    this.#device.queue.writeBuffer(trace, 0, Uint32Array.of(this.#stepsDone, this.#stepsDone));
  }

  async step(count: number, signal?: AbortSignal): Promise<void> {
    if (count < 1) return;
    const began = this.#clock();
    let left = count;
    while (left > 0 && signal?.aborted !== true) {
      const steps = Math.min(left, this.#stepsInSubmission());
      this.#submit(steps);
      left -= steps;
      this.#stepsDone += steps;
      if (this.#stepMs === 0) break;
    }
    await workDone(this.#device);
    throwIfLost(this.#device);
    const done = count - left;
    this.#stepMs = (this.#clock() - began) / done;
    if (left > 0 && signal?.aborted !== true) await this.step(left, signal);
  }

  #stepsInSubmission(): number {
    if (this.#stepMs === 0) return 1;
    const { counted } = this.#plan;
    const wanted = Math.floor(submissionMs / this.#stepMs);
    // a plan that does many steps a dispatch does, however long they are, but for the longest
    const least = counted && counted.least * this.#stepMs <= longestSubmissionMs ? counted.least : 1;
    return Math.max(least, Math.min(counted?.most ?? mostStepsInSubmission, wanted));
  }

  /** Encodes and submits so many steps; a plan that counts steps itself does them in one dispatch. */
  #submit(steps: number): void {
    const { dispatches, counted } = this.#plan;
    if (counted) this.#device.queue.writeBuffer(counted.steps, 0, Uint32Array.of(steps));
    const long = this.#stepMs > 0 ? this.#stepMs > longestSubmissionMs : this.plan.bytesPerStep > manyBytes;
    if (long && !counted) {
      for (const dispatch of dispatches) this.#submitOnce([dispatch], 1);
    } else {
      this.#submitOnce(dispatches, counted ? 1 : steps);
    }
  }

  #submitOnce(dispatches: readonly Dispatch[], repeats: number): void {
    const encoder = this.#device.createCommandEncoder({ label: 'steps' });
    const pass = encoder.beginComputePass({ label: 'steps' });
    for (let repeat = 0; repeat < repeats; repeat++) encode(pass, dispatches);
    pass.end();
    this.#device.queue.submit([encoder.finish()]);
  }

  /** A failure on a lost device becomes a DeviceLostError. */
  #guard<T>(work: () => Promise<T>): Promise<T> {
    return unlessLost(this.#device, work());
  }

  costs(sinceStep: number): Promise<readonly StepCost[]> {
    const { trace, ringSize } = this.#prepared;
    const first = Math.max(sinceStep, this.#firstStep, this.#stepsDone - ringSize);
    const end = this.#stepsDone;
    if (first >= end) return Promise.resolve([]);
    const piece = (from: number, to: number): { buffer: GPUBuffer; offsetBytes: number; sizeBytes: number } => ({
      buffer: trace,
      offsetBytes: traceHeaderBytes + (from % ringSize) * 4,
      sizeBytes: (to - from) * 4,
    });
    const wrap = Math.min(end, (Math.floor(first / ringSize) + 1) * ringSize);
    return this.#guard(async () => {
      const values = new Float32Array(await this.#readBack.read(wrap < end ? [piece(first, wrap), piece(wrap, end)] : [piece(first, end)]));
      return Array.from(values, (cost, index) => ({ step: first + index, cost }));
    });
  }

  async cost(part: 'train' | 'test'): Promise<number> {
    return this.#guard(async () => {
      const penalty = await this.#penalty();
      return (await this.#evaluator.meanLoss(part)) + penalty;
    });
  }

  async #penalty(): Promise<number> {
    const { problem, layout } = this.#prepared;
    if (problem.l2 === 0) return 0;
    const parameters = await this.parameters();
    let squares = 0;
    for (const layer of layout.layers) {
      for (let i = layer.weights; i < layer.biases; i++) squares += (parameters[i] ?? 0) ** 2;
    }
    return 0.5 * problem.l2 * squares;
  }

  parameters(): Promise<Float32Array<ArrayBuffer>> {
    return this.#guard(() => readRow(this.#readBack, this.#prepared.layout, this.#plan.parameters));
  }

  gradient(): Promise<Float32Array<ArrayBuffer>> {
    return this.#guard(() => readRow(this.#readBack, this.#prepared.layout, this.#plan.gradient));
  }

  predict(x: 'train' | 'test' | FeatureMatrix): Promise<Float32Array<ArrayBuffer>> {
    return this.#guard(() => this.#evaluator.predict(x));
  }

  /** On real steps, with everything that they change put back afterwards. */
  async profile(budgetMs: number): Promise<StepProfile> {
    const { arena } = this.#prepared;
    const backups = this.#plan.mutable.map((buffer) => ({ buffer, backup: arena.storage(`backup of ${buffer.label}`, buffer.size) }));
    const copy = (restore: boolean): void => {
      const encoder = this.#device.createCommandEncoder({ label: 'backup' });
      for (const { buffer, backup } of backups) {
        encoder.copyBufferToBuffer(restore ? backup : buffer, 0, restore ? buffer : backup, 0, buffer.size);
      }
      this.#device.queue.submit([encoder.finish()]);
    };
    copy(false);
    try {
      return await this.#guard(() => this.#profileSegments(budgetMs));
    } finally {
      copy(true);
      for (const { backup } of backups) arena.free(backup);
    }
  }

  async #profileSegments(budgetMs: number): Promise<StepProfile> {
    const { arena } = this.#prepared;
    const { counted, dispatches } = this.#plan;
    if (!counted) return profileSegments(arena, dispatches, this.#clock, budgetMs);
    const steps = 64;
    this.#device.queue.writeBuffer(counted.steps, 0, Uint32Array.of(steps));
    const profile = await profileSegments(arena, dispatches, this.#clock, budgetMs);
    return { ...profile, segments: profile.segments.map(({ name, ms }) => ({ name, ms: ms / steps })) };
  }

  async transfer(): Promise<TransferTime> {
    return this.#guard(async () => {
      const { problem, layout, x, y } = this.#prepared;
      const row = await this.parameters();
      const began = this.#clock();
      rewriteFeatures(this.#device, x, problem.train.x);
      this.#plan.renewX?.();
      this.#device.queue.writeBuffer(y, 0, problem.train.y);
      writeRow(this.#device, layout, this.#plan.parameters, row);
      await workDone(this.#device);
      const between = this.#clock();
      await this.parameters();
      return { uploadMs: between - began, readBackMs: this.#clock() - between };
    });
  }

  async state(): Promise<TrainerState> {
    return this.#guard(async () => {
      const { layout } = this.#prepared;
      const step = this.#stepsDone;
      const empty = Promise.resolve(new Float32Array(0));
      const [parameters, moment1, moment2] = await Promise.all([
        readRow(this.#readBack, layout, this.#plan.parameters),
        this.#plan.moment1 ? readRow(this.#readBack, layout, this.#plan.moment1) : empty,
        this.#plan.moment2 ? readRow(this.#readBack, layout, this.#plan.moment2) : empty,
      ]);
      return { step, parameters, moment1, moment2 };
    });
  }

  dispose(): void {
    this.#prepared.arena.dispose();
  }
}
