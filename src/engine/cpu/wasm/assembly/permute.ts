/** Which example stands at which place of a shuffled epoch. Twin of `hash` and `permute` in `math/rng.ts`. */

/** The stream `batches` of `math/rng.ts`. */
const batches: u32 = 4;

function hash(seed: u32, counter: u32): u32 {
  let x: u32 = seed * 1664525 + 1013904223;
  let y: u32 = batches * 1664525 + 1013904223;
  let z: u32 = counter * 1664525 + 1013904223;
  x += y * z;
  y += z * x;
  z += x * y;
  x ^= x >> 16;
  y ^= y >> 16;
  z ^= z >> 16;
  return x + y * z;
}

export function permute(position: u32, count: u32, seed: u32, epoch: u32): u32 {
  let halfBits: u32 = 1;
  while (halfBits < 16 && (<u64>1) << (2 * halfBits) < <u64>count) halfBits++;
  const mask: u32 = ((<u32>1) << halfBits) - 1;
  let value = position;
  do {
    let left = value >> halfBits;
    let right = value & mask;
    for (let round: u32 = 0; round < 4; round++) {
      const mixed = hash(seed, ((epoch * 4 + round) * 0x9e3779b9) ^ right) & mask;
      const swapped = left ^ mixed;
      left = right;
      right = swapped;
    }
    value = (left << halfBits) | right;
  } while (value >= count);
  return value;
}
