/**
 * What a processor can do at the most: a copy and multiply-adds, as every engine offers them to whoever measures. Here
 * stand the contract and the numbers that all of them share; how long to run them is the session's.
 */

/** Chains of x ← x · a + b; see `cpu/kernels/fma.ts`. */
export interface MultiplyAdds {
  readonly items: number;
  readonly chains: number;
  readonly steps: number;
  readonly growth: number;
  readonly decay: number;
  readonly addend: number;
}

/**
 * Powers of two, so that a product is exact and a fused multiply-add rounds as two operations do. A lane with growth 1
 * counts its steps, one with −1 swings, and the ones that decay settle: nothing overflows, nothing becomes subnormal.
 */
export const factors = { growth: 1, decay: 0.5, addend: 0.25 } as const;

/** Words after which the source of a copy repeats: 1 MiB. */
export const patternLength = 262_144;

/** What a source is filled with, again and again. */
export function copyPattern(): Uint32Array<ArrayBuffer> {
  const words = new Uint32Array(patternLength);
  for (let i = 0; i < patternLength; i++) words[i] = Math.imul(i + 1, 2_654_435_761);
  return words;
}

export interface CeilingKernels {
  /** Bytes read and written by one copy. */
  readonly bytesPerCopy: number;
  /** The multiply-adds of one run; each is two operations. */
  readonly multiplyAdds: MultiplyAdds;
  /** Runs so many times, one after the other; resolves when the last is done. */
  copy(times: number): Promise<void>;
  multiplyAdd(times: number): Promise<void>;
  /** The first and the last 1 MiB of the copy. */
  copied(): Promise<Uint32Array<ArrayBuffer>>;
  /** 4 · items values. */
  sums(): Promise<Float32Array<ArrayBuffer>>;
  dispose(): void;
}

/** Floating-point operations of one run: four lanes, two operations a multiply-add. */
export function flopsOf({ items, chains, steps }: MultiplyAdds): number {
  return 8 * items * chains * steps;
}
