/**
 * The two precisions of the CPU reference. The inner loops are written out twice, because that is where rounding
 * happens and where time goes; everything around them is shared and rounds when it stores into its arrays.
 */

export type Row = Float32Array<ArrayBuffer> | Float64Array<ArrayBuffer>;
export type Input = Row | Uint8Array<ArrayBuffer>;

export interface Arithmetic {
  readonly precision: 'float32' | 'float64';
  zeros(length: number): Row;
  /** Σ p[pStart + k] · q[qStart + k] over k < depth, in four running sums. */
  dot(p: Input, pStart: number, q: Row, qStart: number, depth: number): number;
  /** out[outStart + k] += factor · p[pStart + k] for k < depth. */
  addScaled(out: Row, outStart: number, factor: number, p: Input, pStart: number, depth: number): void;
}

const round = Math.fround;

/** Rounds after each operation, as float32 hardware does. */
export const float32: Arithmetic = {
  precision: 'float32',
  zeros: (length) => new Float32Array(length),
  dot(p, pStart, q, qStart, depth) {
    let a = 0;
    let b = 0;
    let c = 0;
    let d = 0;
    let k = 0;
    for (; k + 3 < depth; k += 4) {
      a = round(a + round((p[pStart + k] as number) * (q[qStart + k] as number)));
      b = round(b + round((p[pStart + k + 1] as number) * (q[qStart + k + 1] as number)));
      c = round(c + round((p[pStart + k + 2] as number) * (q[qStart + k + 2] as number)));
      d = round(d + round((p[pStart + k + 3] as number) * (q[qStart + k + 3] as number)));
    }
    for (; k < depth; k++) a = round(a + round((p[pStart + k] as number) * (q[qStart + k] as number)));
    return round(round(a + b) + round(c + d));
  },
  addScaled(out, outStart, factor, p, pStart, depth) {
    const rounded = round(factor);
    for (let k = 0; k < depth; k++) {
      out[outStart + k] = round((out[outStart + k] as number) + round(rounded * (p[pStart + k] as number)));
    }
  },
};

/** Ground truth for tests and for checking answers. */
export const float64: Arithmetic = {
  precision: 'float64',
  zeros: (length) => new Float64Array(length),
  dot(p, pStart, q, qStart, depth) {
    let a = 0;
    let b = 0;
    let c = 0;
    let d = 0;
    let k = 0;
    for (; k + 3 < depth; k += 4) {
      a += (p[pStart + k] as number) * (q[qStart + k] as number);
      b += (p[pStart + k + 1] as number) * (q[qStart + k + 1] as number);
      c += (p[pStart + k + 2] as number) * (q[qStart + k + 2] as number);
      d += (p[pStart + k + 3] as number) * (q[qStart + k + 3] as number);
    }
    for (; k < depth; k++) a += (p[pStart + k] as number) * (q[qStart + k] as number);
    return a + b + (c + d);
  },
  addScaled(out, outStart, factor, p, pStart, depth) {
    for (let k = 0; k < depth; k++) out[outStart + k] = (out[outStart + k] as number) + factor * (p[pStart + k] as number);
  },
};
