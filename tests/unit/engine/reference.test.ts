/** The reference itself, since all else is held to it: whole-network gradients against central differences in float64. */
import { describe, expect, it } from 'vitest';
import type { Problem } from '../../../src/engine/contract.ts';
import { ReferenceEngine } from '../../../src/engine/cpu/reference.ts';
import { ProblemError } from '../../../src/engine/errors.ts';
import { activations, type ActivationName } from '../../../src/math/activations.ts';
import { lossNames } from '../../../src/math/costs.ts';
import { randomProblem, type ProblemOptions } from '../../support/problems.ts';

const clock = (): number => performance.now();
const truth = new ReferenceEngine({ precision: 'float64', clock, breathe: () => undefined });
const float32 = new ReferenceEngine({ precision: 'float32', clock, breathe: () => undefined });

const combinations = (Object.keys(activations) as ActivationName[]).flatMap((activation) =>
  lossNames.flatMap((name) => {
    const [output, cost] = name.split('/') as [NonNullable<ProblemOptions['output']>, NonNullable<ProblemOptions['cost']>];
    const outputs = output === 'softmax' ? 3 : name === 'linear/hinge' ? 3 : 1;
    return [{ activation, output, cost, outputs }];
  }),
);

/** J at parameters that are moved by `by` along one of them. */
async function costAt(problem: Problem, parameters: Float64Array<ArrayBuffer>, index: number, by: number): Promise<number> {
  const moved = parameters.slice();
  moved[index] = (moved[index] ?? 0) + by;
  const trainer = await truth.prepare(problem, { step: 0, parameters: moved, moment1: new Float64Array(0), moment2: new Float64Array(0) });
  return trainer.cost('train');
}

describe('whole-network gradients', () => {
  it.each(combinations)('$activation, $output, $cost', async ({ activation, output, cost, outputs }) => {
    const hidden = [
      { units: 4, activation },
      { units: 3, activation },
    ];
    const problem = randomProblem({ n: 5, m: 7, hidden, output, cost, outputs, l2: 0.05, shifted: true, seed: 3 });
    const trainer = await truth.prepare(problem);
    const start = Float64Array.from(await trainer.parameters());
    await trainer.step(1);
    const gradient = await trainer.gradient();
    const step = 1e-5;
    for (const [index, slope] of gradient.entries()) {
      const difference = ((await costAt(problem, start, index, step)) - (await costAt(problem, start, index, -step))) / (2 * step);
      expect(Math.abs(slope - difference), `parameter ${index}`).toBeLessThanOrEqual(1e-6 * Math.abs(difference) + 1e-7);
    }
  });

  it.each(lossNames.filter((name) => !name.startsWith('softmax')))('one layer, %s, from w = 0', async (name) => {
    const [output, cost] = name.split('/') as [NonNullable<ProblemOptions['output']>, NonNullable<ProblemOptions['cost']>];
    const problem = randomProblem({ n: 9, m: 20, output, cost });
    const trainer = await truth.prepare(problem);
    const start = Float64Array.from(await trainer.parameters());
    expect(start.every((value) => value === 0)).toBe(true);
    await trainer.step(1);
    for (const [index, slope] of (await trainer.gradient()).entries()) {
      const difference = ((await costAt(problem, start, index, 1e-6)) - (await costAt(problem, start, index, -1e-6))) / 2e-6;
      expect(slope).toBeCloseTo(difference, 7);
    }
  });
});

describe('float32 beside float64', () => {
  it.each([
    { name: 'logistic', options: { n: 300, m: 500 } },
    { name: 'net', options: { n: 30, m: 300, hidden: [{ units: 16, activation: 'relu' }], output: 'softmax', outputs: 10 } },
    { name: 'mini-batches', options: { n: 30, m: 300, batchSize: 32, optimizer: { kind: 'adam', learningRate: 0.005 } } },
  ] as const)('$name', async ({ options }) => {
    const problem = randomProblem(options);
    const [one, two] = [await float32.prepare(problem), await truth.prepare(problem)];
    await one.step(100);
    await two.step(100);
    const found = await one.costs(0);
    for (const { step, cost } of await two.costs(0)) {
      expect(Math.abs((found[step]?.cost ?? Number.NaN) - cost)).toBeLessThanOrEqual(1e-5 * cost + 1e-7);
    }
  });
});

describe('a trainer', () => {
  it('trains: the cost falls, and test cost and predictions are those of the parameters', async () => {
    const problem = randomProblem({ n: 12, m: 40 });
    const trainer = await float32.prepare(problem);
    await trainer.step(200);
    const costs = await trainer.costs(0);
    expect(costs[0]?.cost).toBeCloseTo(Math.log(2), 6);
    expect(costs.at(-1)?.cost).toBeLessThan(0.69);
    expect(await trainer.cost('test')).toBeGreaterThan(0);
    expect(await trainer.predict('test')).toHaveLength(13);
  });

  it('stops between blocks when told to, and a step that was not finished is not counted', async () => {
    const abort = new AbortController();
    const engine = new ReferenceEngine({ precision: 'float32', clock, breathe: () => Promise.resolve(abort.abort()) });
    const trainer = await engine.prepare(randomProblem({ n: 4, m: 1000 }));
    await trainer.step(5, abort.signal);
    expect(trainer.stepsDone).toBe(0);
  });

  it('measures its segments without a trace', async () => {
    const trainer = await float32.prepare(randomProblem({ n: 50, m: 300, optimizer: { kind: 'adam' } }));
    await trainer.step(3);
    const before = await trainer.state();
    const { segments } = await trainer.profile(5);
    expect(segments.map(({ name }) => name)).toEqual(['matmul', 'sigmoid-cost', 'gradient-update']);
    expect(segments.every(({ ms }) => ms >= 0)).toBe(true);
    expect(await trainer.state()).toEqual(before);
  });
});

describe('a problem that makes no sense is refused by name', () => {
  it.each([
    ['0 units', { hidden: [{ units: 0, activation: 'relu' }] }, /layer 1 has 0 units/],
    [
      'softmax with squared error',
      { output: 'softmax', outputs: 3, cost: 'squared-error' },
      /cost squared-error does not go with output softmax/,
    ],
    ['many sigmoid outputs', { outputs: 3 }, /takes one output, not 3/],
    ['no learning rate', { optimizer: { learningRate: 0 } }, /learning rate is 0/],
    ['an empty batch', { batchSize: 0 }, /batch size is 0/],
  ] as const)('%s', async (_, options, message) => {
    await expect(async () => truth.prepare(randomProblem({ n: 3, m: 4, ...options }))).rejects.toThrow(message);
    await expect(async () => truth.prepare(randomProblem({ n: 3, m: 4, ...options }))).rejects.toThrow(ProblemError);
  });
});

it('a net that is too large is refused before anything is allocated, with what would fit', async () => {
  const options = { n: 65536, m: 2, hidden: [{ units: 16384, activation: 'relu' }] } as const;
  await expect(async () => truth.prepare(randomProblem(options))).rejects.toThrow(
    /1073774593 parameters.*with layer 1 of at most 2047 units/,
  );
});
