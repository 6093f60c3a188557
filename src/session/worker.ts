/** The session worker: it owns the GPU, the data and the race at hand, and takes the page's commands one after another. */
import * as Comlink from 'comlink';
import { fetchSource } from '../data/fetch-source.ts';
import { fileUrls } from '../data/file-urls.ts';
import { DatasetLoader } from '../data/load.ts';
import type { OwnData } from '../data/own/own-data.ts';
import { ReferenceEngine } from '../engine/cpu/reference.ts';
import type { AdoptedRaces } from './adopted/races.ts';
import { breather } from './breathe.ts';
import { CeilingMemory } from './ceiling-memory.ts';
import { GpuKeeper } from './gpu-access.ts';
import { BrowserMemory } from './tuner-memory.ts';
import type { ExportKind } from './export/kinds.ts';
import type { InsideNeuron, InsidePicture, InsideRequest } from './inside/protocol.ts';
import { browserHost, clockResolution, environmentOf, machineReport } from './machine.ts';
import type { MachineReport, RaceStart, RaceUpdate, SessionWorker } from './protocol.ts';
import type { RaceContext } from './race-context.ts';
import type { RaceReport } from './race-report.ts';
import { Race } from './race.ts';
import type { Settings } from './settings.ts';
import { wasmEngines } from './wasm-access.ts';
import type { TrainProgress, TrainReport, TrainRequest } from './train-report.ts';

const clock = (): number => performance.now();

class Session implements SessionWorker {
  readonly #context: RaceContext;
  #race: Race | null = null;
  #hidden = false;
  /** Starts follow one another, however fast they come. */
  #starting: Promise<void> = Promise.resolve();
  #newest = 0;
  #adoptedRaces: Promise<AdoptedRaces> | null = null;

  constructor() {
    const breathe = breather(clock, 20);
    const fast = wasmEngines({ clock, breathe });
    // beside the data; who needs the engine and cannot have it hears of it then
    void fast
      .at(-1)
      ?.warm()
      .catch(() => undefined);
    this.#context = {
      loader: new DatasetLoader(fetchSource(fileUrls)),
      gpu: new GpuKeeper({ gpu: 'gpu' in navigator ? navigator.gpu : undefined, secureContext: isSecureContext }, clock),
      fast,
      reference: new ReferenceEngine({ precision: 'float32', clock, breathe }),
      truth: new ReferenceEngine({ precision: 'float64', clock, breathe }),
      clock,
      clockResolutionMs: clockResolution(clock),
      tunerMemory: new BrowserMemory(),
      ceilings: new CeilingMemory(),
      browser: navigator.userAgent,
    };
  }

  adopt(own: OwnData): Promise<void> {
    this.#context.loader.adopt(own);
    return Promise.resolve();
  }

  async machine(): Promise<MachineReport> {
    return machineReport(await this.#context.gpu.access(), this.#context.clockResolutionMs);
  }

  start(runId: number, settings: Settings, how: RaceStart, onUpdate: (update: RaceUpdate) => void): Promise<void> {
    this.#newest = runId;
    this.#starting = this.#starting.then(async () => {
      await this.#race?.stop();
      this.#race = null;
      const adopted = (how.kernels ?? this.#adoptedRaces) && (await this.#adopted());
      if (runId !== this.#newest) return;
      this.#race = adopted
        ? adopted.begin(this.#context, runId, settings, how, onUpdate)
        : new Race(this.#context, runId, settings, how.paused, onUpdate);
      this.#race.setHidden(this.#hidden);
    });
    return this.#starting;
  }

  /** What watches over races with adopted kernels is fetched with the first of them. */
  #adopted(): Promise<AdoptedRaces> {
    return (this.#adoptedRaces ??= import('./adopted/races.ts').then((races) => new races.AdoptedRaces()));
  }

  /** Ends the race at hand and trains to the end; for the terminal. */
  async train(request: TrainRequest, onProgress: (progress: TrainProgress) => void): Promise<TrainReport> {
    await this.stop();
    const environment = environmentOf(await this.machine(), browserHost());
    const { trainAll } = await import('./train.ts');
    return trainAll(request, { ...this.#context, environment }, onProgress);
  }

  /** Commands wait for a start that is under way: they are meant for its race. */
  async run(): Promise<void> {
    await this.#starting;
    this.#race?.run();
  }

  async pause(): Promise<void> {
    await this.#starting;
    this.#race?.pause();
  }

  async stepOnce(): Promise<void> {
    await this.#starting;
    this.#race?.stepOnce();
  }

  setHidden(hidden: boolean): Promise<void> {
    this.#hidden = hidden;
    this.#race?.setHidden(hidden);
    return Promise.resolve();
  }

  breakDown(): Promise<void> {
    setTimeout(() => {
      throw new Error('broken on purpose');
    });
    return Promise.resolve();
  }

  async result(): Promise<RaceReport | null> {
    await this.#starting;
    const race = this.#race;
    const machine = await this.machine();
    const floorMs = machine.gpu.absent === null ? (race?.readBackFloorMs ?? null) : null;
    return (await race?.result(environmentOf(machine, browserHost(), floorMs))) ?? null;
  }

  /** What looks inside is fetched when it is first asked for. */
  async insidePicture(index: number): Promise<InsidePicture | null> {
    await this.#starting;
    return (await import('./inside/look.ts')).insidePicture(this.#race, index);
  }

  async insideNeuron(request: InsideRequest): Promise<InsideNeuron | null> {
    await this.#starting;
    return (await import('./inside/look.ts')).insideNeuron(this.#race, request);
  }

  async takeModel(kind: ExportKind): Promise<Uint8Array<ArrayBuffer> | null> {
    await this.#starting;
    const bytes = await (await import('./export/take.ts')).takeModel(this.#race, kind);
    return bytes && Comlink.transfer(bytes, [bytes.buffer]);
  }

  async loseDevice(): Promise<void> {
    (await this.#context.gpu.access()).engine?.device.destroy();
  }

  async memory(): Promise<{ readonly buffers: number; readonly bytes: number }> {
    const { engine } = await this.#context.gpu.access();
    return { buffers: engine?.ledger.buffers ?? 0, bytes: engine?.ledger.bytes ?? 0 };
  }

  async stop(): Promise<void> {
    await this.#race?.stop();
    this.#race = null;
  }
}

Comlink.expose(new Session());
