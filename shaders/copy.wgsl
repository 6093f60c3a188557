// Copies a buffer: what this GPU's memory gives at the most, read and written. Sixteen bytes at a time, neighbouring
// threads side by side. Twin: src/engine/cpu/kernels/copy.ts.

struct Shape {
  // of sixteen bytes
  vectors: u32,
}

@group(0) @binding(0) var<uniform> shape: Shape;
@group(0) @binding(1) var<storage, read> source: array<vec4u>;
@group(0) @binding(2) var<storage, read_write> copied: array<vec4u>;

override workgroupSize = 64u;
override vectorsPerThread = 4u;

@compute @workgroup_size(workgroupSize)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(num_workgroups) groups: vec3u, @builtin(local_invocation_index) local: u32) {
  let first = (group.y * groups.x + group.x) * workgroupSize * vectorsPerThread + local;
  for (var turn = 0u; turn < vectorsPerThread; turn++) {
    let i = first + turn * workgroupSize;
    if (i < shape.vectors) {
      copied[i] = source[i];
    }
  }
}
