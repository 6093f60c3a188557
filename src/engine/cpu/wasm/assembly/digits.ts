/**
 * Weights and slopes cut into digits, to be multiplied with bytes (`digit-sums.ts`). A factor is a whole number of units, the
 * unit a fraction of the largest factor of its piece: two digits of fifteen bits, or three of eight. The unit is fine enough for
 * sums to be about as good as in float32 unless sizes differ by far; then, and where a factor is not finite, a finer arithmetic
 * or floats do the work.
 */
import {
  arithmeticBytes,
  arithmeticFloats,
  arithmeticShorts,
  pieceLength,
  wordArithmetic,
  wordDigits,
  wordUnits,
} from '../fields.ts';
import { Head } from './memory.ts';
import { Simd } from './simd.ts';

/** Units in the largest factor: what two digits of fifteen bits hold, and three of eight, of which none is ever 128. */
const shortUnits: f32 = 536870912;
const byteUnits: f32 = 8323072;
/** Factors below it have no unit. */
const least: f32 = 1e-29;
const most: f32 = 1e30;
/**
 * A weight that is so much smaller than the largest has too few digits; of such weights (not counting zeros) a piece may have
 * an eighth, since z is a sum over many. No slope may be so much smaller than the largest of its eight: it keeps twelve bits
 * there, which is all that its features have where they are dark in the other seven.
 */
const weightsRange: f32 = 128;
const weightsRangeInShorts: f32 = 8192;
const slopesRange: f32 = 4096;
const slopesRangeInShorts: f32 = 262144;

/** In the place of a unit. */
const asFloats: f32 = -1;

/** Four factors as a whole number of units. */
@inline function inUnits(at: usize, inverse: v128): v128 {
  const units = f32x4.nearest(f32x4.mul(v128.load(at), inverse));
  // both give the same, for all of them fit
  if (ASC_FEATURE_RELAXED_SIMD) return i32x4.relaxed_trunc_f32x4_s(units);
  return i32x4.trunc_sat_f32x4_s(units);
}

/** The last digit of eight bits, with its sign. */
@inline function lastByte(a: v128): v128 {
  return i32x4.shr_s(i32x4.shl(a, 24), 24);
}

@inline function narrow(a: v128, b: v128, c: v128, d: v128): v128 {
  return i8x16.narrow_i16x8_s(i16x8.narrow_i32x4_s(a, b), i16x8.narrow_i32x4_s(c, d));
}

/** Sixteen factors as three times sixteen bytes, the last digits first. */
function writeBytes(from: usize, to: usize, inverse: v128): void {
  let a = inUnits(from, inverse);
  let b = inUnits(from + 16, inverse);
  let c = inUnits(from + 32, inverse);
  let d = inUnits(from + 48, inverse);
  for (let digit = 0; digit < 3; digit++) {
    const a0 = lastByte(a);
    const b0 = lastByte(b);
    const c0 = lastByte(c);
    const d0 = lastByte(d);
    v128.store(to, narrow(a0, b0, c0, d0));
    to += 16;
    a = i32x4.shr_s(i32x4.sub(a, a0), 8);
    b = i32x4.shr_s(i32x4.sub(b, b0), 8);
    c = i32x4.shr_s(i32x4.sub(c, c0), 8);
    d = i32x4.shr_s(i32x4.sub(d, d0), 8);
  }
}

/** Eight factors as twice eight integers of sixteen bits, the first digits first. */
function writeShorts(from: usize, to: usize, inverse: v128): void {
  const a = inUnits(from, inverse);
  const b = inUnits(from + 16, inverse);
  const half = i32x4.splat(16384);
  const a1 = i32x4.shr_s(i32x4.add(a, half), 15);
  const b1 = i32x4.shr_s(i32x4.add(b, half), 15);
  v128.store(to, i16x8.narrow_i32x4_s(a1, b1));
  v128.store(to, i16x8.narrow_i32x4_s(i32x4.sub(a, i32x4.shl(a1, 15)), i32x4.sub(b, i32x4.shl(b1, 15))), 16);
}

/** The largest of four numbers, none of them below zero. */
export function largest(sizes: v128): f32 {
  const pairs = f32x4.pmax(sizes, v128.shuffle<f32>(sizes, sizes, 2, 3, 0, 1));
  return max<f32>(f32x4.extract_lane(pairs, 0), f32x4.extract_lane(pairs, 1));
}

/** What the largest factor is, in units. */
@inline function unitsOf(arithmetic: i32): f32 {
  return arithmetic === arithmeticBytes ? byteUnits : shortUnits;
}

/** Where the digits of the weights from column `k` on stand. */
@inline export function digitsAt(arithmetic: i32, k: i32): usize {
  return Head.at(wordDigits) + <usize>(arithmetic === arithmeticBytes ? 3 * k : 4 * k);
}

/** How many of so many weights are smaller than `limit`, without being zero. */
function smallOnes(at: usize, length: i32, limit: f32): i32 {
  const below = f32x4.splat(limit);
  let found = i32x4.splat(0);
  for (let k = 0; k < length; k += 4) {
    const size = f32x4.abs(v128.load(at + ((<usize>k) << 2)));
    found = i32x4.sub(found, v128.and(f32x4.lt(size, below), f32x4.gt(size, f32x4.splat(0))));
  }
  const pairs = i32x4.add(found, v128.shuffle<i32>(found, found, 2, 3, 0, 1));
  return i32x4.extract_lane(pairs, 0) + i32x4.extract_lane(pairs, 1);
}

/**
 * A piece of the packed weights as integers.
 * @param packed the piece, with zeros behind it
 * @param top its largest size, which need not be seen where one is no number
 * @param sum of all sizes
 */
export function writeDigits(packed: usize, k: i32, length: i32, top: f32, sum: f32): void {
  const arithmetic = Head.word(wordArithmetic);
  if (arithmetic === arithmeticFloats) return;
  const whole = (length + 15) & ~15;
  const unitAt = Head.at(wordUnits) + ((<usize>(k / pieceLength)) << 2);
  const units = unitsOf(arithmetic);
  const range = arithmetic === arithmeticBytes ? weightsRange : weightsRangeInShorts;
  if (sum === 0) {
    store<f32>(unitAt, 0);
    return;
  }
  if (!(sum < most && top > least) || 8 * smallOnes(packed, whole, top / range) > length) {
    store<f32>(unitAt, asFloats);
    return;
  }
  store<f32>(unitAt, top / units);
  const inverse = f32x4.splat(units / top);
  let to = digitsAt(arithmetic, k);
  if (arithmetic === arithmeticBytes) {
    for (let j = 0; j < whole; j += 16) {
      writeBytes(packed + ((<usize>j) << 2), to, inverse);
      to += 48;
    }
  } else {
    for (let j = 0; j < whole; j += 8) {
      writeShorts(packed + ((<usize>j) << 2), to, inverse);
      to += 32;
    }
  }
}

/** Of piece `segment`, for one unit: 0 where all weights are; less than 0: its floats have to be taken. */
@inline export function unitOf(segment: i32): f32 {
  return load<f32>(Head.at(wordUnits) + ((<usize>segment) << 2));
}

/**
 * Eight slopes as integers at `to`, each digit of four or two rows side by side.
 * @returns their unit: 0 where all are zero, less than 0 where this arithmetic is too coarse for the smaller ones
 */
export function writeSlopes(arithmetic: i32, dzAt: usize, to: usize): f32 {
  const low = f32x4.abs(v128.load(dzAt));
  const high = f32x4.abs(v128.load(dzAt, 16));
  const top = largest(f32x4.pmax(low, high));
  // what is no number shows in a sum
  const sum = Simd.sum(f32x4.add(low, high));
  if (sum === 0) return 0;
  const range = arithmetic === arithmeticBytes ? slopesRange : slopesRangeInShorts;
  if (!(sum < most && top > least) || smallOnes(dzAt, 8, top / range) > 0) return asFloats;
  const units = unitsOf(arithmetic);
  const inverse = f32x4.splat(units / top);
  // of the sixteen that are written, the last eight are zeros
  if (arithmetic === arithmeticBytes) writeBytes(dzAt, to, inverse);
  else writeShorts(dzAt, to, inverse);
  return top / units;
}
