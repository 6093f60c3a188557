/** The numbers behind the charts of the lab, for those who save them. Pure. */
import { curveAt } from '../../session/activations/curves.ts';
import { comparedActivations } from '../../session/activations/settings.ts';
import type { Points } from '../../ui/charts/points-csv.ts';
import type { NetState } from './activation-state.ts';
import { zRange } from './activation-query.ts';

export function costPoints(nets: readonly NetState[]): Points {
  return {
    head: ['activation', 'step', 'J'],
    rows: nets.flatMap(({ activation, costs }) => costs.map(({ step, cost }) => [activation, step, cost])),
  };
}

/** A row a step and layer, the input's first. */
export function gradientPoints(nets: readonly NetState[]): Points {
  return {
    head: ['activation', 'step', 'layer', '‖dW‖'],
    rows: nets.flatMap(({ activation, probes }) =>
      probes.flatMap(({ step, norms }) => norms.map((norm, l) => [activation, step, l + 1, norm])),
    ),
  };
}

/** A row a bin of a layer's outputs. */
export function outputPoints(nets: readonly NetState[]): Points {
  return {
    head: ['activation', 'step', 'layer', 'from', 'to', 'count', 'share that is flat'],
    rows: nets.flatMap(({ activation, activity }) =>
      (activity?.layers ?? []).flatMap(({ counts, saturated }, l) => {
        const { low = 0, high = 0, step = 0 } = activity ?? {};
        const edge = (bin: number): number => low + ((high - low) * bin) / counts.length;
        return counts.map((count, bin) => [activation, step, l + 1, edge(bin), edge(bin + 1), count, saturated]);
      }),
    ),
  };
}

/** g and g′ at every tenth of z. */
export function activationPoints(): Points {
  const [from, to] = zRange;
  const count = Math.round((to - from) * 10);
  return {
    head: ['activation', 'z', 'g(z)', 'g′(z)'],
    rows: comparedActivations.flatMap((name) =>
      Array.from({ length: count + 1 }, (_, at) => {
        const z = Number((from + at / 10).toFixed(1));
        const { a, slope } = curveAt(name, z);
        return [name, z, a, slope];
      }),
    ),
  };
}
