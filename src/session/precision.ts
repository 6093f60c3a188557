/**
 * Past stability float32 and float64 part ways, by whole multiples in the end. When a race looks like that (its lanes
 * part, or the cost jumps up), the float64 reference does the same steps, and the page is told by how much they differ.
 */
import type { Engine, Problem, StepCost } from '../engine/contract.ts';
import { parameterLayout } from '../engine/layout.ts';
import { stepWork } from '../engine/work.ts';
import type { RaceNotice } from './protocol.ts';

/** What is promised at a stable learning rate, relative to J. */
const promised = { oneLayer: 1e-5, net: 1e-3 };
/** A full-batch cost that rises by so much in one step is past stability. */
const suspiciousRise = 1.05;
/** All steps that may be done again in float64, in floating-point operations: one to two seconds of plain TypeScript. */
const affordableFlops = 1e9;
const mostSteps = 4096;
/** It is told again when it has grown so many times. */
const growth = 10;

export class PrecisionWatch {
  readonly #problem: Problem;
  readonly #promised: number;
  /** By step; the very first ones may be missing. */
  readonly #costs: (number | undefined)[] = [];
  #suspect = false;
  #told = 0;
  #measuredSteps = 0;

  constructor(problem: Problem) {
    this.#problem = problem;
    this.#promised = problem.model.hidden.length === 0 ? promised.oneLayer : promised.net;
  }

  /** Takes in one lane's new costs, and how far lanes have parted at most. */
  add(costs: readonly StepCost[], difference: number): void {
    for (const { step, cost } of costs) {
      const before = this.#costs[step - 1];
      if (step < mostSteps) this.#costs[step] = cost;
      if (before !== undefined && this.#problem.batchSize === 'all' && cost > suspiciousRise * before) this.#suspect = true;
      if (difference > this.#promised * Math.abs(cost) + 1e-7) this.#suspect = true;
    }
  }

  /** A notice when there is something to tell. Does the steps so far again in float64, as many as can be afforded. */
  async look(truth: Engine, signal: AbortSignal): Promise<Extract<RaceNotice, { kind: 'precision' }> | null> {
    const { flopsPerStep } = stepWork(this.#problem, parameterLayout(this.#problem.train.x.n, this.#problem.model), 1);
    const steps = Math.min(this.#costs.length, Math.floor(affordableFlops / flopsPerStep));
    if (!this.#suspect || steps < 2 || steps < 1.5 * this.#measuredSteps) return null;
    this.#measuredSteps = steps;
    const trainer = await truth.prepare(this.#problem);
    await trainer.step(steps, signal);
    if (signal.aborted) return null;
    let worst = { difference: 0, cost: 0, atStep: 0 };
    for (const { step, cost } of await trainer.costs(0)) {
      // NaN where a cost was not seen: it is larger than nothing
      const difference = Math.abs(cost - (this.#costs[step] ?? Number.NaN));
      if (difference > worst.difference) worst = { difference, cost, atStep: step };
    }
    trainer.dispose();
    const within = worst.difference <= this.#promised * Math.abs(worst.cost) + 1e-7;
    if (within || worst.difference < growth * this.#told) return null;
    this.#told = worst.difference;
    return { kind: 'precision', ...worst };
  }
}
