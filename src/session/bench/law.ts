/**
 * The law t = fixed + slope · m: a step of one model at several m, for the GPU and for the fastest CPU lane, and the line
 * through their times. By one plan at every m, because two plans are two laws. How lanes are timed is `measure.ts`'s.
 */
import type { Engine, GpuPlanName } from '../../engine/contract.ts';
import { fitLaw } from '../../math/law.ts';
import { median } from '../../math/statistics.ts';
import { turn } from '../breathe.ts';
import { makeInput, truthOf, type Truth } from './input.ts';
import { measureLanes, type MeasureOptions } from './measure.ts';
import type { LaneResult, LawResult } from './report.ts';
import type { BenchLane, TrainWorkload, WorkloadInput } from './workload.ts';

/** From the smallest to the largest m, at equal ratios. */
const smallest = 1000;
const largest = 60_000;
const points = 6;
const base: TrainWorkload = {
  kind: 'train',
  name: 'law',
  n: 784,
  m: largest,
  storage: 'uint8',
  hidden: [],
  outputs: 1,
  learningRate: 0.005,
};

const gpuPlans: readonly GpuPlanName[] = ['layered', 'two-pass', 'one-pass', 'tiny'];

export interface LawOptions extends MeasureOptions {
  /** The float64 reference. */
  readonly truth: Engine;
  readonly onPoint: (m: number) => void;
}

/** `points` values of m, the largest first. */
export function lawSizes(): readonly number[] {
  return Array.from({ length: points }, (_, at) => Math.round(smallest * (largest / smallest) ** (1 - at / (points - 1))));
}

/** The first examples of the largest problem: the same bits at every m. */
function head(input: WorkloadInput, m: number): WorkloadInput {
  return { ...input, x: input.x.slice(0, m * base.n), y: input.y.slice(0, m) };
}

/** A lane's times, milliseconds a step, by m: the median of each visit, so that a visit in a quiet moment weighs no more. */
interface Found {
  readonly plan: string;
  readonly times: Map<number, number[]>;
}

/**
 * From the largest m down and up again, so that a machine that grows slower or faster meanwhile bends no line.
 * @param lanes ours; peers take no part
 */
export async function measureLaws(lanes: readonly BenchLane[], options: LawOptions): Promise<readonly LawResult[]> {
  const input = makeInput(base, options.seed);
  const truths = new Map<number, Truth>();
  const found = new Map<string, Found>();
  let running = lanes;
  const sizes = lawSizes();
  for (const [turnAt, m] of [...sizes, ...[...sizes].reverse()].entries()) {
    options.onPoint(m);
    const gpuPlan = gpuPlans.find((plan) => plan === found.get('gpu')?.plan);
    const workload: TrainWorkload = { ...base, m, plan: gpuPlan ?? 'auto' };
    const own = m === largest ? input : head(input, m);
    const truth = truths.get(m) ?? (await truthOf(workload, own, options.truth, options.seed));
    truths.set(m, truth);
    const budgetMs = options.budgetMs / (2 * points);
    const { results } = await measureLanes(workload, own, truth, running, { ...options, budgetMs });
    if (turnAt === 0) running = fastestOfEach(results, lanes);
    for (const { engine, plan, msPerStep } of results) {
      if (msPerStep && running.some(({ name }) => name === engine)) keep(found, engine, plan, m, msPerStep.median);
    }
    await turn();
  }
  return [...found].flatMap(([engine, own]) => (own.times.size < 3 ? [] : [lawOf(engine, own)]));
}

/** Times by another plan are another law's. */
function keep(found: Map<string, Found>, engine: string, plan: string, m: number, ms: number): void {
  const own = found.get(engine) ?? { plan, times: new Map<number, number[]>() };
  found.set(engine, own);
  if (own.plan === plan) own.times.set(m, [...(own.times.get(m) ?? []), ms]);
}

/** The GPU, and the CPU lane that was fastest. */
function fastestOfEach(results: readonly LaneResult[], lanes: readonly BenchLane[]): readonly BenchLane[] {
  const time = (lane: BenchLane): number =>
    results.find(({ engine }) => engine === lane.name)?.msPerStep?.median ?? Number.POSITIVE_INFINITY;
  return (['gpu', 'cpu'] as const).flatMap((kind) => {
    const [best] = lanes.filter((lane) => lane.kind === kind && Number.isFinite(time(lane))).sort((a, b) => time(a) - time(b));
    return best ? [best] : [];
  });
}

function lawOf(engine: string, { plan, times: visits }: Found): LawResult {
  const times = [...visits].map(([m, own]) => ({ m, ms: median(own) })).sort((a, b) => a.m - b.m);
  const { fixedMs, msPerExample, deviations } = fitLaw(times);
  return {
    engine,
    plan,
    model: 'logistic',
    n: base.n,
    fixedMs,
    msPerExample,
    points: times.map(({ m, ms }, at) => ({ m, medianMs: ms, deviation: deviations[at] ?? Number.NaN })),
  };
}
