/** Where x and ŷ lie in the plot of the points, in CSS pixels. Pure. */
import { lossRanges } from '../../session/loss/settings.ts';

export const plot = { low: lossRanges.x[0], high: lossRanges.x[1], left: 20, right: 14, top: 16, bottom: 34 } as const;

export function toX(x: number, width: number): number {
  return plot.left + ((x - plot.low) / (plot.high - plot.low)) * (width - plot.left - plot.right);
}

export function toY(yHat: number, height: number): number {
  return height - plot.bottom - yHat * (height - plot.top - plot.bottom);
}

/** @returns x inside its range, in tenths */
export function fromX(px: number, width: number): number {
  const x = plot.low + ((px - plot.left) / (width - plot.left - plot.right)) * (plot.high - plot.low);
  return Math.min(plot.high, Math.max(plot.low, Math.round(x * 10) / 10));
}

/** Above the middle is 1. */
export function labelAt(py: number, height: number): 0 | 1 {
  return py < toY(0.5, height) ? 1 : 0;
}
