/** A sweep made up for tests: scores that rise with m, times by known laws, and nothing random about it. */
import type { SweepLaws, SweepSample, SweepTime } from '../../src/session/sweep/report.ts';
import { seedsAt, sweepSizes, type SweepModel, type SweepSettings } from '../../src/session/sweep/settings.ts';

export function madeSample(model: SweepModel, m: number, seed: number, test: number | null, more: Partial<SweepSample> = {}): SweepSample {
  const base = { model, m, seed, test, train: test, steps: 2000, seconds: m / 1000, engine: 'wasm' } as const;
  return test === null
    ? { ...base, ended: 'diverged', diverged: { learningRate: 0.001, step: 17 }, ...more }
    : { ...base, ended: 'stopped', diverged: null, ...more };
}

/** Larger models score lower with few examples and higher with many. */
export function madeSamples(settings: SweepSettings): readonly SweepSample[] {
  return sweepSizes(settings).flatMap((m) =>
    settings.models.flatMap((model, place) =>
      Array.from({ length: seedsAt(settings, m) }, (_, seed) => {
        const score = 0.8 + 0.03 * place - (0.2 + 0.1 * place) * (settings.mFrom / m) ** 0.5 + 0.001 * seed;
        return madeSample(model, m, seed, score);
      }),
    ),
  );
}

export function madeTimes(settings: SweepSettings): readonly SweepTime[] {
  return sweepSizes(settings).map((m) => ({
    m,
    gpuMs: [0.9, 1, 1.1].map((factor) => factor * (0.31 + 0.0002 * m)),
    cpuMs: [0.9, 1, 1.1].map((factor) => factor * (0.01 + 0.00041 * m)),
    gpuPlan: 'two-pass',
    cpuPlan: 'wasm-one-pass',
    cpuLane: 'wasm',
    gpuProblem: null,
    cpuProblem: null,
  }));
}

/** @param change what differs from laws that cross at m = 1,430 */
export function madeLaws({ mFrom, mTo }: SweepSettings, change: Partial<SweepLaws> = {}): SweepLaws {
  return {
    gpu: { fixedMs: 0.31, msPerExample: 0.0002, largestDeviation: 0.04, from: mFrom, to: mTo },
    cpu: { fixedMs: 0.01, msPerExample: 0.00041, largestDeviation: 0.07, from: mFrom, to: mTo },
    crossover: { kind: 'crossing', m: 1429, ci95: [1310, 1560], inside: true, faster: 'gpu' },
    ...change,
  };
}
