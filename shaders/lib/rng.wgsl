// Counter-based random numbers, bit for bit those of src/math/rng.ts.

fn hash3(seed: u32, stream: u32, counter: u32) -> vec3u {
  var v = vec3u(seed, stream, counter) * 1664525u + 1013904223u;
  v.x += v.y * v.z;
  v.y += v.z * v.x;
  v.z += v.x * v.y;
  v ^= v >> vec3u(16u);
  v.x += v.y * v.z;
  v.y += v.z * v.x;
  v.z += v.x * v.y;
  return v;
}

const batchesStream = 4u;

// Image of position under a keyed bijection of 0 .. count - 1; halfBits as halfBitsFor(count) gives it.
fn permute(position: u32, count: u32, halfBits: u32, seed: u32, epoch: u32) -> u32 {
  let mask = (1u << halfBits) - 1u;
  var value = position;
  loop {
    var left = value >> halfBits;
    var right = value & mask;
    for (var round = 0u; round < 4u; round++) {
      let mixed = hash3(seed, batchesStream, ((epoch * 4u + round) * 0x9e3779b9u) ^ right).x & mask;
      let swapped = left ^ mixed;
      left = right;
      right = swapped;
    }
    value = (left << halfBits) | right;
    if (value < count) {
      break;
    }
  }
  return value;
}
