/**
 * The kernels that are timed on their own, shared out among threads: C = b + A · B, activations and their slopes, an
 * optimiser's update. Threads take blocks of C, or stretches, until there are none left.
 */
import {
  activationSigmoid,
  storageUint8,
  syncNextGroup,
  wordKernelA,
  wordKernelActivation,
  wordKernelB,
  wordKernelBias,
  wordKernelC,
  wordKernelDepth,
  wordKernelRows,
  wordKernelSize,
  wordKernelStep,
  wordScratchPanel,
  wordScratchX,
  wordStorage,
  wordThreads,
} from '../fields.ts';
import { copyStretch } from './ceilings.ts';
import { spreadRow } from './examples.ts';
import { Head, Sync } from './memory.ts';
import { activate, activateBackward } from './network.ts';
import { outer } from './tiles.ts';
import { optimize } from './update.ts';

/** Depth that is done at once: a panel of it and four rows of A fit the first cache. */
const depthOfTurn = 256;
/** Columns of C that a thread takes at a time, and values of a stretch. */
const columnsOfTurn = 64;
const stretch = 16384;
/** Rows of bytes that become floats at once. */
const rowsOfSpread = 32;

/** Square matrices, whose side is a multiple of eight. */
export function matmulShare(scratch: usize): void {
  const size = Head.word(wordKernelSize);
  productShare(scratch, size, size, size, 0, false);
}

/** Any rows and depth; columns are a multiple of eight. */
export function anyProductShare(scratch: usize): void {
  const isBytes = Head.word(wordStorage) === storageUint8;
  productShare(scratch, Head.word(wordKernelRows), Head.word(wordKernelSize), Head.word(wordKernelDepth), Head.at(wordKernelBias), isBytes);
}

/** C = bias + A · B; no bias where its address is 0. Few columns are cut by rows too, so that all threads have some. */
function productShare(scratch: usize, rows: i32, columns: i32, depth: i32, bias: usize, isBytes: bool): void {
  const stride = (<usize>columns) << 2;
  const across = (columns + columnsOfTurn - 1) / columnsOfTurn;
  const wanted = Head.word(wordThreads) << 1;
  const high = across >= wanted ? rows : max(32, ((rows * across) / wanted + 3) & ~3);
  const turns = across * ((rows + high - 1) / high);
  for (;;) {
    const turn = Sync.add(syncNextGroup, 1);
    if (turn >= turns) return;
    const firstColumn = (turn % across) * columnsOfTurn;
    const firstRow = (turn / across) * high;
    const own = min(columnsOfTurn, columns - firstColumn);
    const count = min(high, rows - firstRow);
    const c = Head.at(wordKernelC) + <usize>firstRow * stride + ((<usize>firstColumn) << 2);
    for (let row = 0; row < count; row++) {
      const to = c + <usize>row * stride;
      if (bias === 0) memory.fill(to, 0, (<usize>own) << 2);
      else memory.copy(to, bias + ((<usize>firstColumn) << 2), (<usize>own) << 2);
    }
    for (let d = 0; d < depth; d += depthOfTurn) {
      const deep = min(depthOfTurn, depth - d);
      const b = Head.at(wordKernelB) + ((<usize>firstColumn) << 2) + <usize>d * stride;
      if (isBytes) productOfBytes(scratch, firstRow, count, d, deep, depth, own, b, c, stride);
      else {
        const a = Head.at(wordKernelA) + (((<usize>firstRow) * <usize>depth + <usize>d) << 2);
        outer(count, own, deep, a, (<usize>depth) << 2, 4, b, stride, c, stride, scratch + Head.at(wordScratchPanel));
      }
    }
  }
}

function productOfBytes(
  scratch: usize,
  firstRow: i32,
  count: i32,
  d: i32,
  deep: i32,
  depth: i32,
  own: i32,
  b: usize,
  c: usize,
  stride: usize,
): void {
  const floats = scratch + Head.at(wordScratchX);
  const panel = scratch + Head.at(wordScratchPanel);
  const floatsStride = (<usize>depthOfTurn) << 2;
  for (let row = 0; row < count; row += rowsOfSpread) {
    const some = min(rowsOfSpread, count - row);
    for (let r = 0; r < some; r++) {
      const from = Head.at(wordKernelA) + (<usize>(firstRow + row + r)) * <usize>depth + <usize>d;
      spreadRow(from, floats + <usize>r * floatsStride, deep, storageUint8);
    }
    outer(some, own, deep, floats, floatsStride, 4, b, stride, c + <usize>row * stride, stride, panel);
  }
}

export function sigmoidShare(): void {
  activateShare(activationSigmoid);
}

export function anyActivateShare(): void {
  activateShare(Head.word(wordKernelActivation));
}

function activateShare(activation: i32): void {
  const size = Head.word(wordKernelSize);
  for (;;) {
    const first = Sync.add(syncNextGroup, 1) * stretch;
    if (first >= size) return;
    const at = (<usize>first) << 2;
    activate(activation, min(stretch, size - first), Head.at(wordKernelA) + at, Head.at(wordKernelC) + at);
  }
}

/** dz = da ∘ g′(z): z in A, a in B, da in C, dz behind da, so that da is there for the next time. */
export function activateBackwardShare(): void {
  const size = Head.word(wordKernelSize);
  const dz = Head.at(wordKernelC) + Head.at(wordKernelStep);
  for (;;) {
    const first = Sync.add(syncNextGroup, 1) * stretch;
    if (first >= size) return;
    const at = (<usize>first) << 2;
    const count = min(stretch, size - first);
    copyStretch(Head.at(wordKernelC) + at, dz + at, (<usize>count) << 2);
    activateBackward(Head.word(wordKernelActivation), count, Head.at(wordKernelA) + at, Head.at(wordKernelB) + at, dz + at);
  }
}

export function updateShare(): void {
  const size = Head.word(wordKernelSize);
  for (;;) {
    const first = Sync.add(syncNextGroup, 1) * stretch;
    if (first >= size) return;
    optimize((<usize>first) << 2, min(stretch, size - first), Head.word(wordKernelStep));
  }
}
