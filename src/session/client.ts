/**
 * The page's side of a session: starts the worker, sends commands, hands on updates and drops stale ones. It holds no
 * state of a race; that is the store's.
 */
import * as Comlink from 'comlink';
import type { ExportKind } from './export/kinds.ts';
import type { InsideNeuron, InsidePicture, InsideRequest } from './inside/protocol.ts';
import type {
  MachineReport,
  RaceReport,
  RaceStart,
  RaceUpdate,
  SessionWorker,
  TrainProgress,
  TrainReport,
  TrainRequest,
} from './protocol.ts';
import type { OwnData } from './own/protocol.ts';
import type { Settings } from './settings.ts';

/** The worker ended by itself: what it was doing is lost, a new one can be started. */
export class WorkerBrokenError extends Error {
  override readonly name = 'WorkerBrokenError';
}

/** A worker, how to speak to it, and its end. */
interface Running {
  readonly worker: Worker;
  readonly remote: Comlink.Remote<SessionWorker>;
  /** Rejects when the worker breaks, since what it was asked then never answers. */
  readonly broken: Promise<never>;
}

export class SessionClient {
  readonly #onUpdate: (update: RaceUpdate) => void;
  #running: Running;
  #isBroken = false;
  #runId = 0;
  #own: OwnData | null = null;

  /** @param onUpdate gets the updates of the newest run only */
  constructor(onUpdate: (update: RaceUpdate) => void) {
    this.#onUpdate = onUpdate;
    this.#running = this.#spawn();
  }

  #spawn(): Running {
    const worker = new Worker(new URL('./worker.ts', import.meta.url), { type: 'module', name: 'session' });
    const broken = new Promise<never>((_, reject) => {
      worker.addEventListener('error', (event) => {
        worker.terminate();
        this.#isBroken = true;
        reject(new WorkerBrokenError(event.message || 'its script did not load'));
      });
    });
    // whoever asks hears of it; when nobody does, it is no failure of its own
    broken.catch(() => undefined);
    this.#isBroken = false;
    return { worker, remote: Comlink.wrap<SessionWorker>(worker), broken };
  }

  #ask<T>(question: (remote: Comlink.Remote<SessionWorker>) => Promise<T>): Promise<T> {
    const { remote, broken } = this.#running;
    return Promise.race([question(remote), broken]);
  }

  /** Rejects with a WorkerBrokenError when the worker at hand breaks. */
  get broken(): Promise<never> {
    return this.#running.broken;
  }

  /** Keeps a file that the user opened for this worker and any that takes its place. */
  async adopt(own: OwnData): Promise<void> {
    this.#own = own;
    await this.#ask((remote) => remote.adopt(own));
  }

  machine(): Promise<MachineReport> {
    return this.#ask((remote) => remote.machine());
  }

  /** Ends the race at hand and begins another, in a new worker where the last one broke; resolves when it is taken. */
  async start(settings: Settings, how: RaceStart = { paused: false }): Promise<void> {
    if (this.#isBroken) {
      this.#running = this.#spawn();
      if (this.#own) await this.adopt(this.#own);
    }
    const runId = ++this.#runId;
    const onUpdate = (update: RaceUpdate): void => {
      // what a broken worker sent before its end may arrive after it
      if (update.runId === this.#runId && !this.#isBroken) this.#onUpdate(update);
    };
    await this.#ask((remote) => remote.start(runId, settings, how, Comlink.proxy(onUpdate)));
  }

  /** Trains to the end, without a race to be seen; for the terminal. */
  train(request: TrainRequest, onProgress: (progress: TrainProgress) => void): Promise<TrainReport> {
    return this.#ask((remote) => remote.train(request, Comlink.proxy(onProgress)));
  }

  run(): Promise<void> {
    return this.#ask((remote) => remote.run());
  }

  pause(): Promise<void> {
    return this.#ask((remote) => remote.pause());
  }

  stepOnce(): Promise<void> {
    return this.#ask((remote) => remote.stepOnce());
  }

  setHidden(hidden: boolean): Promise<void> {
    return this.#ask((remote) => remote.setHidden(hidden));
  }

  breakDown(): Promise<void> {
    return this.#ask((remote) => remote.breakDown());
  }

  result(): Promise<RaceReport | null> {
    return this.#ask((remote) => remote.result());
  }

  insidePicture(index: number): Promise<InsidePicture | null> {
    return this.#ask((remote) => remote.insidePicture(index));
  }

  insideNeuron(request: InsideRequest): Promise<InsideNeuron | null> {
    return this.#ask((remote) => remote.insideNeuron(request));
  }

  takeModel(kind: ExportKind): Promise<Uint8Array<ArrayBuffer> | null> {
    return this.#ask((remote) => remote.takeModel(kind));
  }

  loseDevice(): Promise<void> {
    return this.#ask((remote) => remote.loseDevice());
  }

  memory(): Promise<{ readonly buffers: number; readonly bytes: number }> {
    return this.#ask((remote) => remote.memory());
  }

  dispose(): void {
    this.#running.worker.terminate();
  }
}
