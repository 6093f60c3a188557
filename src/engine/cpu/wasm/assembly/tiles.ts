/**
 * Matrix products in register tiles. `products` forms C = A · Wᵀ from rows that both run along the depth: four rows by two
 * columns, four lanes of the depth at a time. `outer` forms C += P · Q from panels of eight columns of Q that are packed
 * first, so that they come from the cache line after line: tiles of four by eight.
 */
import { packedRows } from '../fields.ts';
import { Simd } from './simd.ts';

/** C[r][c] = bias[c] + Σ_k A[r][k] · W[c][k] for four rows and two columns; strides in bytes, depth in floats, padded to fours. */
export function productsTwo(depth: i32, a: usize, aStride: usize, w: usize, wStride: usize, bias: usize, c: usize, cStride: usize): void {
  const a1 = a + aStride;
  const a2 = a1 + aStride;
  const a3 = a2 + aStride;
  const v = w + wStride;
  let s00 = f32x4.splat(0);
  let s10 = f32x4.splat(0);
  let s20 = f32x4.splat(0);
  let s30 = f32x4.splat(0);
  let s01 = f32x4.splat(0);
  let s11 = f32x4.splat(0);
  let s21 = f32x4.splat(0);
  let s31 = f32x4.splat(0);
  const end = (<usize>depth) << 2;
  for (let k: usize = 0; k < end; k += 16) {
    const w0 = v128.load(w + k);
    const w1 = v128.load(v + k);
    const x0 = v128.load(a + k);
    s00 = Simd.madd(x0, w0, s00);
    s01 = Simd.madd(x0, w1, s01);
    const x1 = v128.load(a1 + k);
    s10 = Simd.madd(x1, w0, s10);
    s11 = Simd.madd(x1, w1, s11);
    const x2 = v128.load(a2 + k);
    s20 = Simd.madd(x2, w0, s20);
    s21 = Simd.madd(x2, w1, s21);
    const x3 = v128.load(a3 + k);
    s30 = Simd.madd(x3, w0, s30);
    s31 = Simd.madd(x3, w1, s31);
  }
  const left = f32x4.add(Simd.sums(s00, s10, s20, s30), v128.load32_splat(bias));
  const right = f32x4.add(Simd.sums(s01, s11, s21, s31), v128.load32_splat(bias, 4));
  const upper = v128.shuffle<f32>(left, right, 0, 4, 1, 5);
  const lower = v128.shuffle<f32>(left, right, 2, 6, 3, 7);
  v128.store64_lane(c, upper, 0);
  v128.store64_lane(c + cStride, upper, 1);
  v128.store64_lane(c + 2 * cStride, lower, 0);
  v128.store64_lane(c + 3 * cStride, lower, 1);
}

/** The same for one column. */
export function productsOne(depth: i32, a: usize, aStride: usize, w: usize, bias: usize, c: usize, cStride: usize): void {
  const a1 = a + aStride;
  const a2 = a1 + aStride;
  const a3 = a2 + aStride;
  let s0 = f32x4.splat(0);
  let s1 = f32x4.splat(0);
  let s2 = f32x4.splat(0);
  let s3 = f32x4.splat(0);
  const end = (<usize>depth) << 2;
  for (let k: usize = 0; k < end; k += 16) {
    const own = v128.load(w + k);
    s0 = Simd.madd(v128.load(a + k), own, s0);
    s1 = Simd.madd(v128.load(a1 + k), own, s1);
    s2 = Simd.madd(v128.load(a2 + k), own, s2);
    s3 = Simd.madd(v128.load(a3 + k), own, s3);
  }
  const column = f32x4.add(Simd.sums(s0, s1, s2, s3), v128.load32_splat(bias));
  v128.store32_lane(c, column, 0);
  v128.store32_lane(c + cStride, column, 1);
  v128.store32_lane(c + 2 * cStride, column, 2);
  v128.store32_lane(c + 3 * cStride, column, 3);
}

/** All rows (a multiple of four) and columns. Strides in bytes. */
export function products(
  rows: i32,
  columns: i32,
  depth: i32,
  a: usize,
  aStride: usize,
  w: usize,
  wStride: usize,
  biases: usize,
  c: usize,
  cStride: usize,
): void {
  for (let r = 0; r < rows; r += 4) {
    const from = a + <usize>r * aStride;
    const to = c + <usize>r * cStride;
    let o = 0;
    for (; o + 2 <= columns; o += 2) {
      const at = (<usize>o) << 2;
      productsTwo(depth, from, aStride, w + <usize>o * wStride, wStride, biases + at, to + at, cStride);
    }
    if (o < columns) productsOne(depth, from, aStride, w + <usize>o * wStride, biases + ((<usize>o) << 2), to + ((<usize>o) << 2), cStride);
  }
}

/** Eight columns of Q, `depth` rows, side by side. */
function pack(depth: i32, q: usize, qStride: usize, panel: usize): void {
  for (let d = 0; d < depth; d++) {
    v128.store(panel, v128.load(q));
    v128.store(panel, v128.load(q, 16), 16);
    q += qStride;
    panel += 32;
  }
}

/** C[4][8] += Σ_d P(r, d) · panel[d], P's rows `rowStride` and its depth `depthStride` bytes apart. */
export function outerFour(depth: i32, p: usize, rowStride: usize, depthStride: usize, panel: usize, c: usize, cStride: usize): void {
  let p1 = p + rowStride;
  let p2 = p1 + rowStride;
  let p3 = p2 + rowStride;
  const c1 = c + cStride;
  const c2 = c1 + cStride;
  const c3 = c2 + cStride;
  let s00 = v128.load(c);
  let s01 = v128.load(c, 16);
  let s10 = v128.load(c1);
  let s11 = v128.load(c1, 16);
  let s20 = v128.load(c2);
  let s21 = v128.load(c2, 16);
  let s30 = v128.load(c3);
  let s31 = v128.load(c3, 16);
  const end = panel + ((<usize>depth) << 5);
  while (panel < end) {
    const q0 = v128.load(panel);
    const q1 = v128.load(panel, 16);
    const x0 = v128.load32_splat(p);
    s00 = Simd.madd(x0, q0, s00);
    s01 = Simd.madd(x0, q1, s01);
    const x1 = v128.load32_splat(p1);
    s10 = Simd.madd(x1, q0, s10);
    s11 = Simd.madd(x1, q1, s11);
    const x2 = v128.load32_splat(p2);
    s20 = Simd.madd(x2, q0, s20);
    s21 = Simd.madd(x2, q1, s21);
    const x3 = v128.load32_splat(p3);
    s30 = Simd.madd(x3, q0, s30);
    s31 = Simd.madd(x3, q1, s31);
    p += depthStride;
    p1 += depthStride;
    p2 += depthStride;
    p3 += depthStride;
    panel += 32;
  }
  v128.store(c, s00);
  v128.store(c, s01, 16);
  v128.store(c1, s10);
  v128.store(c1, s11, 16);
  v128.store(c2, s20);
  v128.store(c2, s21, 16);
  v128.store(c3, s30);
  v128.store(c3, s31, 16);
}

/** The same for one row. */
export function outerOne(depth: i32, p: usize, depthStride: usize, q: usize, qStride: usize, c: usize): void {
  let s0 = v128.load(c);
  let s1 = v128.load(c, 16);
  for (let d = 0; d < depth; d++) {
    const x = v128.load32_splat(p);
    s0 = Simd.madd(x, v128.load(q), s0);
    s1 = Simd.madd(x, v128.load(q, 16), s1);
    p += depthStride;
    q += qStride;
  }
  v128.store(c, s0);
  v128.store(c, s1, 16);
}

/**
 * C += P · Q for any number of rows; columns are padded to eights in Q and C. Strides in bytes. `panel`: room for 8 · 2048
 * floats, or for 8 · depth where that is more.
 */
export function outer(
  rows: i32,
  columns: i32,
  depth: i32,
  p: usize,
  rowStride: usize,
  depthStride: usize,
  q: usize,
  qStride: usize,
  c: usize,
  cStride: usize,
  panel: usize,
): void {
  const together = max(1, packedRows / depth) << 3;
  const panelBytes = (<usize>depth) << 5;
  const tiled = rows & ~3;
  for (let first = 0; first < columns; first += together) {
    const end = min(columns, first + together);
    if (tiled > 0)
      for (let k = first; k < end; k += 8) pack(depth, q + ((<usize>k) << 2), qStride, panel + <usize>((k - first) >> 3) * panelBytes);
    // four rows of P stay in the first cache while all packed panels pass
    for (let r = 0; r < tiled; r += 4) {
      const from = p + <usize>r * rowStride;
      const to = c + <usize>r * cStride;
      for (let k = first; k < end; k += 8) {
        outerFour(depth, from, rowStride, depthStride, panel + <usize>((k - first) >> 3) * panelBytes, to + ((<usize>k) << 2), cStride);
      }
    }
    for (let r = tiled; r < rows; r++) {
      for (let k = first; k < end; k += 8) {
        const at = (<usize>k) << 2;
        outerOne(depth, p + <usize>r * rowStride, depthStride, q + at, qStride, c + at + <usize>r * cStride);
      }
    }
  }
}
