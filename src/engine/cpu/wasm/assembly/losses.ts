/** Losses of the output layer from z, with their slopes and ŷ. Twin of `math/costs.ts`. */
import { lossLinearSquaredError, lossSigmoidCrossEntropy, lossSigmoidSquaredError, lossSoftmax } from '../fields.ts';
import { exp, log1p, logOnePlus, Simd, sigmoid } from './simd.ts';

/** Four examples of one output: stores dL/dz at `dzAt`, gives L. */
export function lossOfFour(loss: i32, z: v128, y: v128, dzAt: usize): v128 {
  if (loss === lossSigmoidCrossEntropy) {
    const e = exp(f32x4.neg(f32x4.abs(z)));
    const r = f32x4.div(f32x4.splat(1), f32x4.add(e, f32x4.splat(1)));
    const a = v128.bitselect(r, f32x4.mul(e, r), f32x4.ge(z, f32x4.splat(0)));
    v128.store(dzAt, f32x4.sub(a, y));
    return f32x4.add(f32x4.sub(Simd.atLeast(z, f32x4.splat(0)), f32x4.mul(y, z)), log1p(e));
  }
  if (loss === lossSigmoidSquaredError) {
    const a = sigmoid(z);
    const off = f32x4.sub(a, y);
    // 1 − σ(z) = σ(−z), without the digits that the subtraction loses
    v128.store(dzAt, f32x4.mul(off, f32x4.mul(a, sigmoid(f32x4.neg(z)))));
    return f32x4.mul(f32x4.splat(0.5), f32x4.mul(off, off));
  }
  if (loss === lossLinearSquaredError) {
    const off = f32x4.sub(z, y);
    v128.store(dzAt, off);
    return f32x4.mul(f32x4.splat(0.5), f32x4.mul(off, off));
  }
  const t = v128.bitselect(f32x4.splat(1), f32x4.splat(-1), f32x4.gt(y, f32x4.splat(0.5)));
  const margin = f32x4.mul(t, z);
  v128.store(dzAt, v128.and(f32x4.neg(t), f32x4.lt(margin, f32x4.splat(1))));
  return Simd.atLeast(f32x4.sub(f32x4.splat(1), margin), f32x4.splat(0));
}

/** One output: `count` examples side by side; what stands behind them, up to a multiple of four, gets slope 0. */
export function lossesOfOne(loss: i32, count: i32, zAt: usize, yAt: usize, dzAt: usize): f64 {
  let sum = f32x4.splat(0);
  for (let first = 0; first < count; first += 4) {
    const at = <usize>(first << 2);
    let own = lossOfFour(loss, v128.load(zAt + at), v128.load(yAt + at), dzAt + at);
    if (first + 4 > count) {
      const lanes = Simd.firstLanes(count - first);
      own = v128.and(own, lanes);
      v128.store(dzAt + at, v128.and(v128.load(dzAt + at), lanes));
    }
    sum = f32x4.add(sum, own);
  }
  return Simd.sum64(sum);
}

/** e^(z − max) without the largest one, which is 1; writes all of them at `outAt`, zeros in the padding. */
function grow(outputs: i32, zAt: usize, outAt: usize): f64 {
  let largestAt = 0;
  let largest = load<f32>(zAt);
  for (let k = 1; k < outputs; k++) {
    const z = load<f32>(zAt + ((<usize>k) << 2));
    if (z > largest || z !== z) {
      largest = z;
      largestAt = k;
    }
  }
  for (let k = 0; k < outputs; k += 4) {
    const at = <usize>(k << 2);
    const grown = exp(f32x4.sub(v128.load(zAt + at), f32x4.splat(largest)));
    v128.store(outAt + at, v128.and(grown, Simd.firstLanes(outputs - k)));
  }
  let rest: f64 = 0;
  for (let k = 0; k < outputs; k++) if (k !== largestAt) rest += <f64>load<f32>(outAt + ((<usize>k) << 2));
  return rest;
}

/** softmax(z) of one example; gives Σ of all e^(z − max) but the largest. */
export function softmax(outputs: i32, zAt: usize, outAt: usize): f64 {
  const rest = grow(outputs, zAt, outAt);
  const share = f32x4.splat(<f32>(1 / (1 + rest)));
  for (let k = 0; k < outputs; k += 4) {
    const at = outAt + <usize>(k << 2);
    v128.store(at, f32x4.mul(v128.load(at), share));
  }
  return rest;
}

function softmaxLoss(outputs: i32, zAt: usize, y: i32, dzAt: usize): f64 {
  const rest = softmax(outputs, zAt, dzAt);
  let largest = load<f32>(zAt);
  for (let k = 1; k < outputs; k++) largest = max(largest, load<f32>(zAt + ((<usize>k) << 2)));
  const own = (<usize>y) << 2;
  store<f32>(dzAt + own, load<f32>(dzAt + own) - 1);
  return logOnePlus(rest) + (<f64>largest - <f64>load<f32>(zAt + own));
}

/** One against the rest. */
function hingeLoss(outputs: i32, zAt: usize, y: i32, dzAt: usize): f64 {
  let sum: f64 = 0;
  for (let k = 0; k < outputs; k++) {
    const at = (<usize>k) << 2;
    const t: f32 = k === y ? 1 : -1;
    const margin = t * load<f32>(zAt + at);
    store<f32>(dzAt + at, margin < 1 ? -t : 0);
    sum += <f64>max<f32>(0, 1 - margin);
  }
  return sum;
}

/** Several outputs: z and dz of an example start `stride` floats after those of the one before. */
export function lossesOfMany(loss: i32, outputs: i32, count: i32, stride: i32, zAt: usize, yAt: usize, dzAt: usize): f64 {
  let sum: f64 = 0;
  for (let j = 0; j < count; j++) {
    const at = (<usize>(j * stride)) << 2;
    const y = <i32>load<f32>(yAt + ((<usize>j) << 2));
    sum += loss === lossSoftmax ? softmaxLoss(outputs, zAt + at, y, dzAt + at) : hingeLoss(outputs, zAt + at, y, dzAt + at);
  }
  return sum;
}

/** ŷ of `count` examples, side by side at `outAt`; `freeAt`: room for one example's padded outputs. */
export function predictions(loss: i32, outputs: i32, count: i32, stride: i32, zAt: usize, outAt: usize, freeAt: usize): void {
  const sigmoidal = loss === lossSigmoidCrossEntropy || loss === lossSigmoidSquaredError;
  for (let j = 0; j < count; j++) {
    const from = zAt + ((<usize>(j * stride)) << 2);
    const to = outAt + ((<usize>(j * outputs)) << 2);
    if (loss === lossSoftmax) {
      softmax(outputs, from, freeAt);
      memory.copy(to, freeAt, (<usize>outputs) << 2);
    } else if (sigmoidal) {
      store<f32>(to, f32x4.extract_lane(sigmoid(v128.load32_splat(from)), 0));
    } else {
      memory.copy(to, from, (<usize>outputs) << 2);
    }
  }
}
