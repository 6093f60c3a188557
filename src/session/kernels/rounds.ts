/**
 * The clock of the Kernels lab: lanes in alternating blocks, in a random order each round, warmed up first, until the ratios
 * are narrow or the budget is spent. It sees only functions and milliseconds, so that a made-up clock can hold it to account.
 */
import { Random, streams } from '../../math/rng.ts';
import { median, quantile, ratioInterval } from '../../math/statistics.ts';

export interface TimedLane {
  readonly name: string;
  /** A dispatch, so many times over. */
  run(times: number): Promise<void>;
  /** Before each block, not timed. */
  before?(): Promise<void> | void;
}

export interface RoundOptions {
  readonly clock: () => number;
  readonly clockResolutionMs: number;
  /** An empty submission, awaited; a block is many times as long. */
  readonly floorMs: number;
  readonly budgetMs: number;
  readonly seed: number;
  readonly signal: AbortSignal;
}

export interface LaneBlocks {
  readonly times: number;
  /** Of one dispatch, a block each. */
  readonly ms: number[];
}

const shortestBlockMs = 8;
const longestBlockMs = 60;
const mostTimes = 256;
const fewestRounds = 5;
const mostRounds = 40;
/** Half the width of the interval on a ratio that is narrow enough. */
const narrow = 0.02;

async function blockOf(lane: TimedLane, times: number, clock: () => number): Promise<number> {
  await lane.before?.();
  const began = clock();
  await lane.run(times);
  return clock() - began;
}

/** Dispatches of a block: until it is long enough, and two in a row agree. */
async function timesOf(lane: TimedLane, { clock, clockResolutionMs, floorMs, signal }: RoundOptions): Promise<number> {
  const wantedMs = Math.min(longestBlockMs, Math.max(shortestBlockMs, 100 * clockResolutionMs, 10 * floorMs));
  let times = 1;
  let elapsedMs = await blockOf(lane, times, clock);
  for (let tries = 0; tries < 12 && elapsedMs < wantedMs && times < mostTimes && !signal.aborted; tries++) {
    times = Math.min(mostTimes, Math.ceil(times * Math.min(8, Math.max(1.5, (1.2 * wantedMs) / Math.max(elapsedMs, 1e-3)))));
    elapsedMs = await blockOf(lane, times, clock);
  }
  for (let again = 0; again < 2 && !signal.aborted; again++) {
    const before = elapsedMs;
    elapsedMs = await blockOf(lane, times, clock);
    if (Math.abs(elapsedMs - before) <= 0.1 * before) break;
  }
  return times;
}

/** What takes no more than a few ticks of the clock has no speed that could be told. */
const fewestTicks = 10;

export function isResolved({ times, ms }: LaneBlocks, clockResolutionMs: number): boolean {
  return ms.length > 0 && median(ms) * times >= fewestTicks * clockResolutionMs;
}

/** Of `lane` over `other`. */
export function ratioOf(
  lane: LaneBlocks,
  other: LaneBlocks,
  seed: number,
): { readonly ratio: number; readonly low: number; readonly high: number } {
  const { ratio, low, high } = ratioInterval(lane.ms, other.ms, seed, { resamples: 200 });
  return { ratio, low, high };
}

export function spreadOf({ ms }: LaneBlocks): { readonly median: number; readonly low: number; readonly high: number } {
  return { median: median(ms), low: quantile(ms, 0.05), high: quantile(ms, 0.95) };
}

function allNarrow(blocks: readonly LaneBlocks[], seed: number): boolean {
  const [first, ...others] = blocks;
  if (!first) return true;
  return others.every((one) => {
    const { ratio, low, high } = ratioOf(one, first, seed);
    return high - low <= 2 * narrow * ratio;
  });
}

/** @param tell after the first round and every few after it */
export async function timeInRounds(
  lanes: readonly TimedLane[],
  options: RoundOptions,
  tell: (blocks: readonly LaneBlocks[]) => void = () => undefined,
): Promise<readonly LaneBlocks[]> {
  const { clock, budgetMs, seed, signal } = options;
  const began = clock();
  const blocks: LaneBlocks[] = [];
  for (const lane of lanes) blocks.push({ times: await timesOf(lane, options), ms: [] });
  const random = new Random(seed, streams.blocks);
  for (let round = 0; round < mostRounds && !signal.aborted; round++) {
    if (round >= fewestRounds && (clock() - began > budgetMs || allNarrow(blocks, seed))) break;
    const order = lanes.map((lane, index) => ({ lane, index, at: random.uniform() })).sort((a, b) => a.at - b.at);
    for (const { lane, index } of order) {
      const own = blocks[index];
      if (own) own.ms.push((await blockOf(lane, own.times, clock)) / own.times);
    }
    if (round === 0 || round % 4 === 3) tell(blocks);
  }
  return blocks;
}
