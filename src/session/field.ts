/**
 * The field of a race: its lanes on one problem. It prepares them, gives each its block in turn, checks their first
 * answers, watches how far their costs part, and puts a new trainer in when a GPU goes away. When to do what, and what is
 * told to the page, is the race's.
 */
import type { Clock, Engine, Problem, StepCost, Trainer, TrainerState } from '../engine/contract.ts';
import { DeviceLostError } from '../engine/errors.ts';
import { isGpuPlan, type Candidate, type PlanTuning } from '../engine/gpu/tuning.ts';
import { GpuEngine, type GpuPlanChoice } from '../engine/gpu/engine.ts';
import type { Random } from '../math/rng.ts';
import type { GpuKeeper } from './gpu-access.ts';
import type { BlockTime } from './harness.ts';
import { Lane } from './lane.ts';
import type { Divergence } from './protocol.ts';
import { firstNonFinite } from './first-non-finite.ts';
import { affordableProblem, checkTrainer, expectation, isRight, type Expectation } from './verify.ts';

/** New costs of each lane. */
export type RoundCosts = ReadonlyMap<Lane, readonly StepCost[]>;

/** Between two snapshots of the GPU's state, for the day that its device goes away. */
const snapshotEveryMs = 2000;

export class Field {
  readonly lanes: Lane[] = [];
  readonly #problem: Problem;
  readonly #clock: Clock;
  /** How the GPU computes a step; a tuner may put a better candidate in. */
  #plan: GpuPlanChoice | Candidate;
  readonly #signal: AbortSignal;
  #snapshot: TrainerState | undefined;
  #snapshotMs = 0;
  #difference = { largest: 0, steps: 0 };
  #check: { readonly problem: Problem; readonly expected: Expectation } | null = null;

  constructor(problem: Problem, plan: GpuPlanChoice | Candidate, clock: Clock, signal: AbortSignal) {
    this.#problem = problem;
    this.#plan = plan;
    this.#clock = clock;
    this.#signal = signal;
  }

  /** Steps that every lane has done. */
  get stepsDone(): number {
    return Math.min(...this.lanes.map((lane) => lane.trainer.stepsDone));
  }

  /** Largest |ΔJ| between the first lane and any other so far, over the steps that they did. */
  get difference(): { readonly largest: number; readonly steps: number } {
    return this.#difference;
  }

  /** The sizes that the GPU's plan was given; null where the plan decides. */
  get tuning(): PlanTuning | null {
    return typeof this.#plan === 'string' ? null : this.#plan.tuning;
  }

  async enter(engine: Engine): Promise<Lane> {
    const lane = await Lane.prepare(engine, () => this.#prepare(engine, this.#problem), this.#clock);
    if (engine.kind === 'gpu') this.lanes.unshift(lane);
    else this.lanes.push(lane);
    return lane;
  }

  /** A trainer of another problem by the plan at work; whoever asks disposes of it. */
  prepareOn(engine: Engine, problem: Problem): Promise<Trainer> {
    return this.#prepare(engine, problem);
  }

  /** A trainer by the very plan that the lane runs, whatever the problem's shape would suggest; whoever asks disposes of it. */
  prepareAlike({ engine, trainer }: Lane, problem: Problem, from?: TrainerState): Promise<Trainer> {
    if (!(engine instanceof GpuEngine)) return engine.prepare(problem, from);
    const { name } = trainer.plan;
    return engine.prepare(problem, from, isGpuPlan(name) ? { plan: name, tuning: this.tuning ?? {} } : 'auto');
  }

  #prepare(engine: Engine, problem: Problem, from?: TrainerState): Promise<Trainer> {
    return engine instanceof GpuEngine ? engine.prepare(problem, from, this.#plan) : engine.prepare(problem, from);
  }

  /** A block on every lane, each to the same step, in an order drawn anew. */
  async round(steps: number, order: Random): Promise<{ costs: RoundCosts; times: readonly BlockTime[] }> {
    const costs = new Map<Lane, readonly StepCost[]>();
    const times: BlockTime[] = [];
    await this.#level();
    const turns = order.below(2) === 0 ? this.lanes : [...this.lanes].reverse();
    for (const lane of turns) {
      const { elapsedMs, costs: own } = await lane.block(steps, false, this.#signal);
      costs.set(lane, own);
      times.push({ lane: lane.engine.name, kind: lane.engine.kind, elapsedMs });
      if (this.#signal.aborted) break;
    }
    this.#compare(costs);
    return { costs, times };
  }

  /** Lanes that are behind, after a device was lost, come level; that is not timed. */
  async #level(): Promise<void> {
    const furthest = Math.max(...this.lanes.map((lane) => lane.trainer.stepsDone));
    for (const lane of this.lanes) await lane.catchUp(furthest, this.#signal);
  }

  /** The answer before the time: every lane's first steps, which are all that it has done, against the float64 reference. */
  async check(truth: Engine): Promise<void> {
    const problem = affordableProblem(this.#problem);
    const expected = await expectation(truth, problem, this.#signal, this.stepsDone);
    if (!expected) return;
    this.#check = { problem, expected };
    const first = new Map<Lane, readonly StepCost[]>();
    for (const lane of this.lanes) {
      const costs = await lane.trainer.costs(0);
      first.set(lane, costs);
      if (problem === this.#problem && !expected.from) {
        lane.checked = isRight(problem, expected, costs, await lane.trainer.parameters());
        continue;
      }
      const trainer = await this.prepareAlike(lane, problem, expected.from);
      lane.checked = await checkTrainer(problem, expected, trainer, this.#signal);
      trainer.dispose();
    }
    this.#compare(first);
  }

  #compare(costs: RoundCosts): void {
    const [one = [], ...others] = [...costs.values()];
    let { largest } = this.#difference;
    for (const [index, { step, cost }] of one.entries()) {
      for (const other of others) {
        const match = other[index];
        if (match?.step === step) largest = Math.max(largest, Math.abs(cost - match.cost));
      }
    }
    this.#difference = { largest, steps: this.stepsDone };
  }

  /** The earliest cost of any lane that is not finite, explained; null when all are. */
  async divergence(costs: RoundCosts): Promise<Divergence | null> {
    const bad = [...costs].flatMap(([lane, own]) => {
      const step = firstNonFinite(own);
      return step === null ? [] : [{ lane, step }];
    });
    const [first] = bad.sort((one, other) => one.step - other.step);
    if (!first) return null;
    const { lane, step } = first;
    const from = lane.engine.kind === 'gpu' ? this.#snapshot : undefined;
    const prepare = (problem: Problem, state?: TrainerState): Promise<Trainer> => this.#prepare(lane.engine, problem, state);
    const { explainDivergence } = await import('./divergence.ts');
    return explainDivergence(lane.engine.name, step, this.#problem, prepare, from, await lane.trainer.parameters(), this.#signal);
  }

  /** What the lanes were held against; null until they were. */
  get checkedAgainst(): { readonly problem: Problem; readonly expected: Expectation } | null {
    return this.#check;
  }

  /** The GPU lane goes on by another plan, from where it stands. */
  async changePlan(candidate: Candidate): Promise<void> {
    const lane = this.lanes.find(({ engine }) => engine instanceof GpuEngine);
    if (!lane) return;
    this.#plan = candidate;
    const before = lane.trainer;
    const trainer = await this.#prepare(lane.engine, this.#problem, await before.state());
    before.dispose();
    await lane.replace(lane.engine, trainer);
    lane.profile = null;
  }

  /** Keeps the GPU's state every now and then. */
  async keepState(): Promise<void> {
    const lane = this.lanes.find(({ engine }) => engine.kind === 'gpu');
    if (!lane || this.#clock() - this.#snapshotMs < snapshotEveryMs) return;
    this.#snapshot = await lane.trainer.state();
    this.#snapshotMs = this.#clock();
  }

  /** Takes the GPU's lane out. */
  dropGpu(): void {
    const index = this.lanes.findIndex(({ engine }) => engine.kind === 'gpu');
    if (index >= 0) this.lanes.splice(index, 1)[0]?.dispose();
  }

  /**
   * After a lost device: a new one goes on from the last snapshot, doing the steps since then again.
   * @returns false when there is no GPU any more, or it was lost again; its lane is gone then
   */
  async recover(keeper: Pick<GpuKeeper, 'access'>): Promise<boolean> {
    const lane = this.lanes.find(({ engine }) => engine.kind === 'gpu');
    if (!lane) return false;
    const toStep = lane.trainer.stepsDone;
    const lostAgain = await meetsLostDevice(async () => {
      const { engine } = await keeper.access();
      lane.dispose();
      if (!engine) throw new DeviceLostError('there is no adapter any more');
      const trainer = await this.#prepare(engine, this.#problem, this.#snapshot);
      if (toStep > trainer.stepsDone) await trainer.step(toStep - trainer.stepsDone, this.#signal);
      await lane.replace(engine, trainer);
    });
    if (lostAgain) this.dropGpu();
    return !lostAgain;
  }

  dispose(): void {
    for (const lane of this.lanes) lane.dispose();
    this.lanes.length = 0;
  }
}

/** Runs work that may meet a lost device; true when it did. */
export async function meetsLostDevice(work: () => Promise<void>): Promise<boolean> {
  try {
    await work();
    return false;
  } catch (error) {
    if (error instanceof DeviceLostError) return true;
    throw error;
  }
}
