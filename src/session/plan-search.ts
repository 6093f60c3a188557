/**
 * The search for the GPU's best plan beside a race: what an earlier visit found is used from the start; otherwise the
 * race begins with what suits the shape, and the tuner tries a candidate every now and then, once speeds are known.
 */
import type { Problem } from '../engine/contract.ts';
import type { Candidate } from '../engine/gpu/tuning.ts';
import type { GpuEngine, GpuPlanChoice } from '../engine/gpu/engine.ts';
import type { Field } from './field.ts';
import type { Harness } from './harness.ts';
import type { News } from './outbox.ts';
import type { RaceContext } from './race-context.ts';
import { tunerFor, tunerKey, type Tuner, type TuneRecord } from './tuner.ts';

/** Rounds that are measured before the first candidate is tried, and between two of them. */
const roundsBefore = 15;
const restMs = 400;
/** A winner must be faster than the plan at work by so much to take over. */
const worthwhile = 0.95;

type SearchContext = Pick<RaceContext, 'clock' | 'gpu' | 'tunerMemory' | 'browser'>;

export class PlanSearch {
  readonly #context: SearchContext;
  readonly #problem: Problem;
  readonly #choice: GpuPlanChoice;
  readonly #signal: AbortSignal;
  #engine: GpuEngine | null = null;
  #tuner: Tuner | null = null;
  #record: TuneRecord | null = null;
  #remembered = false;
  #told: TuneRecord | null = null;
  #nextMs = 0;

  constructor(context: SearchContext, problem: Problem, choice: GpuPlanChoice, signal: AbortSignal) {
    this.#context = context;
    this.#problem = problem;
    this.#choice = choice;
    this.#signal = signal;
  }

  /** What to begin with. */
  async start(): Promise<GpuPlanChoice | Candidate> {
    if (this.#choice !== 'auto') return this.#choice;
    const { engine } = await this.#context.gpu.access();
    this.#engine = engine;
    if (!engine) return 'auto';
    await this.#context.tunerMemory.ready;
    const record = this.#context.tunerMemory.get(tunerKey(engine, this.#context.browser, this.#problem));
    this.#record = record ?? null;
    this.#remembered = record !== undefined;
    return record?.trials[record.best] ?? 'auto';
  }

  /** Tries a candidate when it is time to; true when the GPU lane went over to a better plan. */
  async look(field: Field, harness: Harness): Promise<boolean> {
    const { clock } = this.#context;
    const check = field.checkedAgainst;
    const idle = this.#choice !== 'auto' || !this.#engine || this.#remembered || this.#signal.aborted;
    if (idle || !check || clock() < this.#nextMs || !harness.warm || harness.rounds < roundsBefore) return false;
    if (this.#tuner?.done || !this.#engine || this.#engine.lost) return false;
    this.#tuner ??= tunerFor(this.#engine, this.#problem, check, clock, this.#signal);
    await this.#tuner.next();
    this.#nextMs = clock() + restMs;
    this.#record = this.#tuner.record;
    return this.#tuner.done ? this.#conclude(field, this.#engine) : false;
  }

  async #conclude(field: Field, engine: GpuEngine): Promise<boolean> {
    const record = this.#record;
    const winner = record?.trials[record.best];
    if (!record || !winner?.ms || this.#signal.aborted) return false;
    this.#context.tunerMemory.set(tunerKey(engine, this.#context.browser, this.#problem), record);
    // the race began with the plan that is taken untuned, and that is the first candidate
    const [present] = record.trials;
    if (winner === present || winner.ms > worthwhile * (present?.ms ?? Number.POSITIVE_INFINITY)) return false;
    await field.changePlan(winner);
    return true;
  }

  /** True when the plan at work will stay. */
  get settled(): boolean {
    return this.#choice !== 'auto' || !this.#engine || this.#remembered || (this.#tuner?.done ?? false);
  }

  /** The report, when there is something new in it. */
  news(): News {
    const record = this.#record;
    if (!record || record === this.#told) return {};
    this.#told = record;
    const state = this.#remembered ? 'remembered' : this.#tuner?.done ? 'done' : 'running';
    const trials = record.trials.map(({ plan, tuning, ms, problem }) => ({
      plan,
      lanes: tuning.lanes ?? null,
      groups: tuning.groups ?? null,
      matmul: tuning.matmul ?? null,
      ms,
      problem,
    }));
    return { tuning: { state, trials, best: record.best } };
  }
}
