/** C = A · B of row-major matrices, the product that the kernel benchmarks time. Columns in eights, rows in fours. */
import { outer } from './tiles.ts';

/** Depth that is done at once: a panel of it and four rows of A fit the first cache. */
const depthOfTurn = 256;

/** All sizes in floats; `panel`: room for 8 · 256 of them. */
export function matmul(rows: i32, columns: i32, depth: i32, a: usize, b: usize, c: usize, panel: usize): void {
  const stride = <usize>columns << 2;
  memory.fill(c, 0, <usize>rows * stride);
  for (let d = 0; d < depth; d += depthOfTurn) {
    const here = min(depthOfTurn, depth - d);
    outer(rows, columns, here, a + (<usize>d << 2), <usize>depth << 2, 4, b + <usize>d * stride, stride, c, stride, panel);
  }
}
