// Sixteen raw features that were stored as float32.

struct Chunk {
  a: vec4f,
  b: vec4f,
  c: vec4f,
  d: vec4f,
}

// As for bytes, which are cheaper where they lie; floats have nothing to gain.
const inPlaceScale = vec4f(1.0);
