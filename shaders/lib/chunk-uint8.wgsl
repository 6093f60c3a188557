// Sixteen raw features at a time, stored as bytes: one vec4<u32>.

@group(0) @binding(1) var<storage, read> x: array<vec4u>;

struct Chunk {
  a: vec4f,
  b: vec4f,
  c: vec4f,
  d: vec4f,
}

fn unpackBytes(word: u32) -> vec4f {
  return vec4f(vec4u(word, word >> 8u, word >> 16u, word >> 24u) & vec4u(0xffu));
}

fn loadChunk(index: u32) -> Chunk {
  let packed = x[index];
  return Chunk(unpackBytes(packed.x), unpackBytes(packed.y), unpackBytes(packed.z), unpackBytes(packed.w));
}

// For processors that take as long for a shift as for a multiply-add: the second and third byte of a word stay in their
// places and come out 2⁸ and 2¹⁶ times too large. `inPlaceScale` takes that back, exactly, once for a whole sum.
const inPlaceScale = vec4f(1.0, 0x1p-8f, 0x1p-16f, 1.0);

fn bytesInPlace(word: u32) -> vec4f {
  return vec4f(bitcast<vec4i>(vec4u(word & 0xffu, word & 0xff00u, word & 0xff0000u, word >> 24u)));
}

fn loadInPlace(index: u32) -> Chunk {
  let packed = x[index];
  return Chunk(bytesInPlace(packed.x), bytesInPlace(packed.y), bytesInPlace(packed.z), bytesInPlace(packed.w));
}
