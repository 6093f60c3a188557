/**
 * Whole training runs on the GPU, by each plan, against the float64 reference: the costs of every step, the parameters at
 * the end, the gradient, predictions and the cost of the test part.
 */
import { beforeAll, describe, expect, it } from 'vitest';
import type { Problem } from '../../src/engine/contract.ts';
import type { GpuEngine, GpuPlanChoice } from '../../src/engine/gpu/engine.ts';
import { compareWithTruth } from '../support/compare-with-truth.ts';
import { gpuEngines } from '../support/gpu-engines.ts';
import { randomProblem, type ProblemOptions } from '../support/problems.ts';

const open = gpuEngines();
let gpu: GpuEngine;
/** The same device, taken for a real GPU: the kernels that share work among threads. */
let hardware: GpuEngine;

beforeAll(async () => {
  gpu = await open();
  hardware = await open({ treatAs: 'hardware' });
});

const compare = (problem: Problem, plan: GpuPlanChoice, steps: number, tolerance: number, engine = gpu): Promise<void> =>
  compareWithTruth({ prepare: (own) => engine.prepare(own, undefined, plan) }, problem, steps, tolerance);

/** Costs agree to 1e-5 relative: float32 sums in runs of 64 err by some 1e-6, forty steps let that grow a little. */
const tolerance = 1e-5;

describe.each(['layered', 'two-pass', 'one-pass', 'tiny'] as const)('one output by the %s plan', (plan) => {
  const cases: readonly (ProblemOptions & { readonly name: string })[] = [
    { name: 'bytes', n: 48, m: 65 },
    { name: 'odd sizes', n: 37, m: 131 },
    { name: 'one feature, one example', n: 1, m: 1 },
    { name: 'float32', n: 57, m: 200, storage: 'float32' },
    { name: 'shifted features', n: 35, m: 90, shifted: true },
    { name: 'L2', n: 40, m: 70, l2: 0.1 },
    { name: 'squared error', n: 20, m: 64, cost: 'squared-error' },
    { name: 'linear regression', n: 13, m: 63, storage: 'float32', output: 'linear', cost: 'squared-error' },
    { name: 'hinge', n: 30, m: 77, output: 'linear', cost: 'hinge' },
    { name: 'momentum', n: 20, m: 64, optimizer: { kind: 'momentum' } },
    { name: 'Nesterov', n: 20, m: 64, optimizer: { kind: 'nesterov' } },
    { name: 'Adam', n: 20, m: 64, optimizer: { kind: 'adam', learningRate: 0.01 } },
    { name: 'mini-batches', n: 33, m: 100, batchSize: 16 },
    { name: 'mini-batches of float32', n: 5, m: 61, storage: 'float32', batchSize: 7 },
  ];
  it.each(cases)('$name', async (options) => {
    await compare(randomProblem(options), plan, 40, tolerance);
  });
});

describe('one output by the one-pass plan in quads', () => {
  const cases: readonly (ProblemOptions & { readonly name: string })[] = [
    { name: 'bytes in several rows of texels', n: 784, m: 209 },
    { name: 'one example', n: 64, m: 1 },
    { name: 'odd sizes, shifted, L2, Adam', n: 70, m: 131, shifted: true, l2: 0.1, optimizer: { kind: 'adam', learningRate: 0.01 } },
    { name: 'float32, shifted', n: 100, m: 300, storage: 'float32', shifted: true },
    { name: 'all that a quad holds', n: 1024, m: 40, output: 'linear', cost: 'hinge' },
  ];
  it.each(cases)('$name', async (options) => {
    const problem = randomProblem(options);
    expect(gpu.planFor(problem, 'auto')).toBe('one-pass');
    const trainer = await gpu.prepare(problem);
    expect(trainer.plan.kernels.map(({ kernel }) => kernel)).toContainEqual(expect.stringContaining('one-pass-quads'));
    trainer.dispose();
    await compare(problem, 'auto', 40, tolerance);
  });

  it.each([
    { n: 48, m: 65 },
    { n: 1040, m: 65 },
    { n: 784, m: 65, batchSize: 16 },
    { n: 784, m: 65, outputs: 10, output: 'softmax' },
  ] as const)('does not take %o', (options) => {
    expect(gpu.planFor(randomProblem(options), 'auto')).not.toBe('one-pass');
  });
});

describe('a few outputs by the one-pass plan', () => {
  it.each([
    { name: 'ten classes of bytes', options: { n: 200, m: 33, outputs: 10 } },
    {
      name: 'sixteen classes of shifted float32, L2, as much as a workgroup holds',
      options: { n: 520, m: 11, outputs: 16, storage: 'float32', shifted: true, l2: 0.1 },
    },
    {
      name: 'seven margins on mini-batches, several chunks a thread',
      options: { n: 2064, m: 18, outputs: 7, output: 'linear', cost: 'hinge', batchSize: 5 },
    },
    { name: 'two classes, Adam', options: { n: 33, m: 65, outputs: 2, optimizer: { kind: 'adam', learningRate: 0.01 } } },
  ] as const)('$name', async ({ options }) => {
    const problem = randomProblem({ output: 'softmax', cost: 'cross-entropy', ...options });
    expect(gpu.planFor(problem, 'one-pass')).toBe('one-pass');
    await compare(problem, 'one-pass', 6, tolerance);
  });
});

describe('nets by the layered plan', () => {
  it.each(['sigmoid', 'tanh', 'relu', 'leaky-relu', 'identity'] as const)('hidden %s', async (activation) => {
    await compare(randomProblem({ n: 21, m: 67, hidden: [{ units: 9, activation }] }), 'layered', 30, tolerance);
  });

  it.each([
    ['softmax', 'cross-entropy', 10],
    ['linear', 'hinge', 5],
    ['sigmoid', 'squared-error', 1],
    ['linear', 'squared-error', 1],
  ] as const)('%s with %s', async (output, cost, outputs) => {
    const hidden = [
      { units: 33, activation: 'relu' },
      { units: 17, activation: 'tanh' },
    ] as const;
    await compare(randomProblem({ n: 50, m: 129, hidden, output, cost, outputs, l2: 0.01, shifted: true }), 'layered', 30, 2 * tolerance);
  });

  it('mini-batches with Adam', async () => {
    const problem = randomProblem({
      n: 40,
      m: 300,
      hidden: [{ units: 40, activation: 'relu' }],
      output: 'softmax',
      outputs: 10,
      batchSize: 64,
      optimizer: { kind: 'adam', learningRate: 0.002 },
    });
    await compare(problem, 'layered', 30, 5 * tolerance);
  });
});

describe('the kernels for a real GPU', () => {
  it.each([
    { name: 'tiny, as many threads', plan: 'tiny', options: { n: 19, m: 131, shifted: true } },
    { name: 'two-pass, many lanes', plan: 'two-pass', options: { n: 300, m: 70 } },
    {
      name: 'two-pass, shifted, Adam',
      plan: 'two-pass',
      options: { n: 37, m: 131, shifted: true, optimizer: { kind: 'adam', learningRate: 0.01 } },
    },
    {
      name: 'layered, tiles',
      plan: 'layered',
      options: { n: 50, m: 300, hidden: [{ units: 40, activation: 'relu' }], output: 'softmax', outputs: 10 },
    },
  ] as const)('$name', async ({ plan, options }) => {
    await compare(randomProblem(options), plan, 20, 2 * tolerance, hardware);
  });
});

describe('a trainer', () => {
  it('goes on from a state as if nothing had happened', async () => {
    const problem = randomProblem({
      n: 30,
      m: 100,
      batchSize: 16,
      optimizer: { kind: 'adam' },
      hidden: [{ units: 8, activation: 'tanh' }],
    });
    const whole = await gpu.prepare(problem);
    const half = await gpu.prepare(problem);
    await whole.step(20);
    await half.step(11);
    const rest = await gpu.prepare(problem, await half.state());
    await rest.step(9);
    expect(await rest.parameters()).toEqual(await whole.parameters());
    expect((await rest.costs(0)).map((cost) => cost.step)).toEqual([11, 12, 13, 14, 15, 16, 17, 18, 19]);
    for (const trainer of [whole, half, rest]) trainer.dispose();
  });

  it('gives the same bits twice, and a profile leaves no trace', async () => {
    const problem = randomProblem({ n: 48, m: 500 });
    const [one, two] = [await gpu.prepare(problem), await gpu.prepare(problem)];
    await one.step(7);
    const profile = await one.profile(20);
    expect(profile.segments.map((segment) => segment.name)).toEqual([...one.plan.segments]);
    await one.step(8);
    await two.step(15);
    expect(await one.parameters()).toEqual(await two.parameters());
    one.dispose();
    two.dispose();
  });

  it('frees every buffer that it took', async () => {
    const before = { ...gpu.ledger };
    for (let round = 0; round < 50; round++) {
      const trainer = await gpu.prepare(randomProblem({ n: 20, m: 30 + round, hidden: [{ units: 4, activation: 'relu' }] }));
      await trainer.step(2);
      await trainer.costs(0);
      await trainer.predict('test');
      trainer.dispose();
    }
    expect({ ...gpu.ledger }).toEqual(before);
  });

  it('keeps the last 4,096 costs across the end of the ring', async () => {
    const trainer = await gpu.prepare(randomProblem({ n: 4, m: 8 }));
    await trainer.step(5000);
    const costs = await trainer.costs(0);
    expect(costs[0]?.step).toBe(904);
    expect(costs).toHaveLength(4096);
    expect(costs.at(-1)?.cost).toBeLessThan(costs[0]?.cost ?? 0);
    trainer.dispose();
  });
});
