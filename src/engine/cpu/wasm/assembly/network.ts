/** A net over one block of examples: forward, loss, backward, all in one thread's scratch. Twin of `cpu/network.ts`. */
import {
  activationLeakyRelu,
  activationRelu,
  activationSigmoid,
  activationTanh,
  layerA,
  layerActivation,
  layerBiasGradient,
  layerDz,
  layerGradient,
  layerGradientStride,
  layerInputs,
  layerInputStride,
  layerOutputStride,
  layerPacked,
  layerPackedBiases,
  layerUnits,
  layerZ,
  wordLayers,
  wordLoss,
  wordN,
  wordScratchPanel,
  wordScratchRows,
  wordScratchY,
  wordStorage,
} from '../fields.ts';
import { exampleAt, rowAt, spreadRow, targetsAt } from './examples.ts';
import { lossesOfMany, lossesOfOne, predictions } from './losses.ts';
import { Head, Layer } from './memory.ts';
import { Simd, sigmoid, tanh } from './simd.ts';
import { outer, products } from './tiles.ts';

/** Slope of the leaky ReLU left of zero, as in `math/activations.ts`. */
const leak: f32 = 0.01;

/** a = g(z) for `length` values, padded to fours. */
export function activate(activation: i32, length: i32, z: usize, a: usize): void {
  const end = z + ((<usize>length) << 2);
  const zero = f32x4.splat(0);
  for (; z < end; z += 16, a += 16) {
    const own = v128.load(z);
    let value = own;
    if (activation === activationRelu) value = Simd.atLeast(own, zero);
    else if (activation === activationSigmoid) value = sigmoid(own);
    else if (activation === activationTanh) value = tanh(own);
    else if (activation === activationLeakyRelu) value = v128.bitselect(own, f32x4.mul(own, f32x4.splat(leak)), f32x4.gt(own, zero));
    v128.store(a, value);
  }
}

/** dz = da ∘ g′(z) in place of da, for `length` values, padded to fours. */
export function activateBackward(activation: i32, length: i32, z: usize, a: usize, da: usize): void {
  const end = z + ((<usize>length) << 2);
  const zero = f32x4.splat(0);
  const one = f32x4.splat(1);
  for (; z < end; z += 16, a += 16, da += 16) {
    let slope = v128.load(da);
    const value = v128.load(a);
    if (activation === activationRelu) slope = v128.and(slope, f32x4.gt(v128.load(z), zero));
    else if (activation === activationSigmoid) slope = f32x4.mul(slope, f32x4.mul(value, f32x4.sub(one, value)));
    else if (activation === activationTanh) slope = f32x4.mul(slope, f32x4.sub(one, f32x4.mul(value, value)));
    else if (activation === activationLeakyRelu)
      slope = v128.bitselect(slope, f32x4.mul(slope, f32x4.splat(leak)), f32x4.gt(v128.load(z), zero));
    v128.store(da, slope);
  }
}

/** Z of every layer; X of the block lies in the scratch already, `rows` examples, a multiple of four. */
function forward(rows: i32, scratch: usize): void {
  const layers = Head.word(wordLayers);
  for (let l = 0; l < layers; l++) {
    const stride = (<usize>Layer.word(l, layerInputStride)) << 2;
    const outputStride = Layer.word(l, layerOutputStride);
    const z = scratch + Layer.at(l, layerZ);
    products(
      rows,
      Layer.word(l, layerUnits),
      Layer.word(l, layerInputs),
      scratch + Layer.at(l, layerA),
      stride,
      Layer.at(l, layerPacked),
      stride,
      Layer.at(l, layerPackedBiases),
      z,
      (<usize>outputStride) << 2,
    );
    if (l + 1 < layers) activate(Layer.word(l, layerActivation), rows * outputStride, z, scratch + Layer.at(l + 1, layerA));
  }
}

function lossesOf(count: i32, scratch: usize, yAt: usize): f64 {
  const last = Head.word(wordLayers) - 1;
  const units = Layer.word(last, layerUnits);
  const z = scratch + Layer.at(last, layerZ);
  const dz = scratch + Layer.at(last, layerDz);
  if (units === 1) return lossesOfOne(Head.word(wordLoss), count, z, yAt, dz);
  return lossesOfMany(Head.word(wordLoss), units, count, Layer.word(last, layerOutputStride), z, yAt, dz);
}

function addBiasSlopes(count: i32, units: i32, dz: usize, stride: usize, to: usize): void {
  for (let j = 0; j < count; j++) {
    for (let o = 0; o < units; o += 4) {
      const at = (<usize>o) << 2;
      if (o + 4 <= units) v128.store(to + at, f32x4.add(v128.load(to + at), v128.load(dz + at)));
      else
        for (let i = o; i < units; i++)
          store<f32>(to + ((<usize>i) << 2), load<f32>(to + ((<usize>i) << 2)) + load<f32>(dz + ((<usize>i) << 2)));
    }
    dz += stride;
  }
}

function backwardLayer(l: i32, count: i32, scratch: usize, partial: usize): void {
  const panel = scratch + Head.at(wordScratchPanel);
  const inputs = Layer.word(l, layerInputs);
  const units = Layer.word(l, layerUnits);
  const inputStride = (<usize>Layer.word(l, layerInputStride)) << 2;
  const dzStride = (<usize>Layer.word(l, layerOutputStride)) << 2;
  const dz = scratch + Layer.at(l, layerDz);
  const a = scratch + Layer.at(l, layerA);
  const gradientStride = (<usize>Layer.word(l, layerGradientStride)) << 2;
  outer(units, inputs, count, dz, 4, dzStride, a, inputStride, partial + Layer.at(l, layerGradient), gradientStride, panel);
  addBiasSlopes(count, units, dz, dzStride, partial + Layer.at(l, layerBiasGradient));
  if (l === 0) return;
  const da = scratch + Layer.at(l - 1, layerDz);
  const daStride = Layer.word(l - 1, layerOutputStride);
  memory.fill(da, 0, (<usize>(count * daStride)) << 2);
  outer(count, inputs, units, dz, dzStride, 4, Layer.at(l, layerPacked), inputStride, da, (<usize>daStride) << 2, panel);
  activateBackward(Layer.word(l - 1, layerActivation), count * daStride, scratch + Layer.at(l - 1, layerZ), a, da);
}

/** Adds the gradient of places first … first + count − 1 to `partial`; gives Σ L. */
export function networkBlock(first: i32, count: i32, step: i32, scratch: usize, partial: usize): f64 {
  const n = Head.word(wordN);
  const storage = Head.word(wordStorage);
  const stride = (<usize>Layer.word(0, layerInputStride)) << 2;
  const x = scratch + Layer.at(0, layerA);
  for (let j = 0; j < count; j++) spreadRow(rowAt(exampleAt(first + j, step)), x + <usize>j * stride, n, storage);
  const yAt = targetsAt(first, count, step, scratch + Head.at(wordScratchY));
  forward((count + 3) & ~3, scratch);
  const loss = lossesOf(count, scratch, yAt);
  for (let l = Head.word(wordLayers) - 1; l >= 0; l--) backwardLayer(l, count, scratch, partial);
  return loss;
}

/**
 * Forward only, over `count` examples (at most a block) that lie raw at `raw`: ŷ to `outAt` unless that is 0, and Σ L,
 * whose targets are at `yAt`, unless that is 0.
 */
export function evaluateBlock(raw: usize, count: i32, yAt: usize, outAt: usize, scratch: usize, storage: i32): f64 {
  const n = Head.word(wordN);
  const rowBytes = (<usize>n) << (storage === 0 ? 0 : 2);
  const stride = (<usize>Layer.word(0, layerInputStride)) << 2;
  const x = scratch + Layer.at(0, layerA);
  for (let j = 0; j < count; j++) spreadRow(raw + <usize>j * rowBytes, x + <usize>j * stride, n, storage);
  forward((count + 3) & ~3, scratch);
  if (outAt !== 0) {
    const last = Head.word(wordLayers) - 1;
    const units = Layer.word(last, layerUnits);
    const z = scratch + Layer.at(last, layerZ);
    predictions(Head.word(wordLoss), units, count, Layer.word(last, layerOutputStride), z, outAt, scratch + Layer.at(last, layerDz));
  }
  return yAt === 0 ? 0 : lossesOf(count, scratch, yAt);
}
