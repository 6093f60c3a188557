// First pass of a step of a model with one output: z, dz and loss of each example. `lanes` threads share an example.
// X comes from lib/chunk-*; needs lib/activations, lib/losses, lib/trace, lib/one-output, lib/two-pass-forward.

override workgroupSize = 64u;
override lanes = 1u;

var<workgroup> partial: array<f32, workgroupSize>;

@compute @workgroup_size(workgroupSize)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(num_workgroups) groups: vec3u, @builtin(local_invocation_index) local: u32) {
  let examplesPerGroup = workgroupSize / lanes;
  let groupIndex = group.y * groups.x + group.x;
  let example = groupIndex * examplesPerGroup + local / lanes;
  let lane = local % lanes;
  var z = 0.0;
  if (example < shape.examples) {
    z = partOfZ(example, lane, lanes);
  }
  if (lanes > 1u) {
    partial[local] = z;
    workgroupBarrier();
    for (var half = lanes / 2u; half > 0u; half /= 2u) {
      if (lane < half) {
        partial[local] += partial[local + half];
      }
      workgroupBarrier();
    }
    z = partial[local - lane];
    workgroupBarrier();
  }
  var loss = 0.0;
  if (example < shape.examples && lane == 0u) {
    z += model[foldedAt(shape) + 4u * shape.chunks].x;
    loss = singleLoss(shape.kind, z, y[example]);
    dz[example] = singleSlope(shape.kind, z, y[example]);
  }
  partial[local] = loss;
  workgroupBarrier();
  if (local == 0u) {
    var sum = 0.0;
    for (var i = 0u; i < workgroupSize; i += lanes) {
      sum += partial[i];
    }
    losses[groupIndex] = sum;
    if (groupIndex == 0u) {
      trace.stepsNow = trace.steps + 1u;
    }
  }
}
