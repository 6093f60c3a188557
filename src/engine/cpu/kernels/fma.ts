/** Independent chains of multiply-adds: what the ceiling's arithmetic is held to. Twin of `shaders/fma.wgsl`. */
import type { MultiplyAdds } from '../../ceiling.ts';

/**
 * Σ over `chains` chains of x ← x · a + b, `steps` times from x = item mod 256 + chain, for each of the four lanes'
 * factors a = growth, −growth, decay, −decay.
 * @returns 4 · items values, item by item, in float64 rounded once; factors that are powers of two make any rounding
 *   of the products vanish
 */
export function multiplyAdd({ items, chains, steps, growth, decay, addend }: MultiplyAdds): Float32Array<ArrayBuffer> {
  const sums = new Float32Array(4 * items);
  for (const [lane, factor] of [growth, -growth, decay, -decay].entries()) {
    for (let item = 0; item < items; item++) {
      let sum = 0;
      for (let chain = 0; chain < chains; chain++) {
        let x = (item % 256) + chain;
        for (let step = 0; step < steps; step++) x = x * factor + addend;
        sum += x;
      }
      sums[4 * item + lane] = sum;
    }
  }
  return sums;
}
