/**
 * One unit worked out by hand, in float64: x from bytes, the products w_k · x_k, their sum z and what the activation makes
 * of it; and where an entry of x lies in its picture. Pure; where w and b come from is `look.ts`'s.
 */
import type { ImageShape } from '../../data/dataset.ts';
import { activations } from '../../math/activations.ts';
import type { InsideNeuron } from './protocol.ts';

export { sigmoid } from '../../math/activations.ts';

export interface Term {
  /** Index into x. */
  readonly k: number;
  readonly w: number;
  readonly x: number;
  readonly product: number;
}

export interface Weighed {
  /** wᵀx. */
  readonly sum: number;
  /** wᵀx + b. */
  readonly z: number;
  /** The products of largest size, the largest first. */
  readonly largest: readonly Term[];
  /** Sum of all other products. */
  readonly rest: number;
}

/** x = scale · raw + shift, n entries. */
export function xOf(raw: ArrayLike<number>, scale: ArrayLike<number>, shift: ArrayLike<number>): Float64Array<ArrayBuffer> {
  return Float64Array.from({ length: raw.length }, (_, k) => (scale[k] ?? 0) * (raw[k] ?? 0) + (shift[k] ?? 0));
}

/** @param count how many of the largest products to tell apart */
export function weigh(x: ArrayLike<number>, w: ArrayLike<number>, b: number, count = 0): Weighed {
  let sum = 0;
  const largest: Term[] = [];
  for (let k = 0; k < x.length; k++) {
    const product = (w[k] ?? 0) * (x[k] ?? 0);
    sum += product;
    if (largest.length === count && Math.abs(product) <= Math.abs(largest.at(-1)?.product ?? Infinity)) continue;
    const term = { k, w: w[k] ?? 0, x: x[k] ?? 0, product };
    const at = largest.findIndex((one) => Math.abs(product) > Math.abs(one.product));
    largest.splice(at < 0 ? largest.length : at, 0, term);
    largest.length = Math.min(largest.length, count);
  }
  const rest = largest.reduce((left, { product }) => left - product, sum);
  return { sum, z: sum + b, largest, rest };
}

/** What the unit hands on: g(z); for a softmax its share of all e^z of the layer. */
export function answerOf({ activation, zs, unit }: Pick<InsideNeuron, 'activation' | 'zs' | 'unit'>, z: number): number {
  if (activation === 'linear') return z;
  if (activation !== 'softmax') return activations[activation].value(z);
  const most = Math.max(...zs);
  return Math.exp((zs[unit] ?? z) - most) / zs.reduce((sum, other) => sum + Math.exp(other - most), 0);
}

export interface PixelPlace {
  /** From 0 at the top and at the left. */
  readonly row: number;
  readonly column: number;
  readonly channel: number;
}

/** Which pixel, and which of its channels, entry k of x is. */
export function pixelOf(k: number, { width, channels }: ImageShape): PixelPlace {
  const pixel = Math.floor(k / channels);
  return { row: Math.floor(pixel / width), column: pixel % width, channel: k % channels };
}

/** Which entry of x a channel of a pixel is. */
export function entryOf({ row, column, channel }: PixelPlace, { width, channels }: ImageShape): number {
  return (row * width + column) * channels + channel;
}
