/**
 * A run end to end: bringing data and parameters to the processor, so many steps, and reading the parameters back. Time of
 * steps comes from the race's own blocks; the rest was measured by itself. Pure.
 */
import { Random, streams } from '../math/rng.ts';
import { median, quantile } from '../math/statistics.ts';
import type { EndToEnd, LaneName } from './protocol.ts';

export interface LaneTimes {
  readonly lane: LaneName;
  readonly kind: 'cpu' | 'gpu';
  /** Milliseconds, one a sample. */
  readonly stepMs: readonly number[];
  readonly uploadMs: readonly number[];
  readonly readBackMs: readonly number[];
}

const resamples = 400;
/** Blocks that are drawn from: the newest. */
const mostBlocks = 100;

/** @param steps of the run */
export function endToEnd(steps: number, lanes: readonly LaneTimes[], seed: number): EndToEnd {
  const totals = lanes.map(({ lane, kind, stepMs, uploadMs, readBackMs }) => {
    const [upload, step, readBack] = [median(uploadMs), steps * median(stepMs), median(readBackMs)];
    return { lane, kind, uploadMs: upload, stepsMs: step, readBackMs: readBack, totalMs: upload + step + readBack };
  });
  const of = (kind: 'cpu' | 'gpu'): LaneTimes | undefined => lanes.find((lane) => lane.kind === kind);
  const [cpu, gpu] = [of('cpu'), of('gpu')];
  return { steps, lanes: totals, ratio: cpu && gpu ? ratioOf(steps, cpu, gpu, seed) : null };
}

/** CPU over GPU, with a bootstrap 95 % interval: blocks are drawn in pairs, transfers each by itself. */
function ratioOf(steps: number, cpu: LaneTimes, gpu: LaneTimes, seed: number): NonNullable<EndToEnd['ratio']> {
  const random = new Random(seed, streams.bootstrap);
  const blocks = Math.min(mostBlocks, cpu.stepMs.length, gpu.stepMs.length);
  const [cpuSteps, gpuSteps] = [cpu.stepMs.slice(-blocks), gpu.stepMs.slice(-blocks)];
  const drawn = (samples: readonly number[]): number => median(samples.map(() => samples[random.below(samples.length)] ?? Number.NaN));
  const total = (lane: LaneTimes, stepMs: readonly number[]): number =>
    steps * median(stepMs) + drawn(lane.uploadMs) + drawn(lane.readBackMs);
  const ratios = Array.from({ length: resamples }, () => {
    const chosen = cpuSteps.map(() => random.below(blocks));
    const pick = (times: readonly number[]): number[] => chosen.map((at) => times[at] ?? Number.NaN);
    return total(cpu, pick(cpuSteps)) / total(gpu, pick(gpuSteps));
  });
  const plain = ({ uploadMs, readBackMs }: LaneTimes, stepMs: readonly number[]): number =>
    steps * median(stepMs) + median(uploadMs) + median(readBackMs);
  const ratio = plain(cpu, cpuSteps) / plain(gpu, gpuSteps);
  const [low, high] = [quantile(ratios, 0.025), quantile(ratios, 0.975)];
  return { ratio, low, high, verdict: low <= 1 && high >= 1 ? 'no-difference' : ratio > 1 ? 'gpu' : 'cpu' };
}
