// A row sum for any length by one thread of the 64.
struct Shape {
  rows: u32,
  columns: u32,
}

@group(0) @binding(0) var<uniform> shape: Shape;
@group(0) @binding(1) var<storage, read> x: array<f32>;
@group(0) @binding(2) var<storage, read_write> sums: array<f32>;

@compute @workgroup_size(64)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) local: u32) {
  if (local > 0u) {
    return;
  }
  var sum = 0.0;
  for (var column = 0u; column < shape.columns; column++) {
    sum += x[group.x * shape.columns + column];
  }
  sums[group.x] = sum;
}
