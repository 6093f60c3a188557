/**
 * The kernels that benchmarks time on their own, shared out among threads: C = A · B of square matrices, and a = σ(z).
 * Threads take columns, or stretches, until there are none left.
 */
import { activationSigmoid, syncNextGroup, wordKernelA, wordKernelB, wordKernelC, wordKernelSize, wordScratchPanel } from '../fields.ts';
import { Head, Sync } from './memory.ts';
import { activate } from './network.ts';
import { outer } from './tiles.ts';

/** Depth that is done at once: a panel of it and four rows of A fit the first cache. */
const depthOfTurn = 256;
/** Columns of C that a thread takes at a time, and values of a stretch. */
const columnsOfTurn = 64;
const stretch = 16384;

/** Sizes are multiples of eight. */
export function matmulShare(scratch: usize): void {
  const size = Head.word(wordKernelSize);
  const stride = (<usize>size) << 2;
  const panel = scratch + Head.at(wordScratchPanel);
  for (;;) {
    const first = Sync.add(syncNextGroup, 1) * columnsOfTurn;
    if (first >= size) return;
    const columns = min(columnsOfTurn, size - first);
    const b = Head.at(wordKernelB) + ((<usize>first) << 2);
    const c = Head.at(wordKernelC) + ((<usize>first) << 2);
    for (let row = 0; row < size; row++) memory.fill(c + <usize>row * stride, 0, (<usize>columns) << 2);
    for (let d = 0; d < size; d += depthOfTurn) {
      const a = Head.at(wordKernelA) + ((<usize>d) << 2);
      outer(size, columns, min(depthOfTurn, size - d), a, stride, 4, b + <usize>d * stride, stride, c, stride, panel);
    }
  }
}

export function sigmoidShare(): void {
  const size = Head.word(wordKernelSize);
  for (;;) {
    const first = Sync.add(syncNextGroup, 1) * stretch;
    if (first >= size) return;
    const at = (<usize>first) << 2;
    activate(activationSigmoid, min(stretch, size - first), Head.at(wordKernelA) + at, Head.at(wordKernelC) + at);
  }
}
