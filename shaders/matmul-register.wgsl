// C = P · Q (+ bias), 4 × 4 outputs a thread, in registers and nothing else: no workgroup memory and no barrier, so that it
// suits processors on which barriers are dear. Same bindings, same strides and same answer as matmul.wgsl; half a load for
// each multiply-add instead of two. Operand P comes from lib/operand-*; needs lib/matmul.

override workgroupSize = 64u;

@compute @workgroup_size(workgroupSize)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(num_workgroups) groups: vec3u, @builtin(local_invocation_index) local: u32) {
  let tilesAcross = (shape.columns + 3u) / 4u;
  let tilesDown = (shape.rows + 3u) / 4u;
  let tile = (group.y * groups.x + group.x) * workgroupSize + local;
  if (tile >= tilesAcross * tilesDown) {
    return;
  }
  let i = 4u * (tile / tilesAcross);
  let j = 4u * (tile % tilesAcross);
  let first = group.z * shape.depthPerSplit;
  let end = min(shape.depth, first + shape.depthPerSplit);
  // rows and columns past the end read the last one again and are not stored
  let lastRow = shape.rows - 1u;
  let lastColumn = shape.columns - 1u;
  var atP = shape.offsetP + vec4u(i, min(i + 1u, lastRow), min(i + 2u, lastRow), min(i + 3u, lastRow)) * shape.rowStrideP + first * shape.depthStrideP;
  var atQ = shape.offsetQ + vec4u(j, min(j + 1u, lastColumn), min(j + 2u, lastColumn), min(j + 3u, lastColumn)) * shape.columnStrideQ + first * shape.depthStrideQ;
  var sum0 = vec4f();
  var sum1 = vec4f();
  var sum2 = vec4f();
  var sum3 = vec4f();
  var k = first;
  while (k < end) {
    var part0 = vec4f();
    var part1 = vec4f();
    var part2 = vec4f();
    var part3 = vec4f();
    let stop = min(end, k + 64u);
    for (; k < stop; k++) {
      let right = vec4f(q[atQ.x], q[atQ.y], q[atQ.z], q[atQ.w]);
      part0 += loadP(atP.x) * right;
      part1 += loadP(atP.y) * right;
      part2 += loadP(atP.z) * right;
      part3 += loadP(atP.w) * right;
      atP += shape.depthStrideP;
      atQ += shape.depthStrideQ;
    }
    sum0 += part0;
    sum1 += part1;
    sum2 += part2;
    sum3 += part3;
  }
  let part = group.z * shape.rows * shape.columns;
  store(part, i, j, sum0);
  store(part, i + 1u, j, sum1);
  store(part, i + 2u, j, sum2);
  store(part, i + 3u, j, sum3);
}
