/** Twins, in float64, of the exercises: sums of rows, a matmul, pixels turned into floats, and a layer in one go. */
import { sigmoid } from '../../../math/activations.ts';

/** Σ of each row of `columns` values. */
export function rowSums(x: ArrayLike<number>, rows: number, columns: number): Float64Array {
  return Float64Array.from({ length: rows }, (_, row) => {
    let sum = 0;
    for (let column = 0; column < columns; column++) sum += x[row * columns + column] ?? Number.NaN;
    return sum;
  });
}

/** C = A · B, of shapes (rows, depth) and (depth, columns), row by row. */
export function product(a: ArrayLike<number>, b: ArrayLike<number>, rows: number, columns: number, depth: number): Float64Array {
  const c = new Float64Array(rows * columns);
  for (let i = 0; i < rows; i++) {
    for (let k = 0; k < depth; k++) {
      const left = a[i * depth + k] ?? Number.NaN;
      for (let j = 0; j < columns; j++) c[i * columns + j] = (c[i * columns + j] ?? 0) + left * (b[k * columns + j] ?? Number.NaN);
    }
  }
  return c;
}

/** Bytes 0 … 255 as floats 0 … 1. */
export function pixels(bytes: ArrayLike<number>): Float64Array {
  return Float64Array.from(bytes, (byte) => byte / 255);
}

/** σ(Z + b), the bias by column. */
export function biased(z: ArrayLike<number>, bias: ArrayLike<number>, columns: number): Float64Array {
  return Float64Array.from(z, (value, at) => sigmoid(value + (bias[at % columns] ?? Number.NaN)));
}

/** σ(A · B + b), the bias by column. */
export function layer(
  a: ArrayLike<number>,
  b: ArrayLike<number>,
  bias: ArrayLike<number>,
  rows: number,
  columns: number,
  depth: number,
): Float64Array {
  return biased(product(a, b, rows, columns, depth), bias, columns);
}
