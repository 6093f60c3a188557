// C = P · Q (+ bias) by tiles: a workgroup brings a tile of P and of Q into workgroup memory, each thread keeps 4 × 4 sums
// in registers. Same bindings, same strides and same answer as matmul.wgsl; each value read from memory is used by a
// whole tile. Operand P comes from lib/operand-*; needs lib/matmul.

const threadsAcross = 8u;
const threads = 64u;
const tileSide = 32u;
const tileDepth = 16u;

// one row for each step of depth, so that a thread's four values lie side by side
var<workgroup> tileP: array<vec4f, 128>;
var<workgroup> tileQ: array<vec4f, 128>;

fn readP(i: u32, k: u32, end: u32) -> f32 {
  if (i >= shape.rows || k >= end) {
    return 0.0;
  }
  return loadP(shape.offsetP + i * shape.rowStrideP + k * shape.depthStrideP);
}

fn readQ(k: u32, j: u32, end: u32) -> f32 {
  if (j >= shape.columns || k >= end) {
    return 0.0;
  }
  return q[shape.offsetQ + k * shape.depthStrideQ + j * shape.columnStrideQ];
}

// loops, not four calls each: compilers that inline everything are much faster then
fn readFourP(i: u32, k: u32, end: u32) -> vec4f {
  var four = vec4f();
  for (var row = 0u; row < 4u; row++) {
    four[row] = readP(i + row, k, end);
  }
  return four;
}

fn readFourQ(k: u32, j: u32, end: u32) -> vec4f {
  var four = vec4f();
  for (var column = 0u; column < 4u; column++) {
    four[column] = readQ(k, j + column, end);
  }
  return four;
}

// Slot s of a tile holds side values 4 · (s % 8) … + 3 at depth s / 8. Where depth is contiguous in memory, threads walk
// along it; otherwise along the side.
fn fillTiles(local: u32, firstRow: u32, firstColumn: u32, k: u32, end: u32) {
  for (var slot = local; slot < tileDepth * threadsAcross; slot += threads) {
    let sideP = select(slot % threadsAcross, slot / tileDepth, shape.depthStrideP == 1u);
    let depthP = select(slot / threadsAcross, slot % tileDepth, shape.depthStrideP == 1u);
    let i = firstRow + 4u * sideP;
    tileP[depthP * threadsAcross + sideP] = readFourP(i, k + depthP, end);
    let sideQ = select(slot % threadsAcross, slot / tileDepth, shape.depthStrideQ == 1u);
    let depthQ = select(slot / threadsAcross, slot % tileDepth, shape.depthStrideQ == 1u);
    let j = firstColumn + 4u * sideQ;
    tileQ[depthQ * threadsAcross + sideQ] = readFourQ(k + depthQ, j, end);
  }
}

@compute @workgroup_size(64)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) local: u32) {
  let firstRow = group.y * tileSide;
  let firstColumn = group.x * tileSide;
  let first = group.z * shape.depthPerSplit;
  let end = min(shape.depth, first + shape.depthPerSplit);
  let across = local % threadsAcross;
  let down = local / threadsAcross;
  var sum0 = vec4f();
  var sum1 = vec4f();
  var sum2 = vec4f();
  var sum3 = vec4f();
  for (var k = first; k < end; k += tileDepth) {
    fillTiles(local, firstRow, firstColumn, k, end);
    workgroupBarrier();
    var part0 = vec4f();
    var part1 = vec4f();
    var part2 = vec4f();
    var part3 = vec4f();
    for (var d = 0u; d < tileDepth; d++) {
      let left = tileP[d * threadsAcross + down];
      let right = tileQ[d * threadsAcross + across];
      part0 += left.x * right;
      part1 += left.y * right;
      part2 += left.z * right;
      part3 += left.w * right;
    }
    sum0 += part0;
    sum1 += part1;
    sum2 += part2;
    sum3 += part3;
    workgroupBarrier();
  }
  let part = group.z * shape.rows * shape.columns;
  let i = firstRow + 4u * down;
  let j = firstColumn + 4u * across;
  store(part, i, j, sum0);
  store(part, i + 1u, j, sum1);
  store(part, i + 2u, j, sum2);
  store(part, i + 3u, j, sum3);
}
