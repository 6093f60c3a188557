enable subgroups;
// The four threads of a quad tell each other sums without a barrier.

// Σ over the quad, known to all four threads.
fn addInQuad(value: vec2f) -> vec2f {
  let pair = value + quadSwapX(value);
  return pair + quadSwapY(pair);
}
