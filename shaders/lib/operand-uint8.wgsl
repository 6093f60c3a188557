// Operand P of a matmul, stored as bytes, four a word.

@group(0) @binding(1) var<storage, read> p: array<u32>;

fn loadP(index: u32) -> f32 {
  return f32((p[index >> 2u] >> ((index & 3u) * 8u)) & 0xffu);
}
