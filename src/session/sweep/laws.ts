/** From the times at several m to the law of each lane and to where they meet. */
import { crossover, fitLaw, type Timed } from '../../math/law.ts';
import { median } from '../../math/statistics.ts';
import type { Crossover, SweepLaw, SweepLaws, SweepTime } from './report.ts';

/** A law is drawn through at least so many points. */
const fewestPoints = 3;
/** A lane whose step takes longer than this is not timed at a larger m. */
const longestStepMs = 2500;

type Lane = 'gpu' | 'cpu';

const samplesOf = (time: SweepTime, lane: Lane): readonly number[] => (lane === 'gpu' ? time.gpuMs : time.cpuMs);

/** Where a lane has times, smallest m first; of the GPU by one plan, that of the largest m, for another plan follows another law. */
function pointsOf(times: readonly SweepTime[], lane: Lane): readonly SweepTime[] {
  const own = times.filter((time) => samplesOf(time, lane).length > 0).sort((a, b) => a.m - b.m);
  const plan = own.at(-1)?.gpuPlan;
  return lane === 'cpu' ? own : own.filter(({ gpuPlan }) => gpuPlan === plan);
}

function timed(times: readonly SweepTime[], lane: Lane): readonly Timed[] {
  return pointsOf(times, lane).map((time) => ({ m: time.m, ms: median(samplesOf(time, lane)) }));
}

function lawOf(times: readonly SweepTime[], lane: Lane): SweepLaw | null {
  const points = timed(times, lane);
  const [first] = points;
  const last = points.at(-1);
  if (!first || !last || points.length < fewestPoints) return null;
  const { fixedMs, msPerExample, deviations } = fitLaw(points);
  const largestDeviation = Math.max(...deviations.map(Math.abs));
  return { fixedMs, msPerExample, largestDeviation, from: first.m, to: last.m };
}

export function lawsOf(times: readonly SweepTime[], seed: number): SweepLaws {
  return { gpu: lawOf(times, 'gpu'), cpu: lawOf(times, 'cpu'), crossover: crossoverOf(times, seed) };
}

function crossoverOf(times: readonly SweepTime[], seed: number): Crossover {
  const both = pointsOf(times, 'gpu').filter(({ cpuMs }) => cpuMs.length > 0);
  if (both.length < fewestPoints) {
    const lanes = (['gpu', 'cpu'] as const).filter((lane) => timed(times, lane).length >= fewestPoints);
    return { kind: 'none', reason: lanes.length === 1 ? 'one-lane' : 'few' };
  }
  const points = both.map(({ m, gpuMs, cpuMs }) => ({ m, first: gpuMs, second: cpuMs }));
  const found = crossover(points, seed);
  const laneOf = (one: 'first' | 'second'): Lane => (one === 'first' ? 'gpu' : 'cpu');
  if (found.kind === 'none') return { kind: 'none', reason: found.faster ? laneOf(found.faster) : 'unclear' };
  const { m, low, high, inside, faster } = found;
  return { kind: 'crossing', m, ci95: [low, high], inside, faster: laneOf(faster) };
}

/** A step at this m would take too long to be measured, by the law of the smaller ones. */
export function tooSlow(times: readonly SweepTime[], lane: Lane, m: number): boolean {
  const smaller = timed(times, lane).filter((time) => time.m < m);
  const last = smaller.at(-1);
  if (!last) return false;
  if (smaller.length < 2) return last.ms > longestStepMs;
  const { fixedMs, msPerExample } = fitLaw(smaller);
  return fixedMs + msPerExample * m > longestStepMs;
}
