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
  // log of beta1 and beta2, so that beta^t = exp(t log beta) has no error that grows with t
  logBeta1: f32,
  logBeta2: f32,
}

struct Updated {
  parameter: vec4f,
  moment1: vec4f,
  moment2: vec4f,
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
      let v = o.beta1 * moment1 + (1.0 - o.beta1) * slope;
      let s = o.beta2 * moment2 + (1.0 - o.beta2) * slope * slope;
      let correction1 = 1.0 - exp(f32(step) * o.logBeta1);
      let correction2 = 1.0 - exp(f32(step) * o.logBeta2);
      return Updated(parameter - (o.learningRate / correction1) * v / (sqrt(s / correction2) + o.epsilon), v, s);
    }
    default: {
      return Updated(parameter - o.learningRate * slope, moment1, moment2);
    }
  }
}
