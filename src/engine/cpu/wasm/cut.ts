/**
 * How a step's examples are cut into groups with a partial gradient each, and into blocks that are worked on at once. The order
 * of all sums, and with it every bit, follows from the problem's shape alone; the number of threads decides only what no sum
 * depends on.
 */
import { shortRowBytes } from './fields.ts';

/** Most partial gradients; more would let more threads in and cost more to add up. */
const mostGroups = 16;
/** Multiply-adds that a group should have at the least. */
const groupWork = 32768;
/** What partial gradients may take altogether. */
const partialsBytes = 2 ** 29;
/** A block's features: what the second-level cache holds with room to spare. */
const blockBytes = 2 ** 19;
const tinyBlock = 4096;
const onePassBlock = 64;
/** Rows that are not short are worked on so many at once at the least. */
const fewestRowsAtOnce = 16;
/** What each of several threads may have of X between z and dw: the more, the more seldom they meet. */
const shareBytes = 1.5 * 2 ** 20;
/** Threads share out columns of long rows where there are so many pieces, and X is so small that it may stay in caches. */
const columnPieces = 4;
const columnBytes = 2 ** 24;

const roundUp = (value: number, multiple: number): number => Math.ceil(value / multiple) * multiple;

export interface Shape {
  readonly plan: 'tiny' | 'one-pass' | 'layered';
  /** Examples in a step. */
  readonly batch: number;
  /** Of an example. */
  readonly rowBytes: number;
  /** Of the features of an example: see `pieceLength`. */
  readonly rowPieces: number;
  readonly parameters: number;
  /** Of one partial gradient. */
  readonly partialBytes: number;
  /** Examples that the layered plan spreads out as floats. */
  readonly spreadRows: number;
}

export interface Cut {
  readonly groups: number;
  /** Of examples in the step, the last of them perhaps not full. */
  readonly eights: number;
  /** Of the largest group. */
  readonly groupSize: number;
  readonly blockSize: number;
  readonly blocksPerGroup: number;
  /** Threads share out columns, not groups. */
  readonly columns: boolean;
  /** Rows that the one-pass plan works on between z and dw: a multiple of eight. */
  readonly rowsAtOnce: number;
  readonly threads: number;
}

/** How many examples' features the layered plan spreads out as floats. @param stride floats from one to the next */
export function spreadRowsOf(stride: number): number {
  return Math.max(8, Math.min(64, 8 * Math.floor(blockBytes / (32 * stride))));
}

function rowsAtOnce(rowBytes: number, batch: number, sharers: number): number {
  if (rowBytes <= shortRowBytes) return 8;
  const bytes = sharers > 1 ? sharers * shareBytes : blockBytes;
  return Math.min(roundUp(batch, 8), Math.max(fewestRowsAtOnce, 8 * Math.floor(bytes / (8 * rowBytes))));
}

/** All examples in one group, whose columns are shared out. */
function columnsCut({ batch, rowBytes, rowPieces }: Shape, mostThreads: number): Cut {
  const threads = Math.min(mostThreads, rowPieces);
  const blockSize = rowsAtOnce(rowBytes, batch, threads);
  const eights = Math.ceil(batch / 8);
  const blocksPerGroup = Math.ceil(batch / blockSize);
  return { groups: 1, eights, groupSize: 8 * eights, blockSize, blocksPerGroup, columns: true, rowsAtOnce: blockSize, threads };
}

/** @param mostThreads threads that are worth waking for a step like this */
export function cutOf(shape: Shape, mostThreads: number): Cut {
  const { plan, batch, rowBytes, rowPieces, parameters, partialBytes, spreadRows } = shape;
  const isLong = plan === 'one-pass' && rowBytes > shortRowBytes && rowPieces >= columnPieces;
  if (isLong && batch * rowBytes <= columnBytes) return columnsCut(shape, mostThreads);
  const least = Math.max(24, Math.ceil(groupWork / parameters));
  const affordable = Math.max(1, Math.floor(partialsBytes / partialBytes));
  // this must not depend on the number of threads: it would change the order of sums
  const groups = Math.max(1, Math.min(mostGroups, affordable, Math.floor(batch / least)));
  // eights are dealt out as evenly as they go, so that threads with as many groups each are done together
  const eights = Math.ceil(batch / 8);
  const groupSize = 8 * Math.ceil(eights / groups);
  const blockSize = Math.min({ tiny: tinyBlock, 'one-pass': onePassBlock, layered: spreadRows }[plan], groupSize);
  return {
    groups,
    eights,
    groupSize,
    blockSize,
    blocksPerGroup: Math.ceil(groupSize / blockSize),
    columns: false,
    rowsAtOnce: rowsAtOnce(rowBytes, batch, 1),
    threads: Math.min(mostThreads, groups),
  };
}
