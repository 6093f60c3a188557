// Exercise 4: read pixels as packed bytes. A word holds four, the first in its lowest byte.
struct Shape {
  words: u32,
}

@group(0) @binding(0) var<uniform> shape: Shape;
@group(0) @binding(1) var<storage, read> packed: array<u32>;
@group(0) @binding(2) var<storage, read_write> x: array<vec4f>;

@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) id: vec3u) {
  if (id.x >= shape.words) {
    return;
  }
  // yours: all four bytes of the word, each divided by 255
  x[id.x] = vec4f(f32(packed[id.x] & 0xffu) / 255.0);
}
