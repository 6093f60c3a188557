// First kernel of a one-pass step of a model with one output: X is read once. A workgroup takes four examples at a time,
// each thread holds its chunks of them in registers; z is added up across the workgroup, and x · dz from those same
// registers. It leaves one partial gradient a workgroup. X comes from lib/chunk-*; needs lib/activations, lib/losses,
// lib/trace, lib/one-output.

@group(0) @binding(0) var<uniform> shape: Shape;
@group(0) @binding(2) var<storage, read> model: array<vec4f>;
@group(0) @binding(3) var<storage, read> y: array<f32>;
// for each workgroup: 4 · chunks vec4s of Σ dz · x, then Σ dz, then Σ loss
@group(0) @binding(4) var<storage, read_write> partials: array<vec4f>;
@group(0) @binding(6) var<storage, read_write> trace: Trace;

override workgroupSize = 64u;
// at most 4
override chunksPerThread = 1u;

const examplesAtOnce = 4u;

var<workgroup> partial: array<vec4f, workgroupSize>;

fn dotChunk(x: Chunk, at: u32) -> f32 {
  let sum = x.a * model[at] + x.b * model[at + 1u] + (x.c * model[at + 2u] + x.d * model[at + 3u]);
  return (sum.x + sum.y) + (sum.z + sum.w);
}

// Adds vec4s across the workgroup, in a tree: the same order always.
fn addUp(local: u32, value: vec4f) -> vec4f {
  partial[local] = value;
  workgroupBarrier();
  for (var half = workgroupSize / 2u; half > 0u; half /= 2u) {
    if (local < half) {
      partial[local] += partial[local + half];
    }
    workgroupBarrier();
  }
  let all = partial[0];
  workgroupBarrier();
  return all;
}

@compute @workgroup_size(workgroupSize)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) local: u32) {
  let folded = foldedAt(shape);
  let bias = model[folded + 4u * shape.chunks].x;
  var held: array<Chunk, 16>;
  var sums: array<Chunk, 4>;
  var runs: array<Chunk, 4>;
  var sumDz = 0.0;
  var sumLoss = 0.0;
  var turns = 0u;
  for (var first = group.x * examplesAtOnce; first < shape.examples; first += shape.parts * examplesAtOnce) {
    var z = vec4f();
    for (var c = 0u; c < chunksPerThread; c++) {
      let chunk = local + c * workgroupSize;
      for (var e = 0u; e < examplesAtOnce; e++) {
        if (chunk < shape.chunks && first + e < shape.examples) {
          held[c * examplesAtOnce + e] = loadChunk((first + e) * shape.chunks + chunk);
          z[e] += dotChunk(held[c * examplesAtOnce + e], folded + 4u * chunk);
        }
      }
    }
    z = addUp(local, z) + bias;
    var dz = vec4f();
    for (var e = 0u; e < examplesAtOnce; e++) {
      if (first + e < shape.examples) {
        dz[e] = singleSlope(shape.kind, z[e], y[first + e]);
        sumDz += dz[e];
        sumLoss += singleLoss(shape.kind, z[e], y[first + e]);
      }
    }
    for (var c = 0u; c < chunksPerThread; c++) {
      for (var e = 0u; e < examplesAtOnce; e++) {
        if (first + e < shape.examples) {
          let x = held[c * examplesAtOnce + e];
          runs[c].a += dz[e] * x.a;
          runs[c].b += dz[e] * x.b;
          runs[c].c += dz[e] * x.c;
          runs[c].d += dz[e] * x.d;
        }
      }
    }
    // runs of 64 examples keep float32's error from growing with m
    turns++;
    if (turns % 16u == 0u) {
      for (var c = 0u; c < chunksPerThread; c++) {
        sums[c] = Chunk(sums[c].a + runs[c].a, sums[c].b + runs[c].b, sums[c].c + runs[c].c, sums[c].d + runs[c].d);
        runs[c] = Chunk();
      }
    }
  }
  let base = (shape.firstPart + group.x) * partialLength(shape);
  for (var c = 0u; c < chunksPerThread; c++) {
    let chunk = local + c * workgroupSize;
    if (chunk < shape.chunks) {
      let at = base + 4u * chunk;
      partials[at] = sums[c].a + runs[c].a;
      partials[at + 1u] = sums[c].b + runs[c].b;
      partials[at + 2u] = sums[c].c + runs[c].c;
      partials[at + 3u] = sums[c].d + runs[c].d;
    }
  }
  if (local == 0u) {
    partials[base + 4u * shape.chunks] = vec4f(sumDz, 0.0, 0.0, 0.0);
    partials[base + 4u * shape.chunks + 1u] = vec4f(sumLoss, 0.0, 0.0, 0.0);
    if (group.x == 0u) {
      trace.stepsNow = trace.steps + 1u;
    }
  }
}
