/** The arithmetic of sliders: positions along the track ↔ values, linear or logarithmic, and rounding to round numbers. */

export type Scale = 'linear' | 'log';

/** Positions along a track, so that arrow keys move by a step that can be seen. */
export const positions = 240;

export function toPosition(value: number, min: number, max: number, scale: Scale): number {
  if (max <= min) return 0;
  const share = scale === 'log' ? Math.log(value / min) / Math.log(max / min) : (value - min) / (max - min);
  return Math.round(Math.min(1, Math.max(0, share)) * positions);
}

export function fromPosition(position: number, min: number, max: number, scale: Scale): number {
  const share = Math.min(1, Math.max(0, position / positions));
  if (share === 1) return max;
  return scale === 'log' ? min * (max / min) ** share : min + (max - min) * share;
}

/** 1,234 → 1,200: so many significant digits. */
export function roundTo(value: number, digits: number): number {
  return value === 0 ? 0 : Number(value.toPrecision(digits));
}
