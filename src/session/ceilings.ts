/**
 * What this machine's processors reach in a copy and in multiply-adds: the ceilings that a lane's rates are held against.
 * The answers are checked first; then blocks of both alternate, and the medians count. Nothing else may run meanwhile.
 */
import { copyPattern, flopsOf, patternLength, type CeilingKernels } from '../engine/ceiling.ts';
import type { Clock, Engine } from '../engine/contract.ts';
import { copy } from '../engine/cpu/kernels/copy.ts';
import { multiplyAdd } from '../engine/cpu/kernels/fma.ts';
import { WasmEngine } from '../engine/cpu/wasm/engine.ts';
import { GpuCeilings } from '../engine/gpu/ceilings.ts';
import type { GpuEngine } from '../engine/gpu/engine.ts';
import { median } from '../math/statistics.ts';
import { turn } from './breathe.ts';
import type { Ceilings, Rates } from './protocol.ts';

export interface CeilingOptions {
  readonly clock: Clock;
  readonly clockResolutionMs: number;
  /** An empty submission, awaited, ms; 0 on a CPU. */
  readonly floorMs: number;
  /** Gives the measuring up; the answer is null then. */
  readonly signal?: AbortSignal;
}

/** A block lasts this long at the least, and so many ticks and awaits, but is not asked to last longer than the other. */
const shortestBlockMs = 10;
const longestBlockMs = 300;
const ticksOfBlock = 100;
const floorsOfBlock = 20;
const mostTimes = 4096;
/** Blocks of each kernel after warming up: at least the one, at most the other, as many as the budget allows between. */
const fewestBlocks = 3;
const mostBlocks = 7;
const budgetMs = 120;
const mostWarmUps = 3;

/** The sums of float32 round once or twice; see `factors`. */
const tolerance = 1e-5;

/** True when both kernels' last answers are those of their twins. */
export async function answersRight(kernels: CeilingKernels): Promise<boolean> {
  const pattern = copyPattern();
  const expected = new Uint32Array(patternLength);
  copy(pattern, expected, patternLength);
  const copied = await kernels.copied();
  if (copied.length !== 2 * patternLength) return false;
  for (let at = 0; at < copied.length; at++) if (copied[at] !== expected[at % patternLength]) return false;
  const sums = await kernels.sums();
  // items repeat after 256
  const { items } = kernels.multiplyAdds;
  const period = Math.min(items, 256);
  const expectedSums = multiplyAdd({ ...kernels.multiplyAdds, items: period });
  return (
    sums.length === 4 * items &&
    sums.every((sum, at) => {
      const wanted = expectedSums[at % (4 * period)] ?? Number.NaN;
      return Math.abs(sum - wanted) <= tolerance * Math.abs(wanted);
    })
  );
}

type Run = (times: number) => Promise<void>;

/** Others have a turn first, so that nobody waits for more than a block. */
async function timed(run: Run, times: number, clock: Clock): Promise<number> {
  await turn();
  const began = clock();
  await run(times);
  return clock() - began;
}

/** How often a block repeats the kernel: until it is long enough, and two such blocks agree. */
async function timesOfBlock(run: Run, { clock, clockResolutionMs, floorMs, signal }: CeilingOptions): Promise<number> {
  const wantedMs = Math.min(longestBlockMs, Math.max(shortestBlockMs, ticksOfBlock * clockResolutionMs, floorsOfBlock * floorMs));
  let times = 1;
  let elapsedMs = await timed(run, times, clock);
  while (elapsedMs < wantedMs && times < mostTimes && !signal?.aborted) {
    times = Math.min(mostTimes, Math.ceil(times * Math.min(8, Math.max(1.5, (1.2 * wantedMs) / Math.max(elapsedMs, 1e-3)))));
    elapsedMs = await timed(run, times, clock);
  }
  for (let block = 0; block < mostWarmUps && !signal?.aborted; block++) {
    const before = elapsedMs;
    elapsedMs = await timed(run, times, clock);
    if (Math.abs(elapsedMs - before) <= 0.1 * before) break;
  }
  return times;
}

/** @returns null when an answer is wrong, or too fast for the clock to see */
export async function measureRates(kernels: CeilingKernels, options: CeilingOptions): Promise<Rates | null> {
  const { clock, clockResolutionMs, signal } = options;
  const copyRun: Run = (times) => kernels.copy(times);
  const multiplyRun: Run = (times) => kernels.multiplyAdd(times);
  await copyRun(1);
  await multiplyRun(1);
  if (!(await answersRight(kernels))) return null;
  const lanes = [
    { run: copyRun, work: kernels.bytesPerCopy, times: await timesOfBlock(copyRun, options), blocks: [] as number[] },
    { run: multiplyRun, work: flopsOf(kernels.multiplyAdds), times: await timesOfBlock(multiplyRun, options), blocks: [] as number[] },
  ] as const;
  const began = clock();
  for (let block = 0; block < mostBlocks && (block < fewestBlocks || clock() - began < budgetMs); block++) {
    if (signal?.aborted) return null;
    for (const lane of block % 2 === 0 ? lanes : [...lanes].reverse()) lane.blocks.push(await timed(lane.run, lane.times, clock));
  }
  const [bytes, flops] = lanes.map(({ work, times, blocks }) => {
    const blockMs = median(blocks);
    return blockMs >= 10 * clockResolutionMs && blockMs > 0 ? (work * times) / blockMs / 1e6 : null;
  });
  if (bytes === null || bytes === undefined || flops === null || flops === undefined) return null;
  return { copyGigabytesPerSecond: bytes, fmaGigaflopsPerSecond: flops };
}

async function rates(make: () => Promise<CeilingKernels>, options: CeilingOptions): Promise<Rates | null> {
  let kernels: CeilingKernels | null = null;
  try {
    kernels = await make();
    return await measureRates(kernels, options);
  } catch {
    // a ceiling that cannot be had is a share that is not shown, and nothing else
    return null;
  } finally {
    kernels?.dispose();
  }
}

export async function gpuCeiling(engine: GpuEngine, options: CeilingOptions): Promise<Rates | null> {
  return rates(() => GpuCeilings.make(engine.maker()), options);
}

/** The best that any of the fast engines reaches, all threads together, and what one thread reaches. */
export async function cpuCeiling(engines: readonly Engine[], options: Omit<CeilingOptions, 'floorMs'>): Promise<Ceilings['cpu']> {
  const found: { readonly name: string; readonly rates: Rates }[] = [];
  for (const engine of engines) {
    if (!(engine instanceof WasmEngine) || options.signal?.aborted) continue;
    const own = await rates(() => engine.ceilings(), { ...options, floorMs: 0 });
    if (own) found.push({ name: engine.name, rates: own });
  }
  if (found.length === 0) return null;
  const best = (of: (rates: Rates) => number): number => Math.max(...found.map((one) => of(one.rates)));
  return {
    copyGigabytesPerSecond: best(({ copyGigabytesPerSecond }) => copyGigabytesPerSecond),
    fmaGigaflopsPerSecond: best(({ fmaGigaflopsPerSecond }) => fmaGigaflopsPerSecond),
    oneThread: found.find(({ name }) => name === 'wasm')?.rates ?? null,
  };
}
