/** The worker of a sweep: it owns processors and data of its own, so that a race is none of its load. One sweep at a time. */
import * as Comlink from 'comlink';
import { fetchSource } from '../../data/fetch-source.ts';
import { fileUrls } from '../../data/file-urls.ts';
import { DatasetLoader } from '../../data/load.ts';
import type { OwnData } from '../../data/own/own-data.ts';
import { ReferenceEngine } from '../../engine/cpu/reference.ts';
import { breather } from '../breathe.ts';
import { GpuKeeper } from '../gpu-access.ts';
import { browserHost, clockResolution, environmentOf, machineReport } from '../machine.ts';
import { wasmEngines } from '../wasm-access.ts';
import type { SweepHost } from './host.ts';
import type { SweepUpdate, SweepWorker } from './protocol.ts';
import type { SweepProgress } from './report.ts';
import type { SweepSettings } from './settings.ts';
import { Sweep } from './sweep.ts';

const clock = (): number => performance.now();

class Worker implements SweepWorker {
  readonly #host: SweepHost;
  #sweep: Sweep | null = null;
  #hidden = false;

  constructor() {
    const breathe = breather(clock, 20);
    const gpu = new GpuKeeper({ gpu: 'gpu' in navigator ? navigator.gpu : undefined, secureContext: isSecureContext }, clock);
    const clockResolutionMs = clockResolution(clock);
    this.#host = {
      loader: new DatasetLoader(fetchSource(fileUrls)),
      gpu,
      fast: wasmEngines({ clock, breathe }),
      reference: new ReferenceEngine({ precision: 'float32', clock, breathe }),
      truth: new ReferenceEngine({ precision: 'float64', clock, breathe }),
      clock,
      clockResolutionMs,
      environment: async () => environmentOf(machineReport(await gpu.access(), clockResolutionMs), browserHost()),
    };
  }

  adopt(own: OwnData): void {
    this.#host.loader.adopt(own);
  }

  async start(settings: SweepSettings, from: SweepProgress | null, onUpdate: (update: SweepUpdate) => void): Promise<void> {
    await this.cancel();
    this.#sweep = new Sweep(this.#host, settings, from, onUpdate);
    this.#sweep.setHidden(this.#hidden);
  }

  pause(): void {
    this.#sweep?.pause();
  }

  resume(): void {
    this.#sweep?.resume();
  }

  async cancel(): Promise<void> {
    await this.#sweep?.cancel();
    this.#sweep = null;
  }

  setHidden(hidden: boolean): void {
    this.#hidden = hidden;
    this.#sweep?.setHidden(hidden);
  }

  async loseDevice(): Promise<void> {
    (await this.#host.gpu.access()).engine?.device.destroy();
  }

  async memory(): Promise<{ readonly buffers: number; readonly bytes: number }> {
    const { engine } = await this.#host.gpu.access();
    return { buffers: engine?.ledger.buffers ?? 0, bytes: engine?.ledger.bytes ?? 0 };
  }
}

Comlink.expose(new Worker());
