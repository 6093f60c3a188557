// What the plans for one output share: the shape, and the sections of the model buffer, each 4 · chunks + 1 vec4s long: the
// weights with the bias behind them, the same with the scaling folded in, their gradient, first moments, second moments.

struct Shape {
  examples: u32,
  // sixteen features each
  chunks: u32,
  kind: u32,
  ringSize: u32,
  // sums that the first kernel leaves for the second: one a workgroup
  parts: u32,
  // sums that other shards of X have left in front of this one's
  firstPart: u32,
}

fn sectionLength(shape: Shape) -> u32 {
  return 4u * shape.chunks + 1u;
}

fn foldedAt(shape: Shape) -> u32 {
  return sectionLength(shape);
}
