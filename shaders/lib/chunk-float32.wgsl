// Sixteen raw features at a time, stored as float32: four vec4<f32>. Needs lib/floats.

@group(0) @binding(1) var<storage, read> x: array<vec4f>;

fn loadChunk(index: u32) -> Chunk {
  let first = index * 4u;
  return Chunk(x[first], x[first + 1u], x[first + 2u], x[first + 3u]);
}

fn loadInPlace(index: u32) -> Chunk {
  return loadChunk(index);
}
