// First pass of a step of a model with one output, for processors on which barriers are dear: a thread does eight examples all
// alone, so that a weight that it reads serves eight times, and leaves their losses. X comes from lib/chunk-*; needs
// lib/activations, lib/losses, lib/trace, lib/one-output, lib/two-pass-forward. Twin of two-pass-forward.wgsl.

override workgroupSize = 16u;

struct Weights {
  a: vec4f,
  b: vec4f,
  c: vec4f,
  d: vec4f,
}

// As lib/chunk-* leaves a chunk in place, so that products need no scaling.
fn weightsAt(at: u32) -> Weights {
  return Weights(model[at] * inPlaceScale, model[at + 1u] * inPlaceScale, model[at + 2u] * inPlaceScale, model[at + 3u] * inPlaceScale);
}

fn product(x: Chunk, w: Weights) -> f32 {
  let sum = (x.a * w.a + x.b * w.b) + (x.c * w.c + x.d * w.d);
  return (sum.x + sum.y) + (sum.z + sum.w);
}

// Of four examples, whose chunks these are.
fn products(at: vec4u, w: Weights) -> vec4f {
  return vec4f(
    product(loadInPlace(at.x), w),
    product(loadInPlace(at.y), w),
    product(loadInPlace(at.z), w),
    product(loadInPlace(at.w), w),
  );
}

fn finish(example: u32, sum: f32) {
  if (example >= shape.examples) {
    return;
  }
  let z = sum + model[foldedAt(shape) + 4u * shape.chunks].x;
  losses[example] = singleLoss(shape.kind, z, y[example]);
  dz[example] = singleSlope(shape.kind, z, y[example]);
}

// Where four examples begin; those past the end read the last one again and are not stored.
fn rowsAt(first: u32) -> vec4u {
  return min(vec4u(first, first + 1u, first + 2u, first + 3u), vec4u(shape.examples - 1u)) * shape.chunks;
}

@compute @workgroup_size(workgroupSize)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(num_workgroups) groups: vec3u, @builtin(local_invocation_index) local: u32) {
  let first = 8u * ((group.y * groups.x + group.x) * workgroupSize + local);
  if (first >= shape.examples) {
    return;
  }
  let low = rowsAt(first);
  let high = rowsAt(first + 4u);
  let folded = foldedAt(shape);
  var lowSums = vec4f();
  var highSums = vec4f();
  for (var k = 0u; k < shape.chunks; k++) {
    let w = weightsAt(folded + 4u * k);
    lowSums += products(low + k, w);
    highSums += products(high + k, w);
  }
  // a loop, not eight calls: compilers that inline everything are much faster then
  var sums = array<vec4f, 2>(lowSums, highSums);
  for (var i = 0u; i < 8u; i++) {
    finish(first + i, sums[i / 4u][i % 4u]);
  }
  if (first == 0u) {
    trace.stepsNow = trace.steps + 1u;
  }
}
