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
