/**
 * The page's side of the compared nets: starts the worker when there is something to do, sends commands, and drops what
 * comes too late. It keeps the worker between two starts, so that data and compiled code are there; it draws nothing.
 */
import * as Comlink from 'comlink';
import type { OwnData } from '../own/protocol.ts';
import type { ActivationUpdate, ActivationWorker } from './protocol.ts';
import type { ActivationSettings } from './settings.ts';

interface Running {
  readonly worker: Worker;
  readonly remote: Comlink.Remote<ActivationWorker>;
  /** Resolves when the worker breaks, since what it was asked then never answers. */
  readonly broken: Promise<void>;
}

export class ActivationClient {
  readonly #onUpdate: (update: ActivationUpdate) => void;
  readonly #own: () => OwnData | null;
  #running: Running | null = null;
  #run = 0;

  /**
   * @param onUpdate gets the updates of the newest start only
   * @param own what the user has open, for the set `own`
   */
  constructor(onUpdate: (update: ActivationUpdate) => void, own: () => OwnData | null = () => null) {
    this.#onUpdate = onUpdate;
    this.#own = own;
  }

  /** Ends what is under way and begins anew. */
  async start(settings: ActivationSettings, paused: boolean): Promise<void> {
    const run = ++this.#run;
    const onUpdate = (update: ActivationUpdate): void => {
      if (run === this.#run) this.#onUpdate(update);
    };
    const { remote, broken } = (this.#running ??= this.#spawn());
    void remote.setHidden(document.hidden);
    const own = settings.set === 'own' ? this.#own() : null;
    if (own) void remote.adopt(own);
    await Promise.race([remote.start(settings, paused, Comlink.proxy(onUpdate)), broken]);
  }

  #spawn(): Running {
    const worker = new Worker(new URL('./worker.ts', import.meta.url), { type: 'module', name: 'activations' });
    const broken = new Promise<void>((resolve) => {
      worker.addEventListener('error', (event) => {
        if (this.#running?.worker === worker) {
          this.#free();
          this.#onUpdate({ phase: 'failed', failure: event.message || 'its script did not load' });
        }
        resolve();
      });
    });
    return { worker, remote: Comlink.wrap<ActivationWorker>(worker), broken };
  }

  async pause(): Promise<void> {
    await this.#running?.remote.pause();
  }

  async resume(): Promise<void> {
    await this.#running?.remote.resume();
  }

  async step(): Promise<void> {
    await this.#running?.remote.step();
  }

  /** What it tells from now on is of no interest. */
  async cancel(): Promise<void> {
    this.#run++;
    await this.#running?.remote.cancel();
  }

  async setHidden(hidden: boolean): Promise<void> {
    await this.#running?.remote.setHidden(hidden);
  }

  /** For tests: the device goes as it would in a crash of the driver. */
  async loseDevice(): Promise<void> {
    await this.#running?.remote.loseDevice();
  }

  #free(): void {
    this.#running?.worker.terminate();
    this.#running = null;
  }

  dispose(): void {
    this.#run++;
    this.#free();
  }
}
