/**
 * The second half of a step: partial gradients added up in their fixed order, the scaling taken out again, L2, the
 * optimiser, and the parameters laid out anew for the next step. Work comes in pieces of rows; each parameter is formed by
 * one thread alone, so that it does not matter which.
 */
import {
  layerBiases,
  layerBiasGradient,
  layerFirstPiece,
  layerGradient,
  layerGradientStride,
  layerInputs,
  layerInputStride,
  layerPacked,
  layerPackedBiases,
  layerPiecesPerRow,
  layerUnits,
  layerWeights,
  optimizerAdam,
  optimizerDescent,
  optimizerMomentum,
  pieceLength,
  realBeta1,
  realBeta2,
  realEpsilon,
  realL2,
  realLearningRate,
  realPenalty,
  wordBatch,
  wordGradient,
  wordGroups,
  wordHasShift,
  wordLayers,
  wordMoment1,
  wordMoment2,
  wordOptimizer,
  wordParameters,
  wordPartialBytes,
  wordPartials,
  wordPieceDots,
  wordPieceSquares,
  wordScale,
  wordShift,
} from '../fields.ts';
import { Head, Layer } from './memory.ts';
import { Simd } from './simd.ts';

/** β^exponent by squaring, so that a step's correction depends on its number alone. */
function power(base: f64, exponent: i32): f64 {
  let result: f64 = 1;
  for (let left = exponent; left > 0; left >>= 1) {
    if (left & 1) result *= base;
    base *= base;
  }
  return result;
}

/** Σ over groups of four neighbouring partial gradients, `offset` bytes inside each, over the examples of a step. */
function meanOfGroups(offset: usize, inverseBatch: v128): v128 {
  const stride = Head.at(wordPartialBytes);
  let at = Head.at(wordPartials) + offset;
  let sum = v128.load(at);
  for (let group = Head.word(wordGroups); group > 1; group--) {
    at += stride;
    sum = f32x4.add(sum, v128.load(at));
  }
  return f32x4.mul(sum, inverseBatch);
}

/** The new values of four parameters whose gradient is known; `at`: their byte offset in each row of parameters. */
function optimized(w: v128, gradient: v128, at: usize, step: i32, lanes: i32): v128 {
  const kind = Head.word(wordOptimizer);
  const rate = f32x4.splat(<f32>Head.real(realLearningRate));
  if (kind === optimizerDescent) return f32x4.sub(w, f32x4.mul(rate, gradient));
  const beta1 = <f32>Head.real(realBeta1);
  const moment1At = Head.at(wordMoment1) + at;
  const old = load4(moment1At, lanes);
  if (kind !== optimizerAdam) {
    const velocity = f32x4.add(f32x4.mul(f32x4.splat(beta1), old), gradient);
    store4(moment1At, velocity, lanes);
    if (kind === optimizerMomentum) return f32x4.sub(w, f32x4.mul(rate, velocity));
    return f32x4.sub(w, f32x4.mul(rate, f32x4.add(gradient, f32x4.mul(f32x4.splat(beta1), velocity))));
  }
  const beta2 = Head.real(realBeta2);
  const moment2At = Head.at(wordMoment2) + at;
  const first = f32x4.add(f32x4.mul(f32x4.splat(beta1), old), f32x4.mul(f32x4.splat(<f32>(1 - Head.real(realBeta1))), gradient));
  const squared = f32x4.mul(f32x4.splat(<f32>(1 - beta2)), f32x4.mul(gradient, gradient));
  const second = f32x4.add(f32x4.mul(f32x4.splat(<f32>beta2), load4(moment2At, lanes)), squared);
  store4(moment1At, first, lanes);
  store4(moment2At, second, lanes);
  const correction1 = f32x4.splat(<f32>(Head.real(realLearningRate) / (1 - power(Head.real(realBeta1), step + 1))));
  const correction2 = f32x4.splat(<f32>(1 / (1 - power(beta2, step + 1))));
  const root = f32x4.add(f32x4.sqrt(f32x4.mul(second, correction2)), f32x4.splat(<f32>Head.real(realEpsilon)));
  return f32x4.sub(w, f32x4.div(f32x4.mul(first, correction1), root));
}

/** The first `lanes` of four floats; zeros in the others. */
function load4(at: usize, lanes: i32): v128 {
  if (lanes >= 4) return v128.load(at);
  let value = v128.load32_zero(at);
  if (lanes > 1) value = v128.load32_lane(at, value, 1, 4);
  if (lanes > 2) value = v128.load32_lane(at, value, 2, 8);
  return value;
}

function store4(at: usize, value: v128, lanes: i32): void {
  if (lanes >= 4) {
    v128.store(at, value);
    return;
  }
  v128.store32_lane(at, value, 0);
  if (lanes > 1) v128.store32_lane(at, value, 1, 4);
  if (lanes > 2) v128.store32_lane(at, value, 2, 8);
}

/** One piece of one row of W: its update (unless `foldOnly`), then its packed form and what penalty and folded b need. */
function rowPiece(l: i32, row: i32, segment: i32, piece: i32, step: i32, inverseBatch: v128, foldOnly: bool): void {
  const inputs = Layer.word(l, layerInputs);
  const end = min(inputs, (segment + 1) * pieceLength);
  const rowAt = <usize>(Layer.word(l, layerWeights) + row * inputs) << 2;
  const w = Head.at(wordParameters) + rowAt;
  const packed = Layer.at(l, layerPacked) + (<usize>(row * Layer.word(l, layerInputStride)) << 2);
  const slopes = Layer.at(l, layerGradient) + (<usize>(row * Layer.word(l, layerGradientStride)) << 2);
  const scale = Head.at(wordScale);
  const shift = Head.at(wordShift);
  const l2 = f32x4.splat(<f32>Head.real(realL2));
  const hasShift = l === 0 && Head.word(wordHasShift) !== 0;
  const biasSlope = hasShift && !foldOnly ? biasMean(l, row, inverseBatch) : f32x4.splat(0);
  let squares = f32x4.splat(0);
  let dots = f32x4.splat(0);
  for (let k = segment * pieceLength; k < end; k += 4) {
    const at = <usize>k << 2;
    const lanes = end - k;
    let value = load4(w + at, lanes);
    if (!foldOnly) {
      let gradient = meanOfGroups(slopes + at, inverseBatch);
      if (l === 0) gradient = f32x4.mul(gradient, v128.load(scale + at));
      if (hasShift) gradient = Simd.madd(biasSlope, v128.load(shift + at), gradient);
      gradient = Simd.madd(l2, value, gradient);
      store4(Head.at(wordGradient) + rowAt + at, gradient, lanes);
      value = optimized(value, gradient, rowAt + at, step, lanes);
      store4(w + at, value, lanes);
      if (lanes < 4) value = v128.and(value, Simd.firstLanes(lanes));
    }
    squares = Simd.madd(value, value, squares);
    if (hasShift) dots = Simd.madd(value, v128.load(shift + at), dots);
    v128.store(packed + at, l === 0 ? f32x4.mul(value, v128.load(scale + at)) : value);
  }
  store<f64>(Head.at(wordPieceSquares) + (<usize>piece << 3), Simd.sum64(squares));
  if (hasShift) store<f64>(Head.at(wordPieceDots) + (<usize>piece << 3), Simd.sum64(dots));
}

function biasMean(l: i32, row: i32, inverseBatch: v128): v128 {
  const four = meanOfGroups(Layer.at(l, layerBiasGradient) + (<usize>(row & ~3) << 2), inverseBatch);
  const lane = row & 3;
  if (lane === 0) return f32x4.splat(f32x4.extract_lane(four, 0));
  if (lane === 1) return f32x4.splat(f32x4.extract_lane(four, 1));
  if (lane === 2) return f32x4.splat(f32x4.extract_lane(four, 2));
  return f32x4.splat(f32x4.extract_lane(four, 3));
}

/** All of b of a layer. */
function biasPiece(l: i32, piece: i32, step: i32, inverseBatch: v128, foldOnly: bool): void {
  const units = Layer.word(l, layerUnits);
  const offset = <usize>Layer.word(l, layerBiases) << 2;
  const b = Head.at(wordParameters) + offset;
  const packed = Layer.at(l, layerPackedBiases);
  for (let o = 0; o < units; o += 4) {
    const at = <usize>o << 2;
    const lanes = units - o;
    let value = load4(b + at, lanes);
    if (!foldOnly) {
      const gradient = meanOfGroups(Layer.at(l, layerBiasGradient) + at, inverseBatch);
      store4(Head.at(wordGradient) + offset + at, gradient, lanes);
      value = optimized(value, gradient, offset + at, step, lanes);
      store4(b + at, value, lanes);
    }
    store4(packed + at, value, lanes);
  }
  store<f64>(Head.at(wordPieceSquares) + (<usize>piece << 3), 0);
}

/** Every `stride`-th piece from number `first` on. */
export function updatePieces(first: i32, stride: i32, step: i32, foldOnly: bool): void {
  const inverseBatch = f32x4.splat(<f32>(1.0 / <f64>Head.word(wordBatch)));
  const layers = Head.word(wordLayers);
  let piece = first;
  for (let l = 0; l < layers; l++) {
    const from = Layer.word(l, layerFirstPiece);
    const perRow = Layer.word(l, layerPiecesPerRow);
    const rowPieces = Layer.word(l, layerUnits) * perRow;
    for (; piece < from + rowPieces; piece += stride) {
      const own = piece - from;
      rowPiece(l, own / perRow, own % perRow, piece, step, inverseBatch, foldOnly);
    }
    if (piece === from + rowPieces) {
      biasPiece(l, piece, step, inverseBatch, foldOnly);
      piece += stride;
    }
  }
}

/** b + W · shift of the first layer, after all its pieces. */
export function foldBiases(): void {
  const units = Layer.word(0, layerUnits);
  const perRow = Layer.word(0, layerPiecesPerRow);
  const b = Head.at(wordParameters) + (<usize>Layer.word(0, layerBiases) << 2);
  let dots = Head.at(wordPieceDots);
  for (let o = 0; o < units; o++) {
    let sum = <f64>load<f32>(b + (<usize>o << 2));
    for (let segment = 0; segment < perRow; segment++) {
      sum += load<f64>(dots);
      dots += 8;
    }
    store<f32>(Layer.at(0, layerPackedBiases) + (<usize>o << 2), <f32>sum);
  }
}

/** λ/2 · Σ W² of the parameters as they are now, for the next step's cost. */
export function keepPenalty(): void {
  const l2 = Head.real(realL2);
  if (l2 === 0) return;
  const last = Head.word(wordLayers) - 1;
  const pieces = Layer.word(last, layerFirstPiece) + Layer.word(last, layerUnits) * Layer.word(last, layerPiecesPerRow) + 1;
  let sum: f64 = 0;
  for (let piece = 0; piece < pieces; piece++) sum += load<f64>(Head.at(wordPieceSquares) + (<usize>piece << 3));
  Head.setReal(realPenalty, 0.5 * l2 * sum);
}
