// Exercise 3: a matmul that reads each value once a tile. It is right already; bring tiles of 8 × 8 into workgroup memory.
struct Shape {
  rows: u32,
  columns: u32,
  depth: u32,
}

@group(0) @binding(0) var<uniform> shape: Shape;
@group(0) @binding(1) var<storage, read> a: array<f32>;
@group(0) @binding(2) var<storage, read> b: array<f32>;
@group(0) @binding(3) var<storage, read_write> c: array<f32>;

@compute @workgroup_size(8, 8)
fn main(@builtin(global_invocation_id) id: vec3u) {
  if (id.y >= shape.rows || id.x >= shape.columns) {
    return;
  }
  var sum = 0.0;
  for (var k = 0u; k < shape.depth; k++) {
    sum += a[id.y * shape.depth + k] * b[k * shape.columns + id.x];
  }
  c[id.y * shape.columns + id.x] = sum;
}
