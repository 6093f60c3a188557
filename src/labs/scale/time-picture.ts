/** From times and laws to the picture of the left chart: dots with whiskers, laws through them, the crossover. Pure. */
import type { Crossover, SweepLaw, SweepLaws, SweepTime } from '../../session/sweep/protocol.ts';
import { sweepSizes, type SweepSettings } from '../../session/sweep/settings.ts';
import type { Layer, Picture, PictureLabel } from '../../ui/charts/layers.ts';
import { integer } from '../../ui/format.ts';
import { lawText, quantile, tickTime } from './numbers.ts';

type Kind = 'gpu' | 'cpu';

/** Points along a law: on a doubly logarithmic chart it is no straight line. */
const corners = 48;

/** How far beyond the values of m a crossover may lie and still be shown. */
const farthest = 10;

interface Span {
  readonly from: number;
  readonly to: number;
}

const at = ({ fixedMs, msPerExample }: SweepLaw, m: number): number => fixedMs + msPerExample * m;

function sizesAlong({ from, to }: Span): readonly number[] {
  return Array.from({ length: corners }, (_, i) => from * (to / from) ** (i / (corners - 1)));
}

/** All m that are shown: those of the sweep, and a crossover that is not too far away. */
function domain(settings: SweepSettings, crossover: Crossover | undefined): Span {
  const sizes = sweepSizes(settings);
  const [from = 1, to = 10] = [sizes[0], sizes.at(-1)];
  if (crossover?.kind !== 'crossing' || crossover.m > to * farthest || crossover.m < from / farthest) return { from, to };
  return { from: Math.max(1, Math.min(from, crossover.m / 1.2)), to: Math.max(to, crossover.m * 1.2) };
}

/** Solid where it was measured, dashed where it is the law alone. */
function lawLayers(law: SweepLaw, { from, to }: Span, ink: Kind): readonly Layer[] {
  const parts: readonly (readonly [Span, boolean])[] = [
    [{ from, to: law.from }, true],
    [{ from: law.from, to: law.to }, false],
    [{ from: law.to, to }, true],
  ];
  return parts.flatMap(([span, dashed]): Layer[] => {
    if (!(span.to > span.from)) return [];
    const x = sizesAlong(span);
    return [{ kind: 'line', x, y: x.map((m) => at(law, m)), ink, width: dashed ? 1.6 : 2.4, dashed }];
  });
}

function lawLabel(law: SweepLaw, span: Span, kind: Kind): PictureLabel {
  const along = sizesAlong(span).filter((_, i) => i % 4 === 2);
  const [first = span.from, ...others] = kind === 'gpu' ? along : along.toReversed();
  const name = kind === 'gpu' ? 'GPU' : 'CPU';
  return {
    text: `${name} = ${lawText(law)}`,
    x: first,
    y: at(law, first),
    ink: kind === 'gpu' ? 'gpu' : 'cpu-ink',
    place: 'near',
    below: kind === 'gpu',
    along: others.map((m) => [m, at(law, m)]),
  };
}

function dots(times: readonly SweepTime[], kind: Kind): Extract<Layer, { kind: 'dots' }> {
  const samplesOf = ({ gpuMs, cpuMs }: SweepTime): readonly number[] => (kind === 'gpu' ? gpuMs : cpuMs);
  const timed = times.filter((time) => samplesOf(time).length > 0);
  const shares = (share: number): readonly number[] => timed.map((time) => quantile(samplesOf(time), share));
  return { kind: 'dots', x: timed.map(({ m }) => m), y: shares(0.5), low: shares(0.05), high: shares(0.95), ink: kind };
}

/** Null until something was timed. */
export function timePicture(settings: SweepSettings, times: readonly SweepTime[], laws: SweepLaws | null): Picture | null {
  const measured = [dots(times, 'cpu'), dots(times, 'gpu')];
  if (measured.every(({ x }) => x.length === 0)) return null;
  const span = domain(settings, laws?.crossover);
  const lines = laws ? [...(laws.cpu ? lawLayers(laws.cpu, span, 'cpu') : []), ...(laws.gpu ? lawLayers(laws.gpu, span, 'gpu') : [])] : [];
  const ys = [
    ...measured.flatMap(({ low = [], high = [] }) => [...low, ...high]),
    ...lines.flatMap((layer) => (layer.kind === 'line' ? layer.y : [])),
  ].filter((ms) => ms > 0);
  const crossover = laws?.crossover;
  return {
    x: { log: true, from: span.from / 1.12, to: span.to * 1.12, label: 'm', format: integer },
    y: { log: true, from: Math.min(...ys) / 1.5, to: Math.max(...ys) * 1.5, label: '', format: tickTime },
    layers: [...crossing(crossover, span), ...lines, ...measured],
    labels: [...crossingLabel(crossover, span, Math.max(...ys)), ...lawLabels(laws, span, measured)],
  };
}

const shown = (crossover: Crossover | undefined, { from, to }: Span): crossover is Extract<Crossover, { kind: 'crossing' }> =>
  crossover?.kind === 'crossing' && crossover.m >= from && crossover.m <= to;

function crossing(crossover: Crossover | undefined, span: Span): readonly Layer[] {
  if (!shown(crossover, span)) return [];
  const [low, high] = crossover.ci95;
  return [{ kind: 'span', from: Math.max(low, span.from), to: Math.min(high, span.to), at: crossover.m, ink: 'gpu' }];
}

function crossingLabel(crossover: Crossover | undefined, span: Span, y: number): readonly PictureLabel[] {
  return shown(crossover, span) ? [{ text: 'm*', x: crossover.m, y, ink: 'ink', place: 'top' }] : [];
}

/** With a law its formula stands at the line; without one the lane's name at its last dot. */
function lawLabels(laws: SweepLaws | null, span: Span, measured: readonly Extract<Layer, { kind: 'dots' }>[]): readonly PictureLabel[] {
  return measured.flatMap(({ x, y, ink }): PictureLabel[] => {
    const kind: Kind = ink === 'gpu' ? 'gpu' : 'cpu';
    const law = laws?.[kind];
    if (law) return [lawLabel(law, span, kind)];
    const [lastX, lastY] = [x.at(-1), y.at(-1)];
    if (lastX === undefined || lastY === undefined) return [];
    return [{ text: kind === 'gpu' ? 'GPU' : 'CPU', x: lastX, y: lastY, ink: kind === 'gpu' ? 'gpu' : 'cpu-ink', place: 'near' }];
  });
}
