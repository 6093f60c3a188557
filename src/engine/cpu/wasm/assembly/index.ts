/**
 * What a trainer calls. A step is: partial gradients of groups of examples, a barrier, their sum and the update, a
 * barrier; of few long rows threads share out columns instead (`columns.ts`). All threads walk through it side by side (`run` on the first, `work` on the others); one thread can also do it
 * block by block (`blocks`, `finish`), to let others have a turn between.
 */
import {
  planColumns,
  planOnePass,
  planTiny,
  realPenalty,
  commandActivate,
  commandActivateBackward,
  commandCopy,
  commandMatmul,
  commandMultiplyAdd,
  commandProduct,
  commandUpdate,
  commandSigmoid,
  commandSteps,
  syncCommand,
  syncFailed,
  syncFirstStep,
  syncGeneration,
  syncNextGroup,
  syncProgress,
  syncQuit,
  syncSteps,
  wordBatch,
  wordBlockSize,
  wordBlocksPerGroup,
  wordCostMask,
  wordCosts,
  wordEights,
  wordGroupLosses,
  wordGroups,
  wordHasShift,
  wordPartialBytes,
  wordPartials,
  wordPlan,
  wordScratchTurn,
  wordThreads,
} from '../fields.ts';
import { barrier, waitWhile } from './barrier.ts';
import { copyShare, copyStretch, multiplyAddShare, multiplyAddTurn } from './ceilings.ts';
import { addBytes, addShorts, bytesAreExact, sumsOfBytes, sumsOfShorts } from './digit-sums.ts';
import { writeDigits } from './digits.ts';
import { columnsBlock, columnsShare, fillPiles } from './columns.ts';
import { addFloats, addPixels, sumsOfFloats, sumsOfPixels } from './float-sums.ts';
import { activateBackwardShare, anyActivateShare, anyProductShare, matmulShare, sigmoidShare, updateShare } from './kernels.ts';
import { Head, scratchOf, Sync } from './memory.ts';
import { activate, activateBackward, evaluateBlock, networkBlock } from './network.ts';
import { isBackwards, onePassBlock } from './one-pass.ts';
import { outerFour, outerOne, productsOne, productsTwo } from './tiles.ts';
import { tinyBlock, tinySums } from './tiny.ts';
import { adapt, descend, foldBiases, keepPenalty, roll, sumGroups, updateBias, updatePieces } from './update.ts';

// Kernels are exports too, so that each stays a function of its own, which the browser's fast compiler takes up one by one.
export {
  activate,
  activateBackward,
  addBytes,
  addFloats,
  addPixels,
  addShorts,
  bytesAreExact,
  copyStretch,
  multiplyAddTurn,
  outerFour,
  outerOne,
  productsOne,
  productsTwo,
  sumsOfBytes,
  sumsOfFloats,
  sumsOfPixels,
  sumsOfShorts,
  tinySums,
  writeDigits,
};
export { adapt, descend, roll, sumGroups };

/** Where a group's examples begin: eights are dealt out to all groups as evenly as they go. */
function startOf(group: i32): i32 {
  return 8 * <i32>((<i64>group * <i64>Head.word(wordEights)) / <i64>Head.word(wordGroups));
}

/** One block of one group; the first that is done clears what the step before left. */
function block(thread: i32, number: i32, step: i32, isFirst: bool): void {
  const perGroup = Head.word(wordBlocksPerGroup);
  const group = number / perGroup;
  const groupEnd = min(Head.word(wordBatch), startOf(group + 1));
  const first = startOf(group) + (number % perGroup) * Head.word(wordBlockSize);
  const lossAt = Head.at(wordGroupLosses) + ((<usize>group) << 3);
  const partial = Head.at(wordPartials) + <usize>group * Head.at(wordPartialBytes);
  if (isFirst) {
    memory.fill(partial, 0, Head.at(wordPartialBytes));
    store<f64>(lossAt, 0);
  }
  const count = min(Head.word(wordBlockSize), groupEnd - first);
  if (count <= 0) return;
  const plan = Head.word(wordPlan);
  const scratch = scratchOf(thread);
  let loss: f64;
  if (plan === planOnePass) loss = onePassBlock(first, count, step, scratch, partial);
  else if (plan === planTiny) loss = tinyBlock(first, count, step, scratch, partial);
  else loss = networkBlock(first, count, step, scratch, partial);
  store<f64>(lossAt, load<f64>(lossAt) + loss);
}

/** Where it is counted how often one of thread `owner`'s groups was asked for in this step. */
function turnAt(owner: i32): usize {
  return scratchOf(owner) + Head.at(wordScratchTurn);
}

/**
 * First the thread's own groups, the same in every step, so that their part of X stays in the cache near it; then what others
 * have not come to yet.
 */
function takeGroups(thread: i32, step: i32): void {
  const groups = Head.word(wordGroups);
  const perGroup = Head.word(wordBlocksPerGroup);
  const threads = Head.word(wordThreads);
  for (let further = 0; further < threads; further++) {
    const owner = (thread + further) % threads;
    const end = ((owner + 1) * groups) / threads;
    const first = (owner * groups) / threads;
    for (;;) {
      const turn = atomic.add<i32>(turnAt(owner), 1);
      if (turn >= end - first) break;
      const group = isBackwards(step) ? end - 1 - turn : first + turn;
      for (let own = 0; own < perGroup; own++) {
        block(thread, group * perGroup + (isBackwards(step) ? perGroup - 1 - own : own), step, own === 0);
        Sync.add(syncProgress, 1);
      }
    }
  }
}

/** J of step `step`: its losses, with the penalty of the parameters that they were formed with. */
function keepCost(step: i32): void {
  let sum: f64 = 0;
  for (let group = 0; group < Head.word(wordGroups); group++) sum += load<f64>(Head.at(wordGroupLosses) + ((<usize>group) << 3));
  const at = Head.at(wordCosts) + ((<usize>(step & Head.word(wordCostMask))) << 3);
  store<f64>(at, sum / <f64>Head.word(wordBatch) + Head.real(realPenalty));
}

/** A step in which threads share out columns. @param since steps since they were called */
function columnsStep(thread: i32, threads: i32, step: i32, since: i32): bool {
  if (!columnsShare(thread, threads, step, since) || !barrier(thread)) return false;
  if (thread !== 0) return true;
  keepCost(step);
  // only now: until all have met, one may still form z with the old b
  updateBias(step);
  return true;
}

/** A step in which threads share out examples. */
function groupsStep(thread: i32, threads: i32, step: i32): bool {
  takeGroups(thread, step);
  if (!barrier(thread)) return false;
  atomic.store<i32>(turnAt(thread), 0);
  if (thread === 0) keepCost(step);
  updatePieces(thread, threads, step, false);
  return barrier(thread);
}

function oneStep(thread: i32, step: i32, since: i32): bool {
  const threads = Head.word(wordThreads);
  const isDone = Head.word(wordPlan) === planColumns ? columnsStep(thread, threads, step, since) : groupsStep(thread, threads, step);
  if (!isDone) return false;
  if (thread === 0) keepPenalty();
  if (Head.word(wordHasShift) === 0) return true;
  if (thread === 0) foldBiases();
  return barrier(thread);
}

/** Calls the other threads, if there are any, to `command`. */
function call(command: i32, first: i32, count: i32): void {
  Sync.store(syncNextGroup, 0);
  if (Head.word(wordThreads) === 1) return;
  Sync.store(syncCommand, command);
  Sync.store(syncFirstStep, first);
  Sync.store(syncSteps, count);
  Sync.add(syncGeneration, 1);
  atomic.notify(Sync.at(syncGeneration), -1);
}

/** Steps first … first + count − 1 on all threads. @returns how many were done; fewer when a thread failed */
export function run(first: i32, count: i32): i32 {
  if (Head.word(wordPlan) === planColumns) fillPiles(Head.word(wordThreads));
  call(commandSteps, first, count);
  for (let done = 0; done < count; done++) if (!oneStep(0, first + done, done)) return done;
  return count;
}

function oneKernel(thread: i32, command: i32): bool {
  if (command === commandMatmul) matmulShare(scratchOf(thread));
  if (command === commandSigmoid) sigmoidShare();
  if (command === commandCopy) copyShare();
  if (command === commandMultiplyAdd) multiplyAddShare();
  if (command === commandProduct) anyProductShare(scratchOf(thread));
  if (command === commandActivate) anyActivateShare();
  if (command === commandActivateBackward) activateBackwardShare();
  if (command === commandUpdate) updateShare();
  if (!barrier(thread)) return false;
  if (thread === 0) Sync.store(syncNextGroup, 0);
  return barrier(thread);
}

/** A single kernel `count` times on all threads. @returns how often it was done */
export function kernel(command: i32, count: i32): i32 {
  call(command, 0, count);
  for (let done = 0; done < count; done++) if (!oneKernel(0, command)) return done;
  return count;
}

/** The life of thread `thread` ≥ 1; returns when told to quit or when another failed. */
export function work(thread: i32): void {
  let generation = 0;
  for (;;) {
    if (!waitWhile(syncGeneration, generation, 0)) return;
    if (Sync.load(syncQuit) !== 0) return;
    generation++;
    const command = Sync.load(syncCommand);
    const first = Sync.load(syncFirstStep);
    const count = Sync.load(syncSteps);
    for (let done = 0; done < count; done++) {
      if (!(command === commandSteps ? oneStep(thread, first + done, done) : oneKernel(thread, command))) return;
    }
  }
}

/** Blocks from … to − 1 of step `step`, on the first thread alone. */
export function blocks(from: i32, to: i32, step: i32): void {
  const perGroup = Head.word(wordBlocksPerGroup);
  const all = perGroup * Head.word(wordGroups);
  for (let turn = from; turn < to; turn++) {
    const number = isBackwards(step) ? all - 1 - turn : turn;
    if (Head.word(wordPlan) === planColumns) columnsBlock(number, step, turn === 0);
    else block(0, number, step, turn % perGroup === 0);
  }
}

/** The rest of a step whose blocks are done. */
export function finish(step: i32): void {
  keepCost(step);
  updatePieces(0, 1, step, false);
  keepPenalty();
  if (Head.word(wordHasShift) !== 0) foldBiases();
}

/** Lays the parameters out for the kernels; after they were set from outside. */
export function fold(): void {
  updatePieces(0, 1, 0, true);
  keepPenalty();
  if (Head.word(wordHasShift) !== 0) foldBiases();
}

/** See `evaluateBlock`. */
export function evaluate(raw: usize, count: i32, yAt: usize, outAt: usize, storage: i32): f64 {
  return evaluateBlock(raw, count, yAt, outAt, scratchOf(0), storage);
}
