/** The table that `downhill train` prints for people. */
import { describe, expect, it } from 'vitest';
import { alignColumns, thinned, trainTable } from '../../src/cli/table.ts';
import type { TrainReport, TrainRun } from '../../src/session/train-report.ts';
import { madeUpEnvironment } from '../support/environment.ts';

const run: TrainRun = {
  engine: 'gpu',
  plan: 'two-pass',
  checked: true,
  costs: [
    { step: 0, cost: Math.LN2 },
    { step: 10, cost: 0.5 },
  ],
  finalCost: 0.5,
  trainAccuracy: 0.93,
  testAccuracy: 0.925,
  parameterNorm: 1.5,
  bias: 0.1,
  msPerStep: { median: 0.25, p5: 0.2, p95: 0.3, ci95: [0.2, 0.3], samples: [0.2, 0.25, 0.3] },
};

const report: TrainReport = {
  schema: 1,
  kind: 'train',
  precision: 'float32',
  environment: madeUpEnvironment,
  data: { name: 'adverts', n: 57, m: 3680, mTest: 921 },
  model: {
    hidden: [],
    output: 'sigmoid',
    outputs: 1,
    cost: 'cross-entropy',
    optimizer: { kind: 'gradient-descent', learningRate: 0.5, beta1: 0.9, beta2: 0.999, epsilon: 1e-8 },
    l2: 0,
    batchSize: 'all',
  },
  seed: 1,
  runs: [
    run,
    {
      ...run,
      engine: 'reference',
      plan: 'reference',
      costs: [
        { step: 0, cost: Math.LN2 },
        { step: 10, cost: 0.5000001 },
      ],
    },
  ],
  parity: { maxCostDifference: 1e-7, maxParameterDifference: 0 },
};

describe('the table', () => {
  it('shows both engines, their difference and how they did', () => {
    const text = trainTable(report);
    expect(text).toContain('adverts: 57 features, 3,680 training and 921 test examples, seed 1.');
    expect(text).toMatch(/^step +cost \(gpu\) +cost \(reference\) +difference$/m);
    expect(text).toMatch(/^0 +0[.]6931472 +0[.]6931472 +0$/m);
    expect(text).toMatch(/^10 +0[.]5000000 +0[.]5000001 +1[.]0e-7$/m);
    expect(text).toMatch(/^test accuracy +0[.]9250 +0[.]9250$/m);
    expect(text).not.toContain('R²');
    expect(text).toContain('1.0e-7 in cost, 0 in parameters');
  });

  it('does without comparison when one engine ran', () => {
    const text = trainTable({ ...report, runs: [run], parity: null });
    expect(text).not.toContain('ifference');
  });

  it('says when a cost is not a number', () => {
    const costs = [...run.costs, { step: 20, cost: Number.NaN }];
    const text = trainTable({ ...report, runs: [{ ...run, costs, finalCost: Number.NaN }], parity: null });
    expect(text).toMatch(/^final cost +NaN$/m);
    expect(text).toContain('From step 20 on the cost is not a finite number: a learning rate of 0.5 is too high here.');
  });

  it('aligns columns, words left and numbers right', () => {
    expect(
      alignColumns([
        ['a', '1'],
        ['bcd', '200'],
      ]),
    ).toBe('a      1\nbcd  200');
  });

  it('thins evenly and keeps both ends', () => {
    expect(thinned([0, 1, 2, 3, 4, 5, 6, 7, 8], 3)).toEqual([0, 4, 8]);
    expect(thinned([1, 2], 12)).toEqual([1, 2]);
  });
});
