// C = P · Q (+ bias), one output a thread: the first rung, and the oracle of the faster ones. Operands lie wherever their
// strides say, so that one kernel serves Z = A Wᵀ + b, dW = dZᵀ A and dA = dZ W. Depth may be cut into splits, whose
// parts are written one after the other and added up, in order, by gradient.wgsl. Operand P comes from lib/operand-*; needs lib/matmul.

override workgroupSize = 64u;

@compute @workgroup_size(workgroupSize)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(num_workgroups) groups: vec3u, @builtin(local_invocation_index) local: u32) {
  let output = (group.y * groups.x + group.x) * workgroupSize + local;
  if (output >= shape.rows * shape.columns) {
    return;
  }
  // neighbours in memory go to neighbouring threads
  let rowsNeighbour = shape.rowStrideC == 1u && shape.rows > 1u;
  let i = select(output / shape.columns, output % shape.rows, rowsNeighbour);
  let j = select(output % shape.columns, output / shape.rows, rowsNeighbour);
  let first = group.z * shape.depthPerSplit;
  let end = min(shape.depth, first + shape.depthPerSplit);
  var atP = shape.offsetP + i * shape.rowStrideP + first * shape.depthStrideP;
  var atQ = shape.offsetQ + j * shape.columnStrideQ + first * shape.depthStrideQ;
  // a running sum for each 64 terms keeps float32's error from growing with the depth
  var sum = 0.0;
  var k = first;
  while (k < end) {
    var part = 0.0;
    let stop = min(end, k + 64u);
    for (; k < stop; k++) {
      part += loadP(atP) * q[atQ];
      atP += shape.depthStrideP;
      atQ += shape.depthStrideQ;
    }
    sum += part;
  }
  if (shape.hasBias != 0u) {
    sum += bias[shape.offsetBias + j];
  }
  c[group.z * shape.rows * shape.columns + i * shape.rowStrideC + j * shape.columnStrideC] = sum;
}
