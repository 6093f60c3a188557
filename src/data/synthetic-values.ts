/**
 * The values of Synthetic, as pure functions of a seed and a position, so that a kernel can make the same bits without
 * sending any (`generate.wgsl`). Element e of X, example-major, is feature e mod n of example ⌊e / n⌋:
 *
 * - uint8: byte (e mod 4), counted from the lowest, of word(seed, synthetic, ⌊e / 4⌋);
 * - float32: the upper 24 bits of word(seed, synthetic, e), times 2⁻²⁴, minus ½: uniform in [−½, ½), exact in float32.
 */
import { hash, hash3, streams } from '../math/rng.ts';

/** Element e as a byte, 0 … 255. */
export function syntheticByte(seed: number, e: number): number {
  return (hash(seed, streams.synthetic, e >>> 2) >>> ((e & 3) * 8)) & 255;
}

/** Element e as a float32, −½ … ½. */
export function syntheticFloat(seed: number, e: number): number {
  return (hash(seed, streams.synthetic, e) >>> 8) / 16777216 - 0.5;
}

/** Elements 0 … out.length − 1 as bytes. */
export function fillSyntheticBytes(seed: number, out: Uint8Array, from = 0, to = out.length): void {
  for (let e = from; e < to; e += 4) {
    const word = hash(seed, streams.synthetic, e >>> 2);
    for (let k = 0; k < 4 && e + k < to; k++) out[e + k] = word >>> (8 * k);
  }
}

/** Elements 0 … out.length − 1 as float32. */
export function fillSyntheticFloats(seed: number, out: Float32Array, from = 0, to = out.length): void {
  for (let e = from; e < to; e++) out[e] = syntheticFloat(seed, e);
}

/** The hidden weight of feature j, uniform in [−½, ½): y = 1 where Σ wⱼ · (xⱼ − mean) plus noise is above 0. */
export function hiddenWeight(seed: number, j: number): number {
  return (hash(seed, streams.hiddenWeights, j) >>> 8) / 16777216 - 0.5;
}

/** Noise of example i: nearly normal, mean 0, deviation 1 (three uniform draws summed: no logarithm, the same bits everywhere). */
export function labelNoise(seed: number, i: number): number {
  const [a, b, c] = hash3(seed, streams.noise, i);
  return 2 * ((a + b + c) / 4294967296 - 1.5);
}

/** Test examples follow the same rule under another seed, so that they are the same for every m. */
export function syntheticTestSeed(seed: number): number {
  return (seed ^ 0x7e57da7a) >>> 0;
}
