/** From the least and the greatest cost to the ends of its axis. Pure. */

/** From 0, or from the lowest cost where that says more; never so narrow that noise looks like a slope. */
export function costRange(low: number | null, high: number | null): [from: number, to: number] {
  if (low === null || high === null) return [0, 1];
  const size = Math.max(Math.abs(low), Math.abs(high));
  const span = Math.max(high - low, 0.04 * size) || 1;
  const bottom = low >= 0 && low < high * 0.45 ? 0 : low - span * 0.08;
  return [bottom, high + span * 0.06];
}

export function logRange(low: number | null, high: number | null): [from: number, to: number] {
  if (low === null || high === null || high <= 0) return [0.1, 1];
  const bottom = low > 0 ? low : high / 1e4;
  return [bottom * 0.85, Math.max(high * 1.15, bottom * 1.5)];
}
