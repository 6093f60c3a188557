// Many steps of a small model with one output in a single dispatch of a single workgroup: barriers instead of dispatches.
// Each thread takes every workgroupSize-th example and adds up its own gradient; the thread of a feature adds the threads'
// sums and updates its weight. X comes from lib/operand-*; needs lib/activations, lib/losses, lib/optimizer, lib/trace.

struct Shape {
  examples: u32,
  features: u32,
  // between two examples in X
  stride: u32,
  kind: u32,
  ringSize: u32,
}

@group(0) @binding(0) var<uniform> shape: Shape;
@group(0) @binding(2) var<uniform> optimizer: Optimizer;
@group(0) @binding(3) var<storage, read> y: array<f32>;
// sections of features + 1 floats: w and b, gradient, first moments, second moments
@group(0) @binding(4) var<storage, read_write> model: array<f32>;
// scale and shift of each feature
@group(0) @binding(5) var<storage, read> scaling: array<vec2f>;
@group(0) @binding(6) var<storage, read_write> trace: Trace;
// steps to do in this dispatch
@group(0) @binding(7) var<uniform> steps: Steps;

struct Steps {
  count: u32,
}

override workgroupSize = 64u;
// features + 2 for each thread: Σ dz · x, Σ dz, Σ loss
override sums = 256u;

// w∘s, then b + w·t
var<workgroup> folded: array<f32, 64>;
var<workgroup> parts: array<f32, sums>;
var<workgroup> penalty: f32;

// Only the first thread: what all weights at once are needed for.
fn foldBias() {
  var shift = 0.0;
  var squares = 0.0;
  for (var k = 0u; k < shape.features; k++) {
    shift += model[k] * scaling[k].y;
    squares += model[k] * model[k];
  }
  folded[shape.features] = model[shape.features] + shift;
  penalty = 0.5 * optimizer.l2 * squares;
}

fn ownExamples(local: u32) {
  let row = local * (shape.features + 2u);
  for (var k = 0u; k < shape.features + 2u; k++) {
    parts[row + k] = 0.0;
  }
  for (var j = local; j < shape.examples; j += workgroupSize) {
    let at = j * shape.stride;
    var z = folded[shape.features];
    for (var k = 0u; k < shape.features; k++) {
      z += folded[k] * loadP(at + k);
    }
    let dz = singleSlope(shape.kind, z, y[j]);
    for (var k = 0u; k < shape.features; k++) {
      parts[row + k] += dz * loadP(at + k);
    }
    parts[row + shape.features] += dz;
    parts[row + shape.features + 1u] += singleLoss(shape.kind, z, y[j]);
  }
}

fn addThreads(k: u32) -> f32 {
  var sum = 0.0;
  for (var thread = 0u; thread < workgroupSize; thread++) {
    sum += parts[thread * (shape.features + 2u) + k];
  }
  return sum;
}

fn updateOne(k: u32, step: u32) {
  let length = shape.features + 1u;
  let mean = 1.0 / f32(shape.examples);
  var slope = addThreads(k) * mean;
  if (k < shape.features) {
    slope = slope * scaling[k].x + optimizer.l2 * model[k];
    if (scaling[k].y != 0.0) {
      slope += addThreads(shape.features) * mean * scaling[k].y;
    }
  }
  model[length + k] = slope;
  let updated = optimise(optimizer, step, vec4f(model[k]), vec4f(slope), vec4f(model[2u * length + k]), vec4f(model[3u * length + k]));
  model[k] = updated.parameter.x;
  model[2u * length + k] = updated.moment1.x;
  model[3u * length + k] = updated.moment2.x;
  if (k < shape.features) {
    folded[k] = updated.parameter.x * scaling[k].x;
  }
}

@compute @workgroup_size(workgroupSize)
fn main(@builtin(local_invocation_index) local: u32) {
  let done = trace.steps;
  for (var k = local; k < shape.features; k += workgroupSize) {
    folded[k] = model[k] * scaling[k].x;
  }
  if (local == 0u) {
    foldBias();
  }
  workgroupBarrier();
  for (var step = 1u; step <= steps.count; step++) {
    ownExamples(local);
    workgroupBarrier();
    for (var k = local; k < shape.features + 2u; k += workgroupSize) {
      if (k == shape.features + 1u) {
        trace.costs[(done + step - 1u) % shape.ringSize] = addThreads(k) / f32(shape.examples) + penalty;
      } else {
        updateOne(k, done + step);
      }
    }
    storageBarrier();
    workgroupBarrier();
    if (local == 0u) {
      foldBias();
    }
    workgroupBarrier();
  }
  if (local == 0u) {
    trace.steps = done + steps.count;
  }
}
