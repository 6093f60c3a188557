/** From costs to the picture: one curve a net against the step, its name at its end, a mark where it diverged. Pure. */
import { msg } from '@lit/localize';
import type { StepCost } from '../../session/activations/protocol.ts';
import type { Layer, Picture, PictureLabel } from '../../ui/charts/layers.ts';
import { integer, plain } from '../../ui/format.ts';
import type { NetState } from './activation-state.ts';
import { activationName, lookOf } from './names.ts';

/** Points of a curve at the most: more than there are pixels for is of no use. */
const mostPoints = 300;
/** A cost so many times the first is beyond the picture: a curve that runs away would press all others flat. */
const mostGrowth = 2;

/** The first, the last, and evenly many between. */
function thinned(costs: readonly StepCost[]): readonly StepCost[] {
  const every = Math.ceil(costs.length / mostPoints);
  return costs.filter((_, i) => i % every === 0 || i === costs.length - 1);
}

function ceilingOf(nets: readonly NetState[]): number {
  const begun = Math.max(...nets.map(({ costs }) => costs[0]?.cost ?? 0));
  const highest = Math.max(...nets.flatMap(({ costs }) => costs.map(({ cost }) => cost)));
  return Math.min(highest, mostGrowth * begun) * 1.05;
}

function layersOf({ activation, costs, diverged }: NetState): readonly Layer[] {
  const { share, dash, width } = lookOf(activation);
  const points = thinned(costs);
  const x = points.map(({ step }) => step);
  const y = points.map(({ cost }) => cost);
  const line: Layer = { kind: 'line', x, y, ink: { share }, width, dashed: dash.length > 0, dash };
  return diverged ? [line, { kind: 'dots', x: x.slice(-1), y: y.slice(-1), ink: 'bad' }] : [line];
}

/** Null while no net has a cost. @param steps where the axis ends */
export function costPicture(nets: readonly NetState[], steps: number): Picture | null {
  const begun = nets.filter(({ costs }) => costs.length > 0);
  if (begun.length === 0) return null;
  const labels = begun.map((net): PictureLabel => {
    const { activation, costs, diverged } = net;
    const last = costs.at(-1) ?? { step: 0, cost: 0 };
    const name = activationName(activation);
    const text = diverged ? `${name} ${msg('diverged')}` : name;
    return { text, x: last.step, y: last.cost, ink: diverged ? 'bad' : { share: Math.max(0.62, lookOf(activation).share) }, place: 'end' };
  });
  return {
    x: { log: false, from: 0, to: steps, label: msg('steps'), format: integer },
    y: { log: false, from: 0, to: ceilingOf(begun) || 1, label: 'J', format: plain },
    layers: begun.flatMap(layersOf),
    labels,
  };
}
