// What comes after a matmul that is not fused: Z is read again, gets its bias, and σ is taken of it.
struct Shape {
  rows: u32,
  columns: u32,
  depth: u32,
}

@group(0) @binding(0) var<uniform> shape: Shape;
@group(0) @binding(1) var<storage, read> products: array<f32>;
@group(0) @binding(2) var<storage, read> bias: array<f32>;
@group(0) @binding(3) var<storage, read_write> activations: array<f32>;

@compute @workgroup_size(8, 8)
fn main(@builtin(global_invocation_id) id: vec3u) {
  if (id.y >= shape.rows || id.x >= shape.columns) {
    return;
  }
  let at = id.y * shape.columns + id.x;
  let z = products[at] + bias[id.x];
  let shrunk = exp(-abs(z));
  let upper = 1.0 / (1.0 + shrunk);
  activations[at] = select(shrunk * upper, upper, z >= 0.0);
}
