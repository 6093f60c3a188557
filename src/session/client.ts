/**
 * The page's side of a session: starts the worker, sends commands, hands on updates and drops stale ones. It holds no
 * state of a race; that is the store's.
 */
import * as Comlink from 'comlink';
import type { MachineReport, RaceUpdate, SessionWorker, TrainProgress, TrainReport, TrainRequest } from './protocol.ts';
import type { Settings } from './settings.ts';

export class SessionClient {
  readonly #worker: Worker;
  readonly #remote: Comlink.Remote<SessionWorker>;
  #runId = 0;
  readonly #onUpdate: (update: RaceUpdate) => void;

  /** @param onUpdate gets the updates of the newest run only */
  constructor(onUpdate: (update: RaceUpdate) => void) {
    this.#onUpdate = onUpdate;
    this.#worker = new Worker(new URL('./worker.ts', import.meta.url), { type: 'module', name: 'session' });
    this.#remote = Comlink.wrap<SessionWorker>(this.#worker);
  }

  machine(): Promise<MachineReport> {
    return this.#remote.machine();
  }

  /** Ends the race at hand and begins another; resolves when the worker has taken the command. */
  async start(settings: Settings, how: { readonly paused: boolean } = { paused: false }): Promise<void> {
    const runId = ++this.#runId;
    const onUpdate = (update: RaceUpdate): void => {
      if (update.runId === this.#runId) this.#onUpdate(update);
    };
    await this.#remote.start(runId, settings, how, Comlink.proxy(onUpdate));
  }

  /** Trains to the end, without a race to be seen; for the terminal. */
  train(request: TrainRequest, onProgress: (progress: TrainProgress) => void): Promise<TrainReport> {
    return this.#remote.train(request, Comlink.proxy(onProgress));
  }

  run(): Promise<void> {
    return this.#remote.run();
  }

  pause(): Promise<void> {
    return this.#remote.pause();
  }

  stepOnce(): Promise<void> {
    return this.#remote.stepOnce();
  }

  setHidden(hidden: boolean): Promise<void> {
    return this.#remote.setHidden(hidden);
  }

  loseDevice(): Promise<void> {
    return this.#remote.loseDevice();
  }

  memory(): Promise<{ readonly buffers: number; readonly bytes: number }> {
    return this.#remote.memory();
  }

  dispose(): void {
    this.#worker.terminate();
  }
}
