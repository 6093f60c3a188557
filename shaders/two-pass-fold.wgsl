// What a step of a one-output model needs of all weights at once, before its first pass: the bias with w·t folded in, and
// λ/2 · Σ w². Dispatched only where features are shifted or L2 is on. One workgroup, a fixed order. Needs lib/optimizer,
// lib/trace, lib/one-output.

@group(0) @binding(0) var<uniform> shape: Shape;
@group(0) @binding(1) var<uniform> optimizer: Optimizer;
@group(0) @binding(2) var<storage, read_write> model: array<vec4f>;
// scale of each feature, four a vec4, then shift
@group(0) @binding(3) var<storage, read> scaling: array<vec4f>;
@group(0) @binding(4) var<storage, read_write> trace: Trace;

const threads = 64u;
var<workgroup> runs: array<vec2f, threads>;

@compute @workgroup_size(threads)
fn main(@builtin(local_invocation_index) local: u32) {
  let weights = 4u * shape.chunks;
  var sum = vec2f();
  for (var i = local; i < weights; i += threads) {
    let w = model[i];
    sum += vec2f(dot(w, scaling[weights + i]), dot(w, w));
  }
  runs[local] = sum;
  workgroupBarrier();
  if (local == 0u) {
    var all = vec2f();
    for (var run = 0u; run < threads; run++) {
      all += runs[run];
    }
    model[foldedAt(shape) + weights] = model[weights] + vec4f(all.x, 0.0, 0.0, 0.0);
    trace.penalties[0] = 0.5 * optimizer.l2 * all.y;
  }
}
