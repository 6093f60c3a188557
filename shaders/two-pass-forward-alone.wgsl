// First pass of a step of a model with one output, for processors on which barriers are dear: a thread does four examples all
// alone, so that a weight that it reads serves four times, and leaves their losses. X comes from lib/chunk-*; needs
// lib/activations, lib/losses, lib/trace, lib/one-output, lib/two-pass-forward. Twin of two-pass-forward.wgsl.

override workgroupSize = 16u;

struct Weights {
  a: vec4f,
  b: vec4f,
  c: vec4f,
  d: vec4f,
}

fn product(x: Chunk, w: Weights) -> vec4f {
  return (x.a * w.a + x.b * w.b) + (x.c * w.c + x.d * w.d);
}

fn finish(example: u32, sum: vec4f) {
  if (example >= shape.examples) {
    return;
  }
  let z = dot(sum, inPlaceScale) + model[foldedAt(shape) + 4u * shape.chunks].x;
  losses[example] = singleLoss(shape.kind, z, y[example]);
  dz[example] = singleSlope(shape.kind, z, y[example]);
}

@compute @workgroup_size(workgroupSize)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(num_workgroups) groups: vec3u, @builtin(local_invocation_index) local: u32) {
  let first = 4u * ((group.y * groups.x + group.x) * workgroupSize + local);
  if (first >= shape.examples) {
    return;
  }
  // examples past the end read the last one again and are not stored
  var at = min(vec4u(first, first + 1u, first + 2u, first + 3u), vec4u(shape.examples - 1u)) * shape.chunks;
  let folded = foldedAt(shape);
  var sum0 = vec4f();
  var sum1 = vec4f();
  var sum2 = vec4f();
  var sum3 = vec4f();
  for (var k = 0u; k < 4u * shape.chunks; k += 4u) {
    let w = Weights(model[folded + k], model[folded + k + 1u], model[folded + k + 2u], model[folded + k + 3u]);
    sum0 += product(loadInPlace(at.x), w);
    sum1 += product(loadInPlace(at.y), w);
    sum2 += product(loadInPlace(at.z), w);
    sum3 += product(loadInPlace(at.w), w);
    at += vec4u(1u);
  }
  // a loop, not four calls: compilers that inline everything are much faster then
  var sums = array<vec4f, 4>(sum0, sum1, sum2, sum3);
  for (var i = 0u; i < 4u; i++) {
    finish(first + i, sums[i]);
  }
  if (first == 0u) {
    trace.stepsNow = trace.steps + 1u;
  }
}
