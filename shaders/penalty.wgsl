// λ/2 · Σ W² of one layer, into its place in the trace. One workgroup, a fixed order. Needs lib/trace.

struct Shape {
  first: u32,
  count: u32,
  layer: u32,
  l2: f32,
}

@group(0) @binding(0) var<uniform> shape: Shape;
@group(0) @binding(1) var<storage, read> parameters: array<f32>;
@group(0) @binding(2) var<storage, read_write> trace: Trace;

const threads = 64u;
var<workgroup> parts: array<f32, threads>;

@compute @workgroup_size(threads)
fn main(@builtin(local_invocation_index) local: u32) {
  var sum = 0.0;
  for (var i = local; i < shape.count; i += threads) {
    let weight = parameters[shape.first + i];
    sum += weight * weight;
  }
  parts[local] = sum;
  workgroupBarrier();
  if (local == 0u) {
    var all = 0.0;
    for (var part = 0u; part < threads; part++) {
      all += parts[part];
    }
    trace.penalties[shape.layer] = 0.5 * shape.l2 * all;
  }
}
