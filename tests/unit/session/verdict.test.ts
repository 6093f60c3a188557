/** Why is the GPU as fast as it is? Each verdict from the terms that make it. */
import { describe, expect, it } from 'vitest';
import { endToEnd } from '../../../src/session/end-to-end.ts';
import { sharesOf } from '../../../src/session/shares.ts';
import { fixedCost, verdictOf, type VerdictTerms } from '../../../src/session/verdict.ts';

const gpu = { copyGigabytesPerSecond: 400, fmaGigaflopsPerSecond: 10_000 };
const cpu = { copyGigabytesPerSecond: 40, fmaGigaflopsPerSecond: 200, oneThread: null };

/** A step of 1 ms that moves 40 MB and computes 400 MFLOP: a tenth of the copy, a twenty-fifth of the arithmetic. */
const terms: VerdictTerms = {
  software: false,
  stepMs: 1,
  stepsPerBlock: 100,
  readBackFloorMs: 0.2,
  fixedMs: 0.05,
  dispatchesPerStep: 2,
  bytesPerStep: 4e7,
  flopsPerStep: 4e8,
  examples: 60_000,
  shares: { shareOfCopy: 0.1, shareOfFma: 0.04 },
  gpu,
  cpu,
};

describe('the verdict', () => {
  it('is that the GPU is a program, whatever else', () => {
    expect(verdictOf({ ...terms, software: true, fixedMs: 1 })).toEqual({
      kind: 'software',
      gpuGigaflopsPerSecond: 10_000,
      cpuGigaflopsPerSecond: 200,
    });
    expect(verdictOf({ ...terms, software: true, gpu: null, cpu: null })).toMatchObject({ kind: 'software', gpuGigaflopsPerSecond: null });
  });

  it('is the fixed cost where that is most of a step', () => {
    expect(verdictOf({ ...terms, stepMs: 0.08, fixedMs: 0.06 })).toEqual({
      kind: 'fixed-cost',
      share: 0.75,
      fixedMs: 0.06,
      dispatchesPerStep: 2,
    });
  });

  it('is the read-back where a block is mostly that', () => {
    expect(verdictOf({ ...terms, readBackFloorMs: 100, stepsPerBlock: 150 })).toEqual({
      kind: 'read-back',
      share: 100 / 150,
      floorMs: 100,
      stepsPerBlock: 150,
    });
  });

  it('is the memory near the copy, and a cache beyond it', () => {
    expect(verdictOf({ ...terms, shares: { shareOfCopy: 0.72, shareOfFma: 0.3 } })).toEqual({ kind: 'memory', share: 0.72 });
    expect(verdictOf({ ...terms, shares: { shareOfCopy: 1.8, shareOfFma: 0.3 } })).toEqual({ kind: 'cache', share: 1.8 });
  });

  it('is the arithmetic near the multiply-adds', () => {
    expect(verdictOf({ ...terms, shares: { shareOfCopy: 0.2, shareOfFma: 0.66 } })).toEqual({ kind: 'arithmetic', share: 0.66 });
    expect(verdictOf({ ...terms, shares: { shareOfCopy: 0.9, shareOfFma: 0.55 } })).toEqual({ kind: 'memory', share: 0.9 });
  });

  it('is a step too small to fill the GPU', () => {
    // 2.6 MB and 10 MFLOP: 6.5 µs at the ceiling
    const small = { ...terms, bytesPerStep: 2.6e6, flopsPerStep: 1e7, stepMs: 0.2, examples: 209 };
    const verdict = verdictOf({ ...small, shares: sharesOf({ gigabytesPerSecond: 13, gigaflopsPerSecond: 50 }, gpu) });
    expect(verdict).toEqual({ kind: 'small-step', possibleMs: 0.0065, stepMs: 0.2, examples: 209 });
  });

  it('is the kernel where nothing else explains it', () => {
    expect(verdictOf(terms)).toEqual({ kind: 'kernel', shareOfCopy: 0.1, shareOfFma: 0.04 });
  });

  it('is none while the ceilings are unknown, unless they do not matter', () => {
    const unknown = { ...terms, gpu: null, shares: { shareOfCopy: null, shareOfFma: null } };
    expect(verdictOf(unknown)).toBeNull();
    expect(verdictOf({ ...unknown, fixedMs: null })).toBeNull();
    expect(verdictOf({ ...unknown, fixedMs: 0.9 })?.kind).toBe('fixed-cost');
  });
});

describe('the fixed cost', () => {
  it('is where the line through two times meets m = 0', () => {
    expect(fixedCost({ m: 8000, ms: 0.9 }, { m: 1000, ms: 0.2 })).toBeCloseTo(0.1, 10);
  });
  it('is neither below zero nor more than the step', () => {
    expect(fixedCost({ m: 8000, ms: 1 }, { m: 1000, ms: 0.05 })).toBe(0);
    expect(fixedCost({ m: 8000, ms: 0.2 }, { m: 1000, ms: 0.3 })).toBe(0.2);
    expect(fixedCost({ m: 8, ms: 1 }, { m: 8, ms: 1 })).toBeNull();
  });
});

describe('end to end', () => {
  const times = (of: number, count = 40): number[] => Array.from({ length: count }, (_, at) => of * (1 + 0.01 * Math.sin(at)));
  const lane = (kind: 'cpu' | 'gpu', stepMs: number, uploadMs: number, readBackMs: number) =>
    ({
      lane: kind === 'gpu' ? 'gpu' : 'wasm',
      kind,
      stepMs: times(stepMs),
      uploadMs: times(uploadMs, 5),
      readBackMs: times(readBackMs, 5),
    }) as const;

  it('adds upload and read-back to the steps, and takes the ratio of the sums', () => {
    const { steps, lanes, ratio } = endToEnd(100, [lane('gpu', 0.1, 30, 2), lane('cpu', 1, 4, 0)], 1);
    expect(steps).toBe(100);
    expect(lanes.map(({ totalMs }) => Math.round(totalMs))).toEqual([42, 104]);
    expect(ratio?.ratio).toBeCloseTo(104 / 42, 1);
    expect(ratio?.low).toBeLessThan(ratio?.ratio ?? 0);
    expect(ratio?.high).toBeGreaterThan(ratio?.ratio ?? 0);
    expect(ratio?.verdict).toBe('gpu');
  });

  it('turns a faster GPU into a slower one where the way there costs more than is won', () => {
    const lanes = [lane('gpu', 0.1, 30, 2), lane('cpu', 1, 4, 0)];
    expect(endToEnd(10, lanes, 1).ratio?.verdict).toBe('cpu');
    expect(endToEnd(1000, lanes, 1).ratio?.ratio).toBeGreaterThan(7);
  });

  it('has no ratio with one lane', () => {
    expect(endToEnd(10, [lane('gpu', 1, 1, 1)], 1)).toMatchObject({ ratio: null, lanes: [{ kind: 'gpu' }] });
  });
});
