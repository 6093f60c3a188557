// Operand P of a matmul, stored as float32.

@group(0) @binding(1) var<storage, read> p: array<f32>;

fn loadP(index: u32) -> f32 {
  return p[index];
}

// lane: for operands whose threads read for each other.
fn loadFourP(index: u32, lane: u32) -> vec4f {
  return vec4f(p[index], p[index + 1u], p[index + 2u], p[index + 3u]);
}
