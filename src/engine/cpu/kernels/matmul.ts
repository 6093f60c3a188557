/**
 * C = P · Q. The strided form is the twin of `shaders/matmul.wgsl` and `shaders/matmul-tiled.wgsl`: slow, obvious, the
 * oracle. The three forms below it are the ones that training needs, each with its inner loop along contiguous memory.
 */
import type { Arithmetic, Input, Row } from '../arithmetic.ts';

export interface MatmulShape {
  readonly rows: number;
  readonly columns: number;
  readonly depth: number;
  readonly rowStrideP: number;
  readonly depthStrideP: number;
  readonly offsetP: number;
  readonly depthStrideQ: number;
  readonly columnStrideQ: number;
  readonly offsetQ: number;
  readonly rowStrideC: number;
  readonly columnStrideC: number;
  /** Depth is cut into pieces of this length; piece s lands rows · columns values after piece s − 1, not added up. */
  readonly depthPerSplit: number;
}

/** C(i, j) = bias[j] + Σ_k P(i, k) · Q(k, j), each operand wherever its strides say. */
export function matmul(shape: MatmulShape, p: ArrayLike<number>, q: ArrayLike<number>, bias: ArrayLike<number> | null): Float64Array {
  const splits = Math.ceil(shape.depth / shape.depthPerSplit);
  const c = new Float64Array(shape.rows * shape.columns * splits);
  for (let split = 0; split < splits; split++) {
    const end = Math.min(shape.depth, (split + 1) * shape.depthPerSplit);
    for (let i = 0; i < shape.rows; i++) {
      for (let j = 0; j < shape.columns; j++) {
        let sum = bias?.[j] ?? 0;
        for (let k = split * shape.depthPerSplit; k < end; k++) {
          const left = p[shape.offsetP + i * shape.rowStrideP + k * shape.depthStrideP] ?? Number.NaN;
          const right = q[shape.offsetQ + k * shape.depthStrideQ + j * shape.columnStrideQ] ?? Number.NaN;
          sum += left * right;
        }
        c[split * shape.rows * shape.columns + i * shape.rowStrideC + j * shape.columnStrideC] = sum;
      }
    }
  }
  return c;
}

/** z[j][o] = b[o] + Σ_k a[j][k] · w[o][k] for examples first … first + count − 1; a starts at example `first`'s row `aFirst`. */
export function weightedInputs(
  arithmetic: Arithmetic,
  { count, inputs, units }: { count: number; inputs: number; units: number },
  a: Input,
  aStart: number,
  w: Row,
  wStart: number,
  b: Row,
  bStart: number,
  z: Row,
): void {
  for (let j = 0; j < count; j++) {
    for (let o = 0; o < units; o++) {
      z[j * units + o] = arithmetic.dot(a, aStart + j * inputs, w, wStart + o * inputs, inputs) + (b[bStart + o] as number);
    }
  }
}

/** dw[o][k] += Σ_j dz[j][o] · a[j][k], db[o] += Σ_j dz[j][o]. */
export function weightGradients(
  arithmetic: Arithmetic,
  { count, inputs, units }: { count: number; inputs: number; units: number },
  a: Input,
  aStart: number,
  dz: Row,
  gradient: Row,
  weightsAt: number,
  biasesAt: number,
): void {
  for (let j = 0; j < count; j++) {
    for (let o = 0; o < units; o++) {
      const slope = dz[j * units + o] as number;
      if (slope === 0) continue;
      arithmetic.addScaled(gradient, weightsAt + o * inputs, slope, a, aStart + j * inputs, inputs);
      gradient[biasesAt + o] = (gradient[biasesAt + o] as number) + slope;
    }
  }
}

/** da[j][k] = Σ_o dz[j][o] · w[o][k]. */
export function inputGradients(
  arithmetic: Arithmetic,
  { count, inputs, units }: { count: number; inputs: number; units: number },
  dz: Row,
  w: Row,
  wStart: number,
  da: Row,
): void {
  da.fill(0, 0, count * inputs);
  for (let j = 0; j < count; j++) {
    for (let o = 0; o < units; o++) {
      const slope = dz[j * units + o] as number;
      if (slope !== 0) arithmetic.addScaled(da, j * inputs, slope, w, wStart + o * inputs, inputs);
    }
  }
}
