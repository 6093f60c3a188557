/**
 * One output, no hidden layer: a few rows at a time, first their z, then dz, then their share of dw, so that X is read from
 * memory once a step. Of short rows eight stay in the first-level cache meanwhile. Of long ones more are taken, and all of them
 * piece by piece: then the weights of a piece, or its dw, stay in the first-level cache, and X in the second.
 */
import {
  arithmeticBytes,
  arithmeticFloats,
  layerBiasGradient,
  layerGradient,
  layerPacked,
  layerPackedBiases,
  layerPiecesPerRow,
  pieceLength,
  storageUint8,
  wordArithmetic,
  wordLoss,
  wordN,
  wordRowsAtOnce,
  wordScratchDigits,
  wordScratchParts,
  wordScratchRows,
  wordScratchY,
  wordStorage,
} from '../fields.ts';
import { Ahead } from './ahead.ts';
import { addBytes, addShorts, sumsOfBytes, sumsOfShorts } from './digit-sums.ts';
import { unitOf, writeSlopes } from './digits.ts';
import { exampleAt, rowAt, targetsAt } from './examples.ts';
import { addFloats, addPixels, sumsOfFloats, sumsOfPixels } from './float-sums.ts';
import { lossesOfOne } from './losses.ts';
import { Head, Layer } from './memory.ts';
import { Simd } from './simd.ts';

/** Every other step goes through X from its end, so that what the step before read last is still in a cache. */
export function isBackwards(step: i32): bool {
  return (step & 1) !== 0;
}

/** A few rows in a thread's scratch: their addresses, then z, then dz. */
export class Rows {
  @inline static at(scratch: usize): usize {
    return scratch + Head.at(wordScratchRows);
  }

  @inline static zAt(scratch: usize): usize {
    return Rows.at(scratch) + (Head.at(wordRowsAtOnce) << 2);
  }

  @inline static dzAt(scratch: usize): usize {
    return Rows.at(scratch) + (Head.at(wordRowsAtOnce) << 3);
  }
}

/**
 * The first of the eight that is added up when `turn` rows have been: in the direction of the step, so that how many rows are
 * worked on at once does not change a bit.
 */
function eightAt(turn: i32, count: i32, step: i32): i32 {
  return isBackwards(step) ? ((count - 1) & ~7) - turn : turn;
}

/** Where an eight of slopes stands as integers, with their unit and which arithmetic they are for. */
const eightBytes = 64;
const unitAt = 48;
const arithmeticAt = 52;
const touchedAt = 56;
/** In the place of an arithmetic: all slopes of the eight are zero. */
const nothing = -1;

/** The addresses of the rows at places first … first + count − 1; an eight that is not full shows the last of them again. */
export function listRows(first: i32, count: i32, step: i32, scratch: usize): void {
  const rows = Rows.at(scratch);
  const whole = (count + 7) & ~7;
  for (let r = 0; r < whole; r++) store<u32>(rows + ((<usize>r) << 2), <u32>rowAt(exampleAt(first + min(r, count - 1), step)));
}

/** Σ w · x over one piece of four rows of pixels, written at `to`: by digits where that is good enough. */
function partsOfFour(rows: usize, piece: i32, k: i32, end: i32, w: usize, to: usize): void {
  const arithmetic = Head.word(wordArithmetic);
  const unit: f32 = arithmetic === arithmeticFloats ? -1 : unitOf(piece);
  if (unit < 0) {
    sumsOfPixels(rows, k, end, w, to);
    return;
  }
  if (unit === 0) {
    v128.store(to, f32x4.splat(0));
    return;
  }
  if (arithmetic === arithmeticBytes) sumsOfBytes(rows, k, end, to);
  else sumsOfShorts(rows, k, end, to);
  v128.store(to, f32x4.mul(f32x4.splat(unit), v128.load(to)));
}

/** What pieces from … to − 1 give to each row's z, row by row, one piece behind the other at `parts`. */
export function formParts(count: i32, from: i32, to: i32, scratch: usize, parts: usize): void {
  const n = Head.word(wordN);
  const rows = Rows.at(scratch);
  const w = Layer.at(0, layerPacked);
  const pixels = Head.word(wordStorage) === storageUint8;
  for (let piece = from; piece < to; piece++) {
    const k = piece * pieceLength;
    const end = min(n, k + pieceLength);
    const own = parts + <usize>piece * (Head.at(wordRowsAtOnce) << 2);
    if (pixels) {
      for (let j = 0; j < count; j += 4) partsOfFour(rows + ((<usize>j) << 2), piece, k, end, w, own + ((<usize>j) << 2));
    } else {
      for (let j = 0; j < count; j += 8) sumsOfFloats(rows + ((<usize>j) << 2), k, end, w, own + ((<usize>j) << 2));
    }
  }
}

/** z and dz of the rows, from all parts of z. @param yAt their targets @returns `loss` + Σ L, added up eight by eight */
export function formSlopes(count: i32, step: i32, parts: usize, yAt: usize, scratch: usize, loss: f64): f64 {
  const pieces = Layer.word(0, layerPiecesPerRow);
  const stride = Head.at(wordRowsAtOnce) << 2;
  const zAt = Rows.zAt(scratch);
  const dzAt = Rows.dzAt(scratch);
  const bias = v128.load32_splat(Layer.at(0, layerPackedBiases));
  for (let j = 0; j < count; j += 4) {
    let at = parts + ((<usize>j) << 2);
    let z = v128.load(at);
    for (let piece = 1; piece < pieces; piece++) {
      at += stride;
      z = f32x4.add(z, v128.load(at));
    }
    v128.store(zAt + ((<usize>j) << 2), f32x4.add(z, bias));
  }
  // behind the last of them, up to the end of its eight
  v128.store(dzAt + ((<usize>((count - 1) & ~7)) << 2), f32x4.splat(0), 16);
  for (let turn = 0; turn < count; turn += 8) {
    const j = eightAt(turn, count, step);
    const at = (<usize>j) << 2;
    loss += lossesOfOne(Head.word(wordLoss), min(8, count - j), zAt + at, yAt + at, dzAt + at);
  }
  return loss;
}

/** `db` + Σ dz of the rows, added up eight by eight. */
export function addSlopes(count: i32, step: i32, scratch: usize, db: f32): f32 {
  for (let turn = 0; turn < count; turn += 8) {
    const at = Rows.dzAt(scratch) + ((<usize>eightAt(turn, count, step)) << 2);
    db += Simd.sum(f32x4.add(v128.load(at), v128.load(at, 16)));
  }
  return db;
}

/** Eight slopes as integers where these are good enough: from the fastest arithmetic to the finest. @param here so many of them count */
function cutEight(here: i32, dzAt: usize, to: usize): void {
  // half of the rows as floats cost less than all of them by digits
  for (let arithmetic = here > 4 ? Head.word(wordArithmetic) : arithmeticFloats; arithmetic !== arithmeticFloats; arithmetic--) {
    const unit = writeSlopes(arithmetic, dzAt, to);
    if (unit < 0) continue;
    store<f32>(to, unit, unitAt);
    store<i32>(to, unit === 0 ? nothing : arithmetic, arithmeticAt);
    return;
  }
  store<i32>(to, arithmeticFloats, arithmeticAt);
}

/** dw += Σ dz[r] · x[r] over columns k … end − 1 of eight rows of pixels. @param here so many of them have slopes @returns what was touched */
function addEight(rows: usize, here: i32, k: i32, end: i32, dzAt: usize, digits: usize, dw: usize, ahead: usize): i32 {
  const arithmetic = load<i32>(digits, arithmeticAt);
  if (arithmetic === nothing) return 0;
  const unit = load<f32>(digits, unitAt);
  if (arithmetic === arithmeticBytes) return addBytes(rows, k, end, unit, digits, dw, ahead);
  if (arithmetic !== arithmeticFloats) return addShorts(rows, k, end, unit, digits, dw, ahead);
  const touched = addPixels(rows, k, end, dzAt, dw, ahead);
  return here > 4 ? touched | addPixels(rows + 16, k, end, dzAt + 16, dw, Ahead.half(ahead)) : touched;
}

/** The rows' slopes as integers, where X is of bytes. */
export function cutSlopes(count: i32, scratch: usize): void {
  if (Head.word(wordStorage) !== storageUint8) return;
  const dzAt = Rows.dzAt(scratch);
  const digits = scratch + Head.at(wordScratchDigits);
  for (let j = 0; j < count; j += 8) cutEight(count - j, dzAt + ((<usize>j) << 2), digits + <usize>(j >> 3) * eightBytes);
}

/** dw += Σ dz · x of the rows, in one piece; their slopes have been cut. */
export function addPiece(count: i32, step: i32, piece: i32, scratch: usize, dw: usize): void {
  const rows = Rows.at(scratch);
  const dzAt = Rows.dzAt(scratch);
  const digits = scratch + Head.at(wordScratchDigits);
  const pixels = Head.word(wordStorage) === storageUint8;
  const k = piece * pieceLength;
  const end = min(Head.word(wordN), k + pieceLength);
  const ahead = Ahead.of(load<u32>(rows), isBackwards(step));
  let touched = 0;
  for (let turn = 0; turn < count; turn += 8) {
    const j = eightAt(turn, count, step);
    const at = (<usize>j) << 2;
    if (pixels) touched |= addEight(rows + at, count - j, k, end, dzAt + at, digits + <usize>(j >> 3) * eightBytes, dw, ahead);
    else touched |= addFloats(rows + at, k, end, dzAt + at, dw, ahead);
  }
  // it is used for nothing, but has to be kept
  store<i32>(digits, touched, touchedAt);
}

/** Adds the gradient of places first … first + count − 1 to `partial`; gives Σ L. */
export function onePassBlock(first: i32, count: i32, step: i32, scratch: usize, partial: usize): f64 {
  const pieces = Layer.word(0, layerPiecesPerRow);
  const most = Head.word(wordRowsAtOnce);
  const parts = scratch + Head.at(wordScratchParts);
  const dbAt = partial + Layer.at(0, layerBiasGradient);
  const yAt = targetsAt(first, count, step, scratch + Head.at(wordScratchY));
  let loss: f64 = 0;
  let db: f32 = 0;
  const last = ((count - 1) / most) * most;
  for (let turn = 0; turn < count; turn += most) {
    const j = isBackwards(step) ? last - turn : turn;
    const here = min(most, count - j);
    listRows(first + j, here, step, scratch);
    formParts(here, 0, pieces, scratch, parts);
    loss = formSlopes(here, step, parts, yAt + ((<usize>j) << 2), scratch, loss);
    db = addSlopes(here, step, scratch, db);
    cutSlopes(here, scratch);
    // the last first: it was read last
    for (let piece = pieces - 1; piece >= 0; piece--) addPiece(here, step, piece, scratch, partial + Layer.at(0, layerGradient));
  }
  store<f32>(dbAt, load<f32>(dbAt) + db);
  return loss;
}
