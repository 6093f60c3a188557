// The first layer with the scaling of the features inside: W∘s and b + W·t, so that raw values can be used as they are.
// Twin: src/engine/cpu/kernels/fold.ts.

struct Shape {
  units: u32,
  inputs: u32,
}

@group(0) @binding(0) var<uniform> shape: Shape;
@group(0) @binding(1) var<storage, read> parameters: array<f32>;
// scale and shift of each feature
@group(0) @binding(2) var<storage, read> scaling: array<vec2f>;
@group(0) @binding(3) var<storage, read_write> folded: array<f32>;

override workgroupSize = 64u;

@compute @workgroup_size(workgroupSize)
fn weights(@builtin(workgroup_id) group: vec3u, @builtin(num_workgroups) groups: vec3u, @builtin(local_invocation_index) local: u32) {
  let index = (group.y * groups.x + group.x) * workgroupSize + local;
  if (index < shape.units * shape.inputs) {
    folded[index] = parameters[index] * scaling[index % shape.inputs].x;
  }
}

var<workgroup> parts: array<f32, workgroupSize>;

// One workgroup a unit: each thread adds every workgroupSize-th feature, the first thread adds the threads' sums.
@compute @workgroup_size(workgroupSize)
fn biases(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) local: u32) {
  var sum = 0.0;
  for (var k = local; k < shape.inputs; k += workgroupSize) {
    sum += parameters[group.x * shape.inputs + k] * scaling[k].y;
  }
  parts[local] = sum;
  workgroupBarrier();
  if (local == 0u) {
    let bias = shape.units * shape.inputs + group.x;
    var all = 0.0;
    for (var part = 0u; part < workgroupSize; part++) {
      all += parts[part];
    }
    folded[bias] = parameters[bias] + all;
  }
}
