// Second pass of a step of a model with one output, for processors on which barriers are dear: a thread does a slice of
// sixteen features all alone, and the thread behind the last slice does the bias and the cost. X comes from lib/chunk-*;
// needs lib/optimizer, lib/trace, lib/one-output, lib/finish, lib/two-pass-slopes. Twin of two-pass-gradient.wgsl.

override workgroupSize = 64u;
override shifted = false;

@compute @workgroup_size(workgroupSize)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(num_workgroups) groups: vec3u, @builtin(local_invocation_index) local: u32) {
  let chunk = (group.y * groups.x + group.x) * workgroupSize + local;
  if (chunk > shape.chunks) {
    return;
  }
  if (chunk == shape.chunks) {
    let sums = slopeAndLoss(0u, shape.examples);
    finishBiasAndCost(sums.x, sums.y);
    return;
  }
  let sum = slopesAlone(chunk, 0u, shape.examples);
  var sumDz = 0.0;
  if (shifted) {
    sumDz = slopeAndLoss(0u, shape.examples).x;
  }
  let step = trace.stepsNow;
  // a loop, not four calls: compilers that inline everything are much faster then
  var four = array<vec4f, 4>(sum.a, sum.b, sum.c, sum.d);
  for (var i = 0u; i < 4u; i++) {
    finishFour(4u * chunk + i, four[i], sumDz, step);
  }
}
