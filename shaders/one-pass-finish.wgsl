// Last kernel of a step that left partial gradients: they are added up in order, four parameters a thread, and the update is
// done at once; the last thread does the cost. Needs lib/optimizer, lib/trace, lib/one-output, lib/finish.

@group(0) @binding(4) var<storage, read> partials: array<vec4f>;

override workgroupSize = 64u;

fn addParts(at: u32) -> vec4f {
  let length = partialLength(shape);
  var sum = vec4f();
  for (var part = 0u; part < shape.parts; part++) {
    sum += partials[part * length + at];
  }
  return sum;
}

@compute @workgroup_size(workgroupSize)
fn main(@builtin(global_invocation_id) id: vec3u) {
  let weights = weightsLength(shape);
  let section = sectionLength(shape);
  if (id.x > section) {
    return;
  }
  let sum = addParts(id.x);
  if (id.x == section) {
    finishCost(sum.x);
    return;
  }
  if (id.x >= weights) {
    finishBiases(id.x, sum, trace.stepsNow);
    return;
  }
  // only shifted features need Σ dz here; for others this factor is zero
  let features = 4u * shape.chunks;
  var sumDz = 0.0;
  if (any(scaling[features + id.x % features] != vec4f())) {
    let output = id.x / features;
    sumDz = addParts(weights + output / 4u)[output % 4u];
  }
  finishFour(id.x, sum, sumDz, trace.stepsNow);
}
