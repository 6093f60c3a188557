/**
 * The figures of a result without its samples: what a comparison shows, and what a summary in a QR code carries. Every kind
 * of result comes to the same form; whether two of them may stand side by side is `comparable.ts`'s.
 */
import { ratioInterval } from '../../math/statistics.ts';
import type { LaneResult, WorkloadResult } from '../bench/report.ts';
import type { Environment } from '../environment.ts';
import type { Ceilings } from '../protocol.ts';
import type { TimedSamples } from '../race-report.ts';
import type { SweepReport } from '../sweep/report.ts';
import { decidingOf, type Deciding } from './comparable.ts';
import type { BenchResult, RaceResult, Result, SweepResult, TrainResult } from './result.ts';

export interface RatioFigures {
  /** CPU time over GPU time. */
  readonly ratio: number;
  readonly ci95: readonly [number, number];
  /** The lane of the CPU. */
  readonly against: string;
}

export interface LaneFigures {
  readonly engine: string;
  readonly plan: string;
  /** Median of a step, ms, and its interval; null where there is no time. */
  readonly ms: number | null;
  readonly ci95: readonly [number, number] | null;
  /** The answer was checked and wrong. */
  readonly wrong: boolean;
  readonly gigabytesPerSecond: number | null;
  readonly gigaflopsPerSecond: number | null;
}

/** One thing that was timed: a workload, a race, or a sweep's model at one m. */
export interface WorkFigures {
  readonly name: string;
  readonly lanes: readonly LaneFigures[];
  readonly speedup: RatioFigures | null;
}

/** Time of a step against m. */
export interface CurveFigures {
  readonly engine: string;
  readonly model: string;
  readonly points: readonly (readonly [m: number, ms: number])[];
  /** t = fixedMs + msPerExample · m, or null where no line was fitted. */
  readonly law: { readonly fixedMs: number; readonly msPerExample: number } | null;
}

export interface CrossoverFigures {
  readonly m: number;
  /** An interval without an upper end has null there. */
  readonly ci95: readonly [number, number | null];
  /** m is among those that were timed. */
  readonly inside: boolean;
}

export interface Figures {
  readonly deciding: Deciding;
  readonly machine: string;
  readonly environment: Environment;
  readonly works: readonly WorkFigures[];
  readonly score: { readonly ratio: number; readonly ci95: readonly [number, number] } | null;
  readonly curves: readonly CurveFigures[];
  readonly crossover: CrossoverFigures | null;
  readonly ceilings: Ceilings | null;
}

export function engineKind(engine: string): 'gpu' | 'cpu' {
  return engine.endsWith('gpu') ? 'gpu' : 'cpu';
}

interface TimedLane {
  readonly engine: string;
  readonly plan: string;
  readonly msPerStep: TimedSamples | null;
  readonly gigabytesPerSecond: number | null;
  readonly gigaflopsPerSecond: number | null;
}

function laneFigures(lane: TimedLane, wrong: boolean): LaneFigures {
  const { engine, plan, msPerStep, gigabytesPerSecond, gigaflopsPerSecond } = lane;
  return { engine, plan, ms: msPerStep?.median ?? null, ci95: msPerStep?.ci95 ?? null, wrong, gigabytesPerSecond, gigaflopsPerSecond };
}

function benchWork({ name, lanes, speedup }: WorkloadResult): WorkFigures {
  const own = lanes.filter((lane: LaneResult) => !lane.peer);
  return {
    name,
    lanes: own.map((lane) => laneFigures(lane, lane.checked?.ok === false)),
    speedup: speedup && { ratio: speedup.ratio, ci95: speedup.ci95, against: speedup.against },
  };
}

function benchFigures(result: BenchResult): Omit<Figures, keyof Shared> {
  const { workloads, score, laws, ceilings } = result;
  return {
    works: workloads.map(benchWork),
    score,
    curves: laws.map(({ engine, model, points, fixedMs, msPerExample }) => ({
      engine,
      model,
      points: points.map(({ m, medianMs }) => [m, medianMs] as const),
      law: { fixedMs, msPerExample },
    })),
    crossover: null,
    ceilings,
  };
}

function raceFigures({ lanes, speedup }: RaceResult): Omit<Figures, keyof Shared> {
  const work: WorkFigures = {
    name: '',
    lanes: lanes.map((lane) => laneFigures(lane, lane.checked === false)),
    speedup: speedup && { ratio: speedup.ratio, ci95: speedup.ci95, against: speedup.against },
  };
  return { works: [work], score: null, curves: [], crossover: null, ceilings: null };
}

function trainFigures({ runs }: TrainResult): Omit<Figures, keyof Shared> {
  const lanes = runs.map((run) => laneFigures({ ...run, gigabytesPerSecond: null, gigaflopsPerSecond: null }, !run.checked));
  return { works: [{ name: '', lanes, speedup: null }], score: null, curves: [], crossover: null, ceilings: null };
}

type SweepPoint = SweepReport['time']['points'][number];

function sweepWork(point: SweepPoint, seed: number): WorkFigures {
  const { m, cpuLane, samples } = point;
  const lane = (kind: 'gpu' | 'cpu'): LaneFigures => {
    const [ms, plan, problem] =
      kind === 'gpu' ? [point.gpuMs, point.gpuPlan, point.gpuProblem] : [point.cpuMs, point.cpuPlan, point.cpuProblem];
    const own = samples[kind];
    // the interval of a median: a ratio to ones
    const { low, high } = ratioInterval(own, new Array<number>(own.length).fill(1), seed, { resamples: 200 });
    return {
      engine: kind === 'gpu' ? 'gpu' : (cpuLane ?? 'cpu'),
      plan: plan ?? '',
      ms,
      ci95: ms === null || own.length < 2 ? null : [low, high],
      wrong: problem?.startsWith('WRONG') ?? false,
      gigabytesPerSecond: null,
      gigaflopsPerSecond: null,
    };
  };
  const paired = Math.min(samples.gpu.length, samples.cpu.length) >= 2;
  const { ratio, low, high } = ratioInterval(samples.cpu, samples.gpu, seed, { resamples: paired ? 400 : 1 });
  return {
    name: `m = ${m}`,
    lanes: [lane('gpu'), lane('cpu')],
    speedup: paired && cpuLane !== null ? { ratio, ci95: [low, high], against: cpuLane } : null,
  };
}

function sweepFigures({ time, seed }: SweepResult): Omit<Figures, keyof Shared> {
  const curve = (kind: 'gpu' | 'cpu'): readonly CurveFigures[] => {
    const points = time.points.flatMap(({ m, gpuMs, cpuMs }) => {
      const ms = kind === 'gpu' ? gpuMs : cpuMs;
      return ms === null ? [] : [[m, ms] as const];
    });
    const law = time[kind];
    return points.length === 0 ? [] : [{ engine: kind, model: time.model, points, law: law && { ...law } }];
  };
  const { crossover } = time;
  return {
    works: time.points.map((point) => sweepWork(point, seed)),
    score: null,
    curves: [...curve('gpu'), ...curve('cpu')],
    crossover: 'none' in crossover ? null : { m: crossover.m, ci95: crossover.ci95, inside: crossover.inside },
    ceilings: null,
  };
}

type Shared = Pick<Figures, 'deciding' | 'machine' | 'environment'>;

function ownFigures(result: Result): Omit<Figures, keyof Shared> {
  switch (result.kind) {
    case 'bench':
      return benchFigures(result);
    case 'race':
      return raceFigures(result);
    case 'sweep':
      return sweepFigures(result);
    case 'train':
      return trainFigures(result);
  }
}

export function figuresOf(result: Result): Figures {
  const { machine, environment } = result;
  return { deciding: decidingOf(result), machine, environment, ...ownFigures(result) };
}

/** No lane has a time, and not because its answer was wrong: it did not last long enough. */
export function isUntimed({ lanes }: WorkFigures): boolean {
  return lanes.every(({ ms, wrong }) => ms === null && !wrong);
}

/** The fastest of a kind that has a time, or null. */
export function fastest({ lanes }: WorkFigures, kind: 'gpu' | 'cpu'): LaneFigures | null {
  const timed = lanes.filter(({ engine, ms }) => engineKind(engine) === kind && ms !== null);
  return timed.reduce<LaneFigures | null>((best, lane) => (best === null || (lane.ms ?? 0) < (best.ms ?? 0) ? lane : best), null);
}

/** What a result comes to in one ratio: its score, or its only speed-up; null for a sweep, which has one for every m. */
export function headline({ score, works }: Figures): Pick<RatioFigures, 'ratio' | 'ci95'> | null {
  if (score) return score;
  return works.length === 1 ? (works[0]?.speedup ?? null) : null;
}
