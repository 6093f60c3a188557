/** From figures to the pictures of the lab: time against m, the roofline, and how the ratios of a class lie. Pure. */
import type { Rates } from '../../session/protocol.ts';
import { stacked } from '../../session/results/distribution.ts';
import { engineKind, fastest, type CurveFigures } from '../../session/results/figures.ts';
import type { Ink, Layer, Picture, PictureLabel } from '../../ui/charts/layers.ts';
import { integer, plain } from '../../ui/format.ts';
import type { Column } from './column.ts';

/** Machines are told apart by their strokes: the colours are the engines'. */
const dashes: readonly (readonly number[])[] = [[], [7, 4], [2, 3], [9, 3, 2, 3], [4, 4]];

/** With more machines than these, names at the ends of their lines would cover one another. */
const mostNamed = 6;

/** A time on an axis: as few digits as it has. */
function tickTime(ms: number): string {
  if (ms >= 1000) return `${plain(ms / 1000)} s`;
  if (ms >= 0.1) return `${plain(ms)} ms`;
  return ms >= 1e-4 ? `${plain(ms * 1000)} µs` : `${plain(ms * 1e6)} ns`;
}

function tickFlops(gigaflops: number): string {
  if (gigaflops >= 1000) return `${plain(gigaflops / 1000)} TF/s`;
  return gigaflops >= 0.1 ? `${plain(gigaflops)} GF/s` : `${plain(1000 * gigaflops)} MF/s`;
}

/** Points along a law: on a doubly logarithmic chart it is no straight line. */
const corners = 40;

const labelInk = (kind: 'gpu' | 'cpu'): Ink => (kind === 'gpu' ? 'gpu' : 'cpu-ink');
const kindLabel = (kind: 'gpu' | 'cpu'): string => (kind === 'gpu' ? 'GPU' : 'CPU');

function stroke(at: number): { readonly dashed: boolean; readonly dash?: readonly number[] } {
  const dash = dashes[at % dashes.length] ?? [];
  return dash.length === 0 ? { dashed: false } : { dashed: true, dash };
}

interface Drawn {
  readonly layers: readonly Layer[];
  readonly labels: readonly PictureLabel[];
}

function curveDrawn({ engine, points, law }: CurveFigures, letter: string, at: number): Drawn {
  const kind = engineKind(engine);
  const [x, y] = [points.map(([m]) => m), points.map(([, ms]) => ms)];
  const [from, to] = [Math.min(...x), Math.max(...x)];
  const along = Array.from({ length: corners }, (_, i) => from * (to / from) ** (i / (corners - 1)));
  const line = law ? { x: along, y: along.map((m) => law.fixedMs + law.msPerExample * m) } : { x, y };
  const label: PictureLabel = { text: `${letter} ${kindLabel(kind)}`, x: to, y: line.y.at(-1) ?? 1, ink: labelInk(kind), place: 'end' };
  return {
    layers: [
      { kind: 'line', ...line, ink: kind, width: 2, ...stroke(at) },
      { kind: 'dots', x, y, ink: kind },
    ],
    labels: [label],
  };
}

/** Null where nothing was timed at several m. One model only: laws of different models do not belong on one chart. */
export function timesPicture(columns: readonly Column[]): Picture | null {
  const model = columns.flatMap(({ figures }) => figures.curves)[0]?.model;
  const drawn = columns.flatMap(({ figures, letter }, at) =>
    figures.curves.filter((curve) => curve.model === model && curve.points.length > 0).map((curve) => curveDrawn(curve, letter, at)),
  );
  if (drawn.length === 0) return null;
  const layers = drawn.flatMap((one) => one.layers);
  const xs = layers.flatMap((layer) => ('x' in layer ? layer.x : []));
  const ys = layers.flatMap((layer) => ('y' in layer ? layer.y : [])).filter((ms) => ms > 0);
  const [least, most] = [Math.min(...xs), Math.max(...xs)];
  const crossings = columns.flatMap(({ figures, letter }) => {
    const { crossover } = figures;
    return crossover && crossover.m > least / 10 && crossover.m < most * 10 ? [{ letter, ...crossover }] : [];
  });
  const [from, to] = [Math.min(least, ...crossings.map(({ m }) => m / 1.2)), Math.max(most, ...crossings.map(({ m }) => m * 1.2))];
  const top = Math.max(...ys) * 1.5;
  return {
    x: { log: true, from: from / 1.12, to: to * 1.12, label: 'm', format: integer },
    y: { log: true, from: Math.min(...ys) / 1.5, to: top, label: '', format: tickTime },
    layers: [
      ...crossings.map(({ m, ci95: [low, high] }): Layer => ({
        kind: 'span',
        from: Math.max(from, low),
        to: Math.min(to, high ?? to),
        at: m,
        ink: { share: 0.5 },
      })),
      ...layers,
    ],
    labels: [
      ...(columns.length <= mostNamed ? drawn.flatMap((one) => one.labels) : []),
      ...(columns.length > mostNamed ? [] : crossings).map(({ m, letter }, at): PictureLabel => ({
        text: columns.length > 1 ? `m* ${letter}` : 'm*',
        x: m,
        y: top / 1.5 ** (at % 4),
        ink: 'ink',
        place: 'near',
      })),
    ],
  };
}

/** FLOP per byte, GFLOP/s. */
interface Spot {
  readonly kind: 'gpu' | 'cpu';
  readonly letter: string;
  readonly name: string;
  readonly x: number;
  readonly y: number;
}

function spotsOf({ figures, letter }: Column): readonly Spot[] {
  return figures.works.flatMap((work) =>
    (['gpu', 'cpu'] as const).flatMap((kind): readonly Spot[] => {
      const lane = fastest(work, kind);
      const [flops, bytes] = [lane?.gigaflopsPerSecond ?? 0, lane?.gigabytesPerSecond ?? 0];
      return flops > 0 && bytes > 0 ? [{ kind, letter, name: work.name, x: flops / bytes, y: flops }] : [];
    }),
  );
}

interface Roof extends Rates {
  readonly kind: 'gpu' | 'cpu';
  readonly letter: string;
  readonly at: number;
}

function roofsOf({ figures, letter }: Column, at: number): readonly Roof[] {
  const { gpu = null, cpu = null } = figures.ceilings ?? {};
  return [...(gpu ? [{ kind: 'gpu' as const, letter, at, ...gpu }] : []), ...(cpu ? [{ kind: 'cpu' as const, letter, at, ...cpu }] : [])];
}

const ridgeOf = ({ copyGigabytesPerSecond, fmaGigaflopsPerSecond }: Rates): number => fmaGigaflopsPerSecond / copyGigabytesPerSecond;

/** With more than these, names would cover the dots that they name. */
const mostNames = 14;

/** Null where no rate is known. Without ceilings, the dots alone. */
export function rooflinePicture(columns: readonly Column[]): Picture | null {
  const spots = columns.flatMap(spotsOf);
  if (spots.length === 0) return null;
  const roofs = columns.flatMap(roofsOf);
  const xs = [...spots.map(({ x }) => x), ...roofs.map(ridgeOf)];
  const [from, to] = [Math.min(...xs) / 3, Math.max(...xs) * 3];
  const height = (roof: Roof, x: number): number => Math.min(roof.fmaGigaflopsPerSecond, roof.copyGigabytesPerSecond * x);
  const lines = roofs.map((roof): Layer => {
    const x = [from, Math.min(to, Math.max(from, ridgeOf(roof))), to];
    return { kind: 'line', x, y: x.map((value) => height(roof, value)), ink: roof.kind, width: 2, ...stroke(roof.at) };
  });
  const ys = [...spots.map(({ y }) => y), ...roofs.map(({ fmaGigaflopsPerSecond }) => fmaGigaflopsPerSecond)];
  const low = Math.min(...ys);
  const dots = (kind: 'gpu' | 'cpu'): Layer => {
    const own = spots.filter((spot) => spot.kind === kind);
    return { kind: 'dots', x: own.map(({ x }) => x), y: own.map(({ y }) => y), ink: kind };
  };
  const nameOf = ({ letter, name }: Spot): string => (columns.length > 1 ? `${letter} ${name}`.trim() : name);
  return {
    x: { log: true, from, to, label: 'FLOP / byte', format: plain },
    y: { log: true, from: low / 3, to: Math.max(...ys) * 2, label: '', format: tickFlops },
    layers: [...lines, dots('cpu'), dots('gpu')],
    labels: [
      ...(columns.length > mostNamed ? [] : roofs).map((roof): PictureLabel => ({
        text: `${roof.letter} ${kindLabel(roof.kind)}`,
        x: to,
        y: height(roof, to),
        ink: labelInk(roof.kind),
        place: 'end',
      })),
      ...(spots.length <= mostNames
        ? spots.map((spot): PictureLabel => ({ text: nameOf(spot), x: spot.x, y: spot.y, ink: labelInk(spot.kind), place: 'near' }))
        : []),
    ],
  };
}

/** Dots on one another over a logarithmic axis, with the middle half and the middle one. */
export function spreadPicture(values: readonly number[], [low, high]: readonly [number, number], median: number, label: string): Picture {
  const dots = stacked(values, Math.max(6, Math.min(16, Math.ceil(values.length / 2.5))));
  const tallest = Math.max(...dots.map(({ height }) => height));
  const [from, to] = [Math.min(...values), Math.max(...values)];
  const isRatio = label !== 'm*';
  const [left, right] = [(isRatio ? Math.min(from, 0.9) : from) / 1.2, (isRatio ? Math.max(to, 1.1) : to) * 1.2];
  const edge: Layer = { kind: 'line', x: [1, 1], y: [0, tallest + 1], ink: 'soft', width: 1, dashed: true };
  return {
    x: { log: true, from: left, to: right, label, format: (value) => (isRatio ? `${plain(value)}×` : integer(value)) },
    y: { log: false, from: 0, to: tallest + 1, label: '', format: (value) => (Number.isInteger(value) ? integer(value) : '') },
    layers: [
      { kind: 'span', from: low, to: high, at: median, ink: { share: 0.5 } },
      ...(isRatio ? [edge] : []),
      { kind: 'dots', x: dots.map(({ x }) => x), y: dots.map(({ height }) => height), ink: { share: 0.75 } },
    ],
    labels: [],
  };
}
