/** The tuner under a made-up clock: right and fast wins, wrong never, and what there is no time for is said. */
import { describe, expect, it } from 'vitest';
import type { Candidate } from '../../../src/engine/gpu/tuning.ts';
import { ShortMemory, Tuner, type Trial } from '../../../src/session/tuner.ts';

const candidates: readonly Candidate[] = [
  { plan: 'two-pass', tuning: { lanes: 1 } },
  { plan: 'two-pass', tuning: { lanes: 64 } },
  { plan: 'one-pass', tuning: { groups: 512 } },
  { plan: 'layered', tuning: {} },
];

interface Fate {
  readonly ms?: number;
  readonly takesMs?: number;
  readonly problem?: Trial['problem'];
}

async function tune(fates: readonly Fate[]): Promise<Tuner> {
  let now = 0;
  let index = 0;
  const tuner = new Tuner(
    candidates,
    (candidate) => {
      const fate = fates[index++] ?? {};
      now += fate.takesMs ?? 50;
      return Promise.resolve({ ...candidate, ms: fate.problem ? null : (fate.ms ?? 1), problem: fate.problem ?? null });
    },
    () => now,
  );
  while (!tuner.done) await tuner.next();
  return tuner;
}

describe('the tuner', () => {
  it('takes the fastest', async () => {
    const { record } = await tune([{ ms: 4 }, { ms: 0.5 }, { ms: 2 }, { ms: 9 }]);
    expect(record.trials[record.best]).toMatchObject({ plan: 'two-pass', tuning: { lanes: 64 }, ms: 0.5 });
  });

  it('never takes a wrong one, however fast, nor one that failed', async () => {
    const { record } = await tune([{ ms: 4 }, { problem: 'wrong' }, { problem: 'failed' }, { ms: 9 }]);
    expect(record.best).toBe(0);
    expect(record.trials.map(({ problem }) => problem)).toEqual([null, 'wrong', 'failed', null]);
  });

  it('says that none was right', async () => {
    expect((await tune(candidates.map(() => ({ problem: 'wrong' })))).record.best).toBe(-1);
  });

  it('leaves out what there is no time for, and says so', async () => {
    const { record } = await tune([{ ms: 4, takesMs: 2000 }, { ms: 3, takesMs: 2000 }, { ms: 1 }, { ms: 1 }]);
    expect(record.trials.map(({ problem }) => problem)).toEqual([null, null, 'no-time', 'no-time']);
    expect(record.best).toBe(1);
  });
});

it('a memory gives back what it was given', () => {
  const memory = new ShortMemory();
  memory.set('a', { trials: [], best: -1 });
  expect(memory.get('a')).toEqual({ trials: [], best: -1 });
  expect(memory.get('b')).toBeUndefined();
});
