/** The words of the speed card: shares, runs from end to end, and why the GPU is as fast as it is. */
import { describe, expect, it } from 'vitest';
import { runSegmentsOf, segmentsOf, unresolvedOf } from '../../../src/labs/train/segments.ts';
import { arithmeticText, bandwidthText, shareText } from '../../../src/ui/share-text.ts';
import { droppedSpansText, unresolvedText, wholeRunText } from '../../../src/labs/train/speed-text.ts';
import { verdictQuestion, verdictSentence } from '../../../src/labs/train/verdict-text.ts';
import type { EndToEnd, LaneReport, Verdict } from '../../../src/session/protocol.ts';
import { emptyRace, reduceRace } from '../../../src/ui/race-state.ts';

const spaced = (text: string): string => text.replaceAll('\u00a0', ' ');

describe('a share', () => {
  it.each([
    [0.004, '0.4 %'],
    [0.031, '3 %'],
    [0.2549, '25 %'],
    [0.999, '99.9 %'],
    [1.8, '180 %'],
  ])('of %d is %s', (share, text) => expect(spaced(shareText(share))).toBe(text));

  it('stands behind its rate, and above the copy it says what that means', () => {
    expect(spaced(bandwidthText(0.5, 0.03))).toBe('0.50 GB/s (3 % of this device’s copy)');
    expect(spaced(bandwidthText(90, 1.8))).toBe('90 GB/s (180 % of this device’s copy: X stays in the cache)');
    expect(spaced(bandwidthText(0.5, null))).toBe('0.50 GB/s');
    expect(spaced(arithmeticText(0.8, 0.01))).toBe('0.80 GFLOP/s (1 % of its multiply-adds)');
  });
});

describe('where a step’s time goes', () => {
  const report = {
    lane: 'gpu',
    profile: {
      how: 'timestamps',
      segments: [
        { name: 'fused-forward', ms: 3 },
        { name: 'fused-backward', ms: Number.NaN },
        { name: 'sigmoid-cost', ms: 0 },
      ],
      overheadMs: 1,
      droppedSpans: 2,
    },
  } as unknown as LaneReport;

  it('names the parts that are too short for the timer, and keeps them out of the bar', () => {
    expect(segmentsOf(report).map(({ name, share }) => [name, share])).toEqual([
      ['fused-forward', 0.75],
      ['overhead', 0.25],
    ]);
    expect(unresolvedOf(report)).toEqual(['fused-backward', 'sigmoid-cost']);
    expect(unresolvedText(report, 'fused-backward')).toBe('GPU, fused: gradient + update: below timer resolution');
    expect(unresolvedOf({ ...report, profile: null })).toEqual([]);
  });

  it('counts the spans that were dropped, where there are any', () => {
    expect([0, 1, 1234].map(droppedSpansText)).toEqual([
      null,
      '1 span of the timer was zero or negative and is left out.',
      '1,234 spans of the timer were zero or negative and are left out.',
    ]);
  });
});

describe('a run from end to end', () => {
  const run = { lane: 'gpu', kind: 'gpu', uploadMs: 30, stepsMs: 60, readBackMs: 10, totalMs: 100 } as const;
  const whole: EndToEnd = { steps: 2000, lanes: [run], ratio: { ratio: 0.05, low: 0.04, high: 0.0625, verdict: 'cpu' } };

  it('says its steps plainly, with the interval in the winner’s favour', () => {
    expect(wholeRunText(whole)).toBe('95 % CI 16 – 25 · 2,000 steps, with upload and read-back');
    expect(wholeRunText({ ...whole, steps: 1, ratio: null })).toBe('1 step, with upload and read-back');
  });

  it('has three parts', () => {
    expect(runSegmentsOf(run).map(({ name, share }) => [name, share])).toEqual([
      ['upload', 0.3],
      ['steps', 0.6],
      ['read-back', 0.1],
    ]);
  });

  it('is of one race, as the verdict is; the ceilings are the machine’s', () => {
    const rates = { copyGigabytesPerSecond: 1, fmaGigaflopsPerSecond: 2 };
    const ceilings = { gpu: rates, cpu: null };
    const said = reduceRace(emptyRace, {
      type: 'update',
      update: {
        ...{ runId: 1, phase: 'racing', warming: false, wantsToRun: true, stepsAsked: 9 },
        ...{ ceilings, endToEnd: whole, verdict: { kind: 'memory', share: 0.7 } },
      },
    });
    expect(said).toMatchObject({ ceilings, endToEnd: whole, verdict: { kind: 'memory' } });
    const next = reduceRace(said, { type: 'start', keep: true, paused: false });
    expect(next).toMatchObject({ ceilings, endToEnd: null, verdict: null });
  });
});

describe('why the GPU is as fast as it is', () => {
  const verdicts: readonly (readonly [Verdict, RegExp])[] = [
    [
      { kind: 'software', gpuGigaflopsPerSecond: 15, cpuGigaflopsPerSecond: 90 },
      /reaches 15 GFLOP\/s in multiply-adds, where the CPU itself reaches 90/,
    ],
    [{ kind: 'software', gpuGigaflopsPerSecond: null, cpuGigaflopsPerSecond: 90 }, /can only be slower than the CPU itself/],
    [{ kind: 'read-back', share: 0.67, floorMs: 100, stepsPerBlock: 150 }, /takes 100 ms here, and that is 67 % of a block of 150 steps/],
    [
      { kind: 'fixed-cost', share: 0.75, fixedMs: 0.06, dispatchesPerStep: 2 },
      /60.0 µs of a step, 75 %, are spent whatever m is.*\(2 a step\)/,
    ],
    [{ kind: 'memory', share: 0.72 }, /at 72 % of this GPU’s copy, about as fast as memory allows/],
    [{ kind: 'cache', share: 1.8 }, /at 180 % .* because X stays in the cache/],
    [{ kind: 'arithmetic', share: 0.66 }, /at 66 % of this GPU’s multiply-adds/],
    [{ kind: 'small-step', possibleMs: 0.0065, stepMs: 0.2, examples: 209 }, /take 6.50 µs here and not 200 µs; m = 209 .*A larger m does/],
    [{ kind: 'kernel', shareOfCopy: 0.1, shareOfFma: 0.04 }, /reaches 10 % of this GPU’s copy and 4 % of its multiply-adds/],
  ];

  it.each(verdicts)('%o', (verdict, words) => expect(spaced(verdictSentence(verdict))).toMatch(words));
  it('is said in words of its own', () =>
    expect(new Set(verdicts.map(([verdict]) => verdictSentence(verdict))).size).toBe(verdicts.length));
  it('answers the question as the race stands', () => {
    const questions = (['gpu', 'cpu', 'no-difference', 'below-resolution'] as const).map((verdict) => verdictQuestion({ verdict }));
    expect(questions).toEqual([
      'Why is my GPU this fast?',
      'Why is my GPU slow?',
      'What decides my GPU’s speed?',
      'What decides my GPU’s speed?',
    ]);
    expect(verdictQuestion(null)).toBe('What decides my GPU’s speed?');
  });
});
