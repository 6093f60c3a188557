/**
 * The page's side of a sweep: starts the worker when there is something to do, sends commands, gathers what was found, and
 * drops what comes too late. It draws nothing; what is kept for the next visit is `memory.ts`'s.
 */
import * as Comlink from 'comlink';
import { makeReport } from './make-report.ts';
import type { OwnData } from '../own/protocol.ts';
import type { SweepPhase, SweepUpdate, SweepWorker } from './protocol.ts';
import type { SweepProgress, SweepReport } from './report.ts';
import { plannedRuns, type SweepSettings } from './settings.ts';

/** A worker that does not let go in this time is ended. */
const patienceMs = 1500;

interface Running {
  readonly worker: Worker;
  readonly remote: Comlink.Remote<SweepWorker>;
  /** Resolves when the worker breaks, since what it was asked then never answers. */
  readonly broken: Promise<void>;
}

export class SweepClient {
  readonly #onUpdate: (update: SweepUpdate) => void;
  readonly #own: () => OwnData | null;
  #running: Running | null = null;
  /** Whose updates are heard. */
  #run = 0;
  /** The newest command: a start that was overtaken while it waited does not begin. */
  #ticket = 0;
  /** A pause that was asked for before the worker had a sweep to pause. */
  #wantsToPause = false;
  #last: SweepUpdate | null = null;
  #progress: SweepProgress | null = null;

  /**
   * @param onUpdate gets the updates of the newest sweep only
   * @param own what the user has open, for the set `own`
   */
  constructor(onUpdate: (update: SweepUpdate) => void, own: () => OwnData | null = () => null) {
    this.#onUpdate = onUpdate;
    this.#own = own;
  }

  /** All that was found so far, the part of an earlier visit included; null before the first start. */
  get progress(): SweepProgress | null {
    return this.#progress;
  }

  /** Ends the sweep at hand and begins another. @param from what an earlier visit has done of these settings */
  async start(settings: SweepSettings, from: SweepProgress | null): Promise<void> {
    const run = ++this.#run;
    const ticket = ++this.#ticket;
    this.#wantsToPause = false;
    await this.#stop();
    if (this.#isOvertaken(ticket)) return;
    this.#last = null;
    this.#progress = from ?? { settings, times: [], samples: [], laws: null };
    const onUpdate = (update: SweepUpdate): void => {
      if (run === this.#run) this.#take(update);
    };
    const { remote, broken } = (this.#running ??= this.#spawn());
    void remote.setHidden(document.hidden);
    const own = settings.set === 'own' ? this.#own() : null;
    if (own) void remote.adopt(own);
    await Promise.race([remote.start(settings, from, Comlink.proxy(onUpdate)), broken]);
    if (run === this.#run && this.#pauseIsWanted()) await this.pause();
  }

  #spawn(): Running {
    const worker = new Worker(new URL('./worker.ts', import.meta.url), { type: 'module', name: 'sweep' });
    const broken = new Promise<void>((resolve) => {
      worker.addEventListener('error', (event) => {
        if (this.#running?.worker === worker) this.#end('failed', event.message || 'its script did not load');
        resolve();
      });
    });
    return { worker, remote: Comlink.wrap<SweepWorker>(worker), broken };
  }

  #take(update: SweepUpdate): void {
    this.#last = update;
    const before = this.#progress;
    if (before && (update.times || update.samples || update.laws || update.about)) {
      this.#progress = {
        settings: before.settings,
        times: [...before.times, ...(update.times ?? [])],
        samples: [...before.samples, ...(update.samples ?? [])],
        laws: update.laws ?? before.laws,
        about: update.about ?? before.about ?? null,
      };
    }
    if (hasEnded(update.phase)) this.#free();
    this.#onUpdate(update);
  }

  /** With its worker go the data and all that was compiled. */
  #free(): void {
    this.#running?.worker.terminate();
    this.#running = null;
  }

  /** The worker is gone: tells so in its name. */
  #end(phase: 'failed' | 'cancelled', failure?: string): void {
    this.#free();
    if (this.#last && hasEnded(this.#last.phase)) return;
    const { done, count } = this.#last ?? { done: 0, count: 0 };
    this.#take({ phase, done, count, secondsLeft: null, task: null, ...(failure !== undefined && { failure }) });
  }

  async pause(): Promise<void> {
    this.#wantsToPause = true;
    await this.#running?.remote.pause();
  }

  async resume(): Promise<void> {
    this.#wantsToPause = false;
    await this.#running?.remote.resume();
  }

  /** What was found stays; the worker goes, and all that it held with it. */
  async cancel(): Promise<void> {
    const ticket = ++this.#ticket;
    if (!this.#running) return;
    await this.#stop();
    if (!this.#isOvertaken(ticket)) this.#end('cancelled');
  }

  #pauseIsWanted(): boolean {
    return this.#wantsToPause;
  }

  #isOvertaken(ticket: number): boolean {
    return ticket !== this.#ticket;
  }

  /** Ends the worker, when it has let go or after a moment. */
  async #stop(): Promise<void> {
    const running = this.#running;
    if (!running) return;
    await Promise.race([running.remote.cancel(), new Promise((resolve) => setTimeout(resolve, patienceMs))]);
    if (this.#running === running) this.#free();
  }

  async setHidden(hidden: boolean): Promise<void> {
    await this.#running?.remote.setHidden(hidden);
  }

  /** For a file; null before the data are known. */
  report(): SweepReport | null {
    const last = this.#last;
    const about = this.#progress?.about;
    if (!about || !this.#progress) return null;
    const { settings } = this.#progress;
    // before the worker has made its plan, what is asked for is known all the same
    return makeReport(this.#progress, about, last?.count || plannedRuns(settings));
  }

  /** For tests: the device goes as it would in a crash of the driver. */
  async loseDevice(): Promise<void> {
    await this.#running?.remote.loseDevice();
  }

  /** For tests: live buffers and bytes of the GPU; none without a worker. */
  async memory(): Promise<{ readonly buffers: number; readonly bytes: number }> {
    return (await this.#running?.remote.memory()) ?? { buffers: 0, bytes: 0 };
  }

  dispose(): void {
    this.#run++;
    this.#ticket++;
    this.#free();
  }
}

function hasEnded(phase: SweepPhase): boolean {
  return phase === 'finished' || phase === 'cancelled' || phase === 'failed';
}
