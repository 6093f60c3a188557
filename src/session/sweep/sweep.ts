/**
 * A sweep over m: its life from loading to its end, task after task, with the commands that steer it. What a task does is
 * `train-run.ts`'s and `time-point.ts`'s; what was found is told as it comes, and nothing of it is kept here but the law's.
 */
import type { Engine } from '../../engine/contract.ts';
import { CapacityError, DeviceLostError } from '../../engine/errors.ts';
import type { GpuEngine } from '../../engine/gpu/engine.ts';
import { checksumIn } from '../checksum.ts';
import { readBackFloor } from '../gpu-access.ts';
import { failureOf } from '../failure.ts';
import { Visibility } from '../visibility.ts';
import { SweepData } from './data.ts';
import { EnginePicker } from './engines.ts';
import { timeLeft, type Taken } from './estimate.ts';
import { Gate } from './gate.ts';
import type { SweepHost } from './host.ts';
import { lawsOf, tooSlow } from './laws.ts';
import { runProblem, timedProblem } from './models.ts';
import { planTasks, remaining, type SweepTask, type TimeTask, type TrainTask } from './plan.ts';
import type { SweepNotice, SweepPhase, SweepUpdate } from './protocol.ts';
import type { SweepLaws, SweepProgress, SweepSample, SweepTime } from './report.ts';
import { seedsAt, sweepSizes, type SweepSettings } from './settings.ts';
import { timePoint } from './time-point.ts';
import { trainRun } from './train-run.ts';

/** Devices that may be lost one after the other in one task before the GPU is given up. */
const mostLosses = 2;

type News = Omit<SweepUpdate, 'phase' | 'done' | 'count' | 'secondsLeft' | 'task'>;

export class Sweep {
  readonly #host: SweepHost;
  readonly #settings: SweepSettings;
  readonly #send: (update: SweepUpdate) => void;
  readonly #gate: Gate;
  readonly #ended: Promise<void>;
  readonly #times: SweepTime[];
  readonly #samples: SweepSample[];
  readonly #taken: Taken[] = [];
  readonly #noted = new Set<string>();
  /** By model, the m that no engine here can hold. */
  readonly #tooLarge = new Map<string, ReadonlySet<number>>();
  #discarded = 0;
  #laws: SweepLaws | null;
  /** The GPU of the last task. */
  #gpu: GpuEngine | null = null;
  #phase: SweepPhase = 'loading';
  #task: SweepUpdate['task'] = null;
  #left: readonly SweepTask[] = [];
  #count = 0;
  readonly #visibility = new Visibility();
  /** Aborted while the tab is hidden: what is timed then counts for nothing. */
  #timing = new AbortController();
  /** What choosing an engine took in the task at hand: later runs of the model are spared it. */
  #choosingMs = 0;
  /** Features of the data, once they are there. */
  #n = 0;

  constructor(host: SweepHost, settings: SweepSettings, from: SweepProgress | null, send: (update: SweepUpdate) => void) {
    this.#host = host;
    this.#gate = new Gate(host.clock);
    this.#settings = settings;
    this.#send = send;
    this.#times = [...(from?.times ?? [])];
    this.#samples = [...(from?.samples ?? [])];
    this.#laws = from?.laws ?? null;
    this.#ended = this.#main(from);
  }

  pause(): void {
    this.#gate.pause();
    this.#tell();
  }

  resume(): void {
    this.#gate.resume();
    this.#tell();
  }

  setHidden(hidden: boolean): void {
    this.#visibility.hidden = hidden;
    if (hidden) this.#timing.abort();
    else this.#timing = new AbortController();
  }

  /** Ends it where it stands; resolves when everything that it took is free. */
  async cancel(): Promise<void> {
    this.#gate.cancel();
    await this.#ended;
  }

  /** Resolves at the end, whichever it is. */
  get ended(): Promise<void> {
    return this.#ended;
  }

  #tell(news: News = {}): void {
    const running = this.#phase === 'running' && this.#gate.isPaused;
    const ms = timeLeft(this.#taken, this.#left, this.#settings, this.#n);
    this.#send({
      phase: running ? 'paused' : this.#phase,
      done: this.#count - this.#left.length,
      count: this.#count,
      secondsLeft: ms === null ? null : ms / 1000,
      task: this.#task,
      ...news,
    });
  }

  /** Each once. */
  #note(notice: SweepNotice): void {
    const key = onceKey(notice);
    if (this.#noted.has(key)) return;
    this.#noted.add(key);
    this.#tell({ notice });
  }

  async #main(from: SweepProgress | null): Promise<void> {
    try {
      const data = await this.#load();
      const tasks = planTasks(this.#settings, this.#usable(data));
      this.#count = tasks.length;
      this.#left = remaining(tasks, from);
      this.#phase = 'running';
      const picker = new EnginePicker(this.#host, this.#gate.cancelled, this.#samples);
      this.#tell();
      for (;;) {
        const task = await this.#nextTask();
        if (!task) break;
        await this.#do(task, data, picker);
      }
      this.#phase = 'finished';
    } catch (error) {
      this.#phase = this.#gate.cancelled.aborted ? 'cancelled' : 'failed';
      if (this.#phase === 'failed') return this.#end({ failure: failureOf(error).message });
    }
    this.#end();
  }

  #end(news: News = {}): void {
    this.#task = null;
    this.#tell(news);
  }

  async #load(): Promise<SweepData> {
    const { loader, environment, gpu } = this.#host;
    const loading = (progress: { readonly file: string; readonly loadedBytes: number; readonly totalBytes: number | null }): void => {
      this.#task = { kind: 'loading', ...progress };
      this.#tell();
    };
    this.#tell();
    const turn = (): Promise<void> => new Promise((resolve) => setTimeout(resolve));
    const data = await SweepData.load(loader, this.#settings, loading, this.#gate.cancelled, turn);
    const { dataset } = data;
    this.#task = null;
    this.#n = dataset.train.x.n;
    const score = dataset.task === 'regression' ? 'R²' : 'accuracy';
    const about = { name: dataset.name, n: this.#n, mTest: dataset.test.x.m, score, ...checksumIn(dataset) } as const;
    this.#tell({ about: { environment: await environment(), data: about } });
    const access = await gpu.access();
    if (!access.engine) this.#note({ kind: 'no-gpu', why: access.why, detail: access.detail });
    return data;
  }

  /** The values of m that the data can serve; the others are named. */
  #usable(data: SweepData): readonly number[] {
    const { mTo } = this.#settings;
    const largest = data.mLargest;
    if (largest < mTo) this.#note({ kind: 'm-reduced', asked: mTo, used: largest });
    const sizes = sweepSizes({ ...this.#settings, mTo: largest, mFrom: Math.min(this.#settings.mFrom, largest) });
    const short = sizes.flatMap((m) => {
      const shortage = data.shortage(m, seedsAt(this.#settings, m));
      return shortage ? [{ m, ...shortage }] : [];
    });
    const [first] = short;
    if (first) {
      const { className, found, needed } = first;
      this.#note({ kind: 'too-few', sizes: short.map(({ m }) => m), className, found, needed });
    }
    return sizes.filter((m) => !short.some((one) => one.m === m));
  }

  /** The next of those left; while the tab is hidden, the next that needs no clock. */
  async #nextTask(): Promise<SweepTask | undefined> {
    await this.#gate.pass();
    while (this.#visibility.hidden && this.#left.length > 0) {
      const run = this.#left.find(({ kind }) => kind === 'train');
      if (run) return run;
      await Promise.race([this.#visibility.seen(), this.#gate.over]);
      await this.#gate.pass();
    }
    return this.#left[0];
  }

  /** Does one task; it stays among those left when it was interrupted. */
  async #do(task: SweepTask, data: SweepData, picker: EnginePicker): Promise<void> {
    this.#task = task;
    this.#tell();
    const began = this.#host.clock();
    this.#choosingMs = 0;
    await this.#noteLoss();
    const waitedMs = this.#gate.waitedMs;
    const news = await this.#surviving(picker, () =>
      task.kind === 'time' ? this.#time(task, data, picker) : this.#train(task, data, picker),
    );
    if (!news) return;
    this.#taken.push({ task, ms: this.#host.clock() - began - this.#choosingMs - (this.#gate.waitedMs - waitedMs) });
    this.#left = this.#left.filter((one) => one !== task);
    this.#tell(news);
  }

  /** A device may go while nothing runs on it: then nobody met the loss. */
  async #noteLoss(): Promise<void> {
    const { engine } = await this.#host.gpu.access();
    const lost = this.#gpu !== null && engine !== this.#gpu;
    this.#gpu = engine;
    if (lost) this.#note({ kind: 'device-lost', recovered: engine !== null, detail: this.#host.gpu.lastLoss });
  }

  /** A device that is lost is replaced, and the task done again; after a few, without a GPU. */
  async #surviving(picker: EnginePicker, work: () => Promise<News | null>): Promise<News | null> {
    for (let losses = 0; ; losses++) {
      try {
        return await work();
      } catch (error) {
        if (!(error instanceof DeviceLostError)) throw error;
        const { engine } = await this.#host.gpu.access();
        this.#gpu = engine;
        const recovered = engine !== null && losses + 1 < mostLosses;
        if (!recovered) picker.giveUpGpu();
        this.#note({ kind: 'device-lost', recovered, detail: this.#host.gpu.lastLoss });
      }
    }
  }

  async #train({ model, m, seed }: TrainTask, data: SweepData, picker: EnginePicker): Promise<News> {
    const dataset = await data.datasetFor(model);
    const subset = await data.subset(model, m, seed);
    const problem = runProblem(model, dataset, subset, this.#settings, data.seedOf(seed));
    const began = this.#host.clock();
    let engine: Engine;
    try {
      engine = await picker.pick(model, m, problem);
    } catch (error) {
      if (!(error instanceof CapacityError)) throw error;
      const sizes = new Set(this.#tooLarge.get(model)).add(m);
      this.#tooLarge.set(model, sizes);
      this.#note({ kind: 'too-large', model, sizes: [...sizes].sort((a, b) => a - b), why: error.message });
      return {};
    }
    this.#choosingMs += this.#host.clock() - began;
    const host = { clock: this.#host.clock, gate: this.#gate, isHidden: () => this.#visibility.hidden };
    let outcome;
    try {
      outcome = await trainRun(engine, problem, { task: dataset.task, test: subset.test }, this.#settings, host);
    } catch (error) {
      if (failureOf(error).kind !== 'capacity') throw error;
      picker.exclude(engine, model, m);
      return this.#train({ kind: 'train', model, m, seed }, data, picker);
    }
    const sample: SweepSample = { model, m, seed, engine: engine.name, ...outcome };
    this.#samples.push(sample);
    return { samples: [sample] };
  }

  /** @returns null when it was interrupted */
  async #time({ m }: TimeTask, data: SweepData, picker: EnginePicker): Promise<News | null> {
    const { timed, seed } = this.#settings;
    const dataset = await data.datasetFor(timed);
    const engines = (await picker.engines()).filter((engine) => {
      const slow = tooSlow(this.#times, engine.kind, m);
      if (slow) this.#note({ kind: 'not-timed', lane: engine.kind, from: m, why: 'slow' });
      return !slow;
    });
    const hiding = this.#timing.signal;
    const signal = AbortSignal.any([this.#gate.interrupted, hiding]);
    const isHidden = (): boolean => this.#visibility.hidden;
    const gpu = engines.find(({ kind }) => kind === 'gpu');
    const { clock, clockResolutionMs, truth } = this.#host;
    const readBackFloorMs = gpu ? await this.#floor() : 0;
    const largest = timedProblem(timed, dataset, data.mLargest, seed);
    const point = await timePoint(timedProblem(timed, dataset, m, seed), engines, {
      ...{ clock, clockResolutionMs, readBackFloorMs, seed, isHidden, signal, truth },
      gpuPlan: await this.#gpuPlan(largest),
    });
    if (hiding.aborted) this.#tell({ notice: { kind: 'hidden', discarded: ++this.#discarded } });
    if (signal.aborted) return null;
    for (const lane of point.tooLarge) this.#note({ kind: 'not-timed', lane, from: m, why: 'memory' });
    this.#times.push(point.time);
    this.#laws = lawsOf(this.#times, seed);
    return { times: [point.time], laws: this.#laws };
  }

  async #floor(): Promise<number> {
    const { engine } = await this.#host.gpu.access();
    return engine ? readBackFloor(engine.device, this.#host.clock) : 0;
  }

  /** What suits the largest m. */
  async #gpuPlan(largest: Parameters<typeof timePoint>[0]): Promise<'auto' | 'layered' | 'two-pass' | 'one-pass' | 'tiny'> {
    const { engine } = await this.#host.gpu.access();
    return engine ? engine.planFor(largest, 'auto') : 'auto';
  }
}

/** Notices with the same key say the same: a second one would tell a reader nothing. */
function onceKey(notice: SweepNotice): string {
  switch (notice.kind) {
    case 'not-timed':
      return `${notice.kind} ${notice.lane}`;
    case 'too-large':
      return `${notice.kind} ${notice.model} ${notice.sizes.length}`;
    case 'device-lost':
      return `${notice.kind} ${notice.recovered}`;
    default:
      return notice.kind;
  }
}
