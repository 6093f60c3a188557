/**
 * The CPU's fast lanes: AssemblyScript with SIMD, on one thread (`wasm`) or on as many as the machine has
 * (`wasm-threads`). The engine holds the compiled module; a trainer holds its memory and its threads.
 */
import type { Clock, Engine, Problem, TrainerState } from '../../contract.ts';
import { CapacityError, ProblemError } from '../../errors.ts';
import { checkProblem, parameterLayout } from '../../layout.ts';
import { stepWork } from '../../work.ts';
import type { Breathe } from '../reference.ts';
import type { WasmCeilings } from './ceilings.ts';
import { fittingBinary, withSharedMemory, type BinaryName } from './binaries.ts';
import { commandMatmul, commandSigmoid } from './fields.ts';
import { planMemory, tooLarge } from './memory-plan.ts';
import { Pool, type ThreadFactory } from './pool.ts';
import { planKernel, WasmKernel, type KernelExports, type KernelPlan, type Room } from './single-kernel.ts';
import { WasmTrainer, type Arithmetic, type TrainerExports } from './trainer.ts';
import { compile, instantiate, makeMemory, validate, type WasmMemory, type WasmModule } from './web-assembly.ts';

export interface WasmOptions {
  readonly clock: Clock;
  readonly breathe: Breathe;
  /** Gives the bytes of a binary; called once, for the one that fits. */
  readonly load: (name: BinaryName) => Promise<Uint8Array<ArrayBuffer>>;
  /** Threads altogether and how to make one more; null for the lane with one. Needs shared memory, so an isolated page. */
  readonly threads: { readonly count: number; readonly make: ThreadFactory } | null;
  /** How long a step waits for a thread that does nothing before it is given up. */
  readonly patienceMs?: number;
  /** How bytes are multiplied, where there is a choice; left out, the fastest way that is right here. */
  readonly arithmetic?: Arithmetic;
}

export class WasmEngine implements Engine {
  readonly name: 'wasm' | 'wasm-threads';
  readonly kind = 'cpu';
  readonly #options: WasmOptions;
  #module: Promise<WasmModule> | null = null;

  constructor(options: WasmOptions) {
    this.name = options.threads ? 'wasm-threads' : 'wasm';
    this.#options = options;
  }

  /** Fetches and compiles the binary, so that `prepare` finds it done; may be called early, beside other loading. */
  warm(): Promise<void> {
    return this.#compiled().then(() => undefined);
  }

  #compiled(): Promise<WasmModule> {
    this.#module ??= this.#compile().catch((error: unknown) => {
      this.#module = null;
      throw error;
    });
    return this.#module;
  }

  async #compile(): Promise<WasmModule> {
    const name = fittingBinary(validate);
    const binary = await this.#options.load(name);
    return compile(this.#options.threads ? withSharedMemory(binary) : binary);
  }

  async prepare(problem: Problem, from?: TrainerState): Promise<WasmTrainer> {
    checkProblem(problem);
    const { threads, clock, breathe, patienceMs = 10_000, arithmetic } = this.#options;
    const layout = parameterLayout(problem.train.x.n, problem.model);
    const work = stepWork(problem, layout, 1);
    const plan = planMemory(problem, layout, threads?.count ?? 1, work.flopsPerStep);
    const module = await this.#compiled();
    let memory: WasmMemory;
    try {
      memory = makeMemory(plan.pages, threads !== null);
    } catch (cause) {
      throw tooLarge(problem, plan.pages * 65536, 0, cause);
    }
    const exports = instantiate(module, memory) as TrainerExports;
    const trainer = new WasmTrainer({ problem, layout, plan, work, memory, exports, clock, breathe, patienceMs, arithmetic }, from);
    const pool = await this.#pool(module, memory, plan.threads);
    if (pool) trainer.adopt(pool);
    return trainer;
  }

  async #pool(module: WasmModule, memory: WasmMemory, count: number): Promise<Pool | null> {
    const { threads } = this.#options;
    if (!threads || count === 1) return null;
    try {
      return await Pool.start(threads.make, module, memory, count - 1);
    } catch (cause) {
      throw new CapacityError(`the threads of the wasm lane did not start: ${cause instanceof Error ? cause.message : String(cause)}`, {
        cause,
      });
    }
  }

  /** C = A · B of square, row-major matrices whose side is a multiple of eight. */
  matmul(a: Float32Array, b: Float32Array, size: number): Promise<WasmKernel> {
    if (size % 8 !== 0) throw new ProblemError(`matrices of side ${size}: take a multiple of 8`);
    return this.#kernel(planKernel(commandMatmul, size, size * size, this.threads), a, b);
  }

  /** a = σ(z). */
  sigmoid(z: Float32Array): Promise<WasmKernel> {
    return this.#kernel(planKernel(commandSigmoid, z.length, z.length, this.threads), z, null);
  }

  /** What the processor can do at the most, on all threads of the lane. */
  async ceilings(): Promise<WasmCeilings> {
    // only now: no race waits for it
    const { planCeilings, WasmCeilings } = await import('./ceilings.ts');
    const plan = planCeilings(this.threads);
    const { memory, exports, pool } = await this.room(plan);
    return new WasmCeilings(plan, memory, exports, pool);
  }

  async #kernel(plan: KernelPlan, a: Float32Array, b: Float32Array | null): Promise<WasmKernel> {
    const { memory, exports, pool } = await this.room(plan);
    new Float32Array(memory.buffer, plan.a, plan.length).set(a);
    if (b) new Float32Array(memory.buffer, plan.b, plan.length).set(b);
    return new WasmKernel(plan, memory, exports, pool);
  }

  /** Threads altogether. */
  get threads(): number {
    return this.#options.threads?.count ?? 1;
  }

  /** A memory with the plan's words in it, and the threads on it; who asks disposes of the pool. */
  async room(plan: Room): Promise<{ memory: WasmMemory; exports: KernelExports; pool: Pool | null }> {
    const module = await this.#compiled();
    const memory = makeMemory(plan.pages, this.#options.threads !== null);
    const view = new DataView(memory.buffer);
    for (const [address, value] of plan.words) view.setUint32(address, value, true);
    const exports = instantiate(module, memory) as KernelExports;
    return { memory, exports, pool: await this.#pool(module, memory, plan.threads) };
  }

  dispose(): void {
    this.#module = null;
  }
}
