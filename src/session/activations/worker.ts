/** The worker of the compared nets: it owns processors and data of its own. One comparison at a time. */
import * as Comlink from 'comlink';
import { fetchSource } from '../../data/fetch-source.ts';
import { fileUrls } from '../../data/file-urls.ts';
import { DatasetLoader } from '../../data/load.ts';
import type { OwnData } from '../../data/own/own-data.ts';
import { ReferenceEngine } from '../../engine/cpu/reference.ts';
import { breather } from '../breathe.ts';
import { GpuKeeper } from '../gpu-access.ts';
import { wasmEngines } from '../wasm-access.ts';
import type { ActivationUpdate, ActivationWorker } from './protocol.ts';
import { ActivationRun, type ActivationHost } from './run.ts';
import type { ActivationSettings } from './settings.ts';

const clock = (): number => performance.now();

class Worker implements ActivationWorker {
  readonly #loader = new DatasetLoader(fetchSource(fileUrls));
  readonly #host: ActivationHost;
  #run: ActivationRun | null = null;
  #hidden = false;

  constructor() {
    const breathe = breather(clock, 20);
    this.#host = {
      loader: this.#loader,
      gpu: new GpuKeeper({ gpu: 'gpu' in navigator ? navigator.gpu : undefined, secureContext: isSecureContext }, clock),
      fast: wasmEngines({ clock, breathe }),
      reference: new ReferenceEngine({ precision: 'float32', clock, breathe }),
      truth: new ReferenceEngine({ precision: 'float64', clock, breathe }),
      clock,
      breathe,
    };
  }

  adopt(own: OwnData): void {
    this.#loader.adopt(own);
  }

  async start(settings: ActivationSettings, paused: boolean, onUpdate: (update: ActivationUpdate) => void): Promise<void> {
    await this.cancel();
    this.#run = new ActivationRun(this.#host, settings, paused, onUpdate);
    this.#run.setHidden(this.#hidden);
  }

  pause(): void {
    this.#run?.pause();
  }

  resume(): void {
    this.#run?.resume();
  }

  step(): void {
    this.#run?.step();
  }

  async cancel(): Promise<void> {
    await this.#run?.cancel();
    this.#run = null;
  }

  setHidden(hidden: boolean): void {
    this.#hidden = hidden;
    this.#run?.setHidden(hidden);
  }

  async loseDevice(): Promise<void> {
    (await this.#host.gpu.access()).engine?.device.destroy();
  }
}

Comlink.expose(new Worker());
