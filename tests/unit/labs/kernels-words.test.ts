/** What the Kernels lab says of an exercise's speed: what to expect, and the ratio that was measured. */
import { describe, expect, it } from 'vitest';
import { clockPoints } from '../../../src/labs/kernels/chart-points.ts';
import { lessonText, overPlainText, rateText } from '../../../src/labs/kernels/words.ts';
import type { LaneTime, LessonName, Ratio, TimeReport } from '../../../src/session/kernels/protocol.ts';

const lane = (kind: LaneTime['kind'], overPlain: Ratio | null = null): LaneTime => ({
  ...{ name: kind, kind, ms: { median: 2, low: 1, high: 3 }, blocks: 5, dispatchesPerBlock: 1, ratio: null, overPlain, why: null },
});
const report: TimeReport = {
  ...{ contract: 'lesson pixels', shape: {}, work: { flops: 4e6, bytes: 2e6 }, ceilings: null, cpuCeilings: {} },
  ...{ lanes: [lane('edited'), lane('plain')], readBackFloorMs: 0, clockResolutionMs: 0 },
};

describe('an exercise', () => {
  it.each<LessonName>(['sigmoid', 'row-sum', 'tile', 'pixels', 'fused'])('%s says what to expect, beside what', (name) => {
    const { plain, expected } = lessonText(name);
    expect(plain).not.toBe('');
    expect(expected).toMatch(/^Expect/);
  });

  it('has its ratio over the plain way in words, also where there is none', () => {
    expect(overPlainText(lane('tree', { ratio: 0.6, low: 0.58, high: 0.62 }))).toBe('takes 0.60 of the time (0.58 … 0.62)');
    expect(overPlainText(lane('tree', { ratio: 1.5, low: 1.4, high: 1.6 }))).toBe('takes 1.5 × as long (1.4 … 1.6)');
    expect(overPlainText(lane('tree', { ratio: 1.01, low: 0.99, high: 1.03 }))).toMatch(/^takes as long/);
    expect(overPlainText(lane('tree'))).toMatch(/^has no ratio/);
    expect(overPlainText(undefined)).toMatch(/^has no ratio/);
  });

  it('gives the plain way no rate, for its work is not the exercise’s', () => {
    const [edited, plain] = [lane('edited'), lane('plain')];
    expect(rateText(edited, report)).toMatch(/GB\/s.*GFLOP\/s/);
    expect(rateText(plain, report)).toBe('');
    expect(clockPoints(report).rows).toEqual([
      ['edited', 'edited', 2, 1, 3, 2, 2, 1],
      ['plain', 'plain', 2, 1, 3, null, null, null],
    ]);
  });
});
