// Sixteen raw features at a time, stored as bytes: one texel. Some processors read the four words of a texel at once, and those
// of a buffer one by one. Needs lib/bytes.

@group(0) @binding(1) var x: texture_2d<u32>;

const texelsInChunk = 1u;

// @param example where an example begins
fn loadTexels(example: vec2u, chunk: u32) -> Chunk {
  return chunkInPlace(textureLoad(x, example + vec2u(chunk, 0u), 0));
}
