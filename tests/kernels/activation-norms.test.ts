/** Norms of the gradient by layer on the GPU against float64: a deep net, in which sigmoid’s gradient all but vanishes. */
import { describe, expect, it } from 'vitest';
import { ReferenceEngine } from '../../src/engine/cpu/reference.ts';
import type { Engine, HiddenActivation, Problem } from '../../src/engine/contract.ts';
import { parameterLayout } from '../../src/engine/layout.ts';
import { layerNorms } from '../../src/session/activations/nets.ts';
import { gpuEngines } from '../support/gpu-engines.ts';
import { randomProblem } from '../support/problems.ts';

const open = gpuEngines();

async function norms(engine: Engine, problem: Problem): Promise<readonly number[]> {
  const trainer = await engine.prepare(problem);
  await trainer.step(1);
  const gradient = await trainer.gradient();
  trainer.dispose();
  return layerNorms(parameterLayout(problem.train.x.n, problem.model), gradient);
}

describe('‖dW⁽ˡ⁾‖ on the GPU', () => {
  it.each(['sigmoid', 'tanh', 'relu', 'leaky-relu'] as const)(
    '%s: within a hundredth of float64 in every layer',
    async (activation: HiddenActivation) => {
      const hidden = Array.from({ length: 8 }, () => ({ units: 32, activation }));
      const problem = randomProblem({ n: 40, m: 64, hidden, output: 'softmax', outputs: 10, seed: 1 });
      const clock = (): number => performance.now();
      const truth = await norms(new ReferenceEngine({ precision: 'float64', clock, breathe: () => undefined }), problem);
      const found = await norms(await open(), problem);
      expect(found.length).toBe(9);
      found.forEach((norm, l) => expect(Math.abs(norm / (truth[l] ?? 0) - 1), `layer ${l + 1}`).toBeLessThan(0.01));
    },
  );
});
