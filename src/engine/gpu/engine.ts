/** The GPU lane: one device, its compiled kernels, and a trainer for each problem by the plan that was asked for. */
import type { Clock, Engine, OptimizerName, Problem, TrainerState } from '../contract.ts';
import { batchesPerEpoch, batchSizeOf, checkProblem, parameterLayout } from '../layout.ts';
import { halfBitsFor } from '../../math/rng.ts';
import { Arena, Ledger } from './arena.ts';
import type { Candidate, MatmulTiles, PlanTuning } from './tuning.ts';
import { describeAdapter, requestDevice, type AdapterReport } from './device.ts';
import { DispatchMaker, groupsFor, type Dispatch } from './dispatch.ts';
import { elementBytes, paddedFeatures, shardBytes, uploadFeatures, wholeBuffer, type Features } from './features.ts';
import { checkFits, isSharded } from './fits.ts';
import { KernelLibrary, type Edits } from './kernels.ts';
import { lossOf, throwIfLost, unlessLost, watchForLoss, type Loss } from './loss.ts';
import { layeredPlan } from './plans/layered.ts';
import { traceHeaderBytes, type Prepared, type StepPlan } from './plans/plan.ts';
import { hasOneOutput } from './plans/one-output.ts';
import { onePassFits, onePassPlan, quadsHold } from './plans/one-pass.ts';
import { tinyFits, tinyPlan } from './plans/tiny.ts';
import { twoPassKernels, twoPassPlan } from './plans/two-pass.ts';
import { NoTexelsError } from './texels.ts';
import { GpuTrainer } from './trainer.ts';
import { learnToWait } from './waiting.ts';

/** The named registry of plans: a new one is a file and a line here. */
const plans = {
  layered: { fits: () => true, make: layeredPlan },
  'two-pass': { fits: hasOneOutput, make: twoPassPlan },
  'one-pass': { fits: onePassFits, make: onePassPlan },
  tiny: { fits: tinyFits, make: tinyPlan },
} as const satisfies Record<string, { fits: (problem: Problem) => boolean; make: (prepared: Prepared) => Promise<StepPlan> }>;

export type GpuPlanChoice = 'auto' | keyof typeof plans;

/** X beyond this does not stay in the last cache of common GPUs between two passes. */
const cacheBytes = 32 * 1048576;

/** Costs that the ring on the GPU holds. */
const ringSize = 4096;

export class GpuEngine implements Engine {
  readonly name = 'gpu';
  readonly kind = 'gpu';
  readonly adapter: AdapterReport;
  readonly ledger: Ledger;
  readonly device: GPUDevice;
  /** Texts that it compiles in the place of files of `shaders/`. */
  readonly edits: Edits;
  /** Its kernels; of one with edits, those that they touch. */
  readonly kernels: KernelLibrary;
  readonly #clock: Clock;
  readonly #shardBytes: number;

  private constructor(device: GPUDevice, adapter: AdapterReport, clock: Clock, mostBytes?: number, tree?: GpuEngine, edits: Edits = {}) {
    this.ledger = tree?.ledger ?? new Ledger();
    this.edits = edits;
    this.device = device;
    this.#shardBytes = mostBytes ?? shardBytes(device.limits, adapter.software);
    this.adapter = adapter;
    this.#clock = clock;
    this.kernels = new KernelLibrary(device, edits, tree?.kernels);
    watchForLoss(device);
  }

  /**
   * @param treatAs what the adapter is to be taken for; left out, what it is
   * @param mostBytes of X in one buffer; left out, what suits the device
   * @param without features that the device is not to have
   */
  static async open(
    adapter: GPUAdapter,
    clock: Clock,
    treatAs?: 'hardware' | 'software',
    mostBytes?: number,
    without?: readonly string[],
  ): Promise<GpuEngine> {
    const report = describeAdapter(adapter);
    const taken = treatAs ? { ...report, software: treatAs === 'software' } : report;
    const device = await requestDevice(adapter, without);
    await learnToWait(device, clock);
    return new GpuEngine(device, taken, clock, mostBytes);
  }

  /** The same device with other texts in the place of files of `shaders/`, by path below it; every kernel is made from them. */
  edited(edits: Edits): GpuEngine {
    return new GpuEngine(this.device, this.adapter, this.#clock, this.#shardBytes, this, edits);
  }

  /** Why the device is gone, or null while it works. */
  get lost(): Loss | null {
    return lossOf(this.device);
  }

  /** The plan that `choice` comes to for this problem: itself where it fits, what suits the shape otherwise. */
  planFor(problem: Problem, choice: GpuPlanChoice): keyof typeof plans {
    if (isSharded(problem, this.#shardBytes)) return this.#shardedPlan(problem, choice);
    if (choice !== 'auto' && plans[choice].fits(problem)) return choice;
    if (plans.tiny.fits(problem)) return 'tiny';
    if (this.#prefersOnePass(problem)) return 'one-pass';
    return plans['two-pass'].fits(problem) ? 'two-pass' : 'layered';
  }

  #shardedPlan(problem: Problem, choice: GpuPlanChoice): keyof typeof plans {
    if (!plans['two-pass'].fits(problem)) return 'one-pass';
    const { software } = this.adapter;
    const onePass = choice === 'one-pass' || (choice !== 'two-pass' && (!software || this.#prefersOnePass(problem)));
    return onePass && plans['one-pass'].fits(problem) ? 'one-pass' : 'two-pass';
  }

  /** X is worth being read only once: always by quads, which need no barrier; otherwise where no cache holds it. */
  #prefersOnePass(problem: Problem): boolean {
    const { software } = this.adapter;
    if (software) return quadsHold(problem, { software, subgroups: this.device.features.has('subgroups') });
    const sizeBytes = problem.train.x.n * batchSizeOf(problem) * elementBytes(problem.train.x.storage);
    return sizeBytes > cacheBytes && plans['one-pass'].fits(problem);
  }

  /** @param choice a plan by name, `auto`, or a tuner's candidate */
  async prepare(problem: Problem, from?: TrainerState, choice: GpuPlanChoice | Candidate = 'auto'): Promise<GpuTrainer> {
    checkProblem(problem);
    checkFits(problem, this.device.limits, this.#shardBytes);
    const arena = new Arena(this.device, this.ledger);
    try {
      const { plan: wanted, tuning } = typeof choice === 'string' ? { plan: choice, tuning: {} } : choice;
      const prepared = await this.#upload(problem, arena, tuning);
      const plan = await unlessLost(this.device, this.#makePlan(prepared, wanted));
      return new GpuTrainer(prepared, plan, this.#clock, from);
    } catch (error) {
      arena.dispose();
      throwIfLost(this.device);
      throw error;
    }
  }

  /** Where nobody asked for a plan by name, one that needs X twice gives way to one that does not. */
  async #makePlan(prepared: Prepared, wanted: GpuPlanChoice): Promise<StepPlan> {
    try {
      return await plans[this.planFor(prepared.problem, wanted)].make(prepared);
    } catch (error) {
      if (wanted !== 'auto' || !(error instanceof NoTexelsError)) throw error;
      return plans['two-pass'].make(prepared);
    }
  }

  /**
   * Compiles the kernels of a two-pass step of this shape ahead of time; a failure shows when they are asked for.
   * @returns milliseconds that it took, which belong to a cold start
   */
  async warm(storage: 'uint8' | 'float32', n: number, m: number, optimizer: OptimizerName): Promise<number> {
    const began = this.#clock();
    const shape = {
      storage,
      examples: m,
      chunks: paddedFeatures(n) / 16,
      shifted: false,
      optimizer,
      software: this.adapter.software,
      tuning: {},
    };
    const { forward, gradient } = twoPassKernels(shape);
    const compiled = [forward, gradient].map(({ kernel, constants }) => this.kernels.get(kernel, 'main', constants));
    await Promise.allSettled(compiled);
    return this.#clock() - began;
  }

  /**
   * A maker with an arena of its own, for kernels outside a training run; its user disposes of the arena.
   * @param matmul tiles to take; left out, what suits the processor
   */
  maker(matmul?: MatmulTiles): DispatchMaker {
    return new DispatchMaker(new Arena(this.device, this.ledger), this.kernels, this.adapter.software, matmul);
  }

  async #upload(problem: Problem, arena: Arena, tuning: PlanTuning): Promise<Prepared> {
    const maker = new DispatchMaker(arena, this.kernels, this.adapter.software, tuning.matmul);
    const layout = parameterLayout(problem.train.x.n, problem.model);
    const x = uploadFeatures(arena, 'X', problem.train.x, isSharded(problem, this.#shardBytes) ? this.#shardBytes : undefined);
    const y = arena.filled('Y', problem.train.y.byteLength, (bytes) => {
      new Float32Array(bytes).set(problem.train.y);
    });
    const trace = arena.storage('trace', traceHeaderBytes + ringSize * 4);
    const base = { problem, layout, arena, maker, x, y, trace, ringSize, tuning, shardBytes: this.#shardBytes };
    if (batchSizeOf(problem) === problem.train.x.m) return { ...base, batchX: x, batchY: y, gather: [] };
    return { ...base, ...(await batchBuffers(problem, arena, maker, x, y, trace)) };
  }

  dispose(): void {
    this.device.destroy();
  }
}

async function batchBuffers(
  problem: Problem,
  arena: Arena,
  maker: DispatchMaker,
  x: Features,
  y: GPUBuffer,
  trace: GPUBuffer,
): Promise<{ batchX: Features; batchY: GPUBuffer; gather: readonly Dispatch[] }> {
  const batch = batchSizeOf(problem);
  const exampleBytes = x.stride * elementBytes(x.storage);
  const buffer = arena.storage('X of the batch', batch * exampleBytes);
  const batchX: Features = { ...x, m: batch, shards: [{ buffer, first: 0, m: batch }] };
  const batchY = arena.storage('Y of the batch', batch * 4);
  const gather = await maker.make({
    kernel: 'gather',
    entryPoint: 'main',
    segment: 'gradient-update',
    bindings: {
      0: {
        examples: x.m,
        batch,
        batchesPerEpoch: batchesPerEpoch(problem),
        halfBits: halfBitsFor(x.m),
        seed: problem.seed,
        words: exampleBytes / 4,
      },
      1: wholeBuffer(x),
      2: y,
      3: buffer,
      4: batchY,
      5: trace,
    },
    groups: groupsFor(batch, 1),
  });
  return { batchX, batchY, gather: [gather] };
}
