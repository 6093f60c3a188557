// What both forms of the second pass share. Needs lib/one-output, lib/finish, lib/chunk-*.

@group(0) @binding(4) var<storage, read> dz: array<f32>;
@group(0) @binding(5) var<storage, read> losses: array<f32>;

struct Sums {
  a: vec4f,
  b: vec4f,
  c: vec4f,
  d: vec4f,
}

// Σ dz · x over every lanes-th example, in runs of 64, so that float32's error does not grow with m.
fn slopes(chunk: u32, lane: u32, lanes: u32) -> Sums {
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
