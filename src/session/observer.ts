/**
 * Looks at a race from the side, between blocks: the cost of the test part, what was learned, where a step's time goes.
 * Looking never takes more than a small share of the time, however slow the machine.
 */
import type { Dataset } from '../data/dataset.ts';
import type { Clock, Problem } from '../engine/contract.ts';
import { parameterLayout } from '../engine/layout.ts';
import { stepWork } from '../engine/work.ts';
import type { Field } from './field.ts';
import type { Harness } from './harness.ts';
import { takeInsight } from './insight.ts';
import type { Lane } from './lane.ts';
import type { News } from './outbox.ts';

/** Rests at least this long after a look, and so many times as long as the look took. */
const restMs = { test: 60, insight: 400 };
const restShare = 8;
const fewestExamples = 100;
/** Time for one lane's profile. */
const profileMs = 200;
/** Work of the first look while a race runs, in floating-point operations; later ones adapt to how long looks take. */
const firstLookFlops = 1e8;
/** A look may grow while it takes less than the one, and must shrink when it takes more than the other. */
const lookMs = { short: 60, long: 200 };

export class Observer {
  readonly #clock: Clock;
  readonly #dataset: Dataset;
  readonly #problem: Problem;
  readonly #field: Field;
  readonly #signal: AbortSignal;
  #nextTestMs = 0;
  #nextInsightMs = 0;
  #testedStep = -1;
  #insightStep = -1;
  readonly #looked = new Set<'test' | 'insight'>();
  /** Examples of each part that a look takes in while the race runs. */
  #most: number;

  constructor(clock: Clock, dataset: Dataset, problem: Problem, field: Field, signal: AbortSignal) {
    this.#clock = clock;
    this.#dataset = dataset;
    this.#problem = problem;
    this.#field = field;
    this.#signal = signal;
    const { n, m } = problem.train.x;
    const { flopsPerStep } = stepWork({ ...problem, batchSize: 'all' }, parameterLayout(n, problem.model), 1);
    this.#most = Math.max(fewestExamples, Math.floor((firstLookFlops * m) / flopsPerStep));
  }

  #stopped(): boolean {
    return this.#signal.aborted;
  }

  /** Whatever is due. */
  async look(harness: Harness): Promise<News> {
    const [lane] = this.#field.lanes;
    if (!lane || this.#stopped()) return {};
    const news: News = {};
    const began = this.#clock();
    if (began >= this.#nextTestMs) {
      Object.assign(news, await this.#testPoint(lane));
      const now = this.#clock();
      this.#nextTestMs = now + this.#rest('test', now - began);
    }
    const before = this.#clock();
    if (before >= this.#nextInsightMs && !this.#stopped()) {
      Object.assign(news, await this.#insight(lane, this.#most));
      const now = this.#clock();
      if (now - before < lookMs.short) this.#most *= 2;
      else if (now - before > lookMs.long) this.#most = Math.max(fewestExamples, Math.floor(this.#most / 2));
      this.#nextInsightMs = now + this.#rest('insight', now - before);
    }
    await this.#profileOnce(harness);
    return news;
  }

  /** How long to rest after a look; the first one compiled kernels and says nothing about the next. */
  #rest(what: 'test' | 'insight', tookMs: number): number {
    const first = !this.#looked.has(what);
    this.#looked.add(what);
    return first ? restMs[what] : Math.max(restMs[what], restShare * tookMs);
  }

  /** Everything, on all examples: for a race that rests. */
  async lookAtAll(): Promise<News> {
    const [lane] = this.#field.lanes;
    if (!lane) return {};
    const test = await this.#testPoint(lane);
    return this.#stopped() ? {} : { ...test, ...(await this.#insight(lane, Number.POSITIVE_INFINITY)) };
  }

  async #testPoint(lane: Lane): Promise<News> {
    const step = lane.trainer.stepsDone;
    if (!this.#problem.test || step === this.#testedStep) return {};
    this.#testedStep = step;
    const cost = await lane.trainer.cost('test');
    return { testPoints: [{ step, cost, lane: lane.engine.name, seconds: lane.seconds }] };
  }

  async #insight(lane: Lane, most: number): Promise<News> {
    if (lane.trainer.stepsDone === this.#insightStep && most !== Number.POSITIVE_INFINITY) return {};
    this.#insightStep = lane.trainer.stepsDone;
    return { insight: await takeInsight(lane.engine.name, lane.trainer, this.#dataset, this.#problem, most) };
  }

  /** Once the blocks agree; a lane at a time. */
  async #profileOnce(harness: Harness): Promise<void> {
    if (!harness.warm || this.#stopped()) return;
    const lane = this.#field.lanes.find(({ profile }) => profile === null);
    if (lane) lane.profile = await lane.trainer.profile(profileMs);
  }
}
