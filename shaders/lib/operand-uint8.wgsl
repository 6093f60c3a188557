// Operand P of a matmul, stored as bytes, four a word.

@group(0) @binding(1) var<storage, read> p: array<u32>;

fn loadP(index: u32) -> f32 {
  return f32((p[index >> 2u] >> ((index & 3u) * 8u)) & 0xffu);
}

// Index is a multiple of four; lane: for operands whose threads read for each other.
fn loadFourP(index: u32, lane: u32) -> vec4f {
  let word = p[index >> 2u];
  return vec4f(bitcast<vec4i>(vec4u(word, word >> 8u, word >> 16u, word >> 24u) & vec4u(0xffu)));
}
