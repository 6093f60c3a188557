// Activations of hidden layers and their slopes, chosen by number; twin: src/math/activations.ts.

const activationSigmoid = 0u;
const activationTanh = 1u;
const activationRelu = 2u;
const activationLeakyRelu = 3u;
const activationIdentity = 4u;
const leak = 0.01;

// The branch whose exponential cannot overflow.
fn sigmoid(z: f32) -> f32 {
  let shrunk = exp(-abs(z));
  let upper = 1.0 / (1.0 + shrunk);
  return select(shrunk * upper, upper, z >= 0.0);
}

// tanh by way of expm1's series near 0: WGSL promises tanh no better than sinh / cosh, which cancels there.
fn tanhOf(z: f32) -> f32 {
  let size = abs(z);
  let square = z * z;
  let series = z * (1.0 + square * (-0.33333334 + square * (0.13333334 - square * 0.053968254)));
  let shrunk = exp(-2.0 * size);
  let whole = sign(z) * (1.0 - shrunk) / (1.0 + shrunk);
  return select(whole, series, size < 0.2);
}

fn activate(kind: u32, z: f32) -> f32 {
  switch kind {
    case activationSigmoid: { return sigmoid(z); }
    case activationTanh: { return tanhOf(z); }
    case activationRelu: { return max(z, 0.0); }
    case activationLeakyRelu: { return select(leak * z, z, z > 0.0); }
    default: { return z; }
  }
}

fn activationSlope(kind: u32, z: f32, a: f32) -> f32 {
  switch kind {
    case activationSigmoid: { return a * (1.0 - a); }
    case activationTanh: { return 1.0 - a * a; }
    case activationRelu: { return select(0.0, 1.0, z > 0.0); }
    case activationLeakyRelu: { return select(leak, 1.0, z > 0.0); }
    default: { return 1.0; }
  }
}
