// Second pass of a step of a model with one output: dw by slices of sixteen features, and the update at once. `lanes`
// threads share a slice, each with every lanes-th example; the last workgroup does the bias and the cost. X comes from
// lib/chunk-*; needs lib/optimizer, lib/trace, lib/one-output, lib/finish.

@group(0) @binding(4) var<storage, read> dz: array<f32>;
@group(0) @binding(5) var<storage, read> losses: array<f32>;

override workgroupSize = 64u;
override lanes = 1u;
override shifted = false;

struct Sums {
  a: vec4f,
  b: vec4f,
  c: vec4f,
  d: vec4f,
}

// Σ dz · x over every lanes-th example, in runs of 64, so that float32's error does not grow with m.
fn slopes(chunk: u32, lane: u32) -> Sums {
  var sum = Sums();
  var j = lane;
  while (j < shape.examples) {
    var part = Sums();
    let stop = min(shape.examples, j + 64u * lanes);
    for (; j < stop; j += lanes) {
      let raw = loadChunk(j * shape.chunks + chunk);
      let slope = dz[j];
      part.a += slope * raw.a;
      part.b += slope * raw.b;
      part.c += slope * raw.c;
      part.d += slope * raw.d;
    }
    sum.a += part.a;
    sum.b += part.b;
    sum.c += part.c;
    sum.d += part.d;
  }
  return sum;
}

fn sumOfSlopes(first: u32, step: u32) -> f32 {
  var sum = 0.0;
  var j = first;
  while (j < shape.examples) {
    var part = 0.0;
    let stop = min(shape.examples, j + 64u * step);
    for (; j < stop; j += step) {
      part += dz[j];
    }
    sum += part;
  }
  return sum;
}

var<workgroup> partial: array<Sums, workgroupSize>;
var<workgroup> runs: array<vec2f, workgroupSize>;

fn slice(local: u32, groupIndex: u32) {
  let chunk = groupIndex * (workgroupSize / lanes) + local / lanes;
  let lane = local % lanes;
  var sum = Sums();
  if (chunk < shape.chunks) {
    sum = slopes(chunk, lane);
  }
  if (lanes > 1u) {
    partial[local] = sum;
    workgroupBarrier();
    for (var half = lanes / 2u; half > 0u; half /= 2u) {
      if (lane < half) {
        partial[local].a += partial[local + half].a;
        partial[local].b += partial[local + half].b;
        partial[local].c += partial[local + half].c;
        partial[local].d += partial[local + half].d;
      }
      workgroupBarrier();
    }
    sum = partial[local];
  }
  if (chunk < shape.chunks && lane == 0u) {
    var sumDz = 0.0;
    if (shifted) {
      sumDz = sumOfSlopes(0u, 1u);
    }
    let step = trace.stepsNow;
    finishFour(4u * chunk, sum.a, sumDz, step);
    finishFour(4u * chunk + 1u, sum.b, sumDz, step);
    finishFour(4u * chunk + 2u, sum.c, sumDz, step);
    finishFour(4u * chunk + 3u, sum.d, sumDz, step);
  }
}

fn biasAndCost(local: u32) {
  var lossSum = 0.0;
  for (var part = local; part < shape.parts; part += workgroupSize) {
    lossSum += losses[part];
  }
  runs[local] = vec2f(sumOfSlopes(local, workgroupSize), lossSum);
  workgroupBarrier();
  if (local == 0u) {
    var all = vec2f();
    for (var run = 0u; run < workgroupSize; run++) {
      all += runs[run];
    }
    finishBiasAndCost(all.x, all.y);
  }
}

@compute @workgroup_size(workgroupSize)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(num_workgroups) groups: vec3u, @builtin(local_invocation_index) local: u32) {
  let groupIndex = group.y * groups.x + group.x;
  let sliceGroups = (shape.chunks * lanes + workgroupSize - 1u) / workgroupSize;
  if (groupIndex < sliceGroups) {
    slice(local, groupIndex);
  } else if (groupIndex == sliceGroups) {
    biasAndCost(local);
  }
}
