/** One side of a race: a trainer, its own time, and the cost points that were not sent yet. Turns are the race's. */
import type { Clock, Engine, StepCost, StepProfile, Trainer } from '../engine/contract.ts';
import type { Harness } from './harness.ts';
import type { LaneReport, Rates } from './protocol.ts';
import { sharesOf } from './shares.ts';

/** Points that one update carries at the most; more are thinned evenly. */
const mostPoints = 400;

export class Lane {
  engine: Engine;
  trainer: Trainer;
  coldMs: number | null = null;
  profile: StepProfile | null = null;
  /** See `LaneReport.checked`. */
  checked: boolean | null = null;
  readonly #clock: Clock;
  #seconds = 0;
  #reported = 0;
  #points: { step: number; cost: number; seconds: number }[] = [];

  private constructor(engine: Engine, trainer: Trainer, clock: Clock) {
    this.engine = engine;
    this.trainer = trainer;
    this.#clock = clock;
  }

  static async prepare(engine: Engine, prepare: () => Promise<Trainer>, clock: Clock): Promise<Lane> {
    const began = clock();
    const lane = new Lane(engine, await prepare(), clock);
    lane.coldMs = clock() - began;
    return lane;
  }

  get seconds(): number {
    return this.#seconds;
  }

  /**
   * One timed block, then the costs of its steps; reading them back is not part of the time.
   * @param cold the first block: it counts to the cold time, not to the lane's own
   */
  async block(steps: number, cold: boolean, signal: AbortSignal): Promise<{ elapsedMs: number; costs: readonly StepCost[] }> {
    this.trainer.rouse?.();
    const began = this.#clock();
    await this.trainer.step(steps, signal);
    const elapsedMs = this.#clock() - began;
    if (cold) this.coldMs = (this.coldMs ?? 0) + elapsedMs;
    const before = this.#seconds;
    if (!cold) this.#seconds += elapsedMs / 1000;
    const costs = await this.trainer.costs(this.#reported);
    const first = this.trainer.stepsDone - steps;
    for (const { step, cost } of costs) {
      this.#points.push({ step, cost, seconds: before + (Math.max(0, step - first) / steps) * (this.#seconds - before) });
    }
    this.#reported = this.trainer.stepsDone;
    return { elapsedMs, costs };
  }

  /** Steps that are not timed: to come level with a lane that is ahead. */
  async catchUp(toStep: number, signal: AbortSignal): Promise<void> {
    if (this.trainer.stepsDone >= toStep) return;
    await this.trainer.step(toStep - this.trainer.stepsDone, signal);
    for (const { step, cost } of await this.trainer.costs(this.#reported)) this.#points.push({ step, cost, seconds: this.#seconds });
    this.#reported = this.trainer.stepsDone;
  }

  /** Puts another trainer in, at the same step, after the first one's device went away. */
  async replace(engine: Engine, trainer: Trainer): Promise<void> {
    this.engine = engine;
    this.trainer = trainer;
    const missed = await trainer.costs(this.#reported);
    for (const { step, cost } of missed) this.#points.push({ step, cost, seconds: this.#seconds });
    this.#reported = trainer.stepsDone;
  }

  /** The report with all points since the last one. @param ceiling what this lane's processor reaches at the most, where that is known */
  report(harness: Harness, ceiling: Rates | null = null): LaneReport {
    const points = thin(this.#points);
    this.#points = [];
    return { ...this.standing(harness, ceiling), points };
  }

  /** The report without points: asking takes nothing away. */
  standing(harness: Harness, ceiling: Rates | null = null): Omit<LaneReport, 'points'> {
    const { name, kind } = this.engine;
    const { plan, stepsDone } = this.trainer;
    // the answer before the time
    const right = this.checked === true;
    const stepMs = right ? harness.stepMs(name) : null;
    const perSecond = (amount: number): number | null => (stepMs ? amount / stepMs.median / 1e6 : null);
    const rates = { gigabytesPerSecond: perSecond(plan.bytesPerStep), gigaflopsPerSecond: perSecond(plan.flopsPerStep) };
    return {
      lane: name,
      kind,
      plan: plan.name,
      planSegments: plan.segments,
      dispatchesPerStep: plan.dispatchesPerStep,
      step: stepsDone,
      coldMs: right ? this.coldMs : null,
      stepMs,
      blocks: harness.samples(name).length,
      outlierBlocks: harness.outlierRounds(name),
      drift: harness.drift(name),
      ...rates,
      ...sharesOf(rates, ceiling),
      profile: this.profile && stepMs && { ...this.profile, overheadMs: overheadOf(this.profile, stepMs.median) },
      checked: this.checked,
    };
  }

  dispose(): void {
    this.trainer.dispose();
  }
}

/** What a step takes beside its segments; one that is too short to be seen takes no part. */
function overheadOf({ segments }: StepProfile, stepMs: number): number {
  return Math.max(0, stepMs - segments.reduce((sum, { ms }) => sum + (Number.isNaN(ms) ? 0 : ms), 0));
}

function thin<T>(points: readonly T[]): T[] {
  const stride = Math.ceil(points.length / mostPoints);
  return stride <= 1 ? [...points] : points.filter((_, index) => index % stride === 0 || index === points.length - 1);
}
