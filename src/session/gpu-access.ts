/** Getting hold of a GPU, or of the reason why there is none; and of a new one after the first went away. */
import { GpuEngine } from '../engine/gpu/engine.ts';
import { workDone } from '../engine/gpu/waiting.ts';
import type { Clock } from '../engine/contract.ts';
import type { GpuAbsence } from './protocol.ts';

export type GpuAccess =
  | { readonly engine: GpuEngine; readonly adapter: GPUAdapter }
  | { readonly engine: null; readonly why: GpuAbsence; readonly detail: string };

export interface GpuSource {
  /** `navigator.gpu`, or Dawn's; undefined where there is none. */
  readonly gpu: GPU | undefined;
  readonly secureContext: boolean;
}

/** @param without features that the device is not to have */
export async function openGpu({ gpu, secureContext }: GpuSource, clock: Clock, without?: readonly string[]): Promise<GpuAccess> {
  if (!gpu) return { engine: null, why: secureContext ? 'no-webgpu' : 'insecure-context', detail: '' };
  let adapter: GPUAdapter | null;
  try {
    adapter = await gpu.requestAdapter({ powerPreference: 'high-performance' });
  } catch (error) {
    return { engine: null, why: 'no-adapter', detail: error instanceof Error ? error.message : String(error) };
  }
  if (!adapter) return { engine: null, why: 'no-adapter', detail: '' };
  try {
    return { engine: await GpuEngine.open(adapter, clock, undefined, undefined, without), adapter };
  } catch (error) {
    return { engine: null, why: 'no-device', detail: error instanceof Error ? error.message : String(error) };
  }
}

/** Keeps one engine open; opens another when it is lost. */
export class GpuKeeper {
  readonly #source: GpuSource;
  readonly #clock: Clock;
  #access: Promise<GpuAccess>;
  #lastLoss = '';

  constructor(source: GpuSource, clock: Clock) {
    this.#source = source;
    this.#clock = clock;
    this.#access = openGpu(source, clock);
  }

  async access(): Promise<GpuAccess> {
    const access = await this.#access;
    if (access.engine?.lost) {
      this.#lastLoss = access.engine.lost.message;
      this.#access = openGpu(this.#source, this.#clock);
    }
    return this.#access;
  }

  /** What the browser said when a device was lost last. */
  get lastLoss(): string {
    return this.#lastLoss;
  }

  async dispose(): Promise<void> {
    (await this.#access).engine?.dispose();
  }
}

/** Median of a few empty submissions, awaited: what any answer from this GPU costs at the least, ms. */
export async function readBackFloor(device: GPUDevice, clock: Clock): Promise<number> {
  const times: number[] = [];
  const began = clock();
  for (let attempt = 0; attempt < 7 && clock() - began < 300; attempt++) {
    const before = clock();
    device.queue.submit([]);
    await workDone(device);
    times.push(clock() - before);
  }
  times.sort((a, b) => a - b);
  return times[Math.floor(times.length / 2)] ?? 0;
}
