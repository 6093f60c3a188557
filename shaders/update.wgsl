// All parameters of a net by one optimiser step, four a thread. Needs lib/optimizer, lib/trace.
// Twin: src/engine/cpu/kernels/update.ts.

struct Shape {
  // of vec4s: the parameters are padded to a multiple of four
  count: u32,
}

@group(0) @binding(0) var<uniform> shape: Shape;
@group(0) @binding(1) var<uniform> optimizer: Optimizer;
@group(0) @binding(2) var<storage, read_write> parameters: array<vec4f>;
@group(0) @binding(3) var<storage, read> gradient: array<vec4f>;
// first moments, then second moments
@group(0) @binding(4) var<storage, read_write> moments: array<vec4f>;
@group(0) @binding(5) var<storage, read> trace: Trace;

override workgroupSize = 64u;

@compute @workgroup_size(workgroupSize)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(num_workgroups) groups: vec3u, @builtin(local_invocation_index) local: u32) {
  let i = (group.y * groups.x + group.x) * workgroupSize + local;
  if (i >= shape.count) {
    return;
  }
  if (optimizer.kind == optimizerGradientDescent) {
    parameters[i] -= optimizer.learningRate * gradient[i];
    return;
  }
  // cost.wgsl has counted this step already, so that trace.steps counts from 1 here
  let updated = optimise(optimizer, trace.steps, parameters[i], gradient[i], moments[i], moments[shape.count + i]);
  parameters[i] = updated.parameter;
  moments[i] = updated.moment1;
  moments[shape.count + i] = updated.moment2;
}
