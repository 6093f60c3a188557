// The examples of the next mini-batch side by side, in the order of the epoch's shuffle. Needs lib/rng, lib/trace.
// Twin: the gathering in src/engine/cpu/reference.ts.

struct Shape {
  examples: u32,
  batch: u32,
  batchesPerEpoch: u32,
  halfBits: u32,
  seed: u32,
  // of an example, in words of four bytes
  words: u32,
}

@group(0) @binding(0) var<uniform> shape: Shape;
@group(0) @binding(1) var<storage, read> x: array<u32>;
@group(0) @binding(2) var<storage, read> y: array<f32>;
@group(0) @binding(3) var<storage, read_write> batchX: array<u32>;
@group(0) @binding(4) var<storage, read_write> batchY: array<f32>;
@group(0) @binding(5) var<storage, read> trace: Trace;

override workgroupSize = 64u;

// One workgroup an example.
@compute @workgroup_size(workgroupSize)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(num_workgroups) groups: vec3u, @builtin(local_invocation_index) local: u32) {
  let slot = group.y * groups.x + group.x;
  if (slot >= shape.batch) {
    return;
  }
  let epoch = trace.steps / shape.batchesPerEpoch;
  let position = (trace.steps % shape.batchesPerEpoch) * shape.batch + slot;
  let example = permute(position, shape.examples, shape.halfBits, shape.seed, epoch);
  for (var word = local; word < shape.words; word += workgroupSize) {
    batchX[slot * shape.words + word] = x[example * shape.words + word];
  }
  if (local == 0u) {
    batchY[slot] = y[example];
  }
}
