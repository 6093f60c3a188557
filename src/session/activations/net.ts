/**
 * One of the compared nets while it trains: its trainer, what it remembers so that another engine can go on after a loss, and
 * what it has to tell after each turn. When turns come is `run.ts`'s.
 */
import type { Clock, Engine, Problem, Trainer, TrainerState } from '../../engine/contract.ts';
import { findNonFinite, parameterLayout, type ParameterLayout } from '../../engine/layout.ts';
import { activityOf } from './activity.ts';
import { layerNorms } from './nets.ts';
import type { NetDivergence, NetNews } from './protocol.ts';
import type { ComparedActivation } from './settings.ts';

/** Scaled examples whose hidden outputs are looked at, the same for all nets. */
export interface LookedAt {
  readonly x: Float64Array;
  readonly examples: number;
}

/** Milliseconds between two looks at the hidden outputs, and how many times its own length a look waits for the next at least. */
const lookIntervalMs = 350;
const lookShare = 6;

export class ComparedNet {
  readonly activation: ComparedActivation;
  readonly #problem: Problem;
  readonly #layout: ParameterLayout;
  readonly #clock: Clock;
  #trainer: Trainer | null = null;
  #state: TrainerState | null = null;
  #costsTold = 0;
  #nextLookMs = 0;
  #ended: NetDivergence | null = null;

  constructor(activation: ComparedActivation, problem: Problem, clock: Clock) {
    this.activation = activation;
    this.#problem = problem;
    this.#layout = parameterLayout(problem.train.x.n, problem.model);
    this.#clock = clock;
  }

  /** Updates done and told. */
  get step(): number {
    return this.#state?.step ?? 0;
  }

  get hasDiverged(): boolean {
    return this.#ended !== null;
  }

  /** Goes on with this engine from where the net stood at its last turn. */
  async open(engine: Engine): Promise<void> {
    this.close();
    this.#trainer = await engine.prepare(this.#problem, this.#state ?? undefined);
  }

  /**
   * Trains to `target` updates. Nothing of a turn counts unless all of it succeeded.
   * @param look hidden outputs are wanted, whether it is time for them or not
   * @throws DeviceLostError when the device is gone; the net stands as before then
   */
  async turn(target: number, lookedAt: LookedAt, look: boolean): Promise<NetNews> {
    const trainer = this.#trainer;
    if (!trainer) throw new Error('the net has no trainer');
    const from = trainer.stepsDone;
    await trainer.step(target - from);
    const gradient = await trainer.gradient();
    const state = await trainer.state();
    const costs = (await trainer.costs(this.#costsTold)).filter(({ cost }) => Number.isFinite(cost));
    const diverged = this.#divergence(state, costs.at(-1)?.step ?? from);
    this.#state = state;
    this.#costsTold = state.step;
    this.#ended = diverged;
    const probes = diverged ? [] : [{ step: state.step - 1, norms: layerNorms(this.#layout, gradient) }];
    const news = { activation: this.activation, step: state.step, costs, probes };
    if (diverged) return { ...news, diverged };
    // the very first turn is to be told at once, and a look takes longer than it
    if (!look && (from === 0 || this.#clock() < this.#nextLookMs)) return news;
    const began = this.#clock();
    const activity = activityOf(this.activation, this.#layout, state.parameters, lookedAt.x, { ...lookedAt, step: state.step });
    const ended = this.#clock();
    this.#nextLookMs = ended + Math.max(lookIntervalMs, lookShare * (ended - began));
    return { ...news, activity };
  }

  #divergence({ step, parameters }: TrainerState, lastFinite: number): NetDivergence | null {
    const found = findNonFinite(this.#layout, parameters);
    if (found) return { step: Math.min(step, lastFinite + 1), ...found };
    return lastFinite < step - 1 ? { step: lastFinite + 1 } : null;
  }

  close(): void {
    this.#trainer?.dispose();
    this.#trainer = null;
  }
}
