// The end of a step of a model with one output: from sums over examples to gradient, update and cost. Declares what that
// takes; needs lib/optimizer, lib/trace, lib/one-output.

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

fn finishFour(at: u32, sum: vec4f, sumDz: f32, step: u32) {
  let mean = 1.0 / f32(shape.examples);
  let scale = scaling[at];
  let slope = (scale * sum + scaling[4u * shape.chunks + at] * sumDz) * mean;
  model[foldedAt(shape) + at] = scale * updateFour(at, slope, optimizer.l2, step);
}

// From Σ dz and Σ loss over all examples; one thread of the whole dispatch does this.
fn finishBiasAndCost(sumDz: f32, sumLoss: f32) {
  let examples = f32(shape.examples);
  let step = trace.stepsNow;
  let at = 4u * shape.chunks;
  let bias = updateFour(at, vec4f(sumDz / examples, 0.0, 0.0, 0.0), 0.0, step);
  model[foldedAt(shape) + at] = bias;
  trace.costs[(step - 1u) % shape.ringSize] = sumLoss / examples + trace.penalties[0];
  trace.steps = step;
}
