/**
 * One kernel of the wasm lanes outside a training run, for benchmarks: C = A · B of square matrices, or a = σ(z), on all
 * threads of the lane.
 */
import type { KernelUse } from '../../contract.ts';
import * as f from './fields.ts';
import type { Pool } from './pool.ts';
import type { WasmMemory } from './web-assembly.ts';

export interface KernelExports {
  kernel(command: number, count: number): number;
}

/** A memory, the words that stand in it, and how many threads work on it. */
export interface Room {
  readonly threads: number;
  readonly pages: number;
  readonly words: readonly (readonly [address: number, value: number])[];
}

/** What is computed, and on how many values. */
export interface KernelPlan extends Room {
  readonly command: number;
  /** Side of the matrices, or number of values; padded to a multiple of eight by the caller's arrays. */
  readonly size: number;
  readonly a: number;
  readonly b: number;
  readonly c: number;
  readonly length: number;
}

export const patienceWaits = 200;
export const panelBytes = 4 * 8 * f.packedRows + 64;

/** @param length floats in each operand */
export function planKernel(command: KernelPlan['command'], size: number, length: number, threads: number): KernelPlan {
  const bytes = Math.ceil((4 * length + 64) / 64) * 64;
  const scratch = f.dataAt;
  const a = scratch + threads * panelBytes;
  const [b, c, end] = [a + bytes, a + 2 * bytes, a + 3 * bytes];
  const word = (field: number, value: number): readonly [number, number] => [f.headAt + 4 * field, value];
  return {
    command,
    size,
    threads,
    pages: Math.ceil(end / 65536),
    a,
    b,
    c,
    length,
    words: [
      word(f.wordThreads, threads),
      word(f.wordPatience, patienceWaits),
      word(f.wordScratch, scratch),
      word(f.wordScratchBytes, panelBytes),
      word(f.wordScratchPanel, 0),
      word(f.wordKernelA, a),
      word(f.wordKernelB, b),
      word(f.wordKernelC, c),
      word(f.wordKernelSize, size),
    ],
  };
}

/** Has a kernel done so many times. @throws when a thread has failed */
export async function runKernel(exports: KernelExports, pool: Pool | null, command: number, count: number): Promise<void> {
  if (pool?.failure) throw pool.failure;
  if (exports.kernel(command, count) === count) return;
  throw (await pool?.whyFailed(500)) ?? new Error('a kernel of the wasm lane stopped short');
}

export class WasmKernel {
  readonly label: string;
  readonly #plan: KernelPlan;
  readonly #memory: WasmMemory;
  readonly #exports: KernelExports;
  readonly #pool: Pool | null;

  constructor(plan: KernelPlan, memory: WasmMemory, exports: KernelExports, pool: Pool | null) {
    this.label = plan.command === f.commandMatmul ? 'wasm-matmul' : 'wasm-sigmoid';
    this.#plan = plan;
    this.#memory = memory;
    this.#exports = exports;
    this.#pool = pool;
  }

  /** What is computed, on how many threads. */
  get uses(): readonly KernelUse[] {
    return [{ kernel: this.label, workgroups: [this.#plan.threads, 1, 1], sizes: {} }];
  }

  /** Has all threads awake. */
  rouse(): void {
    if (this.#pool && !this.#pool.failure) this.#exports.kernel(f.commandMeet, 1);
  }

  run(count: number): Promise<void> {
    return runKernel(this.#exports, this.#pool, this.#plan.command, count);
  }

  result(): Float32Array<ArrayBuffer> {
    const result = new Float32Array(this.#plan.length);
    result.set(new Float32Array(this.#memory.buffer, this.#plan.c, this.#plan.length));
    return result;
  }

  dispose(): void {
    this.#pool?.dispose();
  }
}
