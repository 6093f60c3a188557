/** The costs of both lanes of a race, step by step as they come, and the first step at which they part. */
import type { LaneReport } from '../protocol.ts';

/** Steps that only one lane has told of; a long race must not keep them all. */
const mostWaiting = 10_000;

export interface Pair {
  readonly step: number;
  readonly gpu: number;
  readonly cpu: number;
}

export class CostPairs {
  readonly #waiting = { gpu: new Map<number, number>(), cpu: new Map<number, number>() };
  #first: number | null = null;
  /** The CPU's cost beyond which it has stopped being stable, or finite. */
  #runawayAt: number | null = null;

  /** @returns steps that both have told of by now */
  add(lanes: readonly LaneReport[]): readonly Pair[] {
    const pairs: Pair[] = [];
    for (const { kind, points } of lanes) {
      const [own, other] = kind === 'gpu' ? [this.#waiting.gpu, this.#waiting.cpu] : [this.#waiting.cpu, this.#waiting.gpu];
      for (const { step, cost } of points) {
        if (kind === 'cpu') this.#look(step, cost);
        const match = other.get(step);
        if (match === undefined) own.set(step, cost);
        else pairs.push(kind === 'gpu' ? { step, gpu: cost, cpu: match } : { step, gpu: match, cpu: cost });
        other.delete(step);
      }
    }
    for (const waiting of Object.values(this.#waiting)) if (waiting.size > mostWaiting) waiting.clear();
    return pairs.sort((a, b) => a.step - b.step);
  }

  #look(step: number, cost: number): void {
    this.#first ??= cost;
    // as in `verify.ts`: from ten times the first cost on nothing can be asked of float32
    if (!(Math.abs(cost) <= 10 * Math.abs(this.#first))) this.#runawayAt ??= step;
  }

  /** The CPU had not run away before that step. */
  cpuIsStableAt(step: number): boolean {
    return this.#runawayAt === null || this.#runawayAt > step;
  }
}
