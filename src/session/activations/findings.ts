/** What the compared nets show: how much of the gradient arrives at the first layer, and who reaches which cost when. Pure. */
import type { GradientProbe, StepCost } from './protocol.ts';
import type { ComparedActivation } from './settings.ts';

/** ‖dW⁽¹⁾‖ / ‖dW⁽ᴸ⁾‖; NaN without a gradient at the last layer. */
export function gradientRatio({ norms }: GradientProbe): number {
  const [first = Number.NaN, last = Number.NaN] = [norms[0], norms.at(-1)];
  return last > 0 ? first / last : Number.NaN;
}

export interface CostsOf {
  readonly activation: ComparedActivation;
  readonly costs: readonly StepCost[];
}

export interface Reached {
  /** Rounded to three digits, upwards. */
  readonly cost: number;
  /** The first step with that cost or less; null: none did. In the order of the nets. */
  readonly steps: readonly { readonly activation: ComparedActivation; readonly step: number | null }[];
}

function roundedUp(value: number): number {
  if (value === 0) return 0;
  const unit = 10 ** (Math.floor(Math.log10(Math.abs(value))) - 2);
  return Number((Math.ceil(value / unit - 1e-9) * unit).toPrecision(3));
}

const lowest = ({ costs }: CostsOf): number => costs.reduce((least, { cost }) => Math.min(least, cost), Number.POSITIVE_INFINITY);

/**
 * The lowest cost that all nets but one reach, and when each does. Null while there are fewer than two nets with costs, or
 * where that cost is no lower than what the nets began with, so that nothing has been reached.
 */
export function reachedCost(nets: readonly CostsOf[]): Reached | null {
  const least = nets.map(lowest).sort((a, b) => a - b);
  const target = least.at(-2);
  if (target === undefined || !Number.isFinite(target)) return null;
  const cost = roundedUp(target);
  const begun = Math.min(...nets.map(({ costs }) => costs[0]?.cost ?? Number.POSITIVE_INFINITY));
  if (!(cost < begun)) return null;
  return {
    cost,
    steps: nets.map(({ activation, costs }) => ({ activation, step: costs.find((one) => one.cost <= cost)?.step ?? null })),
  };
}
