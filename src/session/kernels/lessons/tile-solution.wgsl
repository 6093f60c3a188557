// A matmul by tiles of 8 × 8: each value that is brought into workgroup memory serves eight threads.
struct Shape {
  rows: u32,
  columns: u32,
  depth: u32,
}

@group(0) @binding(0) var<uniform> shape: Shape;
@group(0) @binding(1) var<storage, read> a: array<f32>;
@group(0) @binding(2) var<storage, read> b: array<f32>;
@group(0) @binding(3) var<storage, read_write> c: array<f32>;

var<workgroup> tileA: array<array<f32, 8>, 8>;
var<workgroup> tileB: array<array<f32, 8>, 8>;

@compute @workgroup_size(8, 8)
fn main(@builtin(global_invocation_id) id: vec3u, @builtin(local_invocation_id) local: vec3u) {
  var sum = 0.0;
  for (var first = 0u; first < shape.depth; first += 8u) {
    // what lies outside counts as zero
    let k = first + local.x;
    tileA[local.y][local.x] = select(0.0, a[id.y * shape.depth + k], id.y < shape.rows && k < shape.depth);
    let row = first + local.y;
    tileB[local.y][local.x] = select(0.0, b[row * shape.columns + id.x], row < shape.depth && id.x < shape.columns);
    workgroupBarrier();
    for (var k = 0u; k < 8u; k++) {
      sum += tileA[local.y][k] * tileB[k][local.x];
    }
    workgroupBarrier();
  }
  if (id.y < shape.rows && id.x < shape.columns) {
    c[id.y * shape.columns + id.x] = sum;
  }
}
