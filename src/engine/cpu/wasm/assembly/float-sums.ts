/** Sums over rows in float32: pixels become floats in registers, twice a step, which costs less than storing and loading the floats. */
import { Ahead } from './ahead.ts';
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

/**
 * dw += Σ dz[r] · x[r] over columns from … end − 1 of four rows of pixels.
 * @param ahead half of eight rows that come soon, to be touched meanwhile @returns what was touched
 */
export function addPixels(rows: usize, from: i32, end: i32, dzAt: usize, dw: usize, ahead: usize): i32 {
  const r0 = <usize>load<u32>(rows);
  const r1 = <usize>load<u32>(rows, 4);
  const r2 = <usize>load<u32>(rows, 8);
  const r3 = <usize>load<u32>(rows, 12);
  const d0 = v128.load32_splat(dzAt);
  const d1 = v128.load32_splat(dzAt, 4);
  const d2 = v128.load32_splat(dzAt, 8);
  const d3 = v128.load32_splat(dzAt, 12);
  let touched = 0;
  for (let k = from; k < end; k += 16) {
    touched |= Ahead.touch(ahead, (<usize>k) << 2);
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
  return touched;
}

/** Σ over columns k … end − 1 of eight rows of floats times weights, written at `zAt`. */
export function sumsOfFloats(rows: usize, k: i32, end: i32, w: usize, zAt: usize): void {
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
  const endAt = (<usize>end) << 2;
  for (let at = (<usize>k) << 2; at < endAt; at += 16) {
    const own = v128.load(w + at);
    s0 = Simd.madd(v128.load(r0 + at), own, s0);
    s1 = Simd.madd(v128.load(r1 + at), own, s1);
    s2 = Simd.madd(v128.load(r2 + at), own, s2);
    s3 = Simd.madd(v128.load(r3 + at), own, s3);
    s4 = Simd.madd(v128.load(r4 + at), own, s4);
    s5 = Simd.madd(v128.load(r5 + at), own, s5);
    s6 = Simd.madd(v128.load(r6 + at), own, s6);
    s7 = Simd.madd(v128.load(r7 + at), own, s7);
  }
  v128.store(zAt, Simd.sums(s0, s1, s2, s3));
  v128.store(zAt, Simd.sums(s4, s5, s6, s7), 16);
}

/** dw += Σ dz[r] · x[r] over columns from … end − 1 of eight rows of floats. @param ahead as above: all of them @returns what was touched */
export function addFloats(rows: usize, from: i32, end: i32, dzAt: usize, dw: usize, ahead: usize): i32 {
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
  const endAt = (<usize>end) << 2;
  let touched = 0;
  for (let at = (<usize>from) << 2; at < endAt; at += 16) {
    touched |= Ahead.touch(ahead, at << 3) | Ahead.touch(ahead, (at << 3) + 64);
    let sum = Simd.madd(v128.load(r0 + at), d0, v128.load(dw + at));
    let other = f32x4.mul(v128.load(r1 + at), d1);
    sum = Simd.madd(v128.load(r2 + at), d2, sum);
    other = Simd.madd(v128.load(r3 + at), d3, other);
    sum = Simd.madd(v128.load(r4 + at), d4, sum);
    other = Simd.madd(v128.load(r5 + at), d5, other);
    sum = Simd.madd(v128.load(r6 + at), d6, sum);
    other = Simd.madd(v128.load(r7 + at), d7, other);
    v128.store(dw + at, f32x4.add(sum, other));
  }
  return touched;
}
