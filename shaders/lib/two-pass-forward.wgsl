// What both forms of the first pass share. Needs lib/one-output, lib/chunk-*.

@group(0) @binding(0) var<uniform> shape: Shape;
@group(0) @binding(2) var<storage, read> model: array<vec4f>;
@group(0) @binding(3) var<storage, read> y: array<f32>;
@group(0) @binding(4) var<storage, read_write> dz: array<f32>;
// Σ loss of each part: a workgroup's, or an example's
@group(0) @binding(5) var<storage, read_write> losses: array<f32>;
@group(0) @binding(6) var<storage, read_write> trace: Trace;

// u · x over every step-th chunk of an example, from chunk `lane` on.
fn partOfZ(example: u32, lane: u32, step: u32) -> f32 {
  let folded = foldedAt(shape);
  var a = vec4f();
  var b = vec4f();
  var c = vec4f();
  var d = vec4f();
  for (var chunk = lane; chunk < shape.chunks; chunk += step) {
    let raw = loadChunk(example * shape.chunks + chunk);
    let at = folded + 4u * chunk;
    a += raw.a * model[at];
    b += raw.b * model[at + 1u];
    c += raw.c * model[at + 2u];
    d += raw.d * model[at + 3u];
  }
  let sum = (a + b) + (c + d);
  return (sum.x + sum.y) + (sum.z + sum.w);
}
