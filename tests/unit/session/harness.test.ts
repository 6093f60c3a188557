/** The harness held to account: lanes of known speed under a made-up clock. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Random, streams } from '../../../src/math/rng.ts';
import { Harness } from '../../../src/session/harness.ts';

interface Speeds {
  readonly gpuStepMs: number;
  readonly gpuFixedMs: number;
  readonly cpuStepMs: number;
  readonly noise: number;
  readonly resolutionMs: number;
}

/** Rounds as a race makes them, with a clock that only sees whole ticks. */
function race(speeds: Speeds, rounds: number, hiddenEvery = 0): Harness {
  const harness = new Harness({ clockResolutionMs: speeds.resolutionMs, readBackFloorMs: speeds.gpuFixedMs, seed: 5 });
  const random = new Random(9, streams.noise);
  const tick = (ms: number): number => Math.round(ms / speeds.resolutionMs) * speeds.resolutionMs;
  for (let round = 0; round < rounds; round++) {
    const steps = harness.stepsPerBlock;
    const noisy = (ms: number): number => tick(ms * (1 + speeds.noise * Math.abs(random.normal())));
    const hidden = hiddenEvery > 0 && round % hiddenEvery === 0;
    const slow = hidden ? 20 : 1;
    harness.add(
      steps,
      [
        { lane: 'gpu', kind: 'gpu', elapsedMs: noisy(slow * (speeds.gpuFixedMs + steps * speeds.gpuStepMs)) },
        { lane: 'reference', kind: 'cpu', elapsedMs: noisy(slow * steps * speeds.cpuStepMs) },
      ],
      hidden,
    );
  }
  return harness;
}

describe('the harness', () => {
  it('recovers the ratio of lanes of known speed, whatever they are', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0.01, max: 20, noNaN: true }),
        fc.double({ min: 0.01, max: 20, noNaN: true }),
        (gpuStepMs, cpuStepMs) => {
          const found = race({ gpuStepMs, cpuStepMs, gpuFixedMs: 0, noise: 0.05, resolutionMs: 0.005 }, 80).speedUp();
          expect(found).not.toBeNull();
          expect(Math.abs((found?.ratio ?? 0) / (cpuStepMs / gpuStepMs) - 1)).toBeLessThan(0.06);
          expect(found?.low).toBeLessThanOrEqual(found?.ratio ?? 0);
          expect(found?.high).toBeGreaterThanOrEqual(found?.ratio ?? 0);
        },
      ),
      { numRuns: 40 },
    );
  });

  it('makes blocks long enough that a tick is below one per cent, and that the read-back is amortised', () => {
    const harness = race({ gpuStepMs: 0.05, cpuStepMs: 0.02, gpuFixedMs: 0.3, noise: 0.01, resolutionMs: 0.1 }, 60);
    expect(harness.stepsPerBlock * 0.02).toBeGreaterThanOrEqual(9);
    const found = harness.speedUp();
    expect(Math.abs((found?.ratio ?? 0) / (0.02 / 0.05) - 1)).toBeLessThan(0.08);
  });

  it('keeps a round short where a lane is slow', () => {
    expect(race({ gpuStepMs: 800, cpuStepMs: 300, gpuFixedMs: 0, noise: 0.01, resolutionMs: 0.005 }, 10).stepsPerBlock).toBe(1);
  });

  it('does not score infinity for an engine that returns at once', () => {
    const found = race({ gpuStepMs: 0, cpuStepMs: 5, gpuFixedMs: 0, noise: 0, resolutionMs: 0.1 }, 60).speedUp();
    expect(found?.verdict).toBe('below-resolution');
  });

  it('finds no difference between lanes of the same speed', () => {
    const found = race({ gpuStepMs: 2, cpuStepMs: 2, gpuFixedMs: 0, noise: 0.2, resolutionMs: 0.005 }, 60).speedUp();
    expect(found?.verdict).toBe('no-difference');
  });

  it('claims nothing while warming up', () => {
    const harness = race({ gpuStepMs: 1, cpuStepMs: 2, gpuFixedMs: 0, noise: 0, resolutionMs: 0.005 }, 3);
    expect(harness.speedUp()).toBeNull();
    expect(harness.stepMs('gpu')).toBeNull();
    expect([harness.rounds, harness.speedUpIsKnown]).toEqual([0, false]);
  });

  it('discards and counts rounds of a hidden tab', () => {
    const harness = race({ gpuStepMs: 4, cpuStepMs: 8, gpuFixedMs: 0, noise: 0.01, resolutionMs: 0.005 }, 80, 3);
    expect(harness.hiddenRounds).toBe(27);
    expect(harness.stepMs('gpu')?.p95).toBeLessThan(5);
    expect(harness.speedUp()?.hiddenBlocks).toBe(27);
  });

  it('flags outliers and keeps them', () => {
    const harness = race({ gpuStepMs: 4, cpuStepMs: 8, gpuFixedMs: 0, noise: 0.01, resolutionMs: 0.005 }, 40);
    const before = harness.samples('gpu').length;
    harness.add(
      1,
      [
        { lane: 'gpu', kind: 'gpu', elapsedMs: 400 },
        { lane: 'reference', kind: 'cpu', elapsedMs: 8 },
      ],
      false,
    );
    expect(harness.outlierRounds('gpu')).toBeGreaterThanOrEqual(1);
    expect(harness.samples('gpu')).toHaveLength(before + 1);
  });

  it('reports drift', () => {
    const harness = new Harness({ clockResolutionMs: 0.005, readBackFloorMs: 0, seed: 1 });
    for (let round = 0; round < 60; round++) {
      harness.add(
        harness.stepsPerBlock,
        [{ lane: 'reference', kind: 'cpu', elapsedMs: harness.stepsPerBlock * 5 * (1 + round / 100) }],
        false,
      );
    }
    expect(harness.drift('reference')).toBeGreaterThan(0.2);
  });
});
