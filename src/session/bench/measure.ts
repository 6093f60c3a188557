/**
 * Timing lanes of one workload: each answers and is checked, is warmed up until its blocks agree, and then takes its
 * block in every round, in an order drawn anew, until the intervals are narrow or the budget is spent. Never at once.
 */
import type { Clock } from '../../engine/contract.ts';
import { Random, streams } from '../../math/rng.ts';
import { median, outliers, ratioInterval, spread } from '../../math/statistics.ts';
import { compare, type Comparison, type Truth } from './input.ts';
import { noTime, whyNoTime, type WhyNoTime } from './reason.ts';
import type { LaneResult } from './report.ts';
import type { BenchLane, PreparedLane, Workload, WorkloadInput } from './workload.ts';

export interface MeasureOptions {
  readonly clock: Clock;
  readonly clockResolutionMs: number;
  /** An empty submission, awaited; every GPU block is at least ten times as long, or one step. */
  readonly readBackFloorMs: number;
  readonly budgetMs: number;
  readonly seed: number;
  readonly isHidden: () => boolean;
  /** Resolves when the tab is seen: nothing is timed before. Left out, rounds are taken all the same, and do not count. */
  readonly seen?: () => Promise<void>;
  readonly onLane: (lane: string, doing: 'prepare' | 'warm-up' | 'measure') => void;
  /** Aborted, it lets go after the block at hand; what it answers then is of no use. */
  readonly signal?: AbortSignal;
}

interface Runner {
  readonly lane: BenchLane;
  readonly prepared: PreparedLane;
  readonly checked: Comparison;
  readonly coldMs: number;
  steps: number;
  /** Milliseconds a step, one a round. */
  readonly samples: number[];
  /** Upload and read-back of a run; null where the lane cannot tell. */
  transferMs: number | null;
}

/** A thread that slept needs up to milliseconds to be back at work: a block outlasts that, too. */
const shortestBlockMs = 30;
/** A submission, its wait and the waking up after it take a millisecond or more, whatever is computed: a block outlasts them. */
const shortestGpuBlockMs = 60;
const fewestRounds = 5;
const fewestSlowRounds = 3;
const slowBlockMs = 1500;
const mostRounds = 300;
/** Rounds that were disturbed by hiding the tab: after so many, what there is has to do. */
const mostHiddenRounds = 20;
const mostStepsInBlock = 4096;
/** How often a lane's upload and read-back are measured. */
const transfers = 3;
/** Steps of a run from end to end. */
export const endToEndSteps = 1000;
/** Half the width of the interval that is narrow enough. */
const narrow = 0.02;

export async function measureLanes(
  workload: Workload,
  input: WorkloadInput,
  truth: Truth,
  lanes: readonly BenchLane[],
  options: MeasureOptions,
): Promise<{ readonly results: readonly LaneResult[]; readonly samples: ReadonlyMap<string, readonly number[]> }> {
  const runners: Runner[] = [];
  const failed = new Map<BenchLane, WhyNoTime>();
  try {
    for (const lane of lanes) {
      options.onLane(lane.name, 'prepare');
      try {
        runners.push(await prepare(workload, input, truth, lane, options));
      } catch (error) {
        failed.set(lane, whyNoTime(error));
      }
    }
    const right = runners.filter(({ checked }) => checked.ok);
    for (const runner of right) {
      options.onLane(runner.lane.name, 'warm-up');
      await guarded(runner, failed, () => warmUp(runner, options));
    }
    await rounds(
      right.filter(({ lane }) => !failed.has(lane)),
      failed,
      options,
    );
    for (const runner of options.signal?.aborted ? [] : right) {
      if (!failed.has(runner.lane)) await guarded(runner, failed, () => timeTransfer(runner, options));
    }
  } finally {
    for (const { prepared } of runners) prepared.dispose();
  }
  const samples = new Map(runners.filter(({ lane }) => !failed.has(lane)).map((runner) => [runner.lane.name, runner.samples] as const));
  const results = lanes.map((lane) => {
    const runner = runners.find((one) => one.lane === lane);
    return runner && !failed.has(lane) ? resultOf(runner, options) : failure(lane, failed.get(lane) ?? noTime('not-run'), runner);
  });
  return { results, samples };
}

async function prepare(
  workload: Workload,
  input: WorkloadInput,
  truth: Truth,
  lane: BenchLane,
  { clock }: MeasureOptions,
): Promise<Runner> {
  const began = clock();
  const prepared = await lane.prepare(workload, input);
  try {
    const answer = await prepared.answer();
    return {
      lane,
      prepared,
      coldMs: clock() - began - (prepared.searchMs ?? 0),
      checked: compare(workload, truth, answer),
      steps: 1,
      samples: [],
      transferMs: null,
    };
  } catch (error) {
    prepared.dispose();
    throw error;
  }
}

async function guarded(runner: Runner, failed: Map<BenchLane, WhyNoTime>, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    failed.set(runner.lane, whyNoTime(error));
  }
}

async function block(runner: Runner, { clock, seen }: MeasureOptions): Promise<number> {
  await seen?.();
  runner.prepared.rouse?.();
  const began = clock();
  await runner.prepared.run(runner.steps);
  return clock() - began;
}

/** Grows the block until it is long beside clock and read-back, then repeats it until three agree within a tenth. */
async function warmUp(runner: Runner, options: MeasureOptions): Promise<void> {
  const floor = runner.lane.kind === 'gpu' ? Math.max(shortestGpuBlockMs, 10 * options.readBackFloorMs) : 0;
  const wantedMs = Math.max(shortestBlockMs, 100 * options.clockResolutionMs, floor);
  let elapsedMs = await block(runner, options);
  while (elapsedMs < wantedMs && runner.steps < mostStepsInBlock && !options.signal?.aborted) {
    const growth = Math.min(8, Math.max(2, (1.2 * wantedMs) / Math.max(elapsedMs, 1e-3)));
    runner.steps = Math.min(mostStepsInBlock, Math.ceil(runner.steps * growth));
    elapsedMs = await block(runner, options);
  }
  const recent = [elapsedMs];
  const began = options.clock();
  while (options.clock() - began < Math.min(2000, options.budgetMs / 4) && recent.length < 12 && !options.signal?.aborted) {
    recent.push(await block(runner, options));
    const last = recent.slice(-3);
    if (last.length === 3 && Math.max(...last) <= 1.1 * Math.min(...last)) return;
  }
}

async function timeTransfer(runner: Runner, { seen }: MeasureOptions): Promise<void> {
  const times: number[] = [];
  for (let turn = 0; turn < transfers; turn++) {
    await seen?.();
    const time = await runner.prepared.transfer?.();
    if (time) times.push(time.uploadMs + time.readBackMs);
  }
  if (times.length > 0) runner.transferMs = median(times);
}

async function rounds(runners: readonly Runner[], failed: Map<BenchLane, WhyNoTime>, options: MeasureOptions): Promise<void> {
  const random = new Random(options.seed, streams.blocks);
  let spentMs = 0;
  let hiddenRounds = 0;
  const live = (): Runner[] => runners.filter(({ lane }) => !failed.has(lane));
  for (let round = 0; round < mostRounds && !options.signal?.aborted; round++) {
    await options.seen?.();
    let hidden = false;
    const taken: { runner: Runner; stepMs: number }[] = [];
    for (const runner of shuffled(live(), random)) {
      options.onLane(runner.lane.name, 'measure');
      // asked around each block: one that waits for the tab to be seen is far from the others of its round
      hidden ||= options.isHidden();
      await guarded(runner, failed, async () => {
        taken.push({ runner, stepMs: (await block(runner, options)) / runner.steps });
      });
      hidden ||= options.isHidden();
    }
    spentMs += taken.reduce((sum, { runner, stepMs }) => sum + stepMs * runner.steps, 0);
    if (hidden) hiddenRounds++;
    else for (const { runner, stepMs } of taken) runner.samples.push(stepMs);
    if (hiddenRounds >= mostHiddenRounds) return;
    const slow = taken.some(({ runner, stepMs }) => stepMs * runner.steps > slowBlockMs);
    const counted = Math.min(...live().map(({ samples }) => samples.length));
    const spent = spentMs > options.budgetMs;
    if (counted < (slow ? fewestSlowRounds : fewestRounds)) continue;
    if (spent || (counted >= 10 && allNarrow(live(), options.seed))) return;
  }
}

function shuffled<T>(items: readonly T[], random: Random): T[] {
  const order = [...items];
  for (let last = order.length - 1; last > 0; last--) {
    const other = random.below(last + 1);
    const [a, b] = [order[last] as T, order[other] as T];
    order[last] = b;
    order[other] = a;
  }
  return order;
}

/** Every lane's interval of the ratio to the first lane is within two per cent. */
function allNarrow(runners: readonly Runner[], seed: number): boolean {
  const [first, ...others] = runners;
  if (!first) return true;
  return others.every(({ samples }) => {
    const { ratio, low, high } = ratioInterval(samples, first.samples, seed, { resamples: 200 });
    return high - low <= 2 * narrow * ratio;
  });
}

/** Shares are filled in by whoever knows the ceilings. */
function resultOf({ lane, prepared, checked, coldMs, steps, samples, transferMs }: Runner, options: MeasureOptions): LaneResult {
  const middle = median(samples);
  // a block that the clock hardly sees says nothing, however many there are
  const resolved = middle * steps >= 10 * options.clockResolutionMs;
  const timed = checked.ok && samples.length > 0 && resolved;
  const { low, high } = ratioInterval(samples, new Array<number>(samples.length).fill(1), options.seed, { resamples: 400 });
  const third = Math.floor(samples.length / 3);
  const perSecond = (amount: number): number | null => (timed && amount > 0 ? amount / middle / 1e6 : null);
  return {
    engine: lane.name,
    plan: prepared.plan,
    kernels: prepared.kernels,
    peer: lane.peer,
    checked: checkedOf(checked),
    msPerStep: timed ? { ...spread(samples), ci95: [low, high], samples } : null,
    coldMs: checked.ok ? coldMs : null,
    endToEndMs: timed && transferMs !== null ? transferMs + endToEndSteps * middle : null,
    stepsPerBlock: steps,
    outliers: outliers(samples).length,
    drift: samples.length < 9 ? null : median(samples.slice(-third)) / median(samples.slice(0, third)) - 1,
    gigabytesPerSecond: perSecond(prepared.bytesPerStep),
    gigaflopsPerSecond: perSecond(prepared.flopsPerStep),
    shareOfCopy: null,
    shareOfFma: null,
    bytesPerStep: prepared.bytesPerStep,
    dispatchesPerStep: prepared.dispatchesPerStep,
    error: null,
    ...why(checked, resolved),
  };
}

function checkedOf({ ok, maxDifference }: Comparison): NonNullable<LaneResult['checked']> {
  return { ok, maxDifference };
}

function why(checked: Comparison, resolved: boolean): WhyNoTime | null {
  if (!checked.ok) return { error: `WRONG: ${checked.wrong ?? 'the answer differs'}` };
  return resolved ? null : noTime('below-resolution');
}

function failure(lane: BenchLane, because: WhyNoTime, runner?: Runner): LaneResult {
  return {
    engine: lane.name,
    plan: runner?.prepared.plan ?? '',
    kernels: runner?.prepared.kernels ?? [],
    peer: lane.peer,
    checked: runner ? checkedOf(runner.checked) : null,
    msPerStep: null,
    coldMs: null,
    endToEndMs: null,
    stepsPerBlock: 0,
    outliers: 0,
    drift: null,
    gigabytesPerSecond: null,
    gigaflopsPerSecond: null,
    shareOfCopy: null,
    shareOfFma: null,
    bytesPerStep: 0,
    dispatchesPerStep: null,
    ...because,
  };
}
