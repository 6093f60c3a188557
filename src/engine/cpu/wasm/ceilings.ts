/** The wasm lanes' copy and multiply-adds, in a memory of their own, on all threads of the lane. Timing is the session's. */
import { copyPattern, factors, patternLength, type CeilingKernels, type MultiplyAdds } from '../../ceiling.ts';
import * as f from './fields.ts';
import type { Pool } from './pool.ts';
import { planKernel, runKernel, type KernelExports, type KernelPlan } from './single-kernel.ts';
import type { WasmMemory } from './web-assembly.ts';

/** Floats copied, 32 MiB: with what is written, twice that, more than most last caches hold. */
const copyLength = 32 * patternLength;
/** A run takes some milliseconds of one thread. */
const multiplyAdds: MultiplyAdds = { items: 256, chains: f.chainsOfTurn, steps: 2048, ...factors };

/** Both kernels in one memory: A is copied to C, the sums go to B, and the factors stand at the end of B. */
export function planCeilings(threads: number): KernelPlan {
  const plan = planKernel(f.commandCopy, copyLength, copyLength, threads);
  const word = (field: number, value: number): readonly [number, number] => [f.headAt + 4 * field, value];
  return {
    ...plan,
    words: [
      ...plan.words,
      word(f.wordKernelItems, multiplyAdds.items),
      word(f.wordKernelSteps, multiplyAdds.steps),
      word(f.wordKernelFactors, factorsAt(plan)),
    ],
  };
}

function factorsAt({ b }: KernelPlan): number {
  return b + 16 * multiplyAdds.items;
}

export class WasmCeilings implements CeilingKernels {
  readonly bytesPerCopy = 2 * 4 * copyLength;
  readonly multiplyAdds = multiplyAdds;
  readonly #plan: KernelPlan;
  readonly #memory: WasmMemory;
  readonly #exports: KernelExports;
  readonly #pool: Pool | null;

  constructor(plan: KernelPlan, memory: WasmMemory, exports: KernelExports, pool: Pool | null) {
    this.#plan = plan;
    this.#memory = memory;
    this.#exports = exports;
    this.#pool = pool;
    const { growth, decay, addend } = multiplyAdds;
    new Float32Array(memory.buffer, factorsAt(plan), 8).set([growth, -growth, decay, -decay, addend, addend, addend, addend]);
    const pattern = copyPattern();
    for (let at = 0; at < copyLength; at += patternLength) new Uint32Array(memory.buffer, plan.a + 4 * at, patternLength).set(pattern);
  }

  copy(times: number): Promise<void> {
    return runKernel(this.#exports, this.#pool, f.commandCopy, times);
  }

  multiplyAdd(times: number): Promise<void> {
    return runKernel(this.#exports, this.#pool, f.commandMultiplyAdd, times);
  }

  copied(): Promise<Uint32Array<ArrayBuffer>> {
    const { c } = this.#plan;
    const ends = new Uint32Array(2 * patternLength);
    ends.set(new Uint32Array(this.#memory.buffer, c, patternLength));
    ends.set(new Uint32Array(this.#memory.buffer, c + 4 * (copyLength - patternLength), patternLength), patternLength);
    return Promise.resolve(ends);
  }

  sums(): Promise<Float32Array<ArrayBuffer>> {
    const sums = new Float32Array(4 * multiplyAdds.items);
    sums.set(new Float32Array(this.#memory.buffer, this.#plan.b, sums.length));
    return Promise.resolve(sums);
  }

  dispose(): void {
    this.#pool?.dispose();
  }
}
