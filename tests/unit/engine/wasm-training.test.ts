/** Whole training runs on the wasm lane against the float64 reference: every loss, activation, optimiser and shape. */
import { describe, expect, it } from 'vitest';
import type { ProblemOptions } from '../../support/problems.ts';
import { randomProblem } from '../../support/problems.ts';
import { compareWithTruth } from '../../support/compare-with-truth.ts';
import { wasmEngine } from '../../support/wasm-lanes.ts';

const engine = wasmEngine(1);

/** Costs agree to 1e-5 relative: float32 sums in runs of 64 err by some 1e-6, forty steps let that grow a little. */
const tolerance = 1e-5;

describe('one output', () => {
  const cases: readonly (ProblemOptions & { readonly name: string })[] = [
    { name: 'bytes', n: 48, m: 65 },
    { name: 'odd sizes', n: 37, m: 131 },
    { name: 'one feature, one example', n: 1, m: 1 },
    { name: 'eight features of bytes', n: 8, m: 303 },
    { name: 'nine features of floats', n: 9, m: 303, storage: 'float32' },
    { name: 'float32', n: 57, m: 200, storage: 'float32' },
    { name: 'shifted features', n: 35, m: 90, shifted: true },
    { name: 'few shifted features', n: 3, m: 90, shifted: true, l2: 0.01 },
    { name: 'rows of several pieces', n: 5003, m: 40, shifted: true, l2: 0.01, optimizer: { learningRate: 0.001 } },
    { name: 'L2', n: 40, m: 70, l2: 0.1 },
    { name: 'squared error', n: 20, m: 64, cost: 'squared-error' },
    { name: 'linear regression', n: 13, m: 63, storage: 'float32', output: 'linear', cost: 'squared-error' },
    { name: 'hinge', n: 30, m: 77, output: 'linear', cost: 'hinge' },
    { name: 'hinge of few features', n: 2, m: 77, storage: 'float32', output: 'linear', cost: 'hinge' },
    { name: 'momentum', n: 20, m: 64, optimizer: { kind: 'momentum' } },
    { name: 'Nesterov', n: 20, m: 64, optimizer: { kind: 'nesterov' } },
    { name: 'Adam', n: 20, m: 64, optimizer: { kind: 'adam', learningRate: 0.01 } },
    { name: 'mini-batches', n: 33, m: 100, batchSize: 16 },
    { name: 'mini-batches of float32', n: 5, m: 61, storage: 'float32', batchSize: 7 },
    { name: 'mini-batches of wider float32', n: 21, m: 61, storage: 'float32', batchSize: 7 },
    { name: 'several groups', n: 100, m: 2500 },
  ];
  it.each(cases)('$name', async (options) => {
    await compareWithTruth(engine, randomProblem(options), 40, tolerance);
  });
});

it.each([0.5, 5, 20, 44, 60, 80])('J of one example whose z is %d is log(1 + e⁻ᶻ)', async (z) => {
  const base = randomProblem({ n: 2, m: 1, storage: 'float32', optimizer: { learningRate: 1e-30 } });
  const train = { x: { storage: 'float32', n: 2, m: 1, values: Float32Array.of(1, 0) }, y: Float32Array.of(1) } as const;
  const none = new Float32Array(0);
  const trainer = await engine.prepare({ ...base, train }, { step: 0, parameters: Float32Array.of(z, 0, 0), moment1: none, moment2: none });
  await trainer.step(1);
  const [first] = await trainer.costs(0);
  const expected = Math.log1p(Math.exp(-z));
  expect(Math.abs((first?.cost ?? Number.NaN) / expected - 1)).toBeLessThan(1e-6);
  trainer.dispose();
});

describe('several outputs', () => {
  it.each([
    ['softmax', 'cross-entropy', 10],
    ['softmax', 'cross-entropy', 2],
    ['linear', 'hinge', 5],
  ] as const)('%s with %s, %i outputs', async (output, cost, outputs) => {
    const problem = randomProblem({ n: 50, m: 129, output, cost, outputs, l2: 0.01, shifted: true });
    await compareWithTruth(engine, problem, 40, tolerance);
    expect((await engine.prepare(problem)).plan.name).toBe('wasm-one-pass');
  });
});

describe('nets', () => {
  it.each(['sigmoid', 'tanh', 'relu', 'leaky-relu', 'identity'] as const)('hidden %s', async (activation) => {
    await compareWithTruth(engine, randomProblem({ n: 21, m: 67, hidden: [{ units: 9, activation }] }), 40, tolerance);
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
    await compareWithTruth(
      engine,
      randomProblem({ n: 50, m: 129, hidden, output, cost, outputs, l2: 0.01, shifted: true }),
      40,
      2 * tolerance,
    );
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
    await compareWithTruth(engine, problem, 40, 5 * tolerance);
  });
});
