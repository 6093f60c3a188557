/** The answer before the time: a right engine passes under every optimiser, and one that is off by a little does not. */
import { describe, expect, it } from 'vitest';
import type { Optimizer, Problem } from '../../../src/engine/contract.ts';
import { ReferenceEngine } from '../../../src/engine/cpu/reference.ts';
import { checkTrainer, expectation } from '../../../src/session/verify.ts';
import { randomProblem } from '../../support/problems.ts';
import { wasmEngine } from '../../support/wasm-lanes.ts';

const around = { clock: () => performance.now(), breathe: () => undefined } as const;
const truth = new ReferenceEngine({ precision: 'float64', ...around });
const engine = wasmEngine(1);
const { signal } = new AbortController();

/** Whether an engine that computes `computed` is taken for one that is right about `asked`. */
async function isTakenForRight(asked: Problem, computed: Problem): Promise<boolean | null> {
  const expected = await expectation(truth, asked, signal);
  if (!expected) throw new Error('told to stop');
  const trainer = await engine.prepare(computed, expected.from);
  const right = await checkTrainer(asked, expected, trainer, signal);
  trainer.dispose();
  return right;
}

const n = 12;
const kinds = ['gradient-descent', 'momentum', 'nesterov', 'adam'] as const;

/**
 * The last three features are the same in both halves of the examples, whose labels are opposite: from w = 0 the terms of their gradients
 * cancel, and only rounding is left of them.
 */
function balanced(optimizer: Partial<Optimizer>): Problem {
  const problem = randomProblem({ n, m: 64, storage: 'float32', optimizer: { learningRate: 0.001, ...optimizer } });
  const { x } = problem.train;
  const values = Float32Array.from(x.values, (value, at) => {
    const [example, k] = [Math.floor(at / n), at % n];
    return k < n - 3 ? value : (x.values[(example % 32) * n + k] ?? 0);
  });
  const y = Float32Array.from({ length: 64 }, (_, example) => Number(example % 32 < 16) ^ Number(example >= 32));
  return { ...problem, train: { x: { ...x, storage: 'float32', values }, y } };
}

const changed = (problem: Problem, optimizer: Partial<Optimizer>): Problem => ({
  ...problem,
  optimizer: { ...problem.optimizer, ...optimizer },
});

/** As an engine does it that reads one value of X wrong. */
function misread(problem: Problem, k: number): Problem {
  const { x, y } = problem.train;
  const values = Float32Array.from(x.values, (value, at) => (at === 5 * n + k ? value + 0.05 : value));
  return { ...problem, train: { x: { ...x, storage: 'float32', values }, y } };
}

describe.each(kinds)('by %s', (kind) => {
  it('a right engine passes, be there gradients whose terms cancel', async () => {
    const problem = balanced({ kind });
    expect(await isTakenForRight(problem, problem)).toBe(true);
  });

  it('a right engine passes on a net, and where a step takes a part of the examples', async () => {
    for (const options of [{ hidden: [{ units: 5, activation: 'relu' }] as const }, { batchSize: 16 }]) {
      const problem = randomProblem({ n, m: 64, optimizer: { kind }, ...options });
      expect(await isTakenForRight(problem, problem)).toBe(true);
    }
  });

  it('an engine that is off in α, or reads a single value of X wrong, does not', async () => {
    const problem = balanced({ kind });
    expect(await isTakenForRight(problem, changed(problem, { learningRate: 0.00101 }))).toBe(false);
    for (const k of [0, 3, n - 1]) expect(await isTakenForRight(problem, misread(problem, k)), `feature ${k}`).toBe(false);
  });
});

it('a right engine passes where α runs away at once', async () => {
  const relu = { units: 64, activation: 'relu' } as const;
  const optimizer = { kind: 'adam', learningRate: 1e6 } as const;
  const problem = randomProblem({ n, m: 64, hidden: [relu, relu], output: 'linear', cost: 'squared-error', optimizer });
  expect(await isTakenForRight(problem, problem)).toBe(true);
});

it('an engine that is off in β₁, β₂ or ε of Adam does not pass', async () => {
  const problem = randomProblem({ n, m: 64, storage: 'float32', optimizer: { kind: 'adam', learningRate: 0.05 } });
  for (const wrong of [{ beta1: 0.89 }, { beta2: 0.99 }, { epsilon: 1e-3 }]) {
    expect(await isTakenForRight(problem, changed(problem, wrong)), JSON.stringify(wrong)).toBe(false);
  }
});
