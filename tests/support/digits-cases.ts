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

/** All of X from its start on where the first feature is dark in every example. */
function withDarkFeature(problem: Problem): Problem {
  const { x } = problem.train;
  const values = Uint8Array.from(x.values, (value, at) => (at % x.n === 0 ? 0 : value));
  return { ...problem, train: { ...problem.train, x: { ...x, storage: 'uint8', values } } };
}

/** A weight beside which the others have no digits left, of a feature that is dark everywhere. */
function oneLargeWeight(name: string, weight: number): DigitsCase {
  const problem = withDarkFeature(randomProblem({ n: 300, m: 64, optimizer: { learningRate: 0.01 } }));
  const parameters = Float32Array.from(initialParameters(300, problem.model, 1), (_, k) => (k === 0 ? weight : 0.02 * Math.sin(k)));
  const none = new Float32Array(0);
  return { name, problem, from: { step: 0, parameters, moment1: none, moment2: none } };
}

/** A target beside which the other slopes of its eight have no digits left, of an example that is dark but for one feature. */
function oneLargeSlope(): DigitsCase {
  const problem = randomProblem({ n: 120, m: 16, output: 'linear', cost: 'squared-error', optimizer: { learningRate: 1e-6 } });
  const values = Uint8Array.from(problem.train.x.values, (value, at) => (at < 120 ? (at === 0 ? 255 : 0) : at % 120 === 0 ? 0 : value));
  const y = Float32Array.from(problem.train.y, (value, j) => (j === 0 ? 3e8 : value));
  return { name: 'one large slope', problem: { ...problem, train: { x: { ...problem.train.x, storage: 'uint8', values }, y } } };
}

export const digitsCases: readonly DigitsCase[] = [
  ...shapes.map(({ name, ...options }) => ({ name, problem: randomProblem(options) })),
  oneLargeWeight('one large weight', 3e6),
  // the others vanish in a float32 sum beside it
  oneLargeWeight('one huge weight', 3e9),
  oneLargeSlope(),
];
