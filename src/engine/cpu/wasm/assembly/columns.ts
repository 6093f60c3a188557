/**
 * One output and rows so long that threads share out columns: for each of its pieces a thread forms what they give to z, and,
 * from z, to which all have given, dw of these pieces, and updates them. So X, w and dw of a piece stay in the cache near one
 * thread; only the parts of z pass between threads, and are added up in one order, so that no bit depends on who formed them.
 * Processors are not equally fast, some have other things to do: who is done takes what others have not come to yet.
 */
import {
  layerBiasGradient,
  layerGradient,
  layerPiecesPerRow,
  pieceLength,
  syncProgress,
  wordBatch,
  wordBlockSize,
  wordBlocksPerGroup,
  wordGroupLosses,
  wordHasShift,
  wordN,
  wordPartials,
  wordParts,
  wordRowsAtOnce,
  wordScratchTurn,
  wordScratchY,
} from '../fields.ts';
import { barrier } from './barrier.ts';
import { targetsAt } from './examples.ts';
import { Head, Layer, scratchOf, Sync } from './memory.ts';
import { addPiece, addSlopes, cutSlopes, formParts, formSlopes, isBackwards, listRows } from './one-pass.ts';
import { updatePiece } from './update.ts';

/** What is dealt out: pieces to form z from, and pieces of dw; the bit beside it: of every other block. */
const forZ = 0;
const forGradient = 2;

/** The first of the pieces that a thread begins with; behind them come the next one's. */
function firstPieceOf(thread: i32, threads: i32): i32 {
  return (thread * Layer.word(0, layerPiecesPerRow)) / threads;
}

/** Of a thread's pieces: how many nobody has taken yet, and how many others have taken, from their end. */
@inline function pileAt(owner: i32, pile: i32): usize {
  return scratchOf(owner) + Head.at(wordScratchTurn) + ((<usize>pile) << 3);
}

function fillPile(owner: i32, threads: i32, pile: i32): void {
  atomic.store<i32>(pileAt(owner, pile) + 4, 0);
  atomic.store<i32>(pileAt(owner, pile), firstPieceOf(owner + 1, threads) - firstPieceOf(owner, threads));
}

/** Before threads are called to a number of steps. */
export function fillPiles(threads: i32): void {
  for (let owner = 0; owner < threads; owner++) for (let pile = 0; pile < 4; pile++) fillPile(owner, threads, pile);
}

/**
 * The next piece of `owner` for `thread`: its own from the front, another's from the end, the same ones in every step as long as
 * all are as fast as before.
 * @param taken how many of its own a thread has taken @returns less than 0 when none is left
 */
function takePiece(thread: i32, threads: i32, owner: i32, pile: i32, taken: i32): i32 {
  const at = pileAt(owner, pile);
  if (atomic.sub<i32>(at, 1) <= 0) return -1;
  if (owner === thread) return firstPieceOf(owner, threads) + taken;
  return firstPieceOf(owner + 1, threads) - 1 - atomic.add<i32>(at + 4, 1);
}

/** A block of rows, and where what belongs to it stands. */
class Block {
  @inline static first(block: i32): i32 {
    return block * Head.word(wordBlockSize);
  }

  @inline static count(block: i32): i32 {
    return min(Head.word(wordBlockSize), Head.word(wordBatch) - Block.first(block));
  }

  /** Two in turns: while one thread still reads the parts of this block, another may be at the next. */
  @inline static parts(block: i32): usize {
    return Head.at(wordParts) + <usize>((block & 1) * Layer.word(0, layerPiecesPerRow)) * (Head.at(wordRowsAtOnce) << 2);
  }
}

/** z, losses and slopes of a block, by every thread for itself; the first keeps their sums. */
function formBlockSlopes(thread: i32, block: i32, step: i32, isFirst: bool): void {
  const scratch = scratchOf(thread);
  const count = Block.count(block);
  const lossAt = Head.at(wordGroupLosses);
  const dbAt = Head.at(wordPartials) + Layer.at(0, layerBiasGradient);
  const yAt = targetsAt(Block.first(block), count, step, scratch + Head.at(wordScratchY));
  const loss = formSlopes(count, step, Block.parts(block), yAt, scratch, isFirst ? 0 : load<f64>(lossAt));
  cutSlopes(count, scratch);
  if (thread !== 0) return;
  store<f64>(lossAt, loss);
  store<f32>(dbAt, addSlopes(count, step, scratch, isFirst ? 0 : load<f32>(dbAt)));
}

/** dw of a piece; the step's first block clears what the step before left. */
function addBlockPiece(scratch: usize, piece: i32, block: i32, step: i32, isFirst: bool): void {
  const dw = Head.at(wordPartials) + Layer.at(0, layerGradient);
  const k = piece * pieceLength;
  const length = min(pieceLength, Head.word(wordN) - k);
  // with the padding behind the last of them
  if (isFirst) memory.fill(dw + ((<usize>k) << 2), 0, (<usize>((length + 15) & ~15)) << 2);
  addPiece(Block.count(block), step, piece, scratch, dw);
}

/** A thread's share of one block. @param turn blocks since the threads were called */
function blockShare(thread: i32, threads: i32, block: i32, step: i32, isFirst: bool, isLast: bool, turn: i32): bool {
  const scratch = scratchOf(thread);
  const count = Block.count(block);
  const odd = turn & 1;
  listRows(Block.first(block), count, step, scratch);
  // all have left these behind at the last meeting, and come to them after the next
  fillPile(thread, threads, forZ + (odd ^ 1));
  for (let further = 0; further < threads; further++) {
    const owner = (thread + further) % threads;
    for (let taken = 0; ; taken++) {
      const piece = takePiece(thread, threads, owner, forZ + odd, taken);
      if (piece < 0) break;
      formParts(count, piece, piece + 1, scratch, Block.parts(block));
    }
  }
  if (threads > 1 && !barrier(thread)) return false;
  fillPile(thread, threads, forGradient + (odd ^ 1));
  formBlockSlopes(thread, block, step, isFirst);
  // where X is shifted an update needs db, which the first thread has: it comes after another meeting
  const updates = isLast && Head.word(wordHasShift) === 0;
  for (let further = 0; further < threads; further++) {
    const owner = (thread + further) % threads;
    for (let taken = 0; ; taken++) {
      const piece = takePiece(thread, threads, owner, forGradient + odd, taken);
      if (piece < 0) break;
      addBlockPiece(scratch, piece, block, step, isFirst);
      if (updates) updatePiece(thread, piece, step);
    }
  }
  Sync.add(syncProgress, 1);
  return true;
}

/** One block on the first thread alone, whoever waits beside it; nothing is updated. */
export function columnsBlock(block: i32, step: i32, isFirst: bool): void {
  fillPiles(1);
  blockShare(0, 1, block, step, isFirst, false, 0);
}

/** A thread's share of a step, all but b. @param since steps since the threads were called @returns false when a thread has failed */
export function columnsShare(thread: i32, threads: i32, step: i32, since: i32): bool {
  const blocks = Head.word(wordBlocksPerGroup);
  for (let turn = 0; turn < blocks; turn++) {
    const block = isBackwards(step) ? blocks - 1 - turn : turn;
    if (!blockShare(thread, threads, block, step, turn === 0, turn === blocks - 1, since * blocks + turn)) return false;
  }
  if (Head.word(wordHasShift) === 0) return true;
  if (!barrier(thread)) return false;
  for (let piece = firstPieceOf(thread, threads); piece < firstPieceOf(thread + 1, threads); piece++) updatePiece(thread, piece, step);
  return true;
}
