/** The points of a chart as a table for spreadsheets. Pure. */
import { cellText, type Cell } from '../../session/results/csv.ts';
import type { Curve } from './curves.ts';
import type { Layer, Picture } from './layers.ts';

export interface Points {
  readonly head: readonly string[];
  readonly rows: readonly (readonly Cell[])[];
}

export function pointsCsv({ head, rows }: Points): string {
  return `${[head, ...rows].map((row) => row.map(cellText).join(',')).join('\r\n')}\r\n`;
}

/** A row a point of each curve, under the curve's name. */
export function pointsOfCurves(curves: readonly Curve[], x: string, y: string): Points {
  return {
    head: ['curve', x, y],
    rows: curves.flatMap((curve) => curve.x.map((value, at): readonly Cell[] => [curve.label, value, curve.y[at] ?? null])),
  };
}

/** A row a point of each layer; a layer without a name goes by the label that stands at one of its points. */
export function pointsOfPicture({ x, y, layers, labels }: Picture): Points {
  const nameOf = (layer: Layer): string => {
    if ('name' in layer) return layer.name;
    if (!('x' in layer && 'y' in layer)) return '';
    return labels.find((label) => layer.x.some((value, at) => value === label.x && layer.y[at] === label.y))?.text ?? '';
  };
  const rowsOf = (layer: Layer): readonly (readonly Cell[])[] => {
    const name = nameOf(layer);
    switch (layer.kind) {
      case 'line':
        return layer.x.map((value, at) => [name, layer.kind, value, layer.y[at] ?? null, null, null]);
      case 'dots':
        return layer.x.map((value, at) => [
          name,
          layer.kind,
          value,
          layer.y[at] ?? null,
          layer.low?.[at] ?? null,
          layer.high?.[at] ?? null,
        ]);
      case 'band':
        return layer.x.map((value, at) => [name, layer.kind, value, null, layer.low[at] ?? null, layer.high[at] ?? null]);
      case 'crosses':
        return layer.x.map((value) => [name, layer.kind, value, null, null, null]);
      case 'span':
        return [[name, layer.kind, layer.at, null, layer.from, layer.to]];
    }
  };
  return { head: ['curve', 'drawn as', x.label || 'x', y.label || 'y', 'low', 'high'], rows: layers.flatMap(rowsOf) };
}
