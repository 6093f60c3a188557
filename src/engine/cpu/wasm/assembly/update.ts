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
  wordScratchPiece,
  wordShift,
} from '../fields.ts';
import { largest, writeDigits } from './digits.ts';
import { Head, Layer, scratchOf } from './memory.ts';
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

/** Σ over groups of `length` neighbouring partial gradients (padded to sixteens), `offset` bytes inside each, to `to`. */
export function sumGroups(length: i32, offset: usize, to: usize): void {
  const stride = Head.at(wordPartialBytes);
  const groups = Head.word(wordGroups);
  let from = Head.at(wordPartials) + offset;
  for (let k = 0; k < length; k += 16) {
    let at = from;
    let s0 = v128.load(at);
    let s1 = v128.load(at, 16);
    let s2 = v128.load(at, 32);
    let s3 = v128.load(at, 48);
    for (let group = 1; group < groups; group++) {
      at += stride;
      s0 = f32x4.add(s0, v128.load(at));
      s1 = f32x4.add(s1, v128.load(at, 16));
      s2 = f32x4.add(s2, v128.load(at, 32));
      s3 = f32x4.add(s3, v128.load(at, 48));
    }
    v128.store(to, s0);
    v128.store(to, s1, 16);
    v128.store(to, s2, 32);
    v128.store(to, s3, 48);
    from += 64;
    to += 64;
  }
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

/** w := w − rate · gradient. */
export function descend(at: usize, length: i32): void {
  const w = Head.at(wordParameters) + at;
  const slopes = Head.at(wordGradient) + at;
  const rate = f32x4.splat(<f32>Head.real(realLearningRate));
  for (let k = 0; k < length; k += 4) {
    const own = (<usize>k) << 2;
    const lanes = length - k;
    store4(w + own, f32x4.sub(load4(w + own, lanes), f32x4.mul(rate, load4(slopes + own, lanes))), lanes);
  }
}

/** v := βv + gradient; w −= rate · v, or for Nesterov rate · (gradient + βv). */
export function roll(at: usize, length: i32, nesterov: bool): void {
  const w = Head.at(wordParameters) + at;
  const slopes = Head.at(wordGradient) + at;
  const moments = Head.at(wordMoment1) + at;
  const rate = f32x4.splat(<f32>Head.real(realLearningRate));
  const beta = f32x4.splat(<f32>Head.real(realBeta1));
  for (let k = 0; k < length; k += 4) {
    const own = (<usize>k) << 2;
    const lanes = length - k;
    const gradient = load4(slopes + own, lanes);
    const velocity = f32x4.add(f32x4.mul(beta, load4(moments + own, lanes)), gradient);
    store4(moments + own, velocity, lanes);
    const direction = nesterov ? f32x4.add(gradient, f32x4.mul(beta, velocity)) : velocity;
    store4(w + own, f32x4.sub(load4(w + own, lanes), f32x4.mul(rate, direction)), lanes);
  }
}

/** Kingma and Ba's Adam; step `step` is the first when it is 0. */
export function adapt(at: usize, length: i32, step: i32): void {
  const w = Head.at(wordParameters) + at;
  const slopes = Head.at(wordGradient) + at;
  const moments1 = Head.at(wordMoment1) + at;
  const moments2 = Head.at(wordMoment2) + at;
  const keep1 = Head.real(realBeta1);
  const keep2 = Head.real(realBeta2);
  const beta1 = f32x4.splat(<f32>keep1);
  const beta2 = f32x4.splat(<f32>keep2);
  const share1 = f32x4.splat(<f32>(1 - keep1));
  const share2 = f32x4.splat(<f32>(1 - keep2));
  const rate = f32x4.splat(<f32>(Head.real(realLearningRate) / (1 - power(keep1, step + 1))));
  const correction2 = f32x4.splat(<f32>(1 / (1 - power(keep2, step + 1))));
  const epsilon = f32x4.splat(<f32>Head.real(realEpsilon));
  for (let k = 0; k < length; k += 4) {
    const own = (<usize>k) << 2;
    const lanes = length - k;
    const gradient = load4(slopes + own, lanes);
    const first = f32x4.add(f32x4.mul(beta1, load4(moments1 + own, lanes)), f32x4.mul(share1, gradient));
    const second = f32x4.add(f32x4.mul(beta2, load4(moments2 + own, lanes)), f32x4.mul(share2, f32x4.mul(gradient, gradient)));
    store4(moments1 + own, first, lanes);
    store4(moments2 + own, second, lanes);
    const root = f32x4.add(f32x4.sqrt(f32x4.mul(second, correction2)), epsilon);
    store4(w + own, f32x4.sub(load4(w + own, lanes), f32x4.div(f32x4.mul(first, rate), root)), lanes);
  }
}

/** New values of `length` parameters whose gradient is known; `at`: their byte offset in each row of parameters. */
export function optimize(at: usize, length: i32, step: i32): void {
  const kind = Head.word(wordOptimizer);
  if (kind === optimizerDescent) descend(at, length);
  else if (kind === optimizerAdam) adapt(at, length, step);
  else roll(at, length, kind !== optimizerMomentum);
}

/** The gradient of a piece from its sums: mean, scaling taken out, L2. `k`: the piece's first column. */
function finishGradient(l: i32, k: i32, length: i32, sums: usize, at: usize, biasSlope: f32, inverseBatch: f32): void {
  const w = Head.at(wordParameters) + at;
  const to = Head.at(wordGradient) + at;
  const scale = Head.at(wordScale) + ((<usize>k) << 2);
  const shift = Head.at(wordShift) + ((<usize>k) << 2);
  const hasShift = l === 0 && Head.word(wordHasShift) !== 0;
  const l2 = f32x4.splat(<f32>Head.real(realL2));
  const mean = f32x4.splat(inverseBatch);
  const slope = f32x4.splat(biasSlope);
  for (let j = 0; j < length; j += 4) {
    const own = (<usize>j) << 2;
    const lanes = length - j;
    let gradient = f32x4.mul(v128.load(sums + own), mean);
    if (l === 0) gradient = f32x4.mul(gradient, v128.load(scale + own));
    if (hasShift) gradient = Simd.madd(slope, v128.load(shift + own), gradient);
    store4(to + own, Simd.madd(l2, load4(w + own, lanes), gradient), lanes);
  }
}

/** The packed form of a piece of a row, and what penalty and folded b need of it. */
function packPiece(l: i32, k: i32, length: i32, at: usize, packed: usize, piece: i32): void {
  const w = Head.at(wordParameters) + at;
  const scale = Head.at(wordScale) + ((<usize>k) << 2);
  const shift = Head.at(wordShift) + ((<usize>k) << 2);
  const hasShift = l === 0 && Head.word(wordHasShift) !== 0;
  let squares = f32x4.splat(0);
  let dots = f32x4.splat(0);
  let top = f32x4.splat(0);
  let sizes = f32x4.splat(0);
  for (let j = 0; j < length; j += 4) {
    const own = (<usize>j) << 2;
    const value = load4(w + own, length - j);
    squares = Simd.madd(value, value, squares);
    if (hasShift) dots = Simd.madd(value, v128.load(shift + own), dots);
    const scaled = l === 0 ? f32x4.mul(value, v128.load(scale + own)) : value;
    const size = f32x4.abs(scaled);
    top = f32x4.pmax(top, size);
    sizes = f32x4.add(sizes, size);
    v128.store(packed + own, scaled);
  }
  if (l === 0) writeDigits(packed, k, length, largest(top), Simd.sum(sizes));
  store<f64>(Head.at(wordPieceSquares) + ((<usize>piece) << 3), Simd.sum64(squares));
  if (hasShift) store<f64>(Head.at(wordPieceDots) + ((<usize>piece) << 3), Simd.sum64(dots));
}

/** One piece of one row of W: its update (unless `foldOnly`), then its packed form. `sums`: room for a piece. */
function rowPiece(l: i32, row: i32, segment: i32, piece: i32, step: i32, inverseBatch: f32, foldOnly: bool, sums: usize): void {
  const inputs = Layer.word(l, layerInputs);
  const k = segment * pieceLength;
  const length = min(inputs - k, pieceLength);
  const at = (<usize>(Layer.word(l, layerWeights) + row * inputs + k)) << 2;
  if (!foldOnly) {
    const biasSlope: f32 = l === 0 && Head.word(wordHasShift) !== 0 ? biasMean(l, row, inverseBatch) : 0;
    sumGroups(length, Layer.at(l, layerGradient) + ((<usize>(row * Layer.word(l, layerGradientStride) + k)) << 2), sums);
    finishGradient(l, k, length, sums, at, biasSlope, inverseBatch);
    optimize(at, length, step);
  }
  packPiece(l, k, length, at, Layer.at(l, layerPacked) + ((<usize>(row * Layer.word(l, layerInputStride) + k)) << 2), piece);
}

function biasMean(l: i32, row: i32, inverseBatch: f32): f32 {
  const stride = Head.at(wordPartialBytes);
  let at = Head.at(wordPartials) + Layer.at(l, layerBiasGradient) + ((<usize>row) << 2);
  let sum = load<f32>(at);
  for (let group = Head.word(wordGroups); group > 1; group--) {
    at += stride;
    sum += load<f32>(at);
  }
  return sum * inverseBatch;
}

/** All of b of a layer. */
function biasPiece(l: i32, piece: i32, step: i32, inverseBatch: f32, foldOnly: bool): void {
  const units = Layer.word(l, layerUnits);
  const at = (<usize>Layer.word(l, layerBiases)) << 2;
  if (!foldOnly) {
    for (let o = 0; o < units; o++) store<f32>(Head.at(wordGradient) + at + ((<usize>o) << 2), biasMean(l, o, inverseBatch));
    optimize(at, units, step);
  }
  memory.copy(Layer.at(l, layerPackedBiases), Head.at(wordParameters) + at, (<usize>units) << 2);
  store<f64>(Head.at(wordPieceSquares) + ((<usize>piece) << 3), 0);
}

/** A piece of the only row there is, by thread `thread`. */
export function updatePiece(thread: i32, piece: i32, step: i32): void {
  const sums = scratchOf(thread) + Head.at(wordScratchPiece);
  rowPiece(0, 0, piece, piece, step, <f32>(1.0 / <f64>Head.word(wordBatch)), false, sums);
}

/** b of the only layer there is. */
export function updateBias(step: i32): void {
  biasPiece(0, Layer.word(0, layerPiecesPerRow), step, <f32>(1.0 / <f64>Head.word(wordBatch)), false);
}

/** Every `stride`-th piece from number `first` on, which is also the number of the thread. */
export function updatePieces(first: i32, stride: i32, step: i32, foldOnly: bool): void {
  const inverseBatch = <f32>(1.0 / <f64>Head.word(wordBatch));
  const sums = scratchOf(first) + Head.at(wordScratchPiece);
  const layers = Head.word(wordLayers);
  let piece = first;
  for (let l = 0; l < layers; l++) {
    const from = Layer.word(l, layerFirstPiece);
    const perRow = Layer.word(l, layerPiecesPerRow);
    const rowPieces = Layer.word(l, layerUnits) * perRow;
    for (; piece < from + rowPieces; piece += stride) {
      const own = piece - from;
      rowPiece(l, own / perRow, own % perRow, piece, step, inverseBatch, foldOnly, sums);
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
  const b = Head.at(wordParameters) + ((<usize>Layer.word(0, layerBiases)) << 2);
  let dots = Head.at(wordPieceDots);
  for (let o = 0; o < units; o++) {
    let sum = <f64>load<f32>(b + ((<usize>o) << 2));
    for (let segment = 0; segment < perRow; segment++) {
      sum += load<f64>(dots);
      dots += 8;
    }
    store<f32>(Layer.at(0, layerPackedBiases) + ((<usize>o) << 2), <f32>sum);
  }
}

/** λ/2 · Σ W² of the parameters as they are now, for the next step's cost. */
export function keepPenalty(): void {
  const l2 = Head.real(realL2);
  if (l2 === 0) return;
  const last = Head.word(wordLayers) - 1;
  const pieces = Layer.word(last, layerFirstPiece) + Layer.word(last, layerUnits) * Layer.word(last, layerPiecesPerRow) + 1;
  let sum: f64 = 0;
  for (let piece = 0; piece < pieces; piece++) sum += load<f64>(Head.at(wordPieceSquares) + ((<usize>piece) << 3));
  Head.setReal(realPenalty, 0.5 * l2 * sum);
}
