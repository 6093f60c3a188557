// Hidden layers' activations over whole arrays: A = g(Z) and, on the way back, dZ = dA ∘ g′(Z). Needs lib/activations.
// Twin: src/engine/cpu/kernels/activation.ts.

struct Shape {
  count: u32,
  kind: u32,
}

@group(0) @binding(0) var<uniform> shape: Shape;
@group(0) @binding(1) var<storage, read> z: array<f32>;
// forward: gets A; backward: holds A
@group(0) @binding(2) var<storage, read_write> a: array<f32>;
// backward: holds dA, gets dZ
@group(0) @binding(3) var<storage, read_write> slopes: array<f32>;

override workgroupSize = 64u;

@compute @workgroup_size(workgroupSize)
fn forward(@builtin(workgroup_id) group: vec3u, @builtin(num_workgroups) groups: vec3u, @builtin(local_invocation_index) local: u32) {
  let i = (group.y * groups.x + group.x) * workgroupSize + local;
  if (i < shape.count) {
    a[i] = activate(shape.kind, z[i]);
  }
}

@compute @workgroup_size(workgroupSize)
fn backward(@builtin(workgroup_id) group: vec3u, @builtin(num_workgroups) groups: vec3u, @builtin(local_invocation_index) local: u32) {
  let i = (group.y * groups.x + group.x) * workgroupSize + local;
  if (i < shape.count) {
    slopes[i] *= activationSlope(shape.kind, z[i], a[i]);
  }
}
