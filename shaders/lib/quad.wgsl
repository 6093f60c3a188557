enable subgroups;
// The four threads of a quad tell each other their sums without a barrier.

// Σ over the quad, known to all four threads.
fn addInQuad(value: f32) -> f32 {
  let pair = value + quadSwapX(value);
  return pair + quadSwapY(pair);
}
