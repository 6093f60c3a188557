/** How near a lane comes to what its processor reached at the most. Pure. */
import type { Rates } from './protocol.ts';

export interface LaneRates {
  readonly gigabytesPerSecond: number | null;
  readonly gigaflopsPerSecond: number | null;
}

export interface Shares {
  readonly shareOfCopy: number | null;
  readonly shareOfFma: number | null;
}

/** Null where the rate or the ceiling is unknown. Above 1: X comes from a cache, or the ceiling was measured in a bad moment. */
export function sharesOf({ gigabytesPerSecond, gigaflopsPerSecond }: LaneRates, ceiling: Rates | null): Shares {
  const share = (rate: number | null, most: number | undefined): number | null => (rate === null || !most ? null : rate / most);
  return {
    shareOfCopy: share(gigabytesPerSecond, ceiling?.copyGigabytesPerSecond),
    shareOfFma: share(gigaflopsPerSecond, ceiling?.fmaGigaflopsPerSecond),
  };
}
