/**
 * What this processor can do at the most, shared out among threads: a copy that memory has to keep up with, and chains of
 * multiply-adds that need no memory at all.
 */
import {
  syncNextGroup,
  wordKernelA,
  wordKernelB,
  wordKernelC,
  wordKernelFactors,
  wordKernelItems,
  wordKernelSize,
  wordKernelSteps,
} from '../fields.ts';
import { Head, Sync } from './memory.ts';
import { Simd } from './simd.ts';

/** Floats that a thread copies at a time: a quarter of a mebibyte. */
const stretch = 65536;
/** Turns that a thread takes at a time. */
const turnsOfShare = 8;

/** `bytes` is a multiple of 64. */
export function copyStretch(from: usize, to: usize, bytes: usize): void {
  for (let at: usize = 0; at < bytes; at += 64) {
    const a = v128.load(from + at);
    const b = v128.load(from + at, 16);
    const c = v128.load(from + at, 32);
    const d = v128.load(from + at, 48);
    v128.store(to + at, a);
    v128.store(to + at, b, 16);
    v128.store(to + at, c, 32);
    v128.store(to + at, d, 48);
  }
}

export function copyShare(): void {
  const size = Head.word(wordKernelSize);
  for (;;) {
    const first = Sync.add(syncNextGroup, 1) * stretch;
    if (first >= size) return;
    const at = (<usize>first) << 2;
    copyStretch(Head.at(wordKernelA) + at, Head.at(wordKernelC) + at, (<usize>min(stretch, size - first)) << 2);
  }
}

/** Twelve chains of `steps` multiply-adds, four lanes wide, from x = start, start + 1, …; their sum goes to `to`. */
export function multiplyAddTurn(start: f32, steps: i32, a: v128, b: v128, to: usize): void {
  const one = f32x4.splat(1);
  let x0 = f32x4.splat(start);
  let x1 = f32x4.add(x0, one);
  let x2 = f32x4.add(x1, one);
  let x3 = f32x4.add(x2, one);
  let x4 = f32x4.add(x3, one);
  let x5 = f32x4.add(x4, one);
  let x6 = f32x4.add(x5, one);
  let x7 = f32x4.add(x6, one);
  let x8 = f32x4.add(x7, one);
  let x9 = f32x4.add(x8, one);
  let x10 = f32x4.add(x9, one);
  let x11 = f32x4.add(x10, one);
  for (let step = 0; step < steps; step++) {
    x0 = Simd.madd(x0, a, b);
    x1 = Simd.madd(x1, a, b);
    x2 = Simd.madd(x2, a, b);
    x3 = Simd.madd(x3, a, b);
    x4 = Simd.madd(x4, a, b);
    x5 = Simd.madd(x5, a, b);
    x6 = Simd.madd(x6, a, b);
    x7 = Simd.madd(x7, a, b);
    x8 = Simd.madd(x8, a, b);
    x9 = Simd.madd(x9, a, b);
    x10 = Simd.madd(x10, a, b);
    x11 = Simd.madd(x11, a, b);
  }
  const low = f32x4.add(f32x4.add(f32x4.add(x0, x1), f32x4.add(x2, x3)), f32x4.add(x4, x5));
  const high = f32x4.add(f32x4.add(f32x4.add(x6, x7), f32x4.add(x8, x9)), f32x4.add(x10, x11));
  v128.store(to, f32x4.add(low, high));
}

export function multiplyAddShare(): void {
  const items = Head.word(wordKernelItems);
  const steps = Head.word(wordKernelSteps);
  const factors = Head.at(wordKernelFactors);
  const a = v128.load(factors);
  const b = v128.load(factors, 16);
  for (;;) {
    const first = Sync.add(syncNextGroup, 1) * turnsOfShare;
    if (first >= items) return;
    for (let item = first; item < min(items, first + turnsOfShare); item++) {
      multiplyAddTurn(<f32>(item & 255), steps, a, b, Head.at(wordKernelB) + ((<usize>item) << 4));
    }
  }
}
