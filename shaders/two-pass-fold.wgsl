// What a step of a model without a hidden layer needs of all weights at once, before its first pass: the biases with w·t
// folded in, and λ/2 · Σ w². Dispatched only where features are shifted or L2 is on. One workgroup, a fixed order. Needs
// lib/optimizer, lib/trace, lib/one-output.

@group(0) @binding(0) var<uniform> shape: Shape;
@group(0) @binding(1) var<uniform> optimizer: Optimizer;
@group(0) @binding(2) var<storage, read_write> model: array<vec4f>;
// scale of each feature, four a vec4, then shift
@group(0) @binding(3) var<storage, read> scaling: array<vec4f>;
@group(0) @binding(4) var<storage, read_write> trace: Trace;

const threads = 64u;
var<workgroup> runs: array<vec2f, threads>;

// w·t and Σ w² of one output, known to the first thread.
fn sumsOf(output: u32, local: u32) -> vec2f {
  let features = 4u * shape.chunks;
  var sum = vec2f();
  for (var i = local; i < features; i += threads) {
    let w = model[output * features + i];
    sum += vec2f(dot(w, scaling[features + i]), dot(w, w));
  }
  runs[local] = sum;
  workgroupBarrier();
  var all = vec2f();
  if (local == 0u) {
    for (var run = 0u; run < threads; run++) {
      all += runs[run];
    }
  }
  workgroupBarrier();
  return all;
}

@compute @workgroup_size(threads)
fn main(@builtin(local_invocation_index) local: u32) {
  let weights = weightsLength(shape);
  var squares = 0.0;
  var shifts = vec4f();
  for (var output = 0u; output < shape.outputs; output++) {
    let sums = sumsOf(output, local);
    shifts[output % 4u] = sums.x;
    squares += sums.y;
    if (local == 0u && (output % 4u == 3u || output + 1u == shape.outputs)) {
      let at = weights + output / 4u;
      model[foldedAt(shape) + at] = model[at] + shifts;
      shifts = vec4f();
    }
  }
  if (local == 0u) {
    trace.penalties[0] = 0.5 * optimizer.l2 * squares;
  }
}
