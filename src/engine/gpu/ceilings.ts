/** The GPU's copy and multiply-adds, on buffers of their own, which are freed at the end. Timing them is the session's. */
import { copyPattern, factors, patternLength, type CeilingKernels, type MultiplyAdds } from '../ceiling.ts';
import type { Arena } from './arena.ts';
import { encode, groupsFor, type Dispatch, type DispatchMaker } from './dispatch.ts';
import { workDone } from './waiting.ts';
import { ReadBack } from './read-back.ts';

const patternBytes = 4 * patternLength;
/** Bytes copied: large beside the caches of a graphics card; a software GPU is so slow that its caches do not matter. */
const copyBytes = { hardware: 64 * 1_048_576, software: 4 * 1_048_576 } as const;
/** Work of one run: some milliseconds on anything, and enough threads to fill a large card. */
const work = { hardware: { items: 262_144, steps: 1024 }, software: { items: 4096, steps: 256 } } as const;
/** Chains of a thread; see `shaders/fma.wgsl`. */
const chains = 4;
const workgroupSize = { hardware: 256, software: 64 } as const;
const vectorsPerThread = 4;

export class GpuCeilings implements CeilingKernels {
  readonly bytesPerCopy: number;
  readonly multiplyAdds: MultiplyAdds;
  readonly #arena: Arena;
  readonly #readBack: ReadBack;
  readonly #copy: Dispatch;
  readonly #multiplyAdd: Dispatch;
  readonly #copied: GPUBuffer;
  readonly #sums: GPUBuffer;

  private constructor(
    arena: Arena,
    dispatches: { readonly copy: Dispatch; readonly multiplyAdd: Dispatch },
    buffers: { readonly copied: GPUBuffer; readonly sums: GPUBuffer },
    multiplyAdds: MultiplyAdds,
  ) {
    this.#arena = arena;
    this.#readBack = new ReadBack(arena);
    this.#copy = dispatches.copy;
    this.#multiplyAdd = dispatches.multiplyAdd;
    this.#copied = buffers.copied;
    this.#sums = buffers.sums;
    this.bytesPerCopy = 2 * buffers.copied.size;
    this.multiplyAdds = multiplyAdds;
  }

  /**
   * @param maker whose arena is taken over, and disposed of with this
   * @throws ShaderError, or CapacityError when not even a pattern fits
   */
  static async make(maker: DispatchMaker): Promise<GpuCeilings> {
    const { arena } = maker;
    try {
      const kind = maker.software ? 'software' : 'hardware';
      const { maxBufferSize, maxStorageBufferBindingSize, maxComputeInvocationsPerWorkgroup } = arena.device.limits;
      const mostBytes = Math.min(copyBytes[kind], maxBufferSize, maxStorageBufferBindingSize);
      const bytes = Math.max(1, Math.floor(mostBytes / patternBytes)) * patternBytes;
      const threads = Math.min(workgroupSize[kind], maxComputeInvocationsPerWorkgroup);
      const multiplyAdds = { ...work[kind], chains, ...factors };
      const copied = arena.storage('copied', bytes);
      const sums = arena.storage('sums of multiply-adds', 16 * multiplyAdds.items);
      const copy = await maker.make({
        kernel: 'copy',
        entryPoint: 'main',
        segment: 'fused-pass',
        bindings: { 0: { vectors: bytes / 16 }, 1: filledSource(arena, bytes), 2: copied },
        groups: groupsFor(bytes / 16 / vectorsPerThread, threads),
        constants: { workgroupSize: threads, vectorsPerThread },
      });
      const multiplyAdd = await maker.make({
        kernel: 'fma',
        entryPoint: 'main',
        segment: 'fused-pass',
        bindings: { 0: { threads: multiplyAdds.items, ...multiplyAdds }, 1: sums },
        groups: groupsFor(multiplyAdds.items, threads),
        constants: { workgroupSize: threads },
      });
      return new GpuCeilings(arena, { copy, multiplyAdd }, { copied, sums }, multiplyAdds);
    } catch (error) {
      arena.dispose();
      throw error;
    }
  }

  copy(times: number): Promise<void> {
    return this.#run(this.#copy, times);
  }

  multiplyAdd(times: number): Promise<void> {
    return this.#run(this.#multiplyAdd, times);
  }

  async #run(dispatch: Dispatch, times: number): Promise<void> {
    const { device } = this.#arena;
    const encoder = device.createCommandEncoder({ label: 'ceiling' });
    const pass = encoder.beginComputePass({ label: 'ceiling' });
    for (let time = 0; time < times; time++) encode(pass, [dispatch]);
    pass.end();
    device.queue.submit([encoder.finish()]);
    await workDone(device);
  }

  async copied(): Promise<Uint32Array<ArrayBuffer>> {
    const buffer = this.#copied;
    const ends = [0, buffer.size - patternBytes];
    return new Uint32Array(await this.#readBack.read(ends.map((offsetBytes) => ({ buffer, offsetBytes, sizeBytes: patternBytes }))));
  }

  async sums(): Promise<Float32Array<ArrayBuffer>> {
    const sizeBytes = 16 * this.multiplyAdds.items;
    return new Float32Array(await this.#readBack.read([{ buffer: this.#sums, offsetBytes: 0, sizeBytes }]));
  }

  dispose(): void {
    this.#arena.dispose();
  }
}

/** The pattern over and over: sent once, repeated on the GPU. */
function filledSource(arena: Arena, bytes: number): GPUBuffer {
  const { device } = arena;
  const source = arena.storage('source of a copy', bytes);
  const pattern = arena.filled('pattern of a copy', patternBytes, (mapped) => new Uint32Array(mapped).set(copyPattern()));
  const encoder = device.createCommandEncoder({ label: 'fill the source' });
  for (let at = 0; at < bytes; at += patternBytes) encoder.copyBufferToBuffer(pattern, 0, source, at, patternBytes);
  device.queue.submit([encoder.finish()]);
  return source;
}
