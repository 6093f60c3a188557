// Second kernel of a one-pass step: the workgroups' partial gradients added up in order, four features a thread, and the
// update at once; the last thread does the bias and the cost. Needs lib/optimizer, lib/trace, lib/one-output, lib/finish.

@group(0) @binding(4) var<storage, read> partials: array<vec4f>;

override workgroupSize = 64u;

fn addParts(at: u32) -> vec4f {
  let length = sectionLength(shape);
  var sum = vec4f();
  for (var part = 0u; part < shape.parts; part++) {
    sum += partials[part * length + at];
  }
  return sum;
}

@compute @workgroup_size(workgroupSize)
fn main(@builtin(global_invocation_id) id: vec3u) {
  let last = 4u * shape.chunks;
  if (id.x > last) {
    return;
  }
  let sum = addParts(id.x);
  if (id.x == last) {
    finishBiasAndCost(sum.x, sum.y);
    return;
  }
  // only shifted features need Σ dz here; for others this factor is zero
  var sumDz = 0.0;
  if (any(scaling[last + id.x] != vec4f())) {
    sumDz = addParts(last).x;
  }
  finishFour(id.x, sum, sumDz, trace.stepsNow);
}
