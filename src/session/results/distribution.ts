/** How the ratios of many machines lie: order statistics, and dots stacked over a logarithmic axis. Pure. */
import { quantile } from '../../math/statistics.ts';

export interface Distribution {
  readonly count: number;
  readonly least: number;
  readonly most: number;
  readonly median: number;
  /** The middle half. */
  readonly quartiles: readonly [number, number];
  /** Machines whose interval lies above 1, below 1, or holds it. */
  readonly gpuFaster: number;
  readonly cpuFaster: number;
  readonly even: number;
}

export interface Ratio {
  readonly ratio: number;
  readonly ci95: readonly [number, number];
}

/** @returns null without any */
export function distributionOf(ratios: readonly Ratio[]): Distribution | null {
  if (ratios.length === 0) return null;
  const values = ratios.map(({ ratio }) => ratio);
  const gpuFaster = ratios.filter(({ ci95 }) => ci95[0] > 1).length;
  const cpuFaster = ratios.filter(({ ci95 }) => ci95[1] < 1).length;
  return {
    count: ratios.length,
    least: Math.min(...values),
    most: Math.max(...values),
    median: quantile(values, 0.5),
    quartiles: [quantile(values, 0.25), quantile(values, 0.75)],
    gpuFaster,
    cpuFaster,
    even: ratios.length - gpuFaster - cpuFaster,
  };
}

/** Where each value's dot stands: in the middle of its bin, on top of those before it. In the order of the values. */
export function stacked(values: readonly number[], bins: number): readonly { readonly x: number; readonly height: number }[] {
  const [low, high] = [Math.log(Math.min(...values)), Math.log(Math.max(...values))];
  const width = (high - low) / bins || 1;
  const heights = new Map<number, number>();
  return values.map((value) => {
    const bin = Math.min(bins - 1, Math.floor((Math.log(value) - low) / width));
    const height = (heights.get(bin) ?? 0) + 1;
    heights.set(bin, height);
    return { x: high > low ? Math.exp(low + (bin + 0.5) * width) : value, height };
  });
}
