/**
 * What is promised on the real sets: every lane beside float64 at stable learning rates, and how well models do. The runs
 * are shorter than the 2,000 steps of the promise, so that they fit a test; `downhill train` does the long ones.
 */
import { expect, it } from 'vitest';
import { trainInNode } from '../../src/cli/hosts/node.ts';
import type { LaneName } from '../../src/engine/contract.ts';
import { defaultSettings, type Settings } from '../../src/session/settings.ts';
import type { TrainReport } from '../../src/session/train-report.ts';

const logistic = { hidden: [], output: 'sigmoid', cost: 'cross-entropy' } as const;

function train(settings: Settings, lanes: readonly LaneName[], m: number | 'all' = settings.m): Promise<TrainReport> {
  return trainInNode({ settings, m, lanes, every: 1 }, () => undefined);
}

it.each([
  { name: 'Cats, α = 0.005', settings: { ...defaultSettings.cats, learningRate: 0.005, steps: 40 }, tolerance: 1e-5 },
  {
    name: 'two classes of Fashion, α = 0.1',
    settings: { ...defaultSettings.fashion, ...logistic, classes: [0, 9] as const, m: 300, learningRate: 0.1, steps: 100 },
    tolerance: 1e-5,
  },
  { name: 'Adverts, α = 1', settings: { ...defaultSettings.adverts, learningRate: 1, steps: 120 }, tolerance: 1e-5 },
  { name: 'a net, α = 0.05', settings: { ...defaultSettings.fashion, m: 128, steps: 20 }, tolerance: 1e-3 },
])('lanes agree with float64 at every step: $name', async ({ settings, tolerance }) => {
  const { runs } = await train(settings, ['gpu', 'wasm', 'reference-float64']);
  const truth = runs.find(({ engine }) => engine === 'reference-float64');
  if (!truth) throw new Error('no float64 run');
  expect(runs.map(({ engine, checked }) => [engine, checked])).toEqual(
    expect.arrayContaining([
      ['gpu', true],
      ['wasm', true],
    ]),
  );
  for (const { engine, costs, parameterNorm } of runs) {
    expect(costs).toHaveLength(settings.steps + 1);
    for (const [index, { step, cost }] of truth.costs.entries()) {
      expect(Math.abs((costs[index]?.cost ?? Number.NaN) - cost), `${engine}, step ${step}`).toBeLessThanOrEqual(tolerance * cost + 1e-7);
    }
    expect(Math.abs(parameterNorm / truth.parameterNorm - 1)).toBeLessThan(tolerance === 1e-5 ? 1e-4 : 1e-3);
  }
});

it('Adverts, logistic regression: test accuracy of at least 0.92', async () => {
  const { runs } = await train({ ...defaultSettings.adverts, learningRate: 0.5, steps: 500 }, ['wasm'], 'all');
  expect(runs[0]?.testAccuracy).toBeGreaterThanOrEqual(0.92);
});

it('Fashion, ten classes, one hidden layer of 64: test accuracy of at least 0.85', async () => {
  const settings: Settings = { ...defaultSettings.fashion, optimizer: 'adam', learningRate: 0.001, batch: 256, steps: 1500 };
  const { runs } = await train(settings, ['wasm'], 'all');
  expect(runs[0]?.testAccuracy).toBeGreaterThanOrEqual(0.85);
});

it('Houses, log price, one hidden layer: test R² of at least 0.75', async () => {
  const { runs } = await train({ ...defaultSettings.houses, learningRate: 0.3, steps: 1000 }, ['wasm'], 'all');
  expect(runs[0]?.testR2).toBeGreaterThanOrEqual(0.75);
});
