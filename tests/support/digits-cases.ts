/** What integer arithmetic has to get right, as training runs: each is held against the float64 reference. */
import type { Problem, TrainerState } from '../../src/engine/contract.ts';
import { initialParameters } from '../../src/engine/layout.ts';
import { randomProblem, type ProblemOptions } from './problems.ts';

export interface DigitsCase {
  readonly name: string;
  readonly problem: Problem;
  readonly from?: TrainerState;
}

const shapes: readonly (ProblemOptions & { readonly name: string })[] = [
  { name: 'whole sixteens', n: 784, m: 209 },
  { name: 'odd sizes', n: 37, m: 131 },
  { name: 'one example', n: 100, m: 1 },
  { name: 'several pieces', n: 5003, m: 40, optimizer: { learningRate: 0.001 } },
  { name: 'shifted, L2, Adam', n: 301, m: 90, shifted: true, l2: 0.01, optimizer: { kind: 'adam', learningRate: 0.01 } },
  { name: 'mini-batches', n: 75, m: 100, batchSize: 17 },
  { name: 'squared error', n: 50, m: 64, cost: 'squared-error' },
  { name: 'hinge', n: 30, m: 77, output: 'linear', cost: 'hinge' },
];

/** The same where the first features are dark in every example. */
function withDarkFeatures(count: number, problem: Problem): Problem {
  const { x } = problem.train;
  const values = Uint8Array.from(x.values, (value, at) => (at % x.n < count ? 0 : value));
  return { ...problem, train: { ...problem.train, x: { ...x, storage: 'uint8', values } } };
}

/** Weights beside which the others have no digits left, of features that are dark everywhere. */
function largeWeights(name: string, count: number, weight: number): DigitsCase {
  const problem = withDarkFeatures(count, randomProblem({ n: 300, m: 64, optimizer: { learningRate: 0.01 } }));
  const parameters = Float32Array.from(initialParameters(300, problem.model, 1), (_, k) => (k < count ? weight : 0.02 * Math.sin(k)));
  const none = new Float32Array(0);
  return { name, problem, from: { step: 0, parameters, moment1: none, moment2: none } };
}

/** Targets beside which the other slopes of their eight have no digits left, of examples that are dark but for one feature. */
function largeSlopes(name: string, count: number, target: number): DigitsCase {
  const problem = randomProblem({ n: 120, m: 16, output: 'linear', cost: 'squared-error', optimizer: { learningRate: 1e-6 } });
  const values = Uint8Array.from(problem.train.x.values, (value, at) =>
    at < 120 * count ? (at % 120 === 0 ? 255 : 0) : at % 120 === 0 ? 0 : value,
  );
  const y = Float32Array.from(problem.train.y, (value, j) => (j < count ? target : value));
  return { name, problem: { ...problem, train: { x: { ...problem.train.x, storage: 'uint8', values }, y } } };
}

export const digitsCases: readonly DigitsCase[] = [
  ...shapes.map(({ name, ...options }) => ({ name, problem: randomProblem(options) })),
  largeWeights('one large weight', 1, 3e6),
  largeWeights('twenty large weights', 20, 3e6),
  // the others vanish in a float32 sum beside it
  largeWeights('one huge weight', 1, 3e9),
  largeSlopes('one large slope', 1, 3e8),
  largeSlopes('two slopes that are larger', 2, 1000),
  largeSlopes('seven large slopes', 7, 3e8),
];
