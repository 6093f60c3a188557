// The end of a step of a model without a hidden layer: from sums over examples to gradient, update and cost. Declares what
// that takes; needs lib/optimizer, lib/trace, lib/one-output.

@group(0) @binding(0) var<uniform> shape: Shape;
@group(0) @binding(2) var<uniform> optimizer: Optimizer;
@group(0) @binding(3) var<storage, read_write> model: array<vec4f>;
// gradient descent, known when the pipeline is made, so that nothing else is compiled
override plainDescent = false;
// scale of each feature, four a vec4, then shift
@group(0) @binding(6) var<storage, read> scaling: array<vec4f>;
@group(0) @binding(7) var<storage, read_write> trace: Trace;

fn updateFour(at: u32, slope: vec4f, decay: f32, step: u32) -> vec4f {
  let length = sectionLength(shape);
  let parameter = model[at];
  let gradient = slope + decay * parameter;
  model[2u * length + at] = gradient;
  if (plainDescent) {
    let moved = parameter - optimizer.learningRate * gradient;
    model[at] = moved;
    return moved;
  }
  let updated = optimise(optimizer, step, parameter, gradient, model[3u * length + at], model[4u * length + at]);
  model[at] = updated.parameter;
  model[3u * length + at] = updated.moment1;
  model[4u * length + at] = updated.moment2;
  return updated.parameter;
}

// Four weights of one output, from Σ dz · x and, where features are shifted, Σ dz of that output.
fn finishFour(at: u32, sum: vec4f, sumDz: f32, step: u32) {
  let mean = 1.0 / f32(shape.examples);
  let features = 4u * shape.chunks;
  let scale = scaling[at % features];
  let slope = (scale * sum + scaling[features + at % features] * sumDz) * mean;
  model[foldedAt(shape) + at] = scale * updateFour(at, slope, optimizer.l2, step);
}

// Four biases, from Σ dz; at is behind the weights.
fn finishBiases(at: u32, sumDz: vec4f, step: u32) {
  model[foldedAt(shape) + at] = updateFour(at, sumDz / f32(shape.examples), 0.0, step);
}

// One thread of the whole dispatch does this.
fn finishCost(sumLoss: f32) {
  let step = trace.stepsNow;
  trace.costs[(step - 1u) % shape.ringSize] = sumLoss / f32(shape.examples) + trace.penalties[0];
  trace.steps = step;
}

// Of a model with one output; one thread of the whole dispatch does this.
fn finishBiasAndCost(sumDz: f32, sumLoss: f32) {
  finishBiases(weightsLength(shape), vec4f(sumDz, 0.0, 0.0, 0.0), trace.stepsNow);
  finishCost(sumLoss);
}
