// Eight rows of four sums each, what one thread of the larger matmuls makes. Needs lib/matmul.

struct Sums {
  row0: vec4f,
  row1: vec4f,
  row2: vec4f,
  row3: vec4f,
  row4: vec4f,
  row5: vec4f,
  row6: vec4f,
  row7: vec4f,
}

// One depth's column of P, eight rows, times one depth's row of Q, four columns.
fn addOuter(sums: ptr<function, Sums>, low: vec4f, high: vec4f, right: vec4f) {
  (*sums).row0 += low.x * right;
  (*sums).row1 += low.y * right;
  (*sums).row2 += low.z * right;
  (*sums).row3 += low.w * right;
  (*sums).row4 += high.x * right;
  (*sums).row5 += high.y * right;
  (*sums).row6 += high.z * right;
  (*sums).row7 += high.w * right;
}

fn addSums(a: Sums, b: Sums) -> Sums {
  return Sums(a.row0 + b.row0, a.row1 + b.row1, a.row2 + b.row2, a.row3 + b.row3, a.row4 + b.row4, a.row5 + b.row5, a.row6 + b.row6, a.row7 + b.row7);
}

// part is where the split's own C starts.
fn storeSums(part: u32, i: u32, j: u32, sums: Sums) {
  // a loop, not eight calls: compilers that inline everything are much faster then
  var rows = array<vec4f, 8>(sums.row0, sums.row1, sums.row2, sums.row3, sums.row4, sums.row5, sums.row6, sums.row7);
  for (var r = 0u; r < 8u; r++) {
    store(part, i + r, j, rows[r]);
  }
}
