/** Runs one kernel of the table on arrays, for tests that hold a kernel against its CPU twin. */
import { Arena, Ledger } from '../../src/engine/gpu/arena.ts';
import { DispatchMaker, encode, type Binding, type DispatchRequest } from '../../src/engine/gpu/dispatch.ts';
import type { KernelName } from '../../src/engine/gpu/kernel-table.ts';
import { KernelLibrary } from '../../src/engine/gpu/kernels.ts';
import { readBuffer } from './dawn.ts';

export type Values = Float32Array<ArrayBuffer> | Uint32Array<ArrayBuffer> | Uint8Array<ArrayBuffer>;

export interface KernelRun<Name extends KernelName> extends Omit<DispatchRequest<Name>, 'bindings' | 'segment'> {
  /** Uniform values, or what a storage buffer starts with. */
  readonly bindings: Readonly<Record<number, Values | Readonly<Record<string, number>>>>;
  /** Binding whose content is wanted. */
  readonly result: number;
}

export class KernelRunner {
  readonly #device: GPUDevice;
  readonly #kernels: KernelLibrary;

  constructor(device: GPUDevice) {
    this.#device = device;
    this.#kernels = new KernelLibrary(device);
  }

  has(feature: GPUFeatureName): boolean {
    return this.#device.features.has(feature);
  }

  /** The result's bytes after one dispatch. */
  async run<Name extends KernelName>(run: KernelRun<Name>): Promise<ArrayBuffer> {
    const arena = new Arena(this.#device, new Ledger());
    const buffers = new Map<number, GPUBuffer>();
    const bindings: Record<number, Binding> = {};
    for (const [key, given] of Object.entries(run.bindings)) {
      const binding = Number(key);
      if (!ArrayBuffer.isView(given)) {
        bindings[binding] = given;
        continue;
      }
      const buffer = arena.filled(`binding ${binding}`, given.byteLength, (bytes) => {
        new Uint8Array(bytes).set(new Uint8Array(given.buffer, given.byteOffset, given.byteLength));
      });
      buffers.set(binding, buffer);
      bindings[binding] = buffer;
    }
    const dispatch = await new DispatchMaker(arena, this.#kernels, true).make({ ...run, bindings, segment: 'matmul' });
    const encoder = this.#device.createCommandEncoder({ label: 'kernel test' });
    const pass = encoder.beginComputePass({ label: 'kernel test' });
    encode(pass, [dispatch]);
    pass.end();
    this.#device.queue.submit([encoder.finish()]);
    const result = buffers.get(run.result);
    if (!result) throw new RangeError(`binding ${run.result} is no buffer`);
    const given = run.bindings[run.result];
    const bytes = await readBuffer(this.#device, result);
    arena.dispose();
    return bytes.slice(0, ArrayBuffer.isView(given) ? given.byteLength : undefined);
  }

  async floats<Name extends KernelName>(run: KernelRun<Name>): Promise<Float32Array> {
    return new Float32Array(await this.run(run));
  }
}

/** Bytes, four a word, as X lies on the GPU. */
export function asWords(bytes: Uint8Array): Uint32Array<ArrayBuffer> {
  const padded = new Uint8Array(Math.ceil(bytes.length / 16) * 16);
  padded.set(bytes);
  return new Uint32Array(padded.buffer);
}
