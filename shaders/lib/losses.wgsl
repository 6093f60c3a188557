// Losses of one output and their slopes, from z; twin: src/math/costs.ts. Needs lib/activations.wgsl.

const lossSigmoidCrossEntropy = 0u;
const lossSigmoidSquaredError = 1u;
const lossLinearSquaredError = 2u;
const lossLinearHinge = 3u;
const lossSoftmaxCrossEntropy = 4u;

// log(1 + x) for 0 <= x <= 1, without the error of WGSL's log near 1: log(1 + x) = 2 artanh(x / (2 + x)), by its series.
fn log1p(x: f32) -> f32 {
  let s = x / (2.0 + x);
  let q = s * s;
  return 2.0 * s * (1.0 + q * (0.33333333 + q * (0.2 + q * (0.14285715 + q * (0.11111111 + q * (0.09090909 + q * 0.07692308))))));
}

// y is 0 or 1, or a real number for linear outputs; for hinge it is 0 or 1 too.
fn singleLoss(kind: u32, z: f32, y: f32) -> f32 {
  switch kind {
    // log(1 + e^z) - y z; what cancels for an example that is right stands together, so that its small loss is exact
    case lossSigmoidCrossEntropy: { return max(z, 0.0) - y * z + log1p(exp(-abs(z))); }
    case lossSigmoidSquaredError: {
      let error = sigmoid(z) - y;
      return 0.5 * error * error;
    }
    case lossLinearSquaredError: {
      let error = z - y;
      return 0.5 * error * error;
    }
    default: { return max(0.0, 1.0 - (2.0 * y - 1.0) * z); }
  }
}

fn singleSlope(kind: u32, z: f32, y: f32) -> f32 {
  switch kind {
    case lossSigmoidCrossEntropy: { return sigmoid(z) - y; }
    case lossSigmoidSquaredError: {
      let a = sigmoid(z);
      return (a - y) * a * (1.0 - a);
    }
    case lossLinearSquaredError: { return z - y; }
    default: {
      let t = 2.0 * y - 1.0;
      return select(0.0, -t, t * z < 1.0);
    }
  }
}
