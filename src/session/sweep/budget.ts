/**
 * When a run of a sweep ends. The rule `stops` looks at the cost on a held-out tenth after each epoch (or every few steps
 * where epochs are short) and ends once it has not fallen for a while; what counts is where it was lowest.
 */
import { training, type SweepSettings } from './settings.ts';

export interface Ending {
  /** Steps until the next look. */
  readonly stepsPerLook: number;
  /** No run does more. */
  readonly mostSteps: number;
  /** False: the run goes on to `mostSteps`, and the last parameters count. */
  readonly watches: boolean;
}

/** @param batchesPerEpoch steps of one epoch */
export function endingOf({ budget, epochs, steps }: Pick<SweepSettings, 'budget' | 'epochs' | 'steps'>, batchesPerEpoch: number): Ending {
  const { stepsBetweenLooks, mostEpochs, leastSteps } = training;
  const stepsPerLook = Math.max(batchesPerEpoch, stepsBetweenLooks);
  switch (budget) {
    case 'stops': {
      const most = Math.max(mostEpochs * batchesPerEpoch, leastSteps);
      return { stepsPerLook, mostSteps: stepsPerLook * Math.max(1, Math.round(most / stepsPerLook)), watches: true };
    }
    case 'epochs':
      return { stepsPerLook, mostSteps: epochs * batchesPerEpoch, watches: false };
    case 'steps':
      return { stepsPerLook, mostSteps: steps, watches: false };
  }
}

/** Watches the held-out cost of one run. */
export class Patience {
  #lowest = Number.POSITIVE_INFINITY;
  #since = 0;

  /** @returns `best`: the lowest so far; `worse`: not, and there is patience left; `stop`: there is none */
  look(cost: number): 'best' | 'worse' | 'stop' {
    if (cost < this.#lowest) {
      this.#lowest = cost;
      this.#since = 0;
      return 'best';
    }
    this.#since++;
    return this.#since >= training.patience ? 'stop' : 'worse';
  }
}
