// C = P · Q (+ bias), 8 × 4 outputs a thread, in registers and nothing else: no workgroup memory and no barrier, so that it
// suits processors on which barriers are dear. Same bindings, same strides and same answer as matmul.wgsl. P is read four
// neighbours at a time, along the depth or along the rows, whichever lies side by side in memory. Operand P comes from
// lib/operand-*, which may ask for four neighbours to begin at a multiple of four, or read them together with the three other
// threads of a quad: the tiles of a quad share their rows when there are a multiple of four across. Needs
// lib/matmul and lib/matmul-sums.

override workgroupSize = 64u;
// P's depth lies side by side (depthStrideP is 1); otherwise its rows do (rowStrideP is 1)
override depthAdjoins = true;

// Four columns of Q at one depth; nothing past the end.
fn loadRight(columns: vec4u, k: u32, end: u32) -> vec4f {
  let at = columns + min(k, end - 1u) * shape.depthStrideQ;
  return select(vec4f(), vec4f(q[at.x], q[at.y], q[at.z], q[at.w]), k < end);
}

@compute @workgroup_size(workgroupSize)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(num_workgroups) groups: vec3u, @builtin(local_invocation_index) local: u32) {
  let tilesAcross = (shape.columns + 3u) / 4u;
  let tilesDown = (shape.rows + 7u) / 8u;
  let tile = (group.y * groups.x + group.x) * workgroupSize + local;
  let i = 8u * (tile / tilesAcross);
  let j = 4u * (tile % tilesAcross);
  let first = group.z * shape.depthPerSplit;
  let end = min(shape.depth, first + shape.depthPerSplit);
  // rows and columns past the end read the last one again and are not stored
  let lastRow = shape.rows - 1u;
  let lastColumn = shape.columns - 1u;
  let low = shape.offsetP + vec4u(min(i, lastRow), min(i + 1u, lastRow), min(i + 2u, lastRow), min(i + 3u, lastRow)) * shape.rowStrideP;
  let high = shape.offsetP + vec4u(min(i + 4u, lastRow), min(i + 5u, lastRow), min(i + 6u, lastRow), min(i + 7u, lastRow)) * shape.rowStrideP;
  let columns = shape.offsetQ + vec4u(j, min(j + 1u, lastColumn), min(j + 2u, lastColumn), min(j + 3u, lastColumn)) * shape.columnStrideQ;
  var sums = Sums();
  var k = first;
  while (k < end) {
    // runs of 64 keep float32's error from growing with the depth
    var part = Sums();
    let stop = min(end, k + 64u);
    for (; k < stop; k += 4u) {
      let right0 = loadRight(columns, k, end);
      let right1 = loadRight(columns, k + 1u, end);
      let right2 = loadRight(columns, k + 2u, end);
      let right3 = loadRight(columns, k + 3u, end);
      if (depthAdjoins) {
        let a = loadFourP(low.x + k, local);
        let b = loadFourP(low.y + k, local);
        let c = loadFourP(low.z + k, local);
        let d = loadFourP(low.w + k, local);
        let e = loadFourP(high.x + k, local);
        let f = loadFourP(high.y + k, local);
        let g = loadFourP(high.z + k, local);
        let h = loadFourP(high.w + k, local);
        addOuter(&part, vec4f(a.x, b.x, c.x, d.x), vec4f(e.x, f.x, g.x, h.x), right0);
        addOuter(&part, vec4f(a.y, b.y, c.y, d.y), vec4f(e.y, f.y, g.y, h.y), right1);
        addOuter(&part, vec4f(a.z, b.z, c.z, d.z), vec4f(e.z, f.z, g.z, h.z), right2);
        addOuter(&part, vec4f(a.w, b.w, c.w, d.w), vec4f(e.w, f.w, g.w, h.w), right3);
      } else {
        let at = shape.offsetP + i;
        let last = end - 1u;
        addOuter(&part, loadFourP(at + k * shape.depthStrideP, local), loadFourP(at + 4u + k * shape.depthStrideP, local), right0);
        let k1 = min(k + 1u, last) * shape.depthStrideP;
        addOuter(&part, loadFourP(at + k1, local), loadFourP(at + 4u + k1, local), right1);
        let k2 = min(k + 2u, last) * shape.depthStrideP;
        addOuter(&part, loadFourP(at + k2, local), loadFourP(at + 4u + k2, local), right2);
        let k3 = min(k + 3u, last) * shape.depthStrideP;
        addOuter(&part, loadFourP(at + k3, local), loadFourP(at + 4u + k3, local), right3);
      }
    }
    sums = addSums(sums, part);
  }
  if (tile >= tilesAcross * tilesDown) {
    return;
  }
  storeSums(group.z * shape.rows * shape.columns, i, j, sums);
}
