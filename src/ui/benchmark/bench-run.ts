/**
 * One benchmark at a time, as the page sees it: it lets the race come to rest, runs, keeps what is finished and can be
 * stopped at any moment. Draws nothing, so that a test can hold it to account.
 */
import type { BenchProgress, bench } from '../../session/bench/client.ts';
import type { BenchReport } from '../../session/bench/report.ts';
import { lawShares, ownLanes, type Workload } from '../../session/bench/workload.ts';

/** `resting`: the race is being paused. The last three are ends; `stopped`: by the person. */
export type BenchPhase = 'choosing' | 'resting' | 'running' | 'done' | 'stopped' | 'failed';

export interface BenchState {
  readonly phase: BenchPhase;
  readonly workloads: readonly Workload[];
  /** The law t = fixed + slope · m is measured after them. */
  readonly law: boolean;
  readonly budgetMs: number;
  readonly progress: BenchProgress | null;
  /** What is finished so far. */
  readonly report: BenchReport | null;
  readonly error: string | null;
  /** When each workload began, and the whole ended, by `performance.now()`. */
  readonly beganMs: readonly number[];
}

const nothing: BenchState = {
  phase: 'choosing',
  workloads: [],
  law: false,
  budgetMs: 0,
  progress: null,
  report: null,
  error: null,
  beganMs: [],
};

export interface BenchRunOptions {
  readonly bench: typeof bench;
  /** Pauses the race; resolves when nothing computes any more. */
  readonly rest: () => Promise<void>;
  readonly clock: () => number;
  readonly seed: number;
  /** What was measured to its end, or up to where it was stopped. */
  readonly keep: (report: BenchReport) => void;
}

export class BenchRun {
  readonly #options: BenchRunOptions;
  readonly #listener: () => void;
  #state: BenchState = nothing;
  #abort: AbortController | null = null;

  /** @param listener is told when a workload begins or is finished, and when the phase changes; not of every lane's turn */
  constructor(options: BenchRunOptions, listener: () => void) {
    this.#options = options;
    this.#listener = listener;
  }

  get state(): BenchState {
    return this.#state;
  }

  get active(): boolean {
    return isActive(this.#state.phase);
  }

  /** Resolves at the end, whichever it is. */
  async start(workloads: readonly Workload[], budgetMs: number, law = false): Promise<void> {
    if (this.active || (workloads.length === 0 && !law)) return;
    const abort = new AbortController();
    const stopped = (): boolean => abort.signal.aborted;
    this.#abort = abort;
    this.#set({ ...nothing, phase: 'resting', workloads, law, budgetMs });
    try {
      await this.#options.rest();
      if (stopped()) return;
      this.#set({ phase: 'running' });
      const request = { workloads, law, budgetMs, seed: this.#options.seed };
      const report = await this.#options.bench(
        request,
        ownLanes,
        (progress) => this.#follow(progress, abort),
        abort.signal,
        (soFar) => {
          if (!stopped()) this.#set({ report: soFar });
        },
      );
      if (stopped()) return;
      this.#set({ phase: 'done', report });
      this.#options.keep(report);
    } catch (error) {
      if (!stopped()) this.#set({ phase: 'failed', error: error instanceof Error ? error.message : String(error) });
    }
  }

  /** What is finished stays. */
  stop(): void {
    if (!this.active) return;
    this.#abort?.abort();
    this.#set({ phase: 'stopped' });
    if (this.#state.report) this.#options.keep(this.#state.report);
  }

  /** Back to the choice; what was measured is forgotten. */
  clear(): void {
    this.stop();
    this.#set(nothing);
  }

  #follow(progress: BenchProgress, { signal }: AbortController): void {
    if (signal.aborted) return;
    const begins = progress.index >= this.#state.beganMs.length;
    const beganMs = begins ? [...this.#state.beganMs, this.#options.clock()] : this.#state.beganMs;
    this.#state = { ...this.#state, progress, beganMs };
    if (begins) this.#listener();
  }

  #set(change: Partial<BenchState>): void {
    this.#state = { ...this.#state, ...change };
    this.#listener();
  }
}

export function isActive(phase: BenchPhase): boolean {
  return phase === 'resting' || phase === 'running';
}

/** Operations of one step or product, about. */
function operations(workload: Workload): number {
  switch (workload.kind) {
    case 'train': {
      const units = [workload.n, ...workload.hidden.map((layer) => layer.units), workload.outputs];
      const weights = units.slice(1).reduce((sum, count, layer) => sum + count * (units[layer] ?? 0), 0);
      return 4 * workload.m * weights;
    }
    case 'matmul':
      return 2 * workload.size ** 3;
    case 'activation':
      return 10 * workload.count;
  }
}

/** What a workload takes beside its share of the budget: making the data, checking every lane, warming up. Only a guess. */
const fixedSeconds = 3;
const secondsPerBillion = 8;

/** The law's beside its share: its data, and two visits to each of its m. */
const fixedLawSeconds = 20;

/** Seconds that these workloads will take, and the law after them, by a guess that knows nothing of this machine. */
export function expectedSeconds(workloads: readonly Workload[], budgetMs: number, law = false): number {
  return expectedParts({ workloads, budgetMs, law }).reduce((sum, one) => sum + one, 0);
}

/** Seconds of each workload, and of the law, in the order in which they run. */
function expectedParts({ workloads, budgetMs, law }: Pick<BenchState, 'workloads' | 'budgetMs' | 'law'>): readonly number[] {
  const shareMs = budgetMs / Math.max(1, workloads.length + (law ? lawShares : 0));
  const ofLaw = law ? [(lawShares * shareMs) / 1000 + fixedLawSeconds] : [];
  return [...workloads.map((workload) => expectedOf(workload, shareMs)), ...ofLaw];
}

function expectedOf(workload: Workload, shareMs: number): number {
  return shareMs / 1000 + fixedSeconds + (secondsPerBillion * operations(workload)) / 1e9;
}

/** Seconds still to go: the guess, corrected by how long the finished workloads took. */
export function secondsLeft(state: BenchState, nowMs: number): number {
  const { beganMs } = state;
  const expected = expectedParts(state);
  const current = Math.max(0, beganMs.length - 1);
  const [first = nowMs] = beganMs;
  const sum = (from: number, to: number): number => expected.slice(from, to).reduce((total, one) => total + one, 0);
  const done = sum(0, current);
  const pace = done > 0 ? Math.min(5, Math.max(0.2, ((beganMs[current] ?? nowMs) - first) / 1000 / done)) : 1;
  const inCurrent = (nowMs - (beganMs[current] ?? nowMs)) / 1000;
  return Math.max(0, pace * sum(current, current + 1) - inCurrent) + pace * sum(current + 1, expected.length);
}

/** Share of the whole that is done, 0 … 1. */
export function shareDone(state: BenchState, nowMs: number): number {
  const { beganMs, phase } = state;
  if (phase === 'done') return 1;
  const [first] = beganMs;
  if (first === undefined) return 0;
  const spent = (nowMs - first) / 1000;
  return spent / Math.max(1e-3, spent + secondsLeft(state, nowMs));
}
