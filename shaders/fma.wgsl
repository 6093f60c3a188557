// Multiply-adds and hardly a byte: what this GPU's arithmetic gives at the most. Each thread carries four independent
// chains of x = x · a + b, four lanes wide, so that no multiply-add waits for the one before it; the chains' sum is the
// answer. The factors come in as uniforms, or a compiler would do without the multiplying.
// Twin: src/engine/cpu/kernels/fma.ts.

struct Shape {
  threads: u32,
  // multiply-adds of a chain; a multiple of four
  steps: u32,
  // the lanes' factors: growth, −growth, decay, −decay
  growth: f32,
  decay: f32,
  addend: f32,
}

@group(0) @binding(0) var<uniform> shape: Shape;
@group(0) @binding(1) var<storage, read_write> sums: array<vec4f>;

override workgroupSize = 64u;

@compute @workgroup_size(workgroupSize)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(num_workgroups) groups: vec3u, @builtin(local_invocation_index) local: u32) {
  let thread = (group.y * groups.x + group.x) * workgroupSize + local;
  if (thread >= shape.threads) {
    return;
  }
  let a = vec4f(shape.growth, -shape.growth, shape.decay, -shape.decay);
  let b = vec4f(shape.addend);
  var x0 = vec4f(f32(thread % 256u));
  var x1 = x0 + 1.0;
  var x2 = x0 + 2.0;
  var x3 = x0 + 3.0;
  for (var step = 0u; step < shape.steps; step += 4u) {
    x0 = fma(x0, a, b);
    x1 = fma(x1, a, b);
    x2 = fma(x2, a, b);
    x3 = fma(x3, a, b);
    x0 = fma(x0, a, b);
    x1 = fma(x1, a, b);
    x2 = fma(x2, a, b);
    x3 = fma(x3, a, b);
    x0 = fma(x0, a, b);
    x1 = fma(x1, a, b);
    x2 = fma(x2, a, b);
    x3 = fma(x3, a, b);
    x0 = fma(x0, a, b);
    x1 = fma(x1, a, b);
    x2 = fma(x2, a, b);
    x3 = fma(x3, a, b);
  }
  sums[thread] = (x0 + x1) + (x2 + x3);
}
