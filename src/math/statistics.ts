/** Robust statistics of timings: order statistics, a bootstrap interval of a ratio, a line fit. No clock in here. */
import { Random, streams } from './rng.ts';

/** Linear interpolation between order statistics; share 0 … 1. NaN for no values. */
export function quantile(values: ArrayLike<number>, share: number): number {
  if (values.length === 0) return Number.NaN;
  const sorted = Float64Array.from(values).sort();
  const position = share * (sorted.length - 1);
  const below = Math.floor(position);
  const low = sorted[below] ?? Number.NaN;
  const high = sorted[Math.min(below + 1, sorted.length - 1)] ?? Number.NaN;
  return low + (position - below) * (high - low);
}

export function median(values: ArrayLike<number>): number {
  return quantile(values, 0.5);
}

export interface Spread {
  readonly median: number;
  readonly p5: number;
  readonly p95: number;
}

export function spread(values: ArrayLike<number>): Spread {
  return { median: median(values), p5: quantile(values, 0.05), p95: quantile(values, 0.95) };
}

export interface Interval {
  readonly ratio: number;
  readonly low: number;
  readonly high: number;
}

/**
 * Ratio of medians, numerator over denominator, with a bootstrap percentile interval. Blocks were taken in pairs, so
 * pairs are drawn again together: what slows both at once cancels.
 * @param level share of resamples inside the interval, e.g. 0.95
 */
export function ratioInterval(
  numerator: readonly number[],
  denominator: readonly number[],
  seed: number,
  { resamples = 1000, level = 0.95 } = {},
): Interval {
  const count = Math.min(numerator.length, denominator.length);
  const ratio = median(numerator.slice(0, count)) / median(denominator.slice(0, count));
  if (count < 2) return { ratio, low: 0, high: Number.POSITIVE_INFINITY };
  const random = new Random(seed, streams.bootstrap);
  const ratios = new Float64Array(resamples);
  const above = new Float64Array(count);
  const below = new Float64Array(count);
  for (let resample = 0; resample < resamples; resample++) {
    for (let draw = 0; draw < count; draw++) {
      const chosen = random.below(count);
      above[draw] = numerator[chosen] ?? Number.NaN;
      below[draw] = denominator[chosen] ?? Number.NaN;
    }
    ratios[resample] = median(above) / median(below);
  }
  const tail = (1 - level) / 2;
  return { ratio, low: quantile(ratios, tail), high: quantile(ratios, 1 - tail) };
}

/** Indices of values farther from the median than five times the median absolute deviation (scaled to σ). */
export function outliers(values: readonly number[]): readonly number[] {
  const centre = median(values);
  const deviation = 1.4826 * median(values.map((value) => Math.abs(value - centre)));
  return values.flatMap((value, index) => (Math.abs(value - centre) > 5 * deviation && deviation > 0 ? [index] : []));
}

export interface LineFit {
  readonly intercept: number;
  readonly slope: number;
}

/** Least squares of y = intercept + slope · x, weighted (all ones when left out). Fewer than two different x: slope 0. */
export function fitLine(x: ArrayLike<number>, y: ArrayLike<number>, weights?: ArrayLike<number>): LineFit {
  let sum = 0;
  let sumX = 0;
  let sumY = 0;
  for (let i = 0; i < x.length; i++) {
    const weight = weights?.[i] ?? 1;
    sum += weight;
    sumX += weight * (x[i] ?? 0);
    sumY += weight * (y[i] ?? 0);
  }
  const meanX = sumX / sum;
  const meanY = sumY / sum;
  let covariance = 0;
  let variance = 0;
  for (let i = 0; i < x.length; i++) {
    const weight = weights?.[i] ?? 1;
    covariance += weight * ((x[i] ?? 0) - meanX) * ((y[i] ?? 0) - meanY);
    variance += weight * ((x[i] ?? 0) - meanX) ** 2;
  }
  const slope = variance > 0 ? covariance / variance : 0;
  return { intercept: meanY - slope * meanX, slope };
}
