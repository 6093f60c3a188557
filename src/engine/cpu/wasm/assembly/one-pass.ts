/**
 * One output, no hidden layer: eight examples are read, z, dz and their share of dw formed, and only then the next eight
 * are touched, so that X is read once a step. Pixels become floats once, in a scratch that stays in the cache.
 */
import {
  layerBiasGradient,
  layerGradient,
  layerInputStride,
  layerPacked,
  layerPackedBiases,
  storageUint8,
  wordLoss,
  wordN,
  wordScratchRows,
  wordScratchX,
  wordScratchY,
  wordStorage,
} from '../fields.ts';
import { exampleAt, rowAt, targetsAt } from './examples.ts';
import { lossesOfOne } from './losses.ts';
import { Head, Layer } from './memory.ts';
import { Pixels } from './pixels.ts';
import { Simd } from './simd.ts';

/** z − b of four rows of pixels, written at `zAt`; their floats go to `to`, `stride` bytes a row. */
export function sumsOfPixels(rows: usize, n: i32, w: usize, to: usize, stride: usize, zAt: usize): void {
  const r0 = <usize>load<u32>(rows);
  const r1 = <usize>load<u32>(rows, 4);
  const r2 = <usize>load<u32>(rows, 8);
  const r3 = <usize>load<u32>(rows, 12);
  let s0 = f32x4.splat(0);
  let s1 = f32x4.splat(0);
  let s2 = f32x4.splat(0);
  let s3 = f32x4.splat(0);
  for (let k = 0; k < n; k += 16) {
    const at = w + (<usize>k << 2);
    const w0 = v128.load(at);
    const w1 = v128.load(at, 16);
    const w2 = v128.load(at, 32);
    const w3 = v128.load(at, 48);
    const into = to + (<usize>k << 2);
    s0 = Pixels.step(r0 + <usize>k, into, w0, w1, w2, w3, s0);
    s1 = Pixels.step(r1 + <usize>k, into + stride, w0, w1, w2, w3, s1);
    s2 = Pixels.step(r2 + <usize>k, into + 2 * stride, w0, w1, w2, w3, s2);
    s3 = Pixels.step(r3 + <usize>k, into + 3 * stride, w0, w1, w2, w3, s3);
  }
  v128.store(zAt, Simd.sums(s0, s1, s2, s3));
}

/** z − b of eight rows of floats, written at `zAt`. */
export function sumsOfFloats(rows: usize, n: i32, w: usize, zAt: usize): void {
  const r0 = <usize>load<u32>(rows);
  const r1 = <usize>load<u32>(rows, 4);
  const r2 = <usize>load<u32>(rows, 8);
  const r3 = <usize>load<u32>(rows, 12);
  const r4 = <usize>load<u32>(rows, 16);
  const r5 = <usize>load<u32>(rows, 20);
  const r6 = <usize>load<u32>(rows, 24);
  const r7 = <usize>load<u32>(rows, 28);
  let s0 = f32x4.splat(0);
  let s1 = f32x4.splat(0);
  let s2 = f32x4.splat(0);
  let s3 = f32x4.splat(0);
  let s4 = f32x4.splat(0);
  let s5 = f32x4.splat(0);
  let s6 = f32x4.splat(0);
  let s7 = f32x4.splat(0);
  const end = <usize>n << 2;
  for (let k: usize = 0; k < end; k += 16) {
    const own = v128.load(w + k);
    s0 = Simd.madd(v128.load(r0 + k), own, s0);
    s1 = Simd.madd(v128.load(r1 + k), own, s1);
    s2 = Simd.madd(v128.load(r2 + k), own, s2);
    s3 = Simd.madd(v128.load(r3 + k), own, s3);
    s4 = Simd.madd(v128.load(r4 + k), own, s4);
    s5 = Simd.madd(v128.load(r5 + k), own, s5);
    s6 = Simd.madd(v128.load(r6 + k), own, s6);
    s7 = Simd.madd(v128.load(r7 + k), own, s7);
  }
  v128.store(zAt, Simd.sums(s0, s1, s2, s3));
  v128.store(zAt, Simd.sums(s4, s5, s6, s7), 16);
}

/** dw += Σ dz[r] · x[r] over eight rows of floats. */
export function addRows(rows: usize, n: i32, dzAt: usize, dw: usize): void {
  const r0 = <usize>load<u32>(rows);
  const r1 = <usize>load<u32>(rows, 4);
  const r2 = <usize>load<u32>(rows, 8);
  const r3 = <usize>load<u32>(rows, 12);
  const r4 = <usize>load<u32>(rows, 16);
  const r5 = <usize>load<u32>(rows, 20);
  const r6 = <usize>load<u32>(rows, 24);
  const r7 = <usize>load<u32>(rows, 28);
  const d0 = v128.load32_splat(dzAt);
  const d1 = v128.load32_splat(dzAt, 4);
  const d2 = v128.load32_splat(dzAt, 8);
  const d3 = v128.load32_splat(dzAt, 12);
  const d4 = v128.load32_splat(dzAt, 16);
  const d5 = v128.load32_splat(dzAt, 20);
  const d6 = v128.load32_splat(dzAt, 24);
  const d7 = v128.load32_splat(dzAt, 28);
  const end = <usize>n << 2;
  for (let k: usize = 0; k < end; k += 16) {
    let sum = Simd.madd(v128.load(r0 + k), d0, v128.load(dw + k));
    let other = f32x4.mul(v128.load(r1 + k), d1);
    sum = Simd.madd(v128.load(r2 + k), d2, sum);
    other = Simd.madd(v128.load(r3 + k), d3, other);
    sum = Simd.madd(v128.load(r4 + k), d4, sum);
    other = Simd.madd(v128.load(r5 + k), d5, other);
    sum = Simd.madd(v128.load(r6 + k), d6, sum);
    other = Simd.madd(v128.load(r7 + k), d7, other);
    v128.store(dw + k, f32x4.add(sum, other));
  }
}

/** Adds the gradient of places first … first + count − 1 to `partial`; gives Σ L. */
export function onePassBlock(first: i32, count: i32, step: i32, scratch: usize, partial: usize): f64 {
  const n = Head.word(wordN);
  const pixels = Head.word(wordStorage) === storageUint8;
  const rows = scratch + Head.at(wordScratchRows);
  const floats = scratch + Head.at(wordScratchX);
  const stride = <usize>Layer.word(0, layerInputStride) << 2;
  const w = Layer.at(0, layerPacked);
  const dw = partial + Layer.at(0, layerGradient);
  const dbAt = partial + Layer.at(0, layerBiasGradient);
  const bias = v128.load32_splat(Layer.at(0, layerPackedBiases));
  const yAt = targetsAt(first, count, step, scratch + Head.at(wordScratchY));
  // the eight rows' addresses, the same of their floats, then z and dz
  const floatRows = rows + 32;
  const zAt = rows + 64;
  const dzAt = rows + 96;
  if (pixels) for (let r = 0; r < 8; r++) store<u32>(floatRows + (<usize>r << 2), <u32>(floats + <usize>r * stride));
  let loss: f64 = 0;
  let db: f32 = 0;
  for (let j = 0; j < count; j += 8) {
    const here = min(8, count - j);
    // places behind the last example show it again, with a slope of zero
    for (let r = 0; r < 8; r++) store<u32>(rows + (<usize>r << 2), <u32>rowAt(exampleAt(first + j + min(r, here - 1), step)));
    if (pixels) {
      sumsOfPixels(rows, n, w, floats, stride, zAt);
      sumsOfPixels(rows + 16, n, w, floats + 4 * stride, stride, zAt + 16);
    } else {
      sumsOfFloats(rows, n, w, zAt);
    }
    v128.store(zAt, f32x4.add(v128.load(zAt), bias));
    v128.store(zAt, f32x4.add(v128.load(zAt, 16), bias), 16);
    v128.store(dzAt, f32x4.splat(0), 16);
    loss += lossesOfOne(Head.word(wordLoss), here, zAt, yAt + (<usize>j << 2), dzAt);
    db += Simd.sum(f32x4.add(v128.load(dzAt), v128.load(dzAt, 16)));
    addRows(pixels ? floatRows : rows, n, dzAt, dw);
  }
  store<f32>(dbAt, load<f32>(dbAt) + db);
  return loss;
}
