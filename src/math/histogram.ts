/** Counts in equal bins, and where a value stands on a logarithmic colour scale. Pure; which values they are is the caller's. */

/**
 * How many values fall into each of `bins` equal parts of [low, high]; what lies outside counts to the nearer end, and what
 * is no number counts nowhere.
 * @throws RangeError unless low < high and bins ≥ 1
 */
export function histogram(values: ArrayLike<number>, low: number, high: number, bins: number): readonly number[] {
  if (!(low < high) || !(bins >= 1)) throw new RangeError(`a histogram needs low < high and a bin: ${low} … ${high}, ${bins} bins`);
  const counts = new Array<number>(bins).fill(0);
  const perBin = (high - low) / bins;
  for (let i = 0; i < values.length; i++) {
    const value = values[i] ?? Number.NaN;
    if (Number.isNaN(value)) continue;
    const bin = Math.min(bins - 1, Math.max(0, Math.floor((value - low) / perBin)));
    counts[bin] = (counts[bin] ?? 0) + 1;
  }
  return counts;
}

/** An interval of positive numbers, whole powers of ten at both ends. */
export interface Decades {
  /** Exponents of ten, low < high. */
  readonly low: number;
  readonly high: number;
}

/**
 * The decades that hold these values, at most `most` of them, counted from the top; zeros and what is not finite are left
 * out. Without any value: the one decade below 1.
 */
export function decadesOf(values: Iterable<number>, most: number): Decades {
  let [least, largest] = [Number.POSITIVE_INFINITY, 0];
  for (const value of values) {
    if (!(value > 0) || !Number.isFinite(value)) continue;
    least = Math.min(least, value);
    largest = Math.max(largest, value);
  }
  if (largest === 0) return { low: -1, high: 0 };
  // no minus zero
  const high = Math.ceil(Math.log10(largest)) + 0;
  return { low: Math.max(high - most, Math.min(high - 1, Math.floor(Math.log10(least)))), high };
}

/** 0 at the low end and below, 1 at the high end and above; NaN stays NaN. */
export function logPosition(value: number, { low, high }: Decades): number {
  if (value <= 0) return 0;
  return Math.min(1, Math.max(0, (Math.log10(value) - low) / (high - low)));
}
