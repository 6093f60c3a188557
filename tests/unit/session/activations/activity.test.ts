/** Outputs of hidden layers, the share that is flat, and who reached which cost: against nets that can be worked out by hand. */
import { describe, expect, it } from 'vitest';
import { parameterLayout } from '../../../../src/engine/layout.ts';
import type { Model } from '../../../../src/engine/contract.ts';
import { activityOf, hiddenOutputs, isSaturated, scaledExamples } from '../../../../src/session/activations/activity.ts';
import { gradientRatio, reachedCost } from '../../../../src/session/activations/findings.ts';
import { layerNorms } from '../../../../src/session/activations/nets.ts';
import type { ComparedActivation } from '../../../../src/session/activations/settings.ts';

const modelOf = (activation: ComparedActivation): Model => ({
  hidden: [
    { units: 2, activation },
    { units: 2, activation },
  ],
  output: 'linear',
  cost: 'squared-error',
  outputs: 1,
});
/** W⁽¹⁾ = [1; −1], b⁽¹⁾ = 0; W⁽²⁾ = [1 0; 0 −1], b⁽²⁾ = (0, −1); the last layer is of no interest. */
const parameters = new Float64Array([1, -1, 0, 0, 1, 0, 0, -1, 0, -1, 0, 0, 0]);

describe('outputs of the hidden layers', () => {
  it('are those of the net, for scaled examples', () => {
    const x = scaledExamples(
      { storage: 'uint8', n: 1, m: 3, values: new Uint8Array([0, 1, 2]) },
      { scale: new Float32Array([2]), shift: new Float32Array([-2]) },
    );
    expect([...x]).toEqual([-2, 0, 2]);
    const layout = parameterLayout(1, modelOf('relu'));
    const outputs = hiddenOutputs(layout, parameters, x, 3);
    expect(outputs.map((a) => [...a].map((value) => value + 0))).toEqual([
      [0, 2, 0, 0, 2, 0],
      [0, 0, 0, 0, 2, 0],
    ]);
    const { layers, low, high } = activityOf('relu', layout, parameters, x, { step: 0, examples: 3 });
    expect([low, high]).toEqual([0, 2]);
    expect(layers.map(({ saturated }) => saturated)).toEqual([4 / 6, 5 / 6]);
    expect(layers.map(({ deadUnits }) => deadUnits)).toEqual([0, 1]);
    expect(layers[1]?.counts[0]).toBe(5);
  });

  it('are flat where hardly any gradient passes', () => {
    expect([0.005, 0.01, 0.5, 0.995].map((a) => isSaturated('sigmoid', a))).toEqual([true, false, false, true]);
    expect([-0.995, 0, 0.995].map((a) => isSaturated('tanh', a))).toEqual([true, false, true]);
    expect([0, 1e-9].map((a) => isSaturated('relu', a))).toEqual([true, false]);
    expect([-1e-9, 0].map((a) => isSaturated('leaky-relu', a))).toEqual([true, false]);
  });
});

describe('norms by layer', () => {
  it('leave biases out and do not underflow', () => {
    const layout = parameterLayout(1, modelOf('relu'));
    const gradient = new Float32Array([3e-30, 4e-30, 9, 9, 0, 0, 0, 0, 9, 9, 6, 8, 9]);
    const norms = layerNorms(layout, gradient);
    expect(norms[0]).toBeCloseTo(5e-30, 35);
    expect(norms.slice(1)).toEqual([0, 10]);
    expect(gradientRatio({ step: 0, norms })).toBeCloseTo(5e-31, 36);
    expect(gradientRatio({ step: 0, norms: [1, 0] })).toBeNaN();
  });
});

describe('the cost that all but one reach', () => {
  const net = (activation: ComparedActivation, ...costs: number[]) => ({ activation, costs: costs.map((cost, step) => ({ step, cost })) });

  it('is the lowest of the last but one, and each has the step at which it got there', () => {
    const found = reachedCost([net('sigmoid', 1, 0.9), net('tanh', 1, 0.7, 0.5), net('relu', 1, 0.4), net('leaky-relu', 1, 0.6, 0.3)]);
    expect(found?.cost).toBe(0.5);
    expect(found?.steps.map(({ step }) => step)).toEqual([null, 2, 1, 2]);
  });

  it('is none before there is one below all starts', () => {
    expect(reachedCost([net('sigmoid', 1), net('relu', 1)])).toBeNull();
    expect(reachedCost([net('sigmoid', 1, 2), net('tanh', 1, 1.2), net('relu', 1, 0.5)])).toBeNull();
    expect(reachedCost([net('sigmoid', 1, 0.5)])).toBeNull();
  });
});
