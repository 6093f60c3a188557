// Pixels that come as floats: four words where packed bytes take one.
struct Shape {
  words: u32,
}

@group(0) @binding(0) var<uniform> shape: Shape;
@group(0) @binding(1) var<storage, read> floats: array<vec4f>;
@group(0) @binding(2) var<storage, read_write> x: array<vec4f>;

@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) id: vec3u) {
  if (id.x >= shape.words) {
    return;
  }
  x[id.x] = floats[id.x];
}
