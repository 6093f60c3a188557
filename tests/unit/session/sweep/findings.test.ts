/** What a sweep's points say: bands, gains of a tenfold, who leads where; and what single runs do not say. */
import { describe, expect, it } from 'vitest';
import { bandsOf, findingsOf } from '../../../../src/session/sweep/findings.ts';
import type { SweepSample } from '../../../../src/session/sweep/report.ts';

function runsOf(model: string, m: number, scores: readonly (number | null)[]): readonly SweepSample[] {
  return scores.map((test, seed) => ({
    ...{ model, m, seed, test, train: test, steps: 10, seconds: 2 },
    engine: 'wasm',
    ended: test === null ? 'diverged' : 'stopped',
    diverged: test === null ? { learningRate: 1, step: 3 } : null,
  }));
}

describe('bands', () => {
  it('hold the runs that did not diverge', () => {
    const [band] = bandsOf(runsOf('16', 100, [0.5, 0.7, null])).get('16') ?? [];
    expect(band).toMatchObject({ m: 100, min: 0.5, max: 0.7, runs: 3, diverged: 1, seconds: 2 });
    expect(band?.mean).toBeCloseTo(0.6, 12);
    expect(bandsOf(runsOf('16', 100, [null])).get('16')?.[0]?.mean).toBeNaN();
  });
});

describe('findings', () => {
  const samples = [
    ...runsOf('logistic', 100, [0.6, 0.62]),
    ...runsOf('logistic', 1000, [0.7, 0.72]),
    ...runsOf('logistic', 10_000, [0.75, 0.77]),
    ...runsOf('512', 100, [0.61, 0.63]),
    ...runsOf('512', 1000, [0.71, 0.74]),
    ...runsOf('512', 10_000, [0.85, 0.86]),
  ];

  it('are the gain of a tenfold, a toss-up where bands overlap, and who leads from where', () => {
    const { gains, tossUp, orderAtSmallest, largeLeadsFrom, best } = findingsOf(samples);
    expect(gains.map(({ model, from, to, clear }) => [model, from, to, clear])).toEqual([
      ['logistic', 1000, 10_000, true],
      ['512', 1000, 10_000, true],
    ]);
    expect(gains[0]?.gain).toBeCloseTo(0.05, 12);
    expect(tossUp).toEqual({ m: 100, models: ['512', 'logistic'] });
    expect(orderAtSmallest).toBeNull();
    expect(largeLeadsFrom).toEqual({ model: '512', m: 10_000 });
    expect(best).toMatchObject({ model: '512', m: 10_000 });
  });

  it('read a tenth off the line between two points, in the logarithm of m', () => {
    const runs = [...runsOf('16', 100, [0.5, 0.5]), ...runsOf('16', 10_000, [0.7, 0.7]), ...runsOf('16', 31_623, [0.8, 0.8])];
    const [gain] = findingsOf(runs).gains;
    expect(gain).toMatchObject({ from: 3162, to: 31_623, clear: true });
    expect(gain?.gain).toBeCloseTo(0.8 - (0.5 + 0.2 * 0.75), 4);
    expect(findingsOf(runsOf('16', 5000, [0.5, 0.6])).gains).toEqual([]);
  });

  it('claim no order from single runs', () => {
    const single = [100, 1000].flatMap((m) => [...runsOf('logistic', m, [m / 2000]), ...runsOf('512', m, [m / 1500])]);
    const { gains, tossUp, orderAtSmallest, largeLeadsFrom } = findingsOf(single);
    expect([tossUp, orderAtSmallest, largeLeadsFrom]).toEqual([null, null, null]);
    expect(gains.map(({ clear }) => clear)).toEqual([null, null]);
  });
});
