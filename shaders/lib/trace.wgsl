// What a trainer remembers on the GPU: how many steps are done, the penalty of each layer, the latest costs.

struct Trace {
  // steps done; read by everything but the kernel that finishes a step
  steps: u32,
  // steps done, this one included; set by the first kernel of a two-pass step and read by its second
  stepsNow: u32,
  spare0: u32,
  spare1: u32,
  // lambda / 2 times the sum of squared weights, layer by layer
  penalties: array<f32, 16>,
  costs: array<f32>,
}
