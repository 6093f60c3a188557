/** A rate beside what this device reached at the most, in words. Pure. */
import { msg, str } from '@lit/localize';
import { significant } from './format.ts';

/** `3 %`, `0.4 %`, `180 %`: two digits, and no more than a measured ceiling bears. */
export function shareText(share: number): string {
  return `${significant(100 * share, share >= 0.0995 && share < 0.995 ? 2 : share >= 0.995 ? 3 : 1)}\u00a0%`;
}

/** `0.50 GB/s (3 % of this device’s copy)`; above that, what it means. */
export function bandwidthText(gigabytesPerSecond: number, share: number | null): string {
  const rate = `${significant(gigabytesPerSecond, 2)}\u00a0GB/s`;
  if (share === null) return rate;
  if (share > 1) return msg(str`${rate} (${shareText(share)} of this device’s copy: X stays in the cache)`);
  return msg(str`${rate} (${shareText(share)} of this device’s copy)`);
}

/** `0.80 GFLOP/s (1 % of its multiply-adds)`. */
export function arithmeticText(gigaflopsPerSecond: number, share: number | null): string {
  const rate = `${significant(gigaflopsPerSecond, 2)}\u00a0GFLOP/s`;
  return share === null ? rate : msg(str`${rate} (${shareText(share)} of its multiply-adds)`);
}
