/**
 * One output and at most eight features, kept as rows of floats, a feature a row: four examples at a time through all of
 * it, X read once a step.
 */
import {
  layerBiasGradient,
  layerGradient,
  layerPacked,
  layerPackedBiases,
  wordFeatureStride,
  wordLoss,
  wordN,
  wordScratchRows,
  wordScratchX,
  wordScratchY,
  wordX,
} from '../fields.ts';
import { Examples, exampleAt, targetsAt } from './examples.ts';
import { lossOfFour } from './losses.ts';
import { Head, Layer } from './memory.ts';
import { Simd } from './simd.ts';

/** Copies the features of a shuffled block into rows of their own, `stride` bytes apart. */
function gather(n: i32, first: i32, count: i32, step: i32, to: usize, stride: usize): void {
  const x = Head.at(wordX);
  const from = Head.at(wordFeatureStride) << 2;
  for (let j = 0; j < count; j++) {
    const example = (<usize>exampleAt(first + j, step)) << 2;
    for (let k = 0; k < n; k++) store<f32>(to + <usize>k * stride + ((<usize>j) << 2), load<f32>(x + <usize>k * from + example));
  }
}

/** Adds to the sums at `sums` (four lanes a feature, then four of db) and gives Σ L. */
export function tinySums(n: i32, count: i32, x: usize, stride: usize, yAt: usize, sums: usize, dzAt: usize): f64 {
  const loss = Head.word(wordLoss);
  const w = Layer.at(0, layerPacked);
  const bias = v128.load32_splat(Layer.at(0, layerPackedBiases));
  const dbAt = sums + ((<usize>n) << 4);
  let total = f32x4.splat(0);
  for (let j = 0; j < count; j += 4) {
    const at = x + ((<usize>j) << 2);
    let z = bias;
    for (let k = 0; k < n; k++) z = Simd.madd(v128.load(at + <usize>k * stride), v128.load32_splat(w + ((<usize>k) << 2)), z);
    let own = lossOfFour(loss, z, v128.load(yAt + ((<usize>j) << 2)), dzAt);
    let dz = v128.load(dzAt);
    if (j + 4 > count) {
      const lanes = Simd.firstLanes(count - j);
      own = v128.and(own, lanes);
      dz = v128.and(dz, lanes);
    }
    total = f32x4.add(total, own);
    for (let k = 0; k < n; k++) {
      const sum = sums + ((<usize>k) << 4);
      v128.store(sum, Simd.madd(v128.load(at + <usize>k * stride), dz, v128.load(sum)));
    }
    v128.store(dbAt, f32x4.add(v128.load(dbAt), dz));
  }
  return Simd.sum64(total);
}

/** Adds the gradient of places first … first + count − 1 to `partial`; gives Σ L. */
export function tinyBlock(first: i32, count: i32, step: i32, scratch: usize, partial: usize): f64 {
  const n = Head.word(wordN);
  const sums = scratch + Head.at(wordScratchRows);
  // nine sums of four lanes at most, then dz
  const dzAt = sums + 144;
  memory.fill(sums, 0, 144);
  const yAt = targetsAt(first, count, step, scratch + Head.at(wordScratchY));
  let x = Head.at(wordX) + ((<usize>first) << 2);
  let stride = Head.at(wordFeatureStride) << 2;
  if (!Examples.whole()) {
    x = scratch + Head.at(wordScratchX);
    stride = <usize>(((count + 3) >> 2) << 4);
    gather(n, first, count, step, x, stride);
  }
  const loss = tinySums(n, count, x, stride, yAt, sums, dzAt);
  const dw = partial + Layer.at(0, layerGradient);
  const db = partial + Layer.at(0, layerBiasGradient);
  for (let k = 0; k < n; k++) {
    const at = dw + ((<usize>k) << 2);
    store<f32>(at, load<f32>(at) + Simd.sum(v128.load(sums + ((<usize>k) << 4))));
  }
  store<f32>(db, load<f32>(db) + Simd.sum(v128.load(sums + ((<usize>n) << 4))));
  return loss;
}
