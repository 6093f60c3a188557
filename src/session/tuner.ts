/**
 * Which plan, with which tiles? Each candidate computes a first step that is held against float64, and is timed for a
 * moment; the fastest right one wins. One candidate at a time, so that a race can go on between two of them.
 */
import type { Clock, Problem, Trainer } from '../engine/contract.ts';
import { candidatesFor, shaderHash } from '../engine/gpu/candidates.ts';
import type { Candidate } from '../engine/gpu/tuning.ts';
import type { GpuEngine } from '../engine/gpu/engine.ts';
import { checkTrainer, type Expectation } from './verify.ts';

export interface Trial extends Candidate {
  /** Milliseconds a step; null where it was not measured. */
  readonly ms: number | null;
  /** Why there is no time, or null. */
  readonly problem: 'wrong' | 'failed' | 'no-time' | null;
}

export interface TuneRecord {
  readonly trials: readonly Trial[];
  /** Index of the winner among the trials; −1 when none was right. */
  readonly best: number;
}

/** Where records outlive the page. */
export interface TunerMemory {
  /** Resolves when what was kept is known. */
  readonly ready: Promise<void>;
  get(key: string): TuneRecord | undefined;
  set(key: string, record: TuneRecord): void;
}

/** Tries one candidate. Handed in, so that a test can make times up. */
export type TryCandidate = (candidate: Candidate) => Promise<Trial>;

/** All candidates of one problem together may take this long; those left over are not measured. */
const budgetMs = 3000;

export class Tuner {
  readonly #candidates: readonly Candidate[];
  readonly #tryCandidate: TryCandidate;
  readonly #clock: Clock;
  readonly #trials: Trial[] = [];
  #spentMs = 0;

  constructor(candidates: readonly Candidate[], tryCandidate: TryCandidate, clock: Clock) {
    this.#candidates = candidates;
    this.#tryCandidate = tryCandidate;
    this.#clock = clock;
  }

  get done(): boolean {
    return this.#trials.length === this.#candidates.length;
  }

  /** Tries the next candidate. */
  async next(): Promise<void> {
    const candidate = this.#candidates[this.#trials.length];
    if (!candidate) return;
    if (this.#spentMs > budgetMs) {
      this.#trials.push({ ...candidate, ms: null, problem: 'no-time' });
      return;
    }
    const began = this.#clock();
    this.#trials.push(await this.#tryCandidate(candidate));
    this.#spentMs += this.#clock() - began;
  }

  /** What is known so far. */
  get record(): TuneRecord {
    const times = this.#trials.map(({ ms }) => ms ?? Number.POSITIVE_INFINITY);
    const fastest = Math.min(...times);
    return { trials: [...this.#trials], best: Number.isFinite(fastest) ? times.indexOf(fastest) : -1 };
  }
}

/** What a record is good for: this shape on this device, in this browser, with these kernels. */
export function tunerKey(engine: GpuEngine, browser: string, problem: Problem): string {
  const { vendor, architecture, description } = engine.adapter;
  const { x } = problem.train;
  const { hidden, output, outputs, cost } = problem.model;
  const model = [...hidden.map(({ units, activation }) => `${units}${activation}`), `${outputs}${output}`, cost].join('-');
  return [
    vendor,
    architecture,
    description,
    browser,
    shaderHash(engine.edits),
    x.storage,
    x.n,
    x.m,
    problem.batchSize,
    model,
    problem.optimizer.kind,
  ].join('|');
}

/** Tries candidates on the GPU, by the same plan throughout: check on the problem that could be checked, time on the real one. */
export function gpuTrial(
  engine: GpuEngine,
  problem: Problem,
  check: { readonly problem: Problem; readonly expected: Expectation },
  clock: Clock,
  signal: AbortSignal,
): TryCandidate {
  return async (candidate) => {
    let trainer: Trainer | null = null;
    try {
      trainer = await engine.prepare(check.problem, check.expected.from, candidate);
      const right = await checkTrainer(check.problem, check.expected, trainer, signal);
      if (right !== true) return { ...candidate, ms: null, problem: 'wrong' };
      if (check.problem !== problem) {
        trainer.dispose();
        trainer = await engine.prepare(problem, undefined, candidate);
      }
      return { ...candidate, ms: await time(trainer, clock), problem: null };
    } catch (error) {
      if (engine.lost) throw error;
      return { ...candidate, ms: null, problem: 'failed' };
    } finally {
      trainer?.dispose();
    }
  };
}

/** The best of three blocks of some ten milliseconds, or of as many steps as half a second allows. */
async function time(trainer: Trainer, clock: Clock): Promise<number> {
  const began = clock();
  let steps = 1;
  let best = Number.POSITIVE_INFINITY;
  let blocks = 0;
  while (blocks < 3 && clock() - began < 500) {
    const before = clock();
    await trainer.step(steps);
    const elapsedMs = clock() - before;
    if (elapsedMs < 10 && steps < 1024) {
      steps *= 4;
      continue;
    }
    best = Math.min(best, elapsedMs / steps);
    blocks++;
  }
  return Number.isFinite(best) ? best : (clock() - began) / steps;
}

export function tunerFor(
  engine: GpuEngine,
  problem: Problem,
  check: { readonly problem: Problem; readonly expected: Expectation },
  clock: Clock,
  signal: AbortSignal,
): Tuner {
  const subgroups = engine.device.features.has('subgroups');
  const all = candidatesFor(problem, engine.planFor(problem, 'auto'), engine.adapter.software, subgroups);
  // a plan that cannot compute this problem would be tried as another one
  const candidates = all.filter(({ plan }) => engine.planFor(problem, plan) === plan);
  return new Tuner(candidates, gpuTrial(engine, problem, check, clock, signal), clock);
}

/** Keeps records for as long as it lives. */
export class ShortMemory implements TunerMemory {
  readonly ready = Promise.resolve();
  readonly #records = new Map<string, TuneRecord>();

  get(key: string): TuneRecord | undefined {
    return this.#records.get(key);
  }

  set(key: string, record: TuneRecord): void {
    this.#records.set(key, record);
  }
}
