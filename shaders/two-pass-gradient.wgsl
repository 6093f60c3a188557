// Second pass of a step of a model with one output: dw by slices of sixteen features, and the update at once. `lanes`
// threads share a slice, each with every lanes-th example; the last workgroup does the bias and the cost. X comes from
// lib/chunk-*; needs lib/optimizer, lib/trace, lib/one-output, lib/finish, lib/two-pass-gradient.

override workgroupSize = 64u;
override lanes = 1u;
override shifted = false;

var<workgroup> partial: array<Sums, workgroupSize>;
var<workgroup> runs: array<vec2f, workgroupSize>;

fn slice(local: u32, groupIndex: u32) {
  let chunk = groupIndex * (workgroupSize / lanes) + local / lanes;
  let lane = local % lanes;
  var sum = Sums();
  if (chunk < shape.chunks) {
    sum = slopes(chunk, lane, lanes);
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
    // a loop, not four calls: compilers that inline everything are much faster then
    var four = array<vec4f, 4>(sum.a, sum.b, sum.c, sum.d);
    for (var i = 0u; i < 4u; i++) {
      finishFour(4u * chunk + i, four[i], sumDz, step);
    }
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
