/** The time of a step at a smaller m: which problem that is, and the time recovered under a made-up clock. */
import { describe, expect, it } from 'vitest';
import type { Trainer } from '../../../src/engine/contract.ts';
import { batchSizeOf } from '../../../src/engine/layout.ts';
import { smallerProblem, timeSteps } from '../../../src/session/step-time.ts';
import { randomProblem } from '../../support/problems.ts';

describe('the smaller problem', () => {
  it('has an eighth of the examples, the same first ones', () => {
    const problem = randomProblem({ n: 3, m: 80 });
    const small = smallerProblem(problem);
    expect(small?.train.x).toMatchObject({ n: 3, m: 10 });
    expect([...(small?.train.x.values ?? [])]).toEqual([...problem.train.x.values.subarray(0, 30)]);
    expect(small?.train.y).toHaveLength(10);
  });
  it('has an eighth of a batch, and still gathers it', () => {
    const small = smallerProblem(randomProblem({ n: 3, m: 80, batchSize: 32 }));
    expect(small && [batchSizeOf(small), small.train.x.m]).toEqual([4, 8]);
  });
  it('is none where too few would be left', () => expect(smallerProblem(randomProblem({ n: 3, m: 15 }))).toBeNull());
});

it.each([
  [0.004, 0],
  [0.05, 0.3],
  [7, 0.1],
  [900, 0.1],
])('a step of %d ms, an await of %d ms', async (stepMs, floorMs) => {
  let now = 0;
  const trainer = {
    step(count: number): Promise<void> {
      now += count * stepMs + floorMs;
      return Promise.resolve();
    },
  } as unknown as Trainer;
  expect(await timeSteps(trainer, () => now, floorMs, new AbortController().signal)).toBeCloseTo(stepMs, 6);
});
