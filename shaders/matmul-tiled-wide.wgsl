// C = P · Q (+ bias) by tiles twice as tall as those of matmul-tiled.wgsl: 8 × 4 sums a thread, so that three vectors read
// from workgroup memory feed eight multiply-adds instead of two feeding four. Same bindings, same strides and same answer as
// matmul.wgsl. Operand P comes from lib/operand-*; needs lib/matmul and lib/matmul-sums.

const threadsAcross = 8u;
const threads = 64u;
const threadsDown = 8u;
const rowsOfTile = 64u;
const columnsOfTile = 32u;
const tileDepth = 16u;

// one row for each step of depth, so that a thread's four values lie side by side
var<workgroup> tileP: array<vec4f, 256>;
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

// Slot s of P's tile holds rows 4 · (s % 16) … + 3 at depth s / 16, of Q's tile columns 4 · (s % 8) … + 3 at depth s / 8.
// Where depth is contiguous in memory, threads walk along it; otherwise along the side.
fn fillTiles(local: u32, firstRow: u32, firstColumn: u32, k: u32, end: u32) {
  let fours = 2u * threadsDown;
  for (var slot = local; slot < tileDepth * fours; slot += threads) {
    let side = select(slot % fours, slot / tileDepth, shape.depthStrideP == 1u);
    let depth = select(slot / fours, slot % tileDepth, shape.depthStrideP == 1u);
    let i = firstRow + 4u * side;
    tileP[depth * fours + side] = readFourP(i, k + depth, end);
  }
  for (var slot = local; slot < tileDepth * threadsAcross; slot += threads) {
    let side = select(slot % threadsAcross, slot / tileDepth, shape.depthStrideQ == 1u);
    let depth = select(slot / threadsAcross, slot % tileDepth, shape.depthStrideQ == 1u);
    let j = firstColumn + 4u * side;
    tileQ[depth * threadsAcross + side] = readFourQ(k + depth, j, end);
  }
}

@compute @workgroup_size(64)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) local: u32) {
  let firstRow = group.y * rowsOfTile;
  let firstColumn = group.x * columnsOfTile;
  let first = group.z * shape.depthPerSplit;
  let end = min(shape.depth, first + shape.depthPerSplit);
  let across = local % threadsAcross;
  let down = local / threadsAcross;
  var sums = Sums();
  var part = Sums();
  var turns = 0u;
  for (var k = first; k < end; k += tileDepth) {
    fillTiles(local, firstRow, firstColumn, k, end);
    workgroupBarrier();
    for (var d = 0u; d < tileDepth; d++) {
      let at = 2u * (d * threadsDown + down);
      addOuter(&part, tileP[at], tileP[at + 1u], tileQ[d * threadsAcross + across]);
    }
    workgroupBarrier();
    // runs of 64 keep float32's error from growing with the depth
    turns++;
    if (turns % 4u == 0u) {
      sums = addSums(sums, part);
      part = Sums();
    }
  }
  sums = addSums(sums, part);
  storeSums(group.z * shape.rows * shape.columns, firstRow + 8u * down, firstColumn + 4u * across, sums);
}
