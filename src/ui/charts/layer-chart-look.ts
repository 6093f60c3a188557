/** How the layers of a picture look, drawn over a uPlot that has the axes: spans, bands, lines, dots, crosses, names. Holds no state. */
import uPlot from 'uplot';
import { chartFont, type colorsOf } from './colors.ts';
import { apart } from './curves.ts';
import { linearTicks, logTicks, placed, type Box, type Dot, type Ink, type Layer, type Picture, type PictureAxis } from './layers.ts';
import { logarithmic } from './line-chart-look.ts';
import { mixed } from './plane.ts';

export interface LayerLook {
  readonly color: ReturnType<typeof colorsOf>;
  /** As it is when it is drawn. */
  readonly picture: () => Picture;
}

const smallFont = `11px ${chartFont}`;
/** CSS pixels of a letter of a name, about. */
const letterWidth = 7.3;
const labelHeight = 15;

function scale(axis: () => PictureAxis): uPlot.Scale {
  const range = (): uPlot.Range.MinMax => [axis().from, axis().to];
  return axis().log ? { time: false, auto: true, distr: logarithmic, range } : { time: false, auto: true, range };
}

function plotAxis(look: LayerLook, side: 0 | 1): uPlot.Axis {
  const horizontal = side === 0;
  const axis = (): PictureAxis => (horizontal ? look.picture().x : look.picture().y);
  return {
    font: smallFont,
    stroke: () => look.color('soft'),
    grid: { show: !horizontal, stroke: () => look.color('line'), width: 1 },
    ticks: { show: horizontal, stroke: () => look.color('line'), width: 1, size: 4 },
    border: { show: true, stroke: () => look.color('line'), width: 1 },
    size: horizontal ? 38 : 54,
    gap: horizontal ? 4 : 6,
    splits: (plot) => {
      const { log, from, to } = axis();
      const most = Math.max(2, Math.floor(horizontal ? plot.width / 72 : plot.height / 56));
      return log ? logTicks(from, to, most) : linearTicks(from, to, most);
    },
    filter: (_plot, ticks) => ticks,
    values: (_plot, ticks) => ticks.map((tick) => axis().format(tick)),
  };
}

/** Room to the right for the longest name that stands there, but not more than a share of the whole. */
export function endRoom({ labels }: Picture, width: number): number {
  const letters = Math.max(0, ...labels.filter(({ place }) => place === 'end').map(({ text }) => text.length));
  return letters === 0 ? 14 : Math.min(0.4 * width, letters * letterWidth + 14);
}

export function layerOptions(look: LayerLook, width: number, height: number): uPlot.Options {
  const { picture } = look;
  return {
    width,
    height,
    padding: [10, endRoom(picture(), width), 0, 0],
    legend: { show: false },
    cursor: { show: false },
    scales: { x: scale(() => picture().x), y: scale(() => picture().y) },
    axes: [plotAxis(look, 0), plotAxis(look, 1)],
    series: [{}, { width: 0, points: { show: false } }],
    hooks: { draw: [(plot) => drawPicture(plot, look)] },
  };
}

/** Data that make uPlot take the ranges of the picture. */
export function layerData({ x, y }: Picture): uPlot.AlignedData {
  return [
    [x.from, x.to],
    [y.from, y.to],
  ];
}

/** What all the drawing below needs: canvas pixels, and where a value stands. */
interface Pen {
  readonly ctx: CanvasRenderingContext2D;
  readonly ratio: number;
  readonly bbox: uPlot.BBox;
  readonly toX: (value: number) => number;
  readonly toY: (value: number) => number;
  readonly ink: (ink: Ink) => string;
}

function penOf(plot: uPlot, { color, picture }: LayerLook): Pen {
  const { ctx, bbox } = plot;
  const { y } = picture();
  return {
    ctx,
    bbox,
    ratio: uPlot.pxRatio,
    toX: (value) => plot.valToPos(value, 'x', true),
    // what lies beyond an axis stands at its end: a logarithm has no place for zero
    toY: (value) => plot.valToPos(Math.min(y.to, Math.max(y.from, value)), 'y', true),
    ink: (ink) =>
      typeof ink === 'string' ? color(ink) : `rgb(${mixed(color('card'), color('ink'), ink.share).map(Math.round).join(' ')})`,
  };
}

function drawPicture(plot: uPlot, look: LayerLook): void {
  const pen = penOf(plot, look);
  const { ctx, bbox, ratio } = pen;
  const { layers } = look.picture();
  ctx.save();
  ctx.beginPath();
  ctx.rect(bbox.left, bbox.top, bbox.width + 6 * ratio, bbox.height + 6 * ratio);
  ctx.clip();
  ctx.lineJoin = 'round';
  for (const layer of layers) drawLayer(pen, layer, look);
  ctx.restore();
  drawLabels(pen, look);
}

function drawLayer(pen: Pen, layer: Layer, look: LayerLook): void {
  switch (layer.kind) {
    case 'span':
      return drawSpan(pen, layer);
    case 'band':
      return drawBand(pen, layer);
    case 'line':
      return drawLine(pen, layer);
    case 'dots':
      return drawDots(pen, layer, look);
    case 'crosses':
      return drawCrosses(pen, layer.x, look.color('bad'));
  }
}

function drawSpan({ ctx, bbox, toX, ink, ratio }: Pen, { from, to, at, ink: color }: Extract<Layer, { kind: 'span' }>): void {
  const [left, right] = [toX(from), toX(to)];
  ctx.save();
  ctx.globalAlpha = 0.16;
  ctx.fillStyle = ink(color);
  ctx.fillRect(left, bbox.top, Math.max(right - left, 2 * ratio), bbox.height);
  ctx.globalAlpha = 1;
  ctx.strokeStyle = ink('ink');
  ctx.lineWidth = ratio;
  ctx.setLineDash([5 * ratio, 5 * ratio]);
  ctx.beginPath();
  ctx.moveTo(toX(at), bbox.top);
  ctx.lineTo(toX(at), bbox.top + bbox.height);
  ctx.stroke();
  ctx.restore();
}

function drawBand({ ctx, toX, toY, ink }: Pen, { x, low, high, ink: color }: Extract<Layer, { kind: 'band' }>): void {
  if (x.length < 2) return;
  ctx.save();
  ctx.globalAlpha = 0.13;
  ctx.fillStyle = ink(color);
  ctx.beginPath();
  x.forEach((value, i) => ctx.lineTo(toX(value), toY(high[i] ?? Number.NaN)));
  [...x.keys()].reverse().forEach((i) => ctx.lineTo(toX(x[i] ?? Number.NaN), toY(low[i] ?? Number.NaN)));
  ctx.closePath();
  ctx.fill();
  ctx.restore();
}

/** Of a line that names no pattern of its own. */
const usualDash = [5, 4] as const;

function drawLine({ ctx, toX, toY, ink, ratio }: Pen, layer: Extract<Layer, { kind: 'line' }>): void {
  const { x, y, ink: color, width, dashed, dash = usualDash } = layer;
  ctx.strokeStyle = ink(color);
  ctx.lineWidth = width * ratio;
  ctx.setLineDash(dashed ? dash.map((length) => length * ratio) : []);
  ctx.beginPath();
  x.forEach((value, i) => ctx.lineTo(toX(value), toY(y[i] ?? Number.NaN)));
  ctx.stroke();
  ctx.setLineDash([]);
}

function drawDots({ ctx, toX, toY, ink, ratio }: Pen, layer: Extract<Layer, { kind: 'dots' }>, look: LayerLook): void {
  const { x, y, low, high, ink: color } = layer;
  ctx.strokeStyle = ctx.fillStyle = ink(color);
  ctx.lineWidth = 1.2 * ratio;
  ctx.beginPath();
  x.forEach((value, i) => {
    const [from, to] = [low?.[i], high?.[i]];
    if (from === undefined || to === undefined) return;
    const at = toX(value);
    ctx.moveTo(at, toY(from));
    ctx.lineTo(at, toY(to));
    for (const end of [from, to]) {
      ctx.moveTo(at - 3 * ratio, toY(end));
      ctx.lineTo(at + 3 * ratio, toY(end));
    }
  });
  ctx.stroke();
  ctx.lineWidth = 1.5 * ratio;
  ctx.strokeStyle = look.color('card');
  x.forEach((value, i) => {
    ctx.beginPath();
    ctx.arc(toX(value), toY(y[i] ?? Number.NaN), 3.2 * ratio, 0, 2 * Math.PI);
    ctx.fill();
    ctx.stroke();
  });
}

function drawCrosses({ ctx, bbox, toX, ratio }: Pen, x: readonly number[], color: string): void {
  const [bottom, size] = [bbox.top + bbox.height - 6 * ratio, 3.5 * ratio];
  ctx.strokeStyle = color;
  ctx.lineWidth = 1.6 * ratio;
  ctx.beginPath();
  for (const value of x) {
    const at = toX(value);
    ctx.moveTo(at - size, bottom - size);
    ctx.lineTo(at + size, bottom + size);
    ctx.moveTo(at - size, bottom + size);
    ctx.lineTo(at + size, bottom - size);
  }
  ctx.stroke();
}

/** Points along all lines and whiskers, close enough together that no name slips between them. */
function dotsOf({ toX, toY, ratio, bbox }: Pen, layers: readonly Layer[]): readonly Dot[] {
  return layers.flatMap((layer): Dot[] => {
    if (layer.kind === 'span') {
      const count = Math.ceil(bbox.height / (6 * ratio));
      return Array.from({ length: count }, (_, i) => [toX(layer.at), bbox.top + 6 * ratio * i]);
    }
    if (layer.kind === 'dots') {
      const { low = [], high = [] } = layer;
      return layer.x.flatMap((x, i): Dot[] =>
        [layer.y[i], low[i], high[i]].flatMap((y) => (y === undefined ? [] : [[toX(x), toY(y)] as const])),
      );
    }
    if (layer.kind !== 'line') return [];
    const corners = layer.x.map((x, i): Dot => [toX(x), toY(layer.y[i] ?? Number.NaN)]);
    return corners.slice(1).flatMap(([x, y], i): Dot[] => {
      const [fromX, fromY] = corners[i] ?? [x, y];
      const steps = Math.max(1, Math.ceil(Math.hypot(x - fromX, y - fromY) / (6 * ratio)));
      return Array.from({ length: steps }, (_, step) => [fromX + ((x - fromX) * step) / steps, fromY + ((y - fromY) * step) / steps]);
    });
  });
}

function drawLabels(pen: Pen, look: LayerLook): void {
  const { ctx, bbox, ratio, toX, toY } = pen;
  const { labels, layers, x } = look.picture();
  ctx.save();
  ctx.font = `600 ${12 * ratio}px ${chartFont}`;
  ctx.textBaseline = 'middle';
  ctx.textAlign = 'left';
  const write = (text: string, left: number, middle: number, ink: Ink): void => {
    ctx.lineWidth = 4 * ratio;
    ctx.strokeStyle = look.color('card');
    ctx.lineJoin = 'round';
    ctx.strokeText(text, left, middle);
    ctx.fillStyle = pen.ink(ink);
    ctx.fillText(text, left, middle);
  };
  const ends = labels.filter(({ place }) => place === 'end');
  const heights = apart(
    ends.map(({ y }) => toY(y)),
    labelHeight * ratio,
    bbox.top + 6 * ratio,
    bbox.top + bbox.height - 6 * ratio,
  );
  ends.forEach(({ text, x: at, y, ink }, i) => write(text, toX(at) + 8 * ratio, heights[i] ?? toY(y), ink));
  const dots = dotsOf(pen, layers);
  const taken: Box[] = [];
  for (const { text, x: at, y, ink, place, along, below = false } of labels) {
    if (place === 'end') continue;
    const size = { width: ctx.measureText(text).width, height: labelHeight * ratio };
    const fits = toX(at) + 6 * ratio + size.width <= bbox.left + bbox.width;
    const top = { left: fits ? toX(at) + 6 * ratio : toX(at) - 6 * ratio - size.width, top: bbox.top + ratio, ...size };
    const near = [[at, y] as const, ...(along ?? [])].map(([px, py]): Dot => [toX(px), toY(py)]);
    const box = place === 'top' ? top : placed(size, { near, below }, dots, taken, bbox);
    taken.push(box);
    write(text, box.left, box.top + box.height / 2, ink);
  }
  ctx.font = `${11 * ratio}px ${chartFont}`;
  ctx.textAlign = 'right';
  ctx.fillStyle = look.color('soft');
  ctx.fillText(x.label, bbox.left + bbox.width, bbox.top + bbox.height + 31 * ratio);
  ctx.restore();
}
