// The output layer over examples: loss, dZ or ŷ, and the cost of a step. Needs lib/activations, lib/losses, lib/trace.
// Twin: src/engine/cpu/kernels/cost.ts.

struct Shape {
  examples: u32,
  outputs: u32,
  kind: u32,
  layers: u32,
  // index of the first example's target
  firstTarget: u32,
  ringSize: u32,
}

@group(0) @binding(0) var<uniform> shape: Shape;
@group(0) @binding(1) var<storage, read> z: array<f32>;
@group(0) @binding(2) var<storage, read> y: array<f32>;
// losses: gets dZ; predict: gets ŷ
@group(0) @binding(3) var<storage, read_write> out: array<f32>;
@group(0) @binding(4) var<storage, read_write> loss: array<f32>;
@group(0) @binding(5) var<storage, read_write> trace: Trace;

override workgroupSize = 64u;

fn softmaxOf(first: u32) -> vec2f {
  var largest = z[first];
  for (var k = 1u; k < shape.outputs; k++) {
    largest = max(largest, z[first + k]);
  }
  var sum = 0.0;
  for (var k = 0u; k < shape.outputs; k++) {
    sum += exp(z[first + k] - largest);
  }
  return vec2f(largest, sum);
}

// log of a sum of exponentials of which the largest is 1: near 1 it is log1p's job.
fn logOfSum(sum: f32) -> f32 {
  return select(log(sum), log1p(sum - 1.0), sum < 2.0);
}

fn softmaxLoss(example: u32, first: u32) -> f32 {
  let found = softmaxOf(first);
  let ownClass = u32(y[shape.firstTarget + example]);
  for (var k = 0u; k < shape.outputs; k++) {
    out[first + k] = exp(z[first + k] - found.x) / found.y - select(0.0, 1.0, k == ownClass);
  }
  return logOfSum(found.y) + found.x - z[first + ownClass];
}

fn hingeLoss(example: u32, first: u32) -> f32 {
  var sum = 0.0;
  for (var k = 0u; k < shape.outputs; k++) {
    let y01 = select(select(0.0, 1.0, k == u32(y[shape.firstTarget + example])), y[shape.firstTarget + example], shape.outputs == 1u);
    sum += singleLoss(lossLinearHinge, z[first + k], y01);
    out[first + k] = singleSlope(lossLinearHinge, z[first + k], y01);
  }
  return sum;
}

@compute @workgroup_size(workgroupSize)
fn losses(@builtin(workgroup_id) group: vec3u, @builtin(num_workgroups) groups: vec3u, @builtin(local_invocation_index) local: u32) {
  let example = (group.y * groups.x + group.x) * workgroupSize + local;
  if (example >= shape.examples) {
    return;
  }
  let first = example * shape.outputs;
  switch shape.kind {
    case lossSoftmaxCrossEntropy: { loss[example] = softmaxLoss(example, first); }
    case lossLinearHinge: { loss[example] = hingeLoss(example, first); }
    default: {
      loss[example] = singleLoss(shape.kind, z[example], y[shape.firstTarget + example]);
      out[example] = singleSlope(shape.kind, z[example], y[shape.firstTarget + example]);
    }
  }
}

@compute @workgroup_size(workgroupSize)
fn predict(@builtin(workgroup_id) group: vec3u, @builtin(num_workgroups) groups: vec3u, @builtin(local_invocation_index) local: u32) {
  let example = (group.y * groups.x + group.x) * workgroupSize + local;
  if (example >= shape.examples) {
    return;
  }
  let first = example * shape.outputs;
  switch shape.kind {
    case lossSoftmaxCrossEntropy: {
      let found = softmaxOf(first);
      for (var k = 0u; k < shape.outputs; k++) {
        out[first + k] = exp(z[first + k] - found.x) / found.y;
      }
    }
    case lossSigmoidCrossEntropy, lossSigmoidSquaredError: { out[first] = sigmoid(z[first]); }
    default: {
      for (var k = 0u; k < shape.outputs; k++) {
        out[first + k] = z[first + k];
      }
    }
  }
}

const totalThreads = 64u;
var<workgroup> parts: array<f32, totalThreads>;

// J = mean loss + penalties, into the ring; then the step is counted. One workgroup; each thread adds one run of losses,
// in blocks of 64, and the first thread adds the runs: a fixed order.
@compute @workgroup_size(totalThreads)
fn total(@builtin(local_invocation_index) local: u32) {
  let run = (shape.examples + totalThreads - 1u) / totalThreads;
  let end = min(shape.examples, (local + 1u) * run);
  var sum = 0.0;
  var j = local * run;
  while (j < end) {
    var part = 0.0;
    let stop = min(end, j + 64u);
    for (; j < stop; j++) {
      part += loss[j];
    }
    sum += part;
  }
  parts[local] = sum;
  workgroupBarrier();
  if (local == 0u) {
    var all = 0.0;
    for (var part = 0u; part < totalThreads; part++) {
      all += parts[part];
    }
    var cost = all / f32(shape.examples);
    for (var layer = 0u; layer < shape.layers; layer++) {
      cost += trace.penalties[layer];
    }
    trace.costs[trace.steps % shape.ringSize] = cost;
    trace.steps += 1u;
  }
}
