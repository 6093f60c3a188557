/** Bytes multiplied as integers: the same answers as in floats, also where digits run out and where numbers do. */
import { describe, expect, it } from 'vitest';
import type { Trainer } from '../../../src/engine/contract.ts';
import { digitsCases } from '../../support/digits-cases.ts';
import { runDigits } from '../../support/digits-run.ts';
import { randomProblem } from '../../support/problems.ts';
import { wasmEngine } from '../../support/wasm-lanes.ts';

const engines = { floats: wasmEngine(1, { arithmetic: 'floats' }), shorts: wasmEngine(1, { arithmetic: 'shorts' }) };

async function costsOf(trainer: Trainer, steps: number): Promise<readonly number[]> {
  await trainer.step(steps);
  const costs = (await trainer.costs(0)).map(({ cost }) => cost);
  trainer.dispose();
  return costs;
}

describe.each(['floats', 'shorts'] as const)('in %s', (arithmetic) => {
  it('costs and slopes are those of the float64 reference', async () => {
    const runs = await runDigits(engines[arithmetic]);
    expect(runs.map(({ name }) => name)).toEqual(digitsCases.map(({ name }) => name));
    expect(runs.filter(({ cost, gradient }) => !(cost < 1 && gradient < 1))).toEqual([]);
  });

  it.each([Number.NaN, Number.POSITIVE_INFINITY])('a weight of %s shows in J', async (weight) => {
    const problem = randomProblem({ n: 100, m: 20 });
    const parameters = Float32Array.from({ length: 101 }, (_, k) => (k === 50 ? weight : 0.01));
    const none = new Float32Array(0);
    const [cost] = await costsOf(await engines[arithmetic].prepare(problem, { step: 0, parameters, moment1: none, moment2: none }), 1);
    expect(Number.isFinite(cost)).toBe(false);
  });

  it('runs away when α is a million, and says so', async () => {
    const problem = randomProblem({ n: 100, m: 20, output: 'linear', cost: 'squared-error', optimizer: { learningRate: 1e6 } });
    const costs = await costsOf(await engines[arithmetic].prepare(problem), 40);
    expect(costs.some((cost) => !Number.isFinite(cost))).toBe(true);
  });
});

it('threads do not change a bit of it', async () => {
  const problem = randomProblem({ n: 3000, m: 500 });
  const one = await costsOf(await engines.shorts.prepare(problem), 5);
  expect(await costsOf(await wasmEngine(3, { arithmetic: 'shorts' }).prepare(problem), 5)).toEqual(one);
});
