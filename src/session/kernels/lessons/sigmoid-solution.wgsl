// Sigmoid by the branch whose exponential cannot overflow.
struct Shape {
  count: u32,
}

@group(0) @binding(0) var<uniform> shape: Shape;
@group(0) @binding(1) var<storage, read> z: array<f32>;
@group(0) @binding(2) var<storage, read_write> a: array<f32>;

@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) id: vec3u) {
  if (id.x >= shape.count) {
    return;
  }
  let shrunk = exp(-abs(z[id.x]));
  let upper = 1.0 / (1.0 + shrunk);
  a[id.x] = select(shrunk * upper, upper, z[id.x] >= 0.0);
}
