// First pass of a step of a model with one output, for processors on which barriers are dear: a thread does an example all
// alone and leaves its loss. X comes from lib/chunk-*; needs lib/activations, lib/losses, lib/trace, lib/one-output,
// lib/two-pass-forward. Twin of two-pass-forward.wgsl.

override workgroupSize = 64u;

@compute @workgroup_size(workgroupSize)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(num_workgroups) groups: vec3u, @builtin(local_invocation_index) local: u32) {
  let example = (group.y * groups.x + group.x) * workgroupSize + local;
  if (example >= shape.examples) {
    return;
  }
  let z = partOfZ(example, 0u, 1u) + model[foldedAt(shape) + 4u * shape.chunks].x;
  losses[example] = singleLoss(shape.kind, z, y[example]);
  dz[example] = singleSlope(shape.kind, z, y[example]);
  if (example == 0u) {
    trace.stepsNow = trace.steps + 1u;
  }
}
