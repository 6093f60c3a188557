/** Curves of a `<line-chart>` as a picture of layers, on axes like those on the page. Pure. */
import { plain } from '../format.ts';
import { costRange, logRange } from './cost-range.ts';
import { thinned, type Curve } from './curves.ts';
import type { Layer, Picture, PictureLabel } from './layers.ts';

/** Points of a curve at the most: more than there are pixels for is of no use. */
const mostPoints = 700;

export function curvesPicture(curves: readonly Curve[], xLabel: string, logY: boolean): Picture {
  const drawn = curves.filter(({ x }) => x.length > 0).map((curve) => ({ ...curve, ...thinned(curve.x, curve.y, mostPoints) }));
  const ys = drawn.flatMap(({ y }) => y).filter((value) => Number.isFinite(value) && (!logY || value > 0));
  const xs = drawn.flatMap(({ x }) => x);
  const [low, high] = ys.length > 0 ? [Math.min(...ys), Math.max(...ys)] : [null, null];
  const [from, to] = (logY ? logRange : costRange)(low, high);
  const [first, last] = [Math.min(0, ...xs), Math.max(0, ...xs)];
  return {
    x: { log: false, from: first, to: last > first ? last : first + 1, label: xLabel, format: plain },
    y: { log: logY, from, to, label: '', format: plain },
    layers: drawn.flatMap(({ label, color, dashed, width, x, y }): Layer[] => [
      { kind: 'line', name: label, x, y, ink: color, width, dashed },
      { kind: 'dots', name: label, x: x.slice(-1), y: y.slice(-1), ink: color },
    ]),
    labels: drawn.flatMap(({ label, color, x, y }): readonly PictureLabel[] => {
      const [endX, endY] = [x.at(-1), y.at(-1)];
      if (endX === undefined || endY === undefined) return [];
      return [{ text: label, x: endX, y: endY, ink: color === 'cpu' ? 'cpu-ink' : color, place: 'end' }];
    }),
  };
}
