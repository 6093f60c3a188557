// What the plans for models without a hidden layer share: the shape, and the sections of the model buffer: the weights, row
// by row, with the biases behind them, four a vec4; the same with the scaling folded in; their gradient; first moments; second
// moments. One output is the common case, and the plans named after it take no other.

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
  outputs: u32,
}

// Of all weights, in vec4s; the biases begin there.
fn weightsLength(shape: Shape) -> u32 {
  return shape.outputs * 4u * shape.chunks;
}

fn sectionLength(shape: Shape) -> u32 {
  return weightsLength(shape) + (shape.outputs + 3u) / 4u;
}

fn foldedAt(shape: Shape) -> u32 {
  return sectionLength(shape);
}

// Of a partial gradient: Σ dz · x, Σ dz, and in a vec4 of its own Σ loss.
fn partialLength(shape: Shape) -> u32 {
  return sectionLength(shape) + 1u;
}
