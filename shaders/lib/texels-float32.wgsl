// Sixteen raw features at a time, stored as float32: four texels, as in lib/texels-uint8. Needs lib/floats.

@group(0) @binding(1) var x: texture_2d<f32>;

const texelsInChunk = 4u;

// @param example where an example begins
fn loadTexels(example: vec2u, chunk: u32) -> Chunk {
  let first = example + vec2u(4u * chunk, 0u);
  return Chunk(
    textureLoad(x, first, 0),
    textureLoad(x, first + vec2u(1u, 0u), 0),
    textureLoad(x, first + vec2u(2u, 0u), 0),
    textureLoad(x, first + vec2u(3u, 0u), 0),
  );
}
