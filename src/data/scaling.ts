/**
 * Fits the scaling x = scale · raw + shift on a training part, for engines to fold into the weights: of bytes, which stay
 * bytes, and of floats that were rescaled once, on all examples. The first rescaling of a table is `table-dataset.ts`'s.
 */
import type { FeatureMatrix, Normalization, Scaling } from './dataset.ts';

/** x = raw for n features. */
export function identityScaling(n: number): Scaling {
  return uniformScaling(n, 1, 0);
}

/** The same scale and shift for each of n features. */
export function uniformScaling(n: number, scale: number, shift: number): Scaling {
  return { scale: new Float32Array(n).fill(scale), shift: new Float32Array(n).fill(shift) };
}

/**
 * For bytes. `unit` maps 0 … 255 onto 0 … 1, `standard` makes each feature's mean 0 and deviation 1, `none` leaves bytes.
 * @param values n · m bytes, example-major: the training part
 */
export function fitByteScaling(values: Uint8Array, n: number, m: number, normalization: Normalization): Scaling {
  switch (normalization) {
    case 'unit':
      return uniformScaling(n, 1 / 255, 0);
    case 'none':
      return identityScaling(n);
    case 'standard':
      return standardByteScaling(values, n, m);
  }
}

function standardByteScaling(values: Uint8Array, n: number, m: number): Scaling {
  // Sums of bytes and of their squares stay far below 2⁵³, so they are exact in float64.
  const sums = new Float64Array(n);
  const squares = new Float64Array(n);
  for (let i = 0, at = 0; i < m; i++) {
    for (let j = 0; j < n; j++, at++) {
      const value = values[at] ?? 0;
      sums[j] = (sums[j] ?? 0) + value;
      squares[j] = (squares[j] ?? 0) + value * value;
    }
  }
  const scale = new Float32Array(n);
  const shift = new Float32Array(n);
  for (let j = 0; j < n; j++) {
    const mean = (sums[j] ?? 0) / m;
    const deviation = Math.sqrt(Math.max(0, (squares[j] ?? 0) / m - mean * mean));
    // A pixel that never varies in training says nothing: scale 0 keeps x at 0 for it, in the test part too.
    if (deviation === 0) continue;
    scale[j] = 1 / deviation;
    shift[j] = -mean / deviation;
  }
  return { scale, shift };
}

/**
 * For bytes and for floats. Floats: `unit` maps from the least to the greatest value onto 0 … 1, `standard` makes each
 * feature's mean 0 and deviation 1, and a feature that does not vary gets scale 0, which keeps x at 0 for it; `none` is
 * the identity. The scaling is float32, and so are the engines: fit it on floats of moderate size, as a table's are once
 * it has been rescaled, since a large mean in the shift would cancel digits.
 * @param x the training part
 */
export function fitScaling(x: FeatureMatrix, normalization: Normalization): Scaling {
  if (x.storage === 'uint8') return fitByteScaling(x.values, x.n, x.m, normalization);
  if (normalization === 'none') return identityScaling(x.n);
  const { least, greatest } = extremes(x.values, x.n);
  const { offset, width } = normalization === 'unit' ? { offset: least, width: widths(least, greatest) } : moments(x.values, x.n, x.m);
  const scaling = uniformScaling(x.n, 0, 0);
  for (let j = 0; j < x.n; j++) {
    // Compared as they are: a deviation from a rounded mean need not be 0 where all values are the same.
    if (least[j] === greatest[j]) continue;
    scaling.scale[j] = 1 / (width[j] ?? 1);
    scaling.shift[j] = -(offset[j] ?? 0) / (width[j] ?? 1);
  }
  return scaling;
}

function extremes(values: Float32Array, n: number): { least: Float64Array; greatest: Float64Array } {
  const least = new Float64Array(n).fill(Infinity);
  const greatest = new Float64Array(n).fill(-Infinity);
  for (let first = 0; first < values.length; first += n) {
    for (let j = 0; j < n; j++) {
      const value = values[first + j] ?? 0;
      if (value < (least[j] ?? 0)) least[j] = value;
      if (value > (greatest[j] ?? 0)) greatest[j] = value;
    }
  }
  return { least, greatest };
}

const widths = (least: Float64Array, greatest: Float64Array): Float64Array => greatest.map((value, j) => value - (least[j] ?? 0));

/** Mean and deviation of each feature, in two passes, so that no digits cancel. */
function moments(values: Float32Array, n: number, m: number): { offset: Float64Array; width: Float64Array } {
  const means = new Float64Array(n);
  const squares = new Float64Array(n);
  for (let first = 0; first < values.length; first += n) {
    for (let j = 0; j < n; j++) means[j] = (means[j] ?? 0) + (values[first + j] ?? 0) / m;
  }
  for (let first = 0; first < values.length; first += n) {
    for (let j = 0; j < n; j++) squares[j] = (squares[j] ?? 0) + ((values[first + j] ?? 0) - (means[j] ?? 0)) ** 2;
  }
  return { offset: means, width: squares.map((sum) => Math.sqrt(sum / m)) };
}
