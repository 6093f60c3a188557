// One update of four parameters at once; twin: src/engine/cpu/kernels/update.ts.

const optimizerGradientDescent = 0u;
const optimizerMomentum = 1u;
const optimizerNesterov = 2u;
const optimizerAdam = 3u;

struct Optimizer {
  kind: u32,
  learningRate: f32,
  beta1: f32,
  beta2: f32,
  epsilon: f32,
  l2: f32,
  // log of beta1 and beta2: beta^t = exp(t log beta)
  logBeta1: f32,
  logBeta2: f32,
}

struct Updated {
  parameter: vec4f,
  moment1: vec4f,
  moment2: vec4f,
}

// 1 - exp(x) for x < 0. Where exp(x) is almost 1, as beta2 is, their difference would keep only half of its digits.
fn belowOne(x: f32) -> f32 {
  if x < -0.1 {
    return 1.0 - exp(x);
  }
  return -x * (1.0 + x / 2.0 * (1.0 + x / 3.0 * (1.0 + x / 4.0 * (1.0 + x / 5.0))));
}

// step counts from 1.
fn optimise(o: Optimizer, step: u32, parameter: vec4f, slope: vec4f, moment1: vec4f, moment2: vec4f) -> Updated {
  switch o.kind {
    case optimizerMomentum: {
      let v = o.beta1 * moment1 + slope;
      return Updated(parameter - o.learningRate * v, v, moment2);
    }
    case optimizerNesterov: {
      let v = o.beta1 * moment1 + slope;
      return Updated(parameter - o.learningRate * (slope + o.beta1 * v), v, moment2);
    }
    case optimizerAdam: {
      let v = o.beta1 * moment1 + belowOne(o.logBeta1) * slope;
      let s = o.beta2 * moment2 + belowOne(o.logBeta2) * slope * slope;
      let correction1 = belowOne(f32(step) * o.logBeta1);
      let correction2 = belowOne(f32(step) * o.logBeta2);
      return Updated(parameter - (o.learningRate / correction1) * v / (sqrt(s / correction2) + o.epsilon), v, s);
    }
    default: {
      return Updated(parameter - o.learningRate * slope, moment1, moment2);
    }
  }
}
