// Sixteen raw features at a time, stored as bytes: one vec4<u32>. Needs lib/bytes.

@group(0) @binding(1) var<storage, read> x: array<vec4u>;

fn unpackBytes(word: u32) -> vec4f {
  return vec4f(vec4u(word, word >> 8u, word >> 16u, word >> 24u) & vec4u(0xffu));
}

fn loadChunk(index: u32) -> Chunk {
  let packed = x[index];
  return Chunk(unpackBytes(packed.x), unpackBytes(packed.y), unpackBytes(packed.z), unpackBytes(packed.w));
}

fn loadInPlace(index: u32) -> Chunk {
  return chunkInPlace(x[index]);
}
