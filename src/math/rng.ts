/**
 * Counter-based random numbers: the same (seed, stream, counter) gives the same bits everywhere, in any order, in
 * TypeScript here and in WGSL (`shaders/lib/rng.wgsl`). Which streams exist is listed here; what is drawn from them
 * is up to the callers.
 */

/** A named stream keeps uses apart, so that drawing more of one never shifts another. */
export const streams = {
  shuffle: 1,
  split: 2,
  parameters: 3,
  batches: 4,
  compose: 5,
  toys: 6,
  synthetic: 7,
  hiddenWeights: 8,
  noise: 9,
  blocks: 10,
  bootstrap: 11,
  sweep: 12,
  check: 13,
} as const;

export type Stream = (typeof streams)[keyof typeof streams];

/** Three 32-bit words from (seed, stream, counter). Source: pcg3d, Jarzynski & Olano, JCGT 9(3), 2020. */
export function hash3(seed: number, stream: number, counter: number): readonly [number, number, number] {
  let x = (Math.imul(seed, 1664525) + 1013904223) | 0;
  let y = (Math.imul(stream, 1664525) + 1013904223) | 0;
  let z = (Math.imul(counter, 1664525) + 1013904223) | 0;
  x = (x + Math.imul(y, z)) | 0;
  y = (y + Math.imul(z, x)) | 0;
  z = (z + Math.imul(x, y)) | 0;
  x ^= x >>> 16;
  y ^= y >>> 16;
  z ^= z >>> 16;
  x = (x + Math.imul(y, z)) | 0;
  y = (y + Math.imul(z, x)) | 0;
  z = (z + Math.imul(x, y)) | 0;
  return [x >>> 0, y >>> 0, z >>> 0];
}

/** One 32-bit word, 0 … 2³² − 1. */
export function hash(seed: number, stream: number, counter: number): number {
  return hash3(seed, stream, counter)[0];
}

/** A sequence over one stream: call `next…` or jump with `at`. */
export class Random {
  readonly #seed: number;
  readonly #stream: number;
  #counter = 0;

  constructor(seed: number, stream: Stream) {
    this.#seed = seed;
    this.#stream = stream;
  }

  /** Moves to the given counter; the next draw is the one that belongs to it. */
  at(counter: number): this {
    this.#counter = counter;
    return this;
  }

  /** A 32-bit word. */
  word(): number {
    return hash(this.#seed, this.#stream, this.#counter++);
  }

  /** Uniform in [0, 1), with 24 bits, so that the value is exact in float32 too. */
  uniform(): number {
    return (this.word() >>> 8) / 16777216;
  }

  /** A whole number, 0 … below − 1. */
  below(below: number): number {
    return Math.floor((this.word() / 4294967296) * below);
  }

  /** Standard normal, by Box and Muller's transform; one draw takes one counter (two words of it). */
  normal(): number {
    const [a, b] = hash3(this.#seed, this.#stream, this.#counter++);
    const radius = Math.sqrt(-2 * Math.log((a + 1) / 4294967297));
    return radius * Math.cos((2 * Math.PI * b) / 4294967296);
  }
}

/** The numbers 0 … count − 1 in a seeded random order (Fisher and Yates). */
export function shuffledIndices(count: number, seed: number, stream: Stream = streams.shuffle): Uint32Array {
  const order = Uint32Array.from({ length: count }, (_, index) => index);
  const random = new Random(seed, stream);
  for (let last = count - 1; last > 0; last--) {
    const other = random.below(last + 1);
    const kept = order[last] ?? 0;
    order[last] = order[other] ?? 0;
    order[other] = kept;
  }
  return order;
}

/**
 * The image of `position` under a keyed bijection of 0 … count − 1: a shuffle that needs no table, so that the GPU can
 * shuffle an epoch by itself. A four-round Feistel network over the next even power of two, walked until it lands
 * inside (at most a few turns). WGSL twin: `permute` in `shaders/lib/rng.wgsl`.
 */
export function permute(position: number, count: number, seed: number, epoch: number): number {
  const halfBits = halfBitsFor(count);
  const mask = (1 << halfBits) - 1;
  let value = position;
  do {
    let left = value >>> halfBits;
    let right = value & mask;
    for (let round = 0; round < 4; round++) {
      const mixed = hash(seed, streams.batches, (Math.imul(epoch * 4 + round, 0x9e3779b9) ^ right) | 0) & mask;
      const swapped = left ^ mixed;
      left = right;
      right = swapped;
    }
    value = ((left << halfBits) | right) >>> 0;
  } while (value >= count);
  return value;
}

/** Half the number of bits of the smallest even-width domain that holds `count` values. */
export function halfBitsFor(count: number): number {
  let halfBits = 1;
  while (2 ** (2 * halfBits) < count) halfBits++;
  return halfBits;
}
