/** The clock of the Kernels lab against lanes of known speed, on a clock that only they move. */
import { describe, expect, it } from 'vitest';
import { isResolved, ratioOf, timeInRounds, type RoundOptions, type TimedLane } from '../../../../src/session/kernels/rounds.ts';
import { Random, streams } from '../../../../src/math/rng.ts';

const clockResolutionMs = 0.1;

/** A clock that ticks in tenths of a millisecond, and lanes that take so long for a dispatch, give or take a twentieth. */
function course(speeds: Readonly<Record<string, number>>): { options: RoundOptions; lanes: readonly TimedLane[]; order: string[] } {
  let nowMs = 0;
  const random = new Random(7, streams.noise);
  const order: string[] = [];
  const lanes = Object.entries(speeds).map(([name, ms]) => ({
    name,
    run: (times: number): Promise<void> => {
      order.push(name);
      nowMs += times * ms * (0.95 + 0.1 * random.uniform());
      return Promise.resolve();
    },
  }));
  const clock = (): number => Math.floor(nowMs / clockResolutionMs) * clockResolutionMs;
  const { signal } = new AbortController();
  return { options: { clock, clockResolutionMs, floorMs: 0.2, budgetMs: 4000, seed: 1, signal }, lanes, order };
}

describe('rounds', () => {
  it('recover the ratio of known speeds, within its interval', async () => {
    const { options, lanes } = course({ edited: 0.03, rival: 0.12, twin: 9 });
    const [edited, rival, twin] = await timeInRounds(lanes, options);
    if (!edited || !rival || !twin) throw new Error('a lane is missing');
    for (const [lane, expected] of [
      [rival, 4],
      [twin, 300],
    ] as const) {
      const { ratio, low, high } = ratioOf(lane, edited, 1);
      expect(ratio / expected).toBeGreaterThan(0.95);
      expect(ratio / expected).toBeLessThan(1.05);
      expect([low <= ratio, ratio <= high]).toEqual([true, true]);
    }
    expect(edited.times).toBeGreaterThan(twin.times);
  });

  it('take turns in an order that is drawn anew', async () => {
    const { options, lanes, order } = course({ a: 12, b: 13 });
    const [a] = await timeInRounds(lanes, options);
    const rounds = a?.ms.length ?? 0;
    expect(rounds).toBeGreaterThanOrEqual(5);
    const turns = Array.from({ length: rounds }, (_, round) =>
      order
        .slice(order.length - 2 * rounds)
        .slice(2 * round, 2 * round + 2)
        .join(''),
    );
    expect(new Set(turns)).toEqual(new Set(['ab', 'ba']));
  });

  it('end, and claim no speed, where a lane returns at once', async () => {
    const { options, lanes } = course({ edited: 0, rival: 1 });
    const [edited, rival] = await timeInRounds(lanes, options);
    if (!edited || !rival) throw new Error('a lane is missing');
    expect(edited.times).toBe(256);
    expect([isResolved(edited, clockResolutionMs), isResolved(rival, clockResolutionMs)]).toEqual([false, true]);
  });

  it('stop when they are told to', async () => {
    const { options, lanes } = course({ a: 12, b: 13 });
    const blocks = await timeInRounds(lanes, { ...options, signal: AbortSignal.abort() });
    expect(blocks.map(({ ms }) => ms)).toEqual([[], []]);
  });
});
