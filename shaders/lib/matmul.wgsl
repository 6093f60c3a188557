// What the matmuls share: shape and strides, the operands but for P, and storing four outputs of a row.

struct Shape {
  rows: u32,
  columns: u32,
  depth: u32,
  depthPerSplit: u32,
  rowStrideP: u32,
  depthStrideP: u32,
  offsetP: u32,
  depthStrideQ: u32,
  columnStrideQ: u32,
  offsetQ: u32,
  rowStrideC: u32,
  columnStrideC: u32,
  offsetBias: u32,
  hasBias: u32,
}

@group(0) @binding(0) var<uniform> shape: Shape;
@group(0) @binding(2) var<storage, read> q: array<f32>;
@group(0) @binding(3) var<storage, read> bias: array<f32>;
@group(0) @binding(4) var<storage, read_write> c: array<f32>;

// Columns j .. j + 3 of row i, as far as they exist; part is where the split's own C starts.
fn store(part: u32, i: u32, j: u32, sum: vec4f) {
  if (i >= shape.rows) {
    return;
  }
  for (var column = 0u; column < 4u; column++) {
    if (j + column < shape.columns) {
      var value = sum[column];
      if (shape.hasBias != 0u) {
        value += bias[shape.offsetBias + j + column];
      }
      c[part + i * shape.rowStrideC + (j + column) * shape.columnStrideC] = value;
    }
  }
}
