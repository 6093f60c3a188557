// First kernel of a one-pass step of a model with two to sixteen outputs: X is read once, as in one-pass.wgsl. A workgroup
// takes four examples at a time, each thread holds its chunks of them in registers; z of every output is added up across the
// workgroup, dz comes from all of an example's z, and x · dz from those same registers. It leaves one partial gradient a
// workgroup. X comes from lib/chunk-*; needs lib/activations, lib/losses, lib/trace, lib/one-output.

@group(0) @binding(0) var<uniform> shape: Shape;
@group(0) @binding(2) var<storage, read> model: array<vec4f>;
@group(0) @binding(3) var<storage, read> y: array<f32>;
// for each workgroup: Σ dz · x of every output, 4 · chunks vec4s each, then Σ dz, four outputs a vec4, then Σ loss
@group(0) @binding(4) var<storage, read_write> partials: array<vec4f>;
@group(0) @binding(6) var<storage, read_write> trace: Trace;

// at least sixteen, so that there is a thread for each output
override workgroupSize = 64u;
// outputs · chunksPerThread is at most 16, chunksPerThread at most 4
override outputs = 2u;
override chunksPerThread = 1u;
// outputs · workgroupSize
override zLength = 128u;

const examplesAtOnce = 4u;

// z of four examples, thread by thread, output by output. When a sum is done it is in the first thread's place; the places
// behind it are free then, and take dz of the four examples, and for the first output their losses too: so sixteen outputs of
// sixty-four threads stay within the 16 KiB that every device has.
var<workgroup> zs: array<vec4f, zLength>;

fn slopeAt(output: u32, e: u32) -> u32 {
  return output * workgroupSize + 1u + e;
}

fn lossAt(e: u32) -> u32 {
  return 1u + examplesAtOnce + e;
}

fn dotChunk(x: Chunk, w: Chunk) -> f32 {
  let sum = x.a * w.a + x.b * w.b + (x.c * w.c + x.d * w.d);
  return (sum.x + sum.y) + (sum.z + sum.w);
}

fn weightsAt(at: u32) -> Chunk {
  return Chunk(model[at], model[at + 1u], model[at + 2u], model[at + 3u]);
}

// log of a sum of exponentials of which the largest is 1: near 1 it is log1p's job.
fn logOfSum(sum: f32) -> f32 {
  return select(log(sum), log1p(sum - 1.0), sum < 2.0);
}

// Loss of one example, and dz of its outputs into `zs`; z[k] is given with its bias.
fn softmaxOf(e: u32, z: ptr<function, array<f32, 16>>, ownClass: u32) -> f32 {
  var largest = (*z)[0];
  for (var k = 1u; k < outputs; k++) {
    largest = max(largest, (*z)[k]);
  }
  var sum = 0.0;
  for (var k = 0u; k < outputs; k++) {
    sum += exp((*z)[k] - largest);
  }
  for (var k = 0u; k < outputs; k++) {
    zs[slopeAt(k, e)] = vec4f(exp((*z)[k] - largest) / sum - select(0.0, 1.0, k == ownClass));
  }
  return logOfSum(sum) + largest - (*z)[ownClass];
}

fn hingeOf(e: u32, z: ptr<function, array<f32, 16>>, ownClass: u32) -> f32 {
  var sum = 0.0;
  for (var k = 0u; k < outputs; k++) {
    let own = select(0.0, 1.0, k == ownClass);
    sum += singleLoss(lossLinearHinge, (*z)[k], own);
    zs[slopeAt(k, e)] = vec4f(singleSlope(lossLinearHinge, (*z)[k], own));
  }
  return sum;
}

fn finishExample(e: u32, example: u32) {
  if (example >= shape.examples) {
    for (var k = 0u; k < outputs; k++) {
      zs[slopeAt(k, e)] = vec4f();
    }
    zs[lossAt(e)] = vec4f();
    return;
  }
  let biases = foldedAt(shape) + weightsLength(shape);
  var z = array<f32, 16>();
  for (var k = 0u; k < outputs; k++) {
    z[k] = zs[k * workgroupSize][e] + model[biases + k / 4u][k % 4u];
  }
  let ownClass = min(u32(y[example]), outputs - 1u);
  if (shape.kind == lossSoftmaxCrossEntropy) {
    zs[lossAt(e)] = vec4f(softmaxOf(e, &z, ownClass));
  } else {
    zs[lossAt(e)] = vec4f(hingeOf(e, &z, ownClass));
  }
}

// Adds z across the workgroup, in a tree: the same order always.
fn addUp(local: u32) {
  workgroupBarrier();
  for (var half = workgroupSize / 2u; half > 0u; half /= 2u) {
    if (local < half) {
      for (var k = 0u; k < outputs; k++) {
        zs[k * workgroupSize + local] += zs[k * workgroupSize + local + half];
      }
    }
    workgroupBarrier();
  }
}

@compute @workgroup_size(workgroupSize)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) local: u32) {
  let folded = foldedAt(shape);
  var held: array<Chunk, 16>;
  var sums: array<Chunk, 16>;
  // of output `local`
  var sumDz = 0.0;
  var sumLoss = 0.0;
  for (var first = group.x * examplesAtOnce; first < shape.examples; first += shape.parts * examplesAtOnce) {
    for (var c = 0u; c < chunksPerThread; c++) {
      let chunk = local + c * workgroupSize;
      for (var e = 0u; e < examplesAtOnce; e++) {
        if (chunk < shape.chunks && first + e < shape.examples) {
          held[c * examplesAtOnce + e] = loadChunk((first + e) * shape.chunks + chunk);
        }
      }
    }
    for (var k = 0u; k < outputs; k++) {
      var z = vec4f();
      for (var c = 0u; c < chunksPerThread; c++) {
        let chunk = local + c * workgroupSize;
        if (chunk < shape.chunks) {
          let w = weightsAt(folded + 4u * (k * shape.chunks + chunk));
          for (var e = 0u; e < examplesAtOnce; e++) {
            z[e] += dotChunk(held[c * examplesAtOnce + e], w);
          }
        }
      }
      zs[k * workgroupSize + local] = z;
    }
    addUp(local);
    if (local < examplesAtOnce) {
      finishExample(local, first + local);
    }
    workgroupBarrier();
    for (var k = 0u; k < outputs; k++) {
      let dz = vec4f(zs[slopeAt(k, 0u)].x, zs[slopeAt(k, 1u)].x, zs[slopeAt(k, 2u)].x, zs[slopeAt(k, 3u)].x);
      if (local == k) {
        sumDz += (dz.x + dz.y) + (dz.z + dz.w);
      }
      for (var c = 0u; c < chunksPerThread; c++) {
        let at = k * chunksPerThread + c;
        for (var e = 0u; e < examplesAtOnce; e++) {
          // past the last example dz is zero, and what is held there is an earlier one's
          let x = held[c * examplesAtOnce + e];
          sums[at].a += dz[e] * x.a;
          sums[at].b += dz[e] * x.b;
          sums[at].c += dz[e] * x.c;
          sums[at].d += dz[e] * x.d;
        }
      }
    }
    if (local == 0u) {
      sumLoss += (zs[lossAt(0u)].x + zs[lossAt(1u)].x) + (zs[lossAt(2u)].x + zs[lossAt(3u)].x);
    }
    // the next examples' z go where dz was
    workgroupBarrier();
  }
  let base = (shape.firstPart + group.x) * partialLength(shape);
  for (var k = 0u; k < outputs; k++) {
    for (var c = 0u; c < chunksPerThread; c++) {
      let chunk = local + c * workgroupSize;
      if (chunk < shape.chunks) {
        let at = base + 4u * (k * shape.chunks + chunk);
        let sum = sums[k * chunksPerThread + c];
        partials[at] = sum.a;
        partials[at + 1u] = sum.b;
        partials[at + 2u] = sum.c;
        partials[at + 3u] = sum.d;
      }
    }
  }
  workgroupBarrier();
  if (local < outputs) {
    zs[local] = vec4f(sumDz);
  }
  workgroupBarrier();
  if (local == 0u) {
    let at = base + weightsLength(shape);
    for (var k = 0u; k < outputs; k += 4u) {
      // places behind the last output are padding and stay zero
      var four = vec4f();
      for (var i = 0u; i < 4u && k + i < outputs; i++) {
        four[i] = zs[k + i].x;
      }
      partials[at + k / 4u] = four;
    }
    partials[base + sectionLength(shape)] = vec4f(sumLoss, 0.0, 0.0, 0.0);
    if (group.x == 0u) {
      trace.stepsNow = trace.steps + 1u;
    }
  }
}
