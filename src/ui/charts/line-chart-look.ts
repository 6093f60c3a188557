/** How line charts look: axes, grid, strokes, and the dots and names at the ends of the curves. Draws; holds no state. */
import uPlot from 'uplot';
import { integer, significant } from '../format.ts';
import { chartFont, type colorsOf } from './colors.ts';
import { costRange, logRange } from './cost-range.ts';
import { apart, type Curve } from './curves.ts';

export interface Look {
  readonly color: ReturnType<typeof colorsOf>;
  readonly xLabel: string;
  readonly logY: boolean;
  /** The curves as they are when it is drawn. */
  readonly curves: () => readonly Curve[];
}

/** uPlot's number for a logarithmic scale: its own name is an ambient const enum, which does not exist when the code runs. */
// oxlint-disable-next-line typescript/no-unsafe-enum-assignment -- see above
export const logarithmic = 3 as uPlot.Scale.Distr;

const smallFont = `11px ${chartFont}`;

/** Ticks say what tells them apart, and no more. */
function tickLabels(ticks: readonly number[]): string[] {
  const step = Math.abs((ticks[1] ?? 1) - (ticks[0] ?? 0));
  const decimals = [0, 1, 2, 3, 4, 5, 6].find((digits) => Math.abs(step * 10 ** digits - Math.round(step * 10 ** digits)) < 1e-6) ?? 6;
  return ticks.map((tick) => (Math.abs(tick) >= 1000 ? integer(tick) : tick.toFixed(decimals)));
}

function axis(look: Look, side: 0 | 1): uPlot.Axis {
  const horizontal = side === 0;
  return {
    font: smallFont,
    stroke: () => look.color('soft'),
    grid: { show: !horizontal, stroke: () => look.color('line'), width: 1 },
    ticks: { show: false },
    border: { show: true, stroke: () => look.color('line'), width: 1 },
    size: horizontal ? 24 : 46,
    gap: 6,
    space: horizontal ? 90 : 64,
    values: (_plot, ticks) =>
      !horizontal && look.logY ? ticks.map((tick) => (/^[125]/.test(tick.toExponential()) ? significant(tick, 1) : '')) : tickLabels(ticks),
  };
}

export function chartOptions(look: Look, width: number, height: number): uPlot.Options {
  return {
    width,
    height,
    padding: [8, 74, 0, 0],
    legend: { show: false },
    cursor: { show: false },
    scales: {
      x: { time: false, range: (_plot, low, high) => [Math.min(low, 0), high > low ? high : low + 1] },
      y: look.logY
        ? { distr: logarithmic, range: (_plot, low, high) => logRange(low, high) }
        : { range: (_plot, low, high) => costRange(low, high) },
    },
    axes: [axis(look, 0), axis(look, 1)],
    series: [
      {},
      ...look.curves().map((curve): uPlot.Series => ({
        label: curve.label,
        stroke: () => look.color(curve.color),
        width: curve.width,
        ...(curve.dashed ? { dash: [5, 4] } : {}),
        spanGaps: true,
        points: { show: false },
      })),
    ],
  };
}

/** A dot where each curve is now and its name beside it; names move apart where they would cover each other. */
export function drawEnds(plot: uPlot, look: Look): void {
  const ratio = uPlot.pxRatio;
  const { ctx, bbox } = plot;
  const ends = look.curves().flatMap((curve) => {
    const x = curve.x.at(-1);
    const y = curve.y.at(-1);
    if (x === undefined || y === undefined) return [];
    return [{ curve, x: plot.valToPos(x, 'x', true), y: plot.valToPos(y, 'y', true) }];
  });
  const heights = apart(
    ends.map((end) => end.y),
    15 * ratio,
    bbox.top + 6 * ratio,
    bbox.top + bbox.height - 6 * ratio,
  );
  ctx.save();
  ctx.textBaseline = 'middle';
  ctx.textAlign = 'left';
  ends.forEach(({ curve, x, y }, i) => {
    ctx.fillStyle = look.color(curve.color);
    ctx.beginPath();
    ctx.arc(x, y, (curve.dashed ? 2.4 : 3.4) * ratio, 0, 2 * Math.PI);
    ctx.fill();
    ctx.fillStyle = look.color(curve.color === 'cpu' ? 'cpu-ink' : curve.color);
    ctx.font = `${curve.dashed ? 500 : 650} ${12 * ratio}px ${chartFont}`;
    ctx.lineWidth = 4 * ratio;
    ctx.strokeStyle = look.color('card');
    ctx.lineJoin = 'round';
    ctx.strokeText(curve.label, x + 9 * ratio, heights[i] ?? y);
    ctx.fillText(curve.label, x + 9 * ratio, heights[i] ?? y);
  });
  drawUnit(plot, look);
  ctx.restore();
}

/** The name of x, below the axis at the right edge, where no tick stands. */
function drawUnit(plot: uPlot, look: Look): void {
  const ratio = uPlot.pxRatio;
  const { ctx, bbox } = plot;
  ctx.fillStyle = look.color('soft');
  ctx.font = `${11 * ratio}px ${chartFont}`;
  ctx.textAlign = 'right';
  ctx.fillText(look.xLabel, ctx.canvas.width - 2 * ratio, bbox.top + bbox.height + 14 * ratio);
}
