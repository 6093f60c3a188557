// First kernel of a one-pass step of a model with one output, for processors on which barriers are dear: X is read once. The
// four threads of a quad hold an example between them, add up z among themselves, and add x · dz from what they hold; a
// workgroup of four is one quad, for subgroups are made of neighbours, and leaves one partial gradient. What a thread holds has
// names and is no array: such processors keep names in registers and read arrays value by value. X comes from lib/texels-*;
// needs lib/quad, lib/activations, lib/losses, lib/trace, lib/one-output. Twin of one-pass.wgsl.

@group(0) @binding(0) var<uniform> shape: Shape;
@group(0) @binding(2) var<storage, read> model: array<vec4f>;
@group(0) @binding(3) var<storage, read> y: array<f32>;
// for each workgroup: 4 · chunks vec4s of Σ dz · x, then Σ dz, then Σ loss
@group(0) @binding(4) var<storage, read_write> partials: array<vec4f>;
@group(0) @binding(6) var<storage, read_write> trace: Trace;

// chunks that a thread holds of an example, every fourth from its own on: a quarter of all, rounded up; at most 16
override held = 16u;

// Four places of a thread, one chunk each.
struct Four {
  a: Chunk,
  b: Chunk,
  c: Chunk,
  d: Chunk,
}

// The chunk in a thread's n-th place.
fn chunkAt(n: u32, lane: u32) -> u32 {
  return 4u * n + lane;
}

// Only the last place may be empty, so that only that one is asked: `held` is known when the pipeline is made.
fn isThere(n: u32, lane: u32) -> bool {
  return n + 1u < held || (n + 1u == held && chunkAt(n, lane) < shape.chunks);
}

fn loadPlace(n: u32, lane: u32, example: vec2u) -> Chunk {
  if (!isThere(n, lane)) {
    return Chunk();
  }
  return loadTexels(example, chunkAt(n, lane));
}

fn loadFour(n: u32, lane: u32, example: vec2u) -> Four {
  return Four(
    loadPlace(n, lane, example),
    loadPlace(n + 1u, lane, example),
    loadPlace(n + 2u, lane, example),
    loadPlace(n + 3u, lane, example),
  );
}

// For chunks as they lie in place, so that products need no scaling.
fn loadWeights(n: u32, lane: u32) -> Chunk {
  if (!isThere(n, lane)) {
    return Chunk();
  }
  let at = foldedAt(shape) + 4u * chunkAt(n, lane);
  return Chunk(model[at] * inPlaceScale, model[at + 1u] * inPlaceScale, model[at + 2u] * inPlaceScale, model[at + 3u] * inPlaceScale);
}

fn loadFourWeights(n: u32, lane: u32) -> Four {
  return Four(loadWeights(n, lane), loadWeights(n + 1u, lane), loadWeights(n + 2u, lane), loadWeights(n + 3u, lane));
}

// sum + x · factor; one number at a time, for the same reason as in lib/bytes.
fn addProducts(sum: vec4f, x: vec4f, factor: vec4f) -> vec4f {
  return vec4f(sum.x + x.x * factor.x, sum.y + x.y * factor.y, sum.z + x.z * factor.z, sum.w + x.w * factor.w);
}

fn multiply(n: u32, sum: vec4f, x: Chunk, w: Chunk) -> vec4f {
  if (n >= held) {
    return sum;
  }
  return addProducts(addProducts(addProducts(addProducts(sum, x.a, w.a), x.b, w.b), x.c, w.c), x.d, w.d);
}

// sum + x · w, four sums.
fn multiplyFour(n: u32, sum: vec4f, x: Four, w: Four) -> vec4f {
  return multiply(n + 3u, multiply(n + 2u, multiply(n + 1u, multiply(n, sum, x.a, w.a), x.b, w.b), x.c, w.c), x.d, w.d);
}

fn add(n: u32, sum: Chunk, factor: f32, x: Chunk) -> Chunk {
  if (n >= held) {
    return sum;
  }
  let four = vec4f(factor);
  return Chunk(addProducts(sum.a, x.a, four), addProducts(sum.b, x.b, four), addProducts(sum.c, x.c, four), addProducts(sum.d, x.d, four));
}

fn addFour(n: u32, sum: Four, factor: f32, x: Four) -> Four {
  return Four(
    add(n, sum.a, factor, x.a),
    add(n + 1u, sum.b, factor, x.b),
    add(n + 2u, sum.c, factor, x.c),
    add(n + 3u, sum.d, factor, x.d),
  );
}

fn store(n: u32, lane: u32, base: u32, sum: Chunk) {
  if (!isThere(n, lane)) {
    return;
  }
  let at = base + 4u * chunkAt(n, lane);
  partials[at] = sum.a * inPlaceScale;
  partials[at + 1u] = sum.b * inPlaceScale;
  partials[at + 2u] = sum.c * inPlaceScale;
  partials[at + 3u] = sum.d * inPlaceScale;
}

fn storeFour(n: u32, lane: u32, base: u32, sum: Four) {
  store(n, lane, base, sum.a);
  store(n + 1u, lane, base, sum.b);
  store(n + 2u, lane, base, sum.c);
  store(n + 3u, lane, base, sum.d);
}

@compute @workgroup_size(4)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) lane: u32) {
  let chunks = shape.chunks;
  let texels = chunks * texelsInChunk;
  let examplesInRow = textureDimensions(x).x / texels;
  let bias = model[foldedAt(shape) + 4u * chunks].x;
  let w0 = loadFourWeights(0u, lane);
  let w4 = loadFourWeights(4u, lane);
  let w8 = loadFourWeights(8u, lane);
  let w12 = loadFourWeights(12u, lane);
  var sum0 = Four();
  var sum4 = Four();
  var sum8 = Four();
  var sum12 = Four();
  var sumDz = 0.0;
  var sumLoss = 0.0;
  let each = (shape.examples + shape.parts - 1u) / shape.parts;
  let end = min(shape.examples, each * (group.x + 1u));
  var j = each * group.x;
  while (j < end) {
    // runs of 64 examples keep float32's error from growing with m
    let stop = min(end, j + 64u);
    var run0 = Four();
    var run4 = Four();
    var run8 = Four();
    var run12 = Four();
    var runDz = 0.0;
    var runLoss = 0.0;
    for (; j < stop; j++) {
      let example = vec2u(j % examplesInRow * texels, j / examplesInRow);
      let x0 = loadFour(0u, lane, example);
      let x4 = loadFour(4u, lane, example);
      let x8 = loadFour(8u, lane, example);
      let x12 = loadFour(12u, lane, example);
      let half = multiplyFour(4u, multiplyFour(0u, vec4f(), x0, w0), x4, w4);
      let whole = multiplyFour(12u, multiplyFour(8u, half, x8, w8), x12, w12);
      let z = bias + addInQuad((whole.x + whole.y) + (whole.z + whole.w));
      let dz = singleSlope(shape.kind, z, y[j]);
      runDz += dz;
      runLoss += singleLoss(shape.kind, z, y[j]);
      run0 = addFour(0u, run0, dz, x0);
      run4 = addFour(4u, run4, dz, x4);
      run8 = addFour(8u, run8, dz, x8);
      run12 = addFour(12u, run12, dz, x12);
    }
    sum0 = addFour(0u, sum0, 1.0, run0);
    sum4 = addFour(4u, sum4, 1.0, run4);
    sum8 = addFour(8u, sum8, 1.0, run8);
    sum12 = addFour(12u, sum12, 1.0, run12);
    sumDz += runDz;
    sumLoss += runLoss;
  }
  let base = (shape.firstPart + group.x) * partialLength(shape);
  storeFour(0u, lane, base, sum0);
  storeFour(4u, lane, base, sum4);
  storeFour(8u, lane, base, sum8);
  storeFour(12u, lane, base, sum12);
  if (lane == 0u) {
    partials[base + 4u * chunks] = vec4f(sumDz, 0.0, 0.0, 0.0);
    partials[base + 4u * chunks + 1u] = vec4f(sumLoss, 0.0, 0.0, 0.0);
    if (group.x == 0u) {
      trace.stepsNow = trace.steps + 1u;
    }
  }
}
