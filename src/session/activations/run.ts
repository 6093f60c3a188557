/**
 * A comparison from loading to its end: the same deep net with each activation, trained in turns to the same step, and
 * steered by pause, step and end. What a turn does is `net.ts`'s; what was found is told as it comes and not kept here.
 */
import type { Dataset, LoadProgress } from '../../data/dataset.ts';
import type { DatasetLoader } from '../../data/load.ts';
import type { Clock } from '../../engine/contract.ts';
import { DeviceLostError } from '../../engine/errors.ts';
import { failureOf } from '../failure.ts';
import { Gate } from '../sweep/gate.ts';
import { Visibility } from '../visibility.ts';
import { examplesLookedAt, scaledExamples } from './activity.ts';
import { chooseEngine, type ActivationEngines } from './engines.ts';
import { mergedNews } from './merge.ts';
import { ComparedNet, type LookedAt } from './net.ts';
import { activationProblem, activationRequest, headOf } from './nets.ts';
import type { ActivationNotice, ActivationPhase, ActivationUpdate, NetNews } from './protocol.ts';
import { comparedActivations, type ActivationSettings } from './settings.ts';

export interface ActivationHost extends ActivationEngines {
  readonly loader: Pick<DatasetLoader, 'load'>;
  readonly clock: Clock;
  /** Lets messages in between two turns. */
  readonly breathe: () => Promise<void> | undefined;
}

/** Columns of the picture of gradients: there are no more probes than this, nor more of them than steps. */
const mostProbes = 120;
/** Milliseconds between two updates to the page. */
const tellIntervalMs = 60;
/** Devices that may be lost before the GPU is given up. */
const mostLosses = 2;
/** Multiplications of one look at the hidden outputs: some 10 ms of plain TypeScript. */
const lookWork = 1e7;

export class ActivationRun {
  readonly #host: ActivationHost;
  readonly #settings: ActivationSettings;
  readonly #send: (update: ActivationUpdate) => void;
  readonly #gate: Gate;
  readonly #visibility = new Visibility();
  readonly #ended: Promise<void>;
  #phase: ActivationPhase = 'loading';
  #once = false;
  #losses = 0;
  #nets: readonly ComparedNet[] = [];
  #waiting: readonly NetNews[] = [];
  #toldMs = Number.NEGATIVE_INFINITY;

  /** @param paused waits for `resume` or `step` once the nets are ready */
  constructor(host: ActivationHost, settings: ActivationSettings, paused: boolean, send: (update: ActivationUpdate) => void) {
    this.#host = host;
    this.#gate = new Gate(host.clock);
    this.#settings = settings;
    this.#send = send;
    if (paused) this.#gate.pause();
    this.#ended = this.#main();
  }

  /** Resolves at the end, whichever it is. */
  get ended(): Promise<void> {
    return this.#ended;
  }

  pause(): void {
    this.#once = false;
    this.#gate.pause();
    this.#tell();
  }

  resume(): void {
    this.#once = false;
    this.#gate.resume();
    this.#tell();
  }

  /** One update of each net, then a pause. */
  step(): void {
    this.#once = true;
    this.#gate.resume();
  }

  setHidden(hidden: boolean): void {
    this.#visibility.hidden = hidden;
  }

  /** Ends it where it stands; resolves when everything that it took is free. */
  async cancel(): Promise<void> {
    this.#gate.cancel();
    await this.#ended;
  }

  async #main(): Promise<void> {
    try {
      const dataset = await this.#load();
      this.#nets = comparedActivations.map(
        (name) => new ComparedNet(name, activationProblem(dataset, name, this.#settings), this.#host.clock),
      );
      await this.#surviving(dataset, () => this.#open(dataset));
      this.#phase = 'running';
      this.#tell();
      await this.#train(dataset);
      this.#phase = 'finished';
      this.#tell();
    } catch (error) {
      if (this.#gate.cancelled.aborted) return;
      this.#phase = 'failed';
      this.#tell({ failure: failureOf(error).message });
    } finally {
      for (const net of this.#nets) net.close();
    }
  }

  async #load(): Promise<Dataset> {
    const { loader, gpu } = this.#host;
    this.#tell();
    const quiet = (_progress: LoadProgress): void => undefined;
    const [dataset, access] = await Promise.all([
      loader.load(activationRequest(this.#settings), quiet, this.#gate.cancelled),
      gpu.access(),
    ]);
    this.#gate.cancelled.throwIfAborted();
    const { name, train } = dataset;
    this.#tell({ data: { name, n: train.x.n, m: train.x.m } });
    if (train.x.m < this.#settings.m) this.#note({ kind: 'm-reduced', asked: this.#settings.m, used: train.x.m });
    if (!access.engine && this.#settings.on !== 'cpu') this.#note({ kind: 'no-gpu', why: access.why, detail: access.detail });
    return dataset;
  }

  /** Every net on the engine that suits, from where it stood. */
  async #open(dataset: Dataset): Promise<void> {
    const checked = activationProblem(dataset, 'tanh', this.#settings);
    const withoutGpu = this.#losses >= mostLosses;
    const { engine, about } = await chooseEngine(this.#host, this.#settings.on, checked, withoutGpu, this.#gate.cancelled);
    for (const net of this.#nets) if (!net.hasDiverged) await net.open(engine);
    this.#tell({ engine: about });
  }

  async #train(dataset: Dataset): Promise<void> {
    const { steps } = this.#settings;
    const stride = Math.max(1, Math.ceil(steps / mostProbes));
    const lookedAt = this.#lookedAt(dataset);
    for (;;) {
      await this.#mayGoOn();
      const living = this.#nets.filter((net) => !net.hasDiverged);
      const behind = Math.min(...living.map((net) => net.step));
      if (living.length === 0 || behind >= steps) return;
      const once = this.#once;
      // the first step alone, so that there is something to see at once
      const target = Math.min(steps, once ? Math.max(...living.map((net) => net.step)) + 1 : behind === 0 ? 1 : behind + stride);
      for (const net of living) {
        if (!once) await this.#mayGoOn();
        await this.#surviving(dataset, () => this.#turn(net, target, lookedAt, once || target >= steps));
      }
      if (once && this.#once) this.pause();
    }
  }

  async #turn(net: ComparedNet, target: number, lookedAt: LookedAt, look: boolean): Promise<void> {
    if (net.step >= target) return;
    const news = await net.turn(target, lookedAt, look);
    this.#waiting = mergedNews(this.#waiting, news);
    if (this.#host.clock() - this.#toldMs >= tellIntervalMs) this.#tell();
    await this.#host.breathe();
  }

  async #mayGoOn(): Promise<void> {
    await this.#gate.pass();
    while (this.#visibility.hidden) {
      await Promise.race([this.#visibility.seen(), this.#gate.over]);
      await this.#gate.pass();
    }
  }

  #lookedAt({ train, scaling }: Dataset): LookedAt {
    const { depth, width } = this.#settings;
    const perExample = width * (train.x.n + (depth - 1) * width);
    const x = headOf(train.x, Math.min(examplesLookedAt, Math.max(16, Math.floor(lookWork / perExample))));
    return { x: scaledExamples(x, scaling), examples: x.m };
  }

  /** A device that is lost is replaced and the work done again; after a few, on the CPU. */
  async #surviving(dataset: Dataset, work: () => Promise<void>): Promise<void> {
    for (let lost = false; ;) {
      try {
        if (lost) await this.#open(dataset);
        return await work();
      } catch (error) {
        if (!(error instanceof DeviceLostError)) throw error;
        lost = true;
        this.#losses++;
        const { engine } = await this.#host.gpu.access();
        const recovered = engine !== null && this.#losses < mostLosses;
        this.#note({ kind: 'device-lost', recovered, detail: this.#host.gpu.lastLoss });
      }
    }
  }

  #note(notice: ActivationNotice): void {
    this.#tell({ notice });
  }

  #tell(news: Omit<ActivationUpdate, 'phase' | 'nets'> = {}): void {
    if (this.#gate.cancelled.aborted) return;
    const nets = this.#waiting;
    this.#waiting = [];
    this.#toldMs = this.#host.clock();
    const phase = this.#phase === 'running' && this.#gate.isPaused ? 'paused' : this.#phase;
    this.#send({ phase, ...(nets.length > 0 && { nets }), ...news });
  }
}
