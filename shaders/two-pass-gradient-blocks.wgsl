// Second pass of a step of a model with one output, as in two-pass-gradient-alone.wgsl but for fewer slices of features than
// there are processors to keep busy: each block of examples has its own threads, which leave a partial gradient for
// one-pass-finish.wgsl. X comes from lib/chunk-*; needs lib/one-output, lib/two-pass-slopes.

@group(0) @binding(0) var<uniform> shape: Shape;
// for each block: 4 · chunks vec4s of Σ dz · x, then Σ dz, then Σ loss
@group(0) @binding(3) var<storage, read_write> partials: array<vec4f>;

override workgroupSize = 64u;

@compute @workgroup_size(workgroupSize)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) local: u32) {
  let chunk = group.x * workgroupSize + local;
  if (chunk > shape.chunks) {
    return;
  }
  let length = (shape.examples + shape.parts - 1u) / shape.parts;
  let first = min(shape.examples, group.y * length);
  let end = min(shape.examples, first + length);
  let at = (shape.firstPart + group.y) * partialLength(shape) + 4u * chunk;
  if (chunk == shape.chunks) {
    let sums = slopeAndLoss(first, end);
    partials[at] = vec4f(sums.x, 0.0, 0.0, 0.0);
    partials[at + 1u] = vec4f(sums.y, 0.0, 0.0, 0.0);
    return;
  }
  let sum = slopesAlone(chunk, first, end);
  partials[at] = sum.a;
  partials[at + 1u] = sum.b;
  partials[at + 2u] = sum.c;
  partials[at + 3u] = sum.d;
}
