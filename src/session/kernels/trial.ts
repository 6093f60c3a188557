/** One case of a contract on a device: buffers with margins, a dispatch, and what it left. Frees all that it took. */
import { Arena, type Ledger } from '../../engine/gpu/arena.ts';
import { uniformWords } from '../../engine/gpu/bindings.ts';
import { copyToTexels, createTexels } from '../../engine/gpu/texels.ts';
import { unlessLost } from '../../engine/gpu/loss.ts';
import { workDone } from '../../engine/gpu/waiting.ts';
import { ReadBack } from '../../engine/gpu/read-back.ts';
import { compare, marginWord, marginWords, type Comparison } from './compare.ts';
import { Easel } from './easel.ts';
import type { Contract, GateCase, Shape, Values } from './gate/contract.ts';
import { firedLoop, guardWords, type GuardedLoop } from './guard.ts';
import type { Compiled } from './pipeline.ts';

/** Bytes of a buffer without its margin; X as bytes is read in whole vectors. */
function sizeOf(values: Values): number {
  return Math.ceil(values.byteLength / 4) * 4;
}

function withMargin(values: Values, kind: keyof typeof marginWord): Uint8Array<ArrayBuffer> {
  const size = sizeOf(values);
  const bytes = new Uint8Array(Math.ceil(size / 16) * 16 + 4 * marginWords);
  new Uint32Array(bytes.buffer).fill(marginWord[kind], size / 4);
  bytes.set(new Uint8Array(values.buffer, values.byteOffset, values.byteLength));
  return bytes;
}

/** A dispatch that takes longer is given up, and its device with it: this, and what a slow processor needs for the work. */
const mostMs = 5000;
const slowestFlopsPerMs = 40_000;

/** The GPU did not come back: its device is not to be touched again, not even to be destroyed. */
export class HungError extends Error {
  override readonly name = 'HungError';
}

async function inTime(work: Promise<unknown>, limitMs: number): Promise<void> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new HungError(`no answer within ${(limitMs / 1000).toFixed(0)} s`)), limitMs);
  });
  try {
    await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}

/** Turns that no honest kernel needs: eight for every word that it may read or write, and some. */
export function turnsAllowed({ buffers }: GateCase): number {
  return 65_536 + 2 * Object.values(buffers).reduce((sum, values) => sum + values.byteLength, 0);
}

export class TrialRun {
  readonly #device: GPUDevice;
  readonly #arena: Arena;
  readonly #contract: Contract;
  readonly #given: GateCase;
  readonly #buffers = new Map<number, GPUBuffer>();
  readonly #resources: { readonly binding: number; readonly resource: GPUBindingResource }[] = [];
  readonly #readBack: ReadBack;
  #easel: Easel | null = null;
  #budget: GPUBuffer | null = null;
  readonly #limitMs: number;
  #isHung = false;

  /** @throws CapacityError when a buffer is more than the device takes */
  constructor(device: GPUDevice, ledger: Ledger, contract: Contract, shape: Shape, given: GateCase) {
    this.#device = device;
    this.#arena = new Arena(device, ledger);
    this.#contract = contract;
    this.#given = given;
    this.#limitMs = mostMs + contract.work(shape).flops / slowestFlopsPerMs;
    this.#readBack = new ReadBack(this.#arena);
    try {
      for (const key of Object.keys(contract.bindings)) this.#bind(Number(key));
      if (given.picture) {
        this.#easel = new Easel(this.#arena, given.picture);
        this.#buffers.set(given.picture.binding, this.#easel.pixels);
      }
    } catch (error) {
      this.dispose();
      throw error;
    }
  }

  #bind(binding: number): void {
    const { uniforms, buffers } = this.#given;
    const fields = this.#contract.uniforms[binding];
    const values = uniforms[binding];
    if (fields && values) {
      this.#resources.push({ binding, resource: { buffer: this.#arena.uniform(`uniform ${binding}`, uniformWords(fields, values)) } });
      return;
    }
    const given = buffers[binding];
    if (!given) throw new RangeError(`${this.#contract.id}: nothing is bound at ${binding}`);
    if (this.#contract.bindings[binding] === 'uniform') {
      const words = new Uint8Array(given.buffer, given.byteOffset, given.byteLength).slice().buffer;
      this.#resources.push({ binding, resource: { buffer: this.#arena.uniform(`uniform ${binding}`, words) } });
      return;
    }
    const bytes = withMargin(given, this.#contract.bindings[binding] === 'write' ? 'write' : 'read');
    const buffer = this.#arena.filled(`binding ${binding}`, bytes.byteLength, (mapped) => new Uint8Array(mapped).set(bytes));
    this.#buffers.set(binding, buffer);
    this.#resources.push({ binding, resource: this.#asTexels(binding, buffer, given) ?? { buffer } });
  }

  #asTexels(binding: number, buffer: GPUBuffer, { byteLength }: Values): GPUTextureView | null {
    const kind = this.#contract.bindings[binding];
    if (kind !== 'texels-uint' && kind !== 'texels-float') return null;
    const exampleBytes = this.#given.exampleBytes?.[binding];
    if (!exampleBytes) throw new RangeError(`${this.#contract.id}: it is not said how long an example at ${binding} is`);
    const storage = kind === 'texels-uint' ? 'uint8' : 'float32';
    const texels = createTexels(this.#arena, `binding ${binding}`, storage, exampleBytes, byteLength / exampleBytes);
    copyToTexels(this.#device, buffer, texels);
    return texels.view;
  }

  #encode(encoder: GPUCommandEncoder, compiled: Compiled, guard: GPUBuffer | null, times: number): void {
    const groups = [this.#device.createBindGroup({ label: 'trial', layout: compiled.layout, entries: this.#resources })];
    if (guard && compiled.guard) {
      const buffer = (this.#budget ??= this.#arena.uniform('turns', Uint32Array.of(turnsAllowed(this.#given)).buffer));
      const entries = [guard, buffer].map((own, binding) => ({ binding, resource: { buffer: own } }));
      groups.push(this.#device.createBindGroup({ label: 'guard', layout: compiled.guard.layout, entries }));
    }
    if (compiled.draws) return this.#easel?.encode(encoder, compiled.draws, groups, times);
    const pass = encoder.beginComputePass({ label: 'trial' });
    pass.setPipeline(compiled.computes);
    for (const [index, group] of groups.entries()) pass.setBindGroup(index, group);
    for (let time = 0; time < times; time++) pass.dispatchWorkgroups(...this.#given.groups);
    pass.end();
  }

  /** Runs a guarded copy. @returns the loop that did not end, if there is one */
  async guarded(compiled: Compiled): Promise<GuardedLoop | null> {
    const { guard } = compiled;
    const sizeBytes = guard ? 4 * guardWords(guard.code) : 0;
    const buffer = guard ? this.#arena.storage('guard', sizeBytes) : null;
    await this.#submit(compiled, buffer, 1);
    if (!guard || !buffer) return null;
    const words = new Uint32Array(await this.#readBack.read([{ buffer, offsetBytes: 0, sizeBytes }]));
    this.#arena.free(buffer);
    return firedLoop(guard.code, words);
  }

  /** The kernel so many times over; resolves when the GPU is done. */
  async run(compiled: Compiled, times: number): Promise<void> {
    await this.#submit(compiled, null, times);
  }

  async #submit(compiled: Compiled, guard: GPUBuffer | null, times: number): Promise<void> {
    this.#device.pushErrorScope('validation');
    const encoder = this.#device.createCommandEncoder({ label: 'trial' });
    this.#encode(encoder, compiled, guard, times);
    this.#device.queue.submit([encoder.finish()]);
    const complaint = this.#device.popErrorScope();
    try {
      await inTime(workDone(this.#device), this.#limitMs);
    } catch (error) {
      this.#isHung = error instanceof HungError;
      throw error;
    }
    const error = await unlessLost(this.#device, complaint);
    if (error) throw new RangeError(error.message);
  }

  /** Every buffer as it was before the first run. */
  reset(): void {
    for (const [binding, buffer] of this.#buffers) {
      const given = this.#given.buffers[binding];
      if (given && this.#contract.bindings[binding] === 'write') this.#device.queue.writeBuffer(buffer, 0, withMargin(given, 'write'));
    }
  }

  async compare(): Promise<Comparison> {
    const expected = this.#given.expected();
    const found = new Map<number, ArrayBuffer>();
    for (const { binding } of expected) {
      const buffer = this.#buffers.get(binding);
      if (!buffer) continue;
      const bytes = await this.#readBack.read([{ buffer, offsetBytes: 0, sizeBytes: buffer.size }]);
      found.set(binding, buffer === this.#easel?.pixels ? this.#easel.values(bytes) : bytes);
    }
    return compare(expected, found);
  }

  dispose(): void {
    if (this.#isHung) return;
    this.#easel?.dispose();
    this.#arena.dispose();
  }
}
