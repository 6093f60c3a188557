/** The numbers of the graph and of its timing, for those who save them. Pure. */
import type { LaneResult } from '../../session/bench/report.ts';
import type { Study } from '../../session/graph/study.ts';
import type { Points } from '../../ui/charts/points-csv.ts';
import { pictureOf } from './picture-model.ts';

const finite = (value: number | undefined): number | null => (value !== undefined && Number.isFinite(value) ? value : null);

/** A row a node, then one each edge that the chain rule has gone along by now. */
export function graphPoints(study: Study, done: number): Points {
  const { nodes, edges } = pictureOf(study, done);
  return {
    head: ['part', 'name', 'formula', 'value', 'derivative'],
    rows: [
      ...nodes.map(({ node, name, formula, text, derivative }) => [
        'node',
        name,
        formula,
        text === '' ? null : finite(study.values[node]?.value),
        derivative === '' ? null : finite(study.back?.gradients[node]),
      ]),
      ...edges
        .filter(({ isDone }) => isDone)
        .map(({ edge, label }) => {
          const { to = 0, slot = 0 } = study.graph.edges[edge] ?? {};
          return ['edge', label.split(' = ')[0] ?? '', '', null, finite(study.values[to]?.partials[slot])];
        }),
    ],
  };
}

export function timePoints(lanes: readonly LaneResult[]): Points {
  return {
    head: ['lane', 'sample', 'ms per step'],
    rows: lanes.flatMap(({ engine, msPerStep }) => (msPerStep?.samples ?? []).map((ms, at) => [engine, at, ms])),
  };
}
