/** One kernel on its own, outside any training: a square matmul or an activation over an array, to be timed and checked. */
import type { KernelUse } from '../contract.ts';
import type { Arena } from './arena.ts';
import { encode, groupsFor, kernelUses, type Dispatch, type DispatchMaker } from './dispatch.ts';
import { activationCodes } from './kernel-table.ts';
import { workDone } from './waiting.ts';
import { matmulDispatch } from './plans/matmul.ts';
import { ReadBack } from './read-back.ts';

export class SingleKernel {
  readonly #arena: Arena;
  readonly #dispatch: Dispatch;
  readonly #result: GPUBuffer;
  readonly #count: number;

  private constructor(arena: Arena, dispatch: Dispatch, result: GPUBuffer, count: number) {
    this.#arena = arena;
    this.#dispatch = dispatch;
    this.#result = result;
    this.#count = count;
  }

  /** C = A · B, all of shape (size, size), row by row. */
  static async matmul(maker: DispatchMaker, a: Float32Array, b: Float32Array, size: number): Promise<SingleKernel> {
    const { arena } = maker;
    const c = arena.storage('C', size * size * 4);
    const values = {
      rows: size,
      columns: size,
      depth: size,
      depthPerSplit: size,
      rowStrideP: size,
      depthStrideP: 1,
      offsetP: 0,
      depthStrideQ: size,
      columnStrideQ: 1,
      offsetQ: 0,
      rowStrideC: size,
      columnStrideC: 1,
      offsetBias: 0,
      hasBias: 0,
    };
    const request = {
      segment: 'matmul',
      storage: 'float32',
      values,
      p: upload(arena, 'A', a),
      q: upload(arena, 'B', b),
      bias: null,
      c,
    } as const;
    return new SingleKernel(arena, await matmulDispatch(maker, request), c, size * size);
  }

  /** a = σ(z). */
  static async sigmoid(maker: DispatchMaker, z: Float32Array): Promise<SingleKernel> {
    const { arena } = maker;
    const a = arena.storage('A', z.length * 4);
    const dispatch = await maker.make({
      kernel: 'activation',
      entryPoint: 'forward',
      segment: 'sigmoid-cost',
      bindings: { 0: { count: z.length, kind: activationCodes.sigmoid }, 1: upload(arena, 'Z', z), 2: a },
      groups: groupsFor(z.length, 64),
    });
    return new SingleKernel(arena, dispatch, a, z.length);
  }

  /** What is dispatched, with its sizes. */
  get uses(): readonly KernelUse[] {
    return kernelUses([this.#dispatch]);
  }

  /** The kernel that was chosen. */
  get label(): string {
    return this.#dispatch.label;
  }

  /** Computes so many times over and resolves when the GPU is done. */
  async run(times: number): Promise<void> {
    const { device } = this.#arena;
    const encoder = device.createCommandEncoder({ label: 'single kernel' });
    const pass = encoder.beginComputePass({ label: 'single kernel' });
    for (let time = 0; time < times; time++) encode(pass, [this.#dispatch]);
    pass.end();
    device.queue.submit([encoder.finish()]);
    await workDone(device);
  }

  async result(): Promise<Float32Array<ArrayBuffer>> {
    const readBack = new ReadBack(this.#arena);
    return new Float32Array(await readBack.read([{ buffer: this.#result, offsetBytes: 0, sizeBytes: this.#count * 4 }]));
  }

  dispose(): void {
    this.#arena.dispose();
  }
}

function upload(arena: Arena, label: string, values: Float32Array): GPUBuffer {
  return arena.filled(label, values.byteLength, (bytes) => {
    new Float32Array(bytes, 0, values.length).set(values);
  });
}
