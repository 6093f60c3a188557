// First kernel of a one-pass step of a model with one output, for processors on which barriers are dear: X is read once. The
// four threads of a quad hold two examples between them, add up z among themselves, and x · dz from what they hold; a
// workgroup is one quad and leaves one partial gradient. What a thread holds has names and is no array, for such processors
// keep names in registers and read arrays value by value. X comes from lib/chunk-*; needs lib/quad, lib/activations,
// lib/losses, lib/trace, lib/one-output. Twin of one-pass.wgsl.

@group(0) @binding(0) var<uniform> shape: Shape;
@group(0) @binding(2) var<storage, read> model: array<vec4f>;
@group(0) @binding(3) var<storage, read> y: array<f32>;
// for each workgroup: 4 · chunks vec4s of Σ dz · x, then Σ dz, then Σ loss
@group(0) @binding(4) var<storage, read_write> partials: array<vec4f>;
@group(0) @binding(6) var<storage, read_write> trace: Trace;

// chunks that a thread holds of an example, every fourth from its own on: chunks / 4, rounded up; at most 16
override held = 16u;

// Four chunks of a thread.
struct Four {
  a: Chunk,
  b: Chunk,
  c: Chunk,
  d: Chunk,
}

// The chunk in a thread's n-th place. Only in the last place there may be none, and only that one is asked, for `held` is known
// when the pipeline is made.
fn chunkAt(n: u32, lane: u32) -> u32 {
  return 4u * n + lane;
}

fn isThere(n: u32, lane: u32) -> bool {
  return n + 1u < held || (n + 1u == held && chunkAt(n, lane) < shape.chunks);
}

fn loadHeld(n: u32, lane: u32, row: u32) -> Chunk {
  if (!isThere(n, lane)) {
    return Chunk();
  }
  return loadInPlace(row + chunkAt(n, lane));
}

fn loadFour(n: u32, lane: u32, row: u32) -> Four {
  return Four(loadHeld(n, lane, row), loadHeld(n + 1u, lane, row), loadHeld(n + 2u, lane, row), loadHeld(n + 3u, lane, row));
}

// As lib/chunk-* leaves a chunk in place, so that products need no scaling.
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

fn product(n: u32, x: Chunk, w: Chunk) -> vec4f {
  if (n >= held) {
    return vec4f();
  }
  return (x.a * w.a + x.b * w.b) + (x.c * w.c + x.d * w.d);
}

fn products(n: u32, x: Four, w: Four) -> f32 {
  let sum = (product(n, x.a, w.a) + product(n + 1u, x.b, w.b)) + (product(n + 2u, x.c, w.c) + product(n + 3u, x.d, w.d));
  return (sum.x + sum.y) + (sum.z + sum.w);
}

fn add(n: u32, sum: Chunk, dz: vec2f, x: Chunk, other: Chunk) -> Chunk {
  if (n >= held) {
    return sum;
  }
  return Chunk(
    sum.a + (dz.x * x.a + dz.y * other.a),
    sum.b + (dz.x * x.b + dz.y * other.b),
    sum.c + (dz.x * x.c + dz.y * other.c),
    sum.d + (dz.x * x.d + dz.y * other.d),
  );
}

// sum + x · dz of two examples.
fn addFour(n: u32, sum: Four, dz: vec2f, x: Four, other: Four) -> Four {
  return Four(
    add(n, sum.a, dz, x.a, other.a),
    add(n + 1u, sum.b, dz, x.b, other.b),
    add(n + 2u, sum.c, dz, x.c, other.c),
    add(n + 3u, sum.d, dz, x.d, other.d),
  );
}

fn addChunks(n: u32, sum: Chunk, run: Chunk) -> Chunk {
  if (n >= held) {
    return sum;
  }
  return Chunk(sum.a + run.a, sum.b + run.b, sum.c + run.c, sum.d + run.d);
}

fn addRun(n: u32, sum: Four, run: Four) -> Four {
  return Four(
    addChunks(n, sum.a, run.a),
    addChunks(n + 1u, sum.b, run.b),
    addChunks(n + 2u, sum.c, run.c),
    addChunks(n + 3u, sum.d, run.d),
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
  let bias = model[foldedAt(shape) + 4u * shape.chunks].x;
  let w0 = loadFourWeights(0u, lane);
  let w4 = loadFourWeights(4u, lane);
  let w8 = loadFourWeights(8u, lane);
  let w12 = loadFourWeights(12u, lane);
  var sum0 = Four();
  var sum4 = Four();
  var sum8 = Four();
  var sum12 = Four();
  var sums = vec2f();
  // an even number of examples each, so that at most the last of all stands alone
  let pairs = (shape.examples + 2u * shape.parts - 1u) / (2u * shape.parts);
  let end = min(shape.examples, 2u * pairs * (group.x + 1u));
  var i = 2u * pairs * group.x;
  while (i < end) {
    // runs of 64 examples keep float32's error from growing with m
    let stop = min(end, i + 64u);
    var run0 = Four();
    var run4 = Four();
    var run8 = Four();
    var run12 = Four();
    var runs = vec2f();
    for (; i < stop; i += 2u) {
      // where there is no second one, the first is held twice and counts once
      let j = min(i + 1u, end - 1u);
      let x0 = loadFour(0u, lane, i * shape.chunks);
      let x4 = loadFour(4u, lane, i * shape.chunks);
      let x8 = loadFour(8u, lane, i * shape.chunks);
      let x12 = loadFour(12u, lane, i * shape.chunks);
      let y0 = loadFour(0u, lane, j * shape.chunks);
      let y4 = loadFour(4u, lane, j * shape.chunks);
      let y8 = loadFour(8u, lane, j * shape.chunks);
      let y12 = loadFour(12u, lane, j * shape.chunks);
      let z = bias + addInQuad(vec2f(
        (products(0u, x0, w0) + products(4u, x4, w4)) + (products(8u, x8, w8) + products(12u, x12, w12)),
        (products(0u, y0, w0) + products(4u, y4, w4)) + (products(8u, y8, w8) + products(12u, y12, w12)),
      ));
      var dz = vec2f(singleSlope(shape.kind, z.x, y[i]), singleSlope(shape.kind, z.y, y[j]));
      var loss = vec2f(singleLoss(shape.kind, z.x, y[i]), singleLoss(shape.kind, z.y, y[j]));
      if (j == i) {
        dz.y = 0.0;
        loss.y = 0.0;
      }
      runs += vec2f(dz.x + dz.y, loss.x + loss.y);
      run0 = addFour(0u, run0, dz, x0, y0);
      run4 = addFour(4u, run4, dz, x4, y4);
      run8 = addFour(8u, run8, dz, x8, y8);
      run12 = addFour(12u, run12, dz, x12, y12);
    }
    sum0 = addRun(0u, sum0, run0);
    sum4 = addRun(4u, sum4, run4);
    sum8 = addRun(8u, sum8, run8);
    sum12 = addRun(12u, sum12, run12);
    sums += runs;
  }
  let base = (shape.firstPart + group.x) * partialLength(shape);
  storeFour(0u, lane, base, sum0);
  storeFour(4u, lane, base, sum4);
  storeFour(8u, lane, base, sum8);
  storeFour(12u, lane, base, sum12);
  if (lane == 0u) {
    partials[base + 4u * shape.chunks] = vec4f(sums.x, 0.0, 0.0, 0.0);
    partials[base + 4u * shape.chunks + 1u] = vec4f(sums.y, 0.0, 0.0, 0.0);
    if (group.x == 0u) {
      trace.stepsNow = trace.steps + 1u;
    }
  }
}
