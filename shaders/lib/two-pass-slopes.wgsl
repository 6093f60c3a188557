// Sums over a block of examples for one slice of sixteen features, by a thread all alone. Needs lib/one-output, lib/chunk-*.

@group(0) @binding(4) var<storage, read> dz: array<f32>;
@group(0) @binding(5) var<storage, read> losses: array<f32>;

struct Sums {
  a: vec4f,
  b: vec4f,
  c: vec4f,
  d: vec4f,
}

// Σ dz · x over the examples from first to before end, in runs of 64, so that float32's error does not grow with m.
fn slopesAlone(chunk: u32, first: u32, end: u32) -> Sums {
  var sum = Sums();
  var j = first;
  while (j < end) {
    var part = Sums();
    let stop = min(end, j + 64u);
    for (; j < stop; j++) {
      let raw = loadInPlace(j * shape.chunks + chunk);
      let slope = dz[j];
      part.a += slope * raw.a;
      part.b += slope * raw.b;
      part.c += slope * raw.c;
      part.d += slope * raw.d;
    }
    sum = Sums(sum.a + part.a, sum.b + part.b, sum.c + part.c, sum.d + part.d);
  }
  return Sums(sum.a * inPlaceScale, sum.b * inPlaceScale, sum.c * inPlaceScale, sum.d * inPlaceScale);
}

// Σ dz and Σ loss over the examples from first to before end, in runs of 64.
fn slopeAndLoss(first: u32, end: u32) -> vec2f {
  var sum = vec2f();
  var j = first;
  while (j < end) {
    var part = vec2f();
    let stop = min(end, j + 64u);
    for (; j < stop; j++) {
      part += vec2f(dz[j], losses[j]);
    }
    sum += part;
  }
  return sum;
}
