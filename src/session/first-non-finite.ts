/** Whether a run has gone wrong; why it has is told by `divergence.ts`. */
import type { StepCost } from '../engine/contract.ts';

/** The first cost that is not finite, or null. */
export function firstNonFinite(costs: readonly StepCost[]): number | null {
  return costs.find(({ cost }) => !Number.isFinite(cost))?.step ?? null;
}
