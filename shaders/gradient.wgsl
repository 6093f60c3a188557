// From the parts that matmul left to dW and db: parts added in order, mean over examples, scaling taken back out, L2.
// Twin: the end of a step in src/engine/cpu/reference.ts and kernels/fold.ts.

struct Shape {
  units: u32,
  inputs: u32,
  examples: u32,
  splits: u32,
  examplesPerSplit: u32,
  biasSplits: u32,
  // of W and b in the row of parameters
  weightsAt: u32,
  biasesAt: u32,
  scaled: u32,
  l2: f32,
}

@group(0) @binding(0) var<uniform> shape: Shape;
@group(0) @binding(1) var<storage, read> parts: array<f32>;
@group(0) @binding(2) var<storage, read> slopes: array<f32>;
@group(0) @binding(3) var<storage, read_write> biasParts: array<f32>;
// scale and shift of each feature
@group(0) @binding(4) var<storage, read> scaling: array<vec2f>;
@group(0) @binding(5) var<storage, read> parameters: array<f32>;
@group(0) @binding(6) var<storage, read_write> gradient: array<f32>;

override workgroupSize = 64u;

// One thread a unit and split: Σ dZ over the examples of the split.
@compute @workgroup_size(workgroupSize)
fn biasPartials(@builtin(global_invocation_id) id: vec3u) {
  let unit = id.x % shape.units;
  let split = id.x / shape.units;
  if (split >= shape.biasSplits) {
    return;
  }
  let end = min(shape.examples, (split + 1u) * shape.examplesPerSplit);
  var sum = 0.0;
  for (var j = split * shape.examplesPerSplit; j < end; j++) {
    sum += slopes[j * shape.units + unit];
  }
  biasParts[split * shape.units + unit] = sum;
}

fn biasSum(unit: u32) -> f32 {
  var sum = 0.0;
  for (var split = 0u; split < shape.biasSplits; split++) {
    sum += biasParts[split * shape.units + unit];
  }
  return sum;
}

// One thread a weight, and one a bias behind them.
@compute @workgroup_size(workgroupSize)
fn finish(@builtin(workgroup_id) group: vec3u, @builtin(num_workgroups) groups: vec3u, @builtin(local_invocation_index) local: u32) {
  let index = (group.y * groups.x + group.x) * workgroupSize + local;
  let weights = shape.units * shape.inputs;
  let mean = 1.0 / f32(shape.examples);
  if (index >= weights + shape.units) {
    return;
  }
  if (index >= weights) {
    gradient[shape.biasesAt + index - weights] = biasSum(index - weights) * mean;
    return;
  }
  var sum = 0.0;
  for (var split = 0u; split < shape.splits; split++) {
    sum += parts[split * weights + index];
  }
  if (shape.scaled != 0u) {
    let feature = scaling[index % shape.inputs];
    sum *= feature.x;
    if (feature.y != 0.0) {
      sum += feature.y * biasSum(index / shape.inputs);
    }
  }
  gradient[shape.weightsAt + index] = sum * mean + shape.l2 * parameters[shape.weightsAt + index];
}
