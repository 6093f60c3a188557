// J(w, b) of logistic regression with one feature on a grid: one thread a grid point, which adds the loss of every example
// in order. Needs lib/activations, lib/losses. Twin: src/engine/cpu/kernels/loss-surface.ts.

struct Grid {
  columns: u32,
  rows: u32,
  examples: u32,
  kind: u32,
  firstW: f32,
  stepW: f32,
  firstB: f32,
  stepB: f32,
}

@group(0) @binding(0) var<uniform> grid: Grid;
// (x, y) of each example
@group(0) @binding(1) var<storage, read> examples: array<vec2f>;
// row by row; w grows along a row, b from row to row
@group(0) @binding(2) var<storage, read_write> cost: array<f32>;

override workgroupSize = 64u;

@compute @workgroup_size(workgroupSize)
fn main(@builtin(workgroup_id) group: vec3u, @builtin(num_workgroups) groups: vec3u, @builtin(local_invocation_index) local: u32) {
  let at = (group.y * groups.x + group.x) * workgroupSize + local;
  if (at >= grid.columns * grid.rows) {
    return;
  }
  let w = grid.firstW + f32(at % grid.columns) * grid.stepW;
  let b = grid.firstB + f32(at / grid.columns) * grid.stepB;
  var sum = 0.0;
  for (var j = 0u; j < grid.examples; j++) {
    let example = examples[j];
    sum += singleLoss(grid.kind, w * example.x + b, example.y);
  }
  cost[at] = sum / max(f32(grid.examples), 1.0);
}
