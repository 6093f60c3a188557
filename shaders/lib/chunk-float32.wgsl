// Sixteen raw features at a time, stored as float32: four vec4<f32>.

@group(0) @binding(1) var<storage, read> x: array<vec4f>;

struct Chunk {
  a: vec4f,
  b: vec4f,
  c: vec4f,
  d: vec4f,
}

fn loadChunk(index: u32) -> Chunk {
  let first = index * 4u;
  return Chunk(x[first], x[first + 1u], x[first + 2u], x[first + 3u]);
}

// As for bytes, which are cheaper where they lie; floats have nothing to gain.
const inPlaceScale = vec4f(1.0);

fn loadInPlace(index: u32) -> Chunk {
  return loadChunk(index);
}
