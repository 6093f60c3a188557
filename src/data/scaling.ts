/**
 * Fits the scaling x = scale · raw + shift on a training part. Bytes stay bytes and get their scale and shift folded in
 * by the engines; tables of floats are rescaled here, in `table.ts`, and carry the identity.
 */
import type { Normalization, Scaling } from './dataset.ts';

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
