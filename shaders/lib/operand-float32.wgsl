// Operand P of a matmul, stored as float32.

@group(0) @binding(1) var<storage, read> p: array<f32>;

fn loadP(index: u32) -> f32 {
  return p[index];
}
