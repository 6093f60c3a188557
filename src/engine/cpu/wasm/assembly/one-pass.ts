/**
 * One output, no hidden layer: eight examples are read, z, dz and their share of dw formed, and only then the next eight
 * are touched, so that X is read from memory once a step. Pixels are multiplied as the integers that they are (`digit-sums.ts`), or
 * become floats in registers, twice: that costs less than storing and loading the floats.
 */
import {
  arithmeticBytes,
  arithmeticFloats,
  layerBiasGradient,
  layerGradient,
  layerPacked,
  layerPackedBiases,
  pieceLength,
  storageUint8,
  wordArithmetic,
  wordLoss,
  wordN,
  wordScratchDigits,
  wordScratchRows,
  wordScratchY,
  wordStorage,
} from '../fields.ts';
import { addBytes, addShorts, sumsOfBytes, sumsOfShorts } from './digit-sums.ts';
import { unitOf, writeSlopes } from './digits.ts';
import { exampleAt, rowAt, targetsAt } from './examples.ts';
import { lossesOfOne } from './losses.ts';
import { Head, Layer } from './memory.ts';
import { Pixels } from './pixels.ts';
import { Simd } from './simd.ts';

/** Σ over columns k … end − 1 of four rows of pixels times weights, written at `zAt`. */
export function sumsOfPixels(rows: usize, k: i32, end: i32, w: usize, zAt: usize): void {
  const r0 = <usize>load<u32>(rows);
  const r1 = <usize>load<u32>(rows, 4);
  const r2 = <usize>load<u32>(rows, 8);
  const r3 = <usize>load<u32>(rows, 12);
  // two sums a row: one would wait for itself
  let a0 = f32x4.splat(0);
  let a1 = f32x4.splat(0);
  let a2 = f32x4.splat(0);
  let a3 = f32x4.splat(0);
  let b0 = f32x4.splat(0);
  let b1 = f32x4.splat(0);
  let b2 = f32x4.splat(0);
  let b3 = f32x4.splat(0);
  for (; k < end; k += 16) {
    const at = w + ((<usize>k) << 2);
    const x0 = v128.load(r0 + <usize>k);
    const x1 = v128.load(r1 + <usize>k);
    const x2 = v128.load(r2 + <usize>k);
    const x3 = v128.load(r3 + <usize>k);
    let own = v128.load(at);
    a0 = Simd.madd(Pixels.first(x0), own, a0);
    a1 = Simd.madd(Pixels.first(x1), own, a1);
    a2 = Simd.madd(Pixels.first(x2), own, a2);
    a3 = Simd.madd(Pixels.first(x3), own, a3);
    own = v128.load(at, 16);
    b0 = Simd.madd(Pixels.second(x0), own, b0);
    b1 = Simd.madd(Pixels.second(x1), own, b1);
    b2 = Simd.madd(Pixels.second(x2), own, b2);
    b3 = Simd.madd(Pixels.second(x3), own, b3);
    own = v128.load(at, 32);
    a0 = Simd.madd(Pixels.third(x0), own, a0);
    a1 = Simd.madd(Pixels.third(x1), own, a1);
    a2 = Simd.madd(Pixels.third(x2), own, a2);
    a3 = Simd.madd(Pixels.third(x3), own, a3);
    own = v128.load(at, 48);
    b0 = Simd.madd(Pixels.fourth(x0), own, b0);
    b1 = Simd.madd(Pixels.fourth(x1), own, b1);
    b2 = Simd.madd(Pixels.fourth(x2), own, b2);
    b3 = Simd.madd(Pixels.fourth(x3), own, b3);
  }
  v128.store(zAt, f32x4.add(Simd.sums(a0, a1, a2, a3), Simd.sums(b0, b1, b2, b3)));
}

/** dw += Σ dz[r] · x[r] over four rows of pixels. */
export function addPixels(rows: usize, n: i32, dzAt: usize, dw: usize): void {
  const r0 = <usize>load<u32>(rows);
  const r1 = <usize>load<u32>(rows, 4);
  const r2 = <usize>load<u32>(rows, 8);
  const r3 = <usize>load<u32>(rows, 12);
  const d0 = v128.load32_splat(dzAt);
  const d1 = v128.load32_splat(dzAt, 4);
  const d2 = v128.load32_splat(dzAt, 8);
  const d3 = v128.load32_splat(dzAt, 12);
  for (let k = 0; k < n; k += 16) {
    const at = dw + ((<usize>k) << 2);
    let x = v128.load(r0 + <usize>k);
    let s0 = Simd.madd(Pixels.first(x), d0, v128.load(at));
    let s1 = Simd.madd(Pixels.second(x), d0, v128.load(at, 16));
    let s2 = Simd.madd(Pixels.third(x), d0, v128.load(at, 32));
    let s3 = Simd.madd(Pixels.fourth(x), d0, v128.load(at, 48));
    x = v128.load(r1 + <usize>k);
    s0 = Simd.madd(Pixels.first(x), d1, s0);
    s1 = Simd.madd(Pixels.second(x), d1, s1);
    s2 = Simd.madd(Pixels.third(x), d1, s2);
    s3 = Simd.madd(Pixels.fourth(x), d1, s3);
    x = v128.load(r2 + <usize>k);
    s0 = Simd.madd(Pixels.first(x), d2, s0);
    s1 = Simd.madd(Pixels.second(x), d2, s1);
    s2 = Simd.madd(Pixels.third(x), d2, s2);
    s3 = Simd.madd(Pixels.fourth(x), d2, s3);
    x = v128.load(r3 + <usize>k);
    v128.store(at, Simd.madd(Pixels.first(x), d3, s0));
    v128.store(at, Simd.madd(Pixels.second(x), d3, s1), 16);
    v128.store(at, Simd.madd(Pixels.third(x), d3, s2), 32);
    v128.store(at, Simd.madd(Pixels.fourth(x), d3, s3), 48);
  }
}

/** z − b of four rows of pixels, written at `zAt`: piece by piece, by digits where that is good enough. */
function sumsOfFour(rows: usize, n: i32, w: usize, zAt: usize): void {
  const arithmetic = Head.word(wordArithmetic);
  if (arithmetic === arithmeticFloats) {
    sumsOfPixels(rows, 0, n, w, zAt);
    return;
  }
  let z = f32x4.splat(0);
  for (let k = 0; k < n; k += pieceLength) {
    const end = min(n, k + pieceLength);
    const unit = unitOf(k / pieceLength);
    if (unit === 0) continue;
    if (unit < 0) sumsOfPixels(rows, k, end, w, zAt);
    else if (arithmetic === arithmeticBytes) sumsOfBytes(rows, k, end, zAt);
    else sumsOfShorts(rows, k, end, zAt);
    z = Simd.madd(f32x4.splat(unit < 0 ? 1 : unit), v128.load(zAt), z);
  }
  v128.store(zAt, z);
}

/** dw += Σ dz[r] · x[r] over eight rows of pixels, by digits where they are good enough; only the first `here` have slopes. */
function addEight(rows: usize, here: i32, n: i32, dzAt: usize, dw: usize, scratch: usize): void {
  const digits = scratch + Head.at(wordScratchDigits);
  // from the fastest arithmetic to the finest; half of the rows as floats cost less than all of them by digits
  for (let arithmetic = here > 4 ? Head.word(wordArithmetic) : arithmeticFloats; arithmetic !== arithmeticFloats; arithmetic--) {
    const unit = writeSlopes(arithmetic, dzAt, digits);
    if (unit === 0) return;
    if (unit < 0) continue;
    if (arithmetic === arithmeticBytes) addBytes(rows, n, unit, digits, dw);
    else addShorts(rows, n, unit, digits, dw);
    return;
  }
  addPixels(rows, n, dzAt, dw);
  if (here > 4) addPixels(rows + 16, n, dzAt + 16, dw);
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
  const end = (<usize>n) << 2;
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
export function addFloats(rows: usize, n: i32, dzAt: usize, dw: usize): void {
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
  const end = (<usize>n) << 2;
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

/** Every other step goes through X from its end, so that what the step before read last is still in a cache. */
export function isBackwards(step: i32): bool {
  return (step & 1) !== 0;
}

/** Adds the gradient of places first … first + count − 1 to `partial`; gives Σ L. */
export function onePassBlock(first: i32, count: i32, step: i32, scratch: usize, partial: usize): f64 {
  const n = Head.word(wordN);
  const pixels = Head.word(wordStorage) === storageUint8;
  const rows = scratch + Head.at(wordScratchRows);
  const w = Layer.at(0, layerPacked);
  const dw = partial + Layer.at(0, layerGradient);
  const dbAt = partial + Layer.at(0, layerBiasGradient);
  const bias = v128.load32_splat(Layer.at(0, layerPackedBiases));
  const yAt = targetsAt(first, count, step, scratch + Head.at(wordScratchY));
  // the eight rows' addresses, then z and dz
  const zAt = rows + 32;
  const dzAt = rows + 64;
  let loss: f64 = 0;
  let db: f32 = 0;
  const last = (count - 1) & ~7;
  for (let turn = 0; turn < count; turn += 8) {
    const j = isBackwards(step) ? last - turn : turn;
    const here = min(8, count - j);
    // places behind the last example show it again, with a slope of zero
    for (let r = 0; r < 8; r++) store<u32>(rows + ((<usize>r) << 2), <u32>rowAt(exampleAt(first + j + min(r, here - 1), step)));
    if (pixels) {
      sumsOfFour(rows, n, w, zAt);
      if (here > 4) sumsOfFour(rows + 16, n, w, zAt + 16);
    } else {
      sumsOfFloats(rows, n, w, zAt);
    }
    v128.store(zAt, f32x4.add(v128.load(zAt), bias));
    v128.store(zAt, f32x4.add(v128.load(zAt, 16), bias), 16);
    v128.store(dzAt, f32x4.splat(0), 16);
    loss += lossesOfOne(Head.word(wordLoss), here, zAt, yAt + ((<usize>j) << 2), dzAt);
    db += Simd.sum(f32x4.add(v128.load(dzAt), v128.load(dzAt, 16)));
    if (pixels) {
      addEight(rows, here, n, dzAt, dw, scratch);
    } else {
      addFloats(rows, n, dzAt, dw);
    }
  }
  store<f32>(dbAt, load<f32>(dbAt) + db);
  return loss;
}
