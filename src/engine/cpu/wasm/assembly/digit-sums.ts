/**
 * Sums over bytes without floats: products of bytes and digits (`digits.ts`) are exact, and so are their sums in 32 bits; only at
 * the end does each digit's sum become a float.
 */
import { arithmeticBytes, arithmeticShorts } from '../fields.ts';
import { Ahead } from './ahead.ts';
import { digitsAt } from './digits.ts';
import { Simd } from './simd.ts';

export class Bytes {
  /** c + Σ of four products, in each lane of 32 bits. @param digits signed @param bytes not signed */
  @inline static dot(digits: v128, bytes: v128, c: v128): v128 {
    if (ASC_FEATURE_RELAXED_SIMD) return i32x4.relaxed_dot_i8x16_i7x16_add_s(digits, bytes, c);
    return c;
  }

  /** a0 b0 a1 b1 …: the lower halves of two rows. */
  @inline static mixLow(a: v128, b: v128): v128 {
    return v128.shuffle<u8>(a, b, 0, 16, 1, 17, 2, 18, 3, 19, 4, 20, 5, 21, 6, 22, 7, 23);
  }

  @inline static mixHigh(a: v128, b: v128): v128 {
    return v128.shuffle<u8>(a, b, 8, 24, 9, 25, 10, 26, 11, 27, 12, 28, 13, 29, 14, 30, 15, 31);
  }

  @inline static mixPairsLow(a: v128, b: v128): v128 {
    return v128.shuffle<u16>(a, b, 0, 8, 1, 9, 2, 10, 3, 11);
  }

  @inline static mixPairsHigh(a: v128, b: v128): v128 {
    return v128.shuffle<u16>(a, b, 4, 12, 5, 13, 6, 14, 7, 15);
  }

  @inline static wideLow(a: v128): v128 {
    return i16x8.extend_low_i8x16_u(a);
  }

  @inline static wideHigh(a: v128): v128 {
    return i16x8.extend_high_i8x16_u(a);
  }

  /** The four lanes' sums of a, b, c and d, which are integers. */
  @inline static sums(a: v128, b: v128, c: v128, d: v128): v128 {
    const ab = i32x4.add(v128.shuffle<i32>(a, b, 0, 4, 1, 5), v128.shuffle<i32>(a, b, 2, 6, 3, 7));
    const cd = i32x4.add(v128.shuffle<i32>(c, d, 0, 4, 1, 5), v128.shuffle<i32>(c, d, 2, 6, 3, 7));
    return i32x4.add(v128.shuffle<i32>(ab, cd, 0, 1, 4, 5), v128.shuffle<i32>(ab, cd, 2, 3, 6, 7));
  }
}

/** Whether a relaxed dot product of bytes keeps all bits of what it adds up, also of bytes from 128 on: some processors saturate. */
export function bytesAreExact(): bool {
  if (!ASC_FEATURE_RELAXED_SIMD) return false;
  const zero = i32x4.splat(0);
  const low = Bytes.dot(i8x16.splat(-128), i8x16.splat(-1), zero);
  const high = Bytes.dot(i8x16.splat(127), i8x16.splat(-1), i32x4.splat(1));
  const mixed = Bytes.dot(i32x4.splat(0x03fe0102), i32x4.splat(<i32>0x80ff7f01), zero);
  return (
    i32x4.extract_lane(low, 0) === -130560 &&
    i32x4.extract_lane(high, 3) === 129541 &&
    i32x4.extract_lane(mixed, 1) === 2 * 0x01 + 1 * 0x7f - 2 * 0xff + 3 * 0x80
  );
}

/** Σ over columns k … end − 1 of four rows of pixels times digits of eight bits, in units, written at `zAt`. */
export function sumsOfBytes(rows: usize, k: i32, end: i32, zAt: usize): void {
  const r0 = <usize>load<u32>(rows);
  const r1 = <usize>load<u32>(rows, 4);
  const r2 = <usize>load<u32>(rows, 8);
  const r3 = <usize>load<u32>(rows, 12);
  let a0 = i32x4.splat(0);
  let a1 = i32x4.splat(0);
  let a2 = i32x4.splat(0);
  let a3 = i32x4.splat(0);
  let b0 = i32x4.splat(0);
  let b1 = i32x4.splat(0);
  let b2 = i32x4.splat(0);
  let b3 = i32x4.splat(0);
  let c0 = i32x4.splat(0);
  let c1 = i32x4.splat(0);
  let c2 = i32x4.splat(0);
  let c3 = i32x4.splat(0);
  let at = digitsAt(arithmeticBytes, k);
  for (; k < end; k += 32) {
    let x0 = v128.load(r0 + <usize>k);
    let x1 = v128.load(r1 + <usize>k);
    let x2 = v128.load(r2 + <usize>k);
    let x3 = v128.load(r3 + <usize>k);
    let own = v128.load(at);
    a0 = Bytes.dot(own, x0, a0);
    a1 = Bytes.dot(own, x1, a1);
    a2 = Bytes.dot(own, x2, a2);
    a3 = Bytes.dot(own, x3, a3);
    own = v128.load(at, 16);
    b0 = Bytes.dot(own, x0, b0);
    b1 = Bytes.dot(own, x1, b1);
    b2 = Bytes.dot(own, x2, b2);
    b3 = Bytes.dot(own, x3, b3);
    own = v128.load(at, 32);
    c0 = Bytes.dot(own, x0, c0);
    c1 = Bytes.dot(own, x1, c1);
    c2 = Bytes.dot(own, x2, c2);
    c3 = Bytes.dot(own, x3, c3);
    // the next sixteen, so that addresses are formed half as often
    x0 = v128.load(r0 + <usize>k, 16);
    x1 = v128.load(r1 + <usize>k, 16);
    x2 = v128.load(r2 + <usize>k, 16);
    x3 = v128.load(r3 + <usize>k, 16);
    own = v128.load(at, 48);
    a0 = Bytes.dot(own, x0, a0);
    a1 = Bytes.dot(own, x1, a1);
    a2 = Bytes.dot(own, x2, a2);
    a3 = Bytes.dot(own, x3, a3);
    own = v128.load(at, 64);
    b0 = Bytes.dot(own, x0, b0);
    b1 = Bytes.dot(own, x1, b1);
    b2 = Bytes.dot(own, x2, b2);
    b3 = Bytes.dot(own, x3, b3);
    own = v128.load(at, 80);
    c0 = Bytes.dot(own, x0, c0);
    c1 = Bytes.dot(own, x1, c1);
    c2 = Bytes.dot(own, x2, c2);
    c3 = Bytes.dot(own, x3, c3);
    at += 96;
  }
  let z = f32x4.convert_i32x4_s(Bytes.sums(a0, a1, a2, a3));
  z = Simd.madd(f32x4.splat(256), f32x4.convert_i32x4_s(Bytes.sums(b0, b1, b2, b3)), z);
  z = Simd.madd(f32x4.splat(65536), f32x4.convert_i32x4_s(Bytes.sums(c0, c1, c2, c3)), z);
  v128.store(zAt, z);
}

/** The sum of a lane's two digits of fifteen bits, in units. */
@inline function lanesOfShorts(first: v128, last: v128): v128 {
  return Simd.madd(f32x4.splat(32768), f32x4.convert_i32x4_s(first), f32x4.convert_i32x4_s(last));
}

/** As `sumsOfBytes`, with digits of fifteen bits. */
export function sumsOfShorts(rows: usize, k: i32, end: i32, zAt: usize): void {
  const r0 = <usize>load<u32>(rows);
  const r1 = <usize>load<u32>(rows, 4);
  const r2 = <usize>load<u32>(rows, 8);
  const r3 = <usize>load<u32>(rows, 12);
  let a0 = i32x4.splat(0);
  let a1 = i32x4.splat(0);
  let a2 = i32x4.splat(0);
  let a3 = i32x4.splat(0);
  let b0 = i32x4.splat(0);
  let b1 = i32x4.splat(0);
  let b2 = i32x4.splat(0);
  let b3 = i32x4.splat(0);
  let at = digitsAt(arithmeticShorts, k);
  for (; k < end; k += 8) {
    const x0 = v128.load8x8_u(r0 + <usize>k);
    const x1 = v128.load8x8_u(r1 + <usize>k);
    const x2 = v128.load8x8_u(r2 + <usize>k);
    const x3 = v128.load8x8_u(r3 + <usize>k);
    let own = v128.load(at);
    a0 = i32x4.add(a0, i32x4.dot_i16x8_s(x0, own));
    a1 = i32x4.add(a1, i32x4.dot_i16x8_s(x1, own));
    a2 = i32x4.add(a2, i32x4.dot_i16x8_s(x2, own));
    a3 = i32x4.add(a3, i32x4.dot_i16x8_s(x3, own));
    own = v128.load(at, 16);
    b0 = i32x4.add(b0, i32x4.dot_i16x8_s(x0, own));
    b1 = i32x4.add(b1, i32x4.dot_i16x8_s(x1, own));
    b2 = i32x4.add(b2, i32x4.dot_i16x8_s(x2, own));
    b3 = i32x4.add(b3, i32x4.dot_i16x8_s(x3, own));
    at += 32;
  }
  v128.store(zAt, Simd.sums(lanesOfShorts(a0, b0), lanesOfShorts(a1, b1), lanesOfShorts(a2, b2), lanesOfShorts(a3, b3)));
}

/** dw += unit · Σ of four rows' and four other rows' bytes times their digits, of four features. */
@inline function addFourBytes(at: usize, x: v128, other: v128, a0: v128, a1: v128, a2: v128, b0: v128, b1: v128, b2: v128, unit: v128, third: v128): void {
  const zero = i32x4.splat(0);
  const first = Bytes.dot(a2, x, Bytes.dot(b2, other, zero));
  const middle = Bytes.dot(a1, x, Bytes.dot(b1, other, zero));
  const two = Bytes.dot(a0, x, Bytes.dot(b0, other, i32x4.shl(middle, 8)));
  const sum = Simd.madd(f32x4.convert_i32x4_s(two), unit, v128.load(at));
  v128.store(at, Simd.madd(f32x4.convert_i32x4_s(first), third, sum));
}

/**
 * dw += unit · Σ dz[r] · x[r] over columns from … end − 1 of eight rows of pixels, by digits of eight bits as `writeSlopes` left them.
 * @param ahead eight rows that come soon, to be touched meanwhile @returns what was touched
 */
export function addBytes(rows: usize, from: i32, end: i32, unit: f32, digits: usize, dw: usize, ahead: usize): i32 {
  const r0 = <usize>load<u32>(rows);
  const r1 = <usize>load<u32>(rows, 4);
  const r2 = <usize>load<u32>(rows, 8);
  const r3 = <usize>load<u32>(rows, 12);
  const r4 = <usize>load<u32>(rows, 16);
  const r5 = <usize>load<u32>(rows, 20);
  const r6 = <usize>load<u32>(rows, 24);
  const r7 = <usize>load<u32>(rows, 28);
  const a0 = v128.load32_splat(digits);
  const b0 = v128.load32_splat(digits, 4);
  const a1 = v128.load32_splat(digits, 16);
  const b1 = v128.load32_splat(digits, 20);
  const a2 = v128.load32_splat(digits, 32);
  const b2 = v128.load32_splat(digits, 36);
  const one = f32x4.splat(unit);
  const third = f32x4.splat(65536 * unit);
  let touched = 0;
  for (let k = from; k < end; k += 16) {
    touched |= Ahead.touch(ahead, (<usize>k) << 3) | Ahead.touch(ahead, ((<usize>k) << 3) + 64);
    const at = dw + ((<usize>k) << 2);
    let x = v128.load(r0 + <usize>k);
    let y = v128.load(r1 + <usize>k);
    const low01 = Bytes.mixLow(x, y);
    const high01 = Bytes.mixHigh(x, y);
    x = v128.load(r2 + <usize>k);
    y = v128.load(r3 + <usize>k);
    const low23 = Bytes.mixLow(x, y);
    const high23 = Bytes.mixHigh(x, y);
    x = v128.load(r4 + <usize>k);
    y = v128.load(r5 + <usize>k);
    const low45 = Bytes.mixLow(x, y);
    const high45 = Bytes.mixHigh(x, y);
    x = v128.load(r6 + <usize>k);
    y = v128.load(r7 + <usize>k);
    const low67 = Bytes.mixLow(x, y);
    const high67 = Bytes.mixHigh(x, y);
    addFourBytes(at, Bytes.mixPairsLow(low01, low23), Bytes.mixPairsLow(low45, low67), a0, a1, a2, b0, b1, b2, one, third);
    addFourBytes(at + 16, Bytes.mixPairsHigh(low01, low23), Bytes.mixPairsHigh(low45, low67), a0, a1, a2, b0, b1, b2, one, third);
    addFourBytes(at + 32, Bytes.mixPairsLow(high01, high23), Bytes.mixPairsLow(high45, high67), a0, a1, a2, b0, b1, b2, one, third);
    addFourBytes(at + 48, Bytes.mixPairsHigh(high01, high23), Bytes.mixPairsHigh(high45, high67), a0, a1, a2, b0, b1, b2, one, third);
  }
  return touched;
}

/** Σ of four pairs of rows times a digit of each. */
@inline function dotOfPairs(p: v128, q: v128, r: v128, s: v128, a: v128, b: v128, c: v128, d: v128): v128 {
  const left = i32x4.add(i32x4.dot_i16x8_s(p, a), i32x4.dot_i16x8_s(q, b));
  return i32x4.add(left, i32x4.add(i32x4.dot_i16x8_s(r, c), i32x4.dot_i16x8_s(s, d)));
}

/** As `addBytes`, with digits of fifteen bits. */
export function addShorts(rows: usize, from: i32, end: i32, unit: f32, digits: usize, dw: usize, ahead: usize): i32 {
  const r0 = <usize>load<u32>(rows);
  const r1 = <usize>load<u32>(rows, 4);
  const r2 = <usize>load<u32>(rows, 8);
  const r3 = <usize>load<u32>(rows, 12);
  const r4 = <usize>load<u32>(rows, 16);
  const r5 = <usize>load<u32>(rows, 20);
  const r6 = <usize>load<u32>(rows, 24);
  const r7 = <usize>load<u32>(rows, 28);
  const a = v128.load32_splat(digits);
  const b = v128.load32_splat(digits, 4);
  const c = v128.load32_splat(digits, 8);
  const d = v128.load32_splat(digits, 12);
  const e = v128.load32_splat(digits, 16);
  const f = v128.load32_splat(digits, 20);
  const g = v128.load32_splat(digits, 24);
  const h = v128.load32_splat(digits, 28);
  const one = f32x4.splat(unit);
  const high = f32x4.splat(32768 * unit);
  let touched = 0;
  for (let k = from; k < end; k += 8) {
    touched |= Ahead.touch(ahead, (<usize>k) << 3);
    const at = dw + ((<usize>k) << 2);
    const p = Bytes.mixLow(v128.load64_zero(r0 + <usize>k), v128.load64_zero(r1 + <usize>k));
    const q = Bytes.mixLow(v128.load64_zero(r2 + <usize>k), v128.load64_zero(r3 + <usize>k));
    const r = Bytes.mixLow(v128.load64_zero(r4 + <usize>k), v128.load64_zero(r5 + <usize>k));
    const s = Bytes.mixLow(v128.load64_zero(r6 + <usize>k), v128.load64_zero(r7 + <usize>k));
    let first = dotOfPairs(Bytes.wideLow(p), Bytes.wideLow(q), Bytes.wideLow(r), Bytes.wideLow(s), a, b, c, d);
    let last = dotOfPairs(Bytes.wideLow(p), Bytes.wideLow(q), Bytes.wideLow(r), Bytes.wideLow(s), e, f, g, h);
    let sum = Simd.madd(f32x4.convert_i32x4_s(last), one, v128.load(at));
    v128.store(at, Simd.madd(f32x4.convert_i32x4_s(first), high, sum));
    first = dotOfPairs(Bytes.wideHigh(p), Bytes.wideHigh(q), Bytes.wideHigh(r), Bytes.wideHigh(s), a, b, c, d);
    last = dotOfPairs(Bytes.wideHigh(p), Bytes.wideHigh(q), Bytes.wideHigh(r), Bytes.wideHigh(s), e, f, g, h);
    sum = Simd.madd(f32x4.convert_i32x4_s(last), one, v128.load(at, 16));
    v128.store(at, Simd.madd(f32x4.convert_i32x4_s(first), high, sum), 16);
  }
  return touched;
}
