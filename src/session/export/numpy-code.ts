/** The training loop once more in NumPy, short enough to read: same data, start, model, cost and optimiser, in double precision. */
import type { HiddenActivation, Optimizer } from '../../engine/contract.ts';
import { lossName, parameterLayout } from '../../engine/layout.ts';
import { leak } from '../../math/activations.ts';
import type { LossName } from '../../math/costs.ts';
import { batchLines, headOf, isMiniBatch, number, scoreLines } from './python.ts';
import type { TrainedModel } from './trained-model.ts';

const sigmoid = 'np.exp(-np.logaddexp(0, -z))';

/** g(z), and g'(z) from z and a = g(z). */
const activationCode: Readonly<Record<HiddenActivation, readonly [value: string, slope: string]>> = {
  sigmoid: [sigmoid, 'a * (1 - a)'],
  tanh: ['np.tanh(z)', '1 - a * a'],
  relu: ['np.maximum(z, 0)', 'z > 0'],
  'leaky-relu': [`np.where(z > 0, z, ${leak} * z)`, `np.where(z > 0, 1, ${leak})`],
  identity: ['z', 'np.ones_like(z)'],
};

/** Lines of `loss(z, y)`, which gives L of each example and dL/dz, and the expression of y_hat. */
const lossCode: Readonly<Record<LossName, { readonly lines: readonly string[]; readonly yHat: string }>> = {
  'sigmoid/cross-entropy': { lines: [`return np.logaddexp(0, z[0]) - y * z[0], ${sigmoid} - y`], yHat: sigmoid },
  'sigmoid/squared-error': {
    lines: [`a = ${sigmoid}`, 'return (a[0] - y) ** 2 / 2, (a - y) * a * (1 - a)'],
    yHat: sigmoid,
  },
  'softmax/cross-entropy': {
    lines: [
      'z = z - z.max(axis=0)',
      'sums = np.exp(z).sum(axis=0)',
      'a = np.exp(z) / sums',
      'truth = np.arange(len(z))[:, None] == y',
      'return np.log(sums) - z[truth.argmax(axis=0), np.arange(len(y))], a - truth',
    ],
    yHat: 'np.exp(z - z.max(axis=0)) / np.exp(z - z.max(axis=0)).sum(axis=0)',
  },
  'linear/squared-error': { lines: ['return (z[0] - y) ** 2 / 2, z - y'], yHat: 'z' },
  'linear/hinge': {
    lines: [
      't = np.where(y > 0.5, 1, -1) if len(z) == 1 else np.where(np.arange(len(z))[:, None] == y, 1, -1)',
      'return np.maximum(0, 1 - t * z).sum(axis=0), np.where(t * z < 1, -t, 0)',
    ],
    yHat: 'z',
  },
};

function updateCode({ kind, beta1, beta2, epsilon }: Optimizer): readonly string[] {
  switch (kind) {
    case 'gradient-descent':
      return ['p -= alpha * dp'];
    case 'momentum':
      return [`v[i] = ${beta1} * v[i] + dp`, 'p -= alpha * v[i]'];
    case 'nesterov':
      return [`v[i] = ${beta1} * v[i] + dp`, `p -= alpha * (dp + ${beta1} * v[i])`];
    case 'adam':
      return [
        `v[i] = ${beta1} * v[i] + (1 - ${beta1}) * dp`,
        `s[i] = ${beta2} * s[i] + (1 - ${beta2}) * dp * dp`,
        `p -= alpha * v[i] / (1 - ${beta1} ** t) / (np.sqrt(s[i] / (1 - ${beta2} ** t)) + ${epsilon})`,
      ];
    default:
      return kind satisfies never;
  }
}

const indented = (lines: readonly string[]): string => lines.map((line) => `    ${line}`).join('\n');

export function numpyCode(model: TrainedModel): string {
  const { problem, steps } = model;
  const { layers } = parameterLayout(problem.train.x.n, problem.model);
  const hidden = layers.flatMap(({ activation }) => (activation === null ? [] : [activationCode[activation]]));
  const loss = lossCode[lossName(problem.model)];
  const mini = isMiniBatch(model);
  return `${headOf(model, ['python3 train_numpy.py [steps]'])}
import sys
from pathlib import Path

import numpy as np

here = Path(__file__).resolve().parent
data, model = np.load(here / "data.npz"), np.load(here / "model.npz")
steps = int(sys.argv[1]) if len(sys.argv) > 1 else ${steps}
alpha, l2, layers = ${number(problem.optimizer.learningRate)}, ${number(problem.l2)}, ${layers.length}


def columns(raw):
    """One example a column, x = scale * raw + shift."""
    return (raw * data["scale"].astype(np.float64) + data["shift"]).T


X, Y = columns(data["x_train"]), data["y_train"].astype(np.float64)
m = X.shape[1]
W = [model[f"W{l + 1}_start"].astype(np.float64) for l in range(layers)]
b = [model[f"b{l + 1}_start"].astype(np.float64)[:, None] for l in range(layers)]
v, s = [0.0] * (2 * layers), [0.0] * (2 * layers)  # moments of the optimiser
g = [${[...hidden.map(([value]) => `lambda z: ${value}`), `lambda z: ${loss.yHat}`].join(', ')}]
slope = [${hidden.map(([, slope]) => `lambda z, a: ${slope}`).join(', ')}]


def forward(X):
    """Z and A of every layer; the last A is y_hat."""
    Z, A = [], [X]
    for l in range(layers):
        Z.append(W[l] @ A[l] + b[l])
        A.append(g[l](Z[l]))
    return Z, A


def loss(z, y):
    """L of each example and dL/dz."""
${indented(loss.lines)}


def update(i, p, dp, t):
    """The optimiser's step, in place: p is W or b of a layer, t counts from 1."""
${indented(updateCode(problem.optimizer))}

${batchLines(model)}
costs = []
for step in range(steps):
    ${mini ? 'rows = batch(step)\n    x, y = X[:, rows], Y[rows]' : 'x, y = X, Y'}
    Z, A = forward(x)
    L, dZ = loss(Z[-1], y)
    costs.append(L.mean() + l2 / 2 * sum((w**2).sum() for w in W))
    if step % max(1, steps // 20) == 0:
        print(f"step {step:6d}  cost {costs[-1]:.6f}")
    dZ = dZ / len(y)
    for l in reversed(range(layers)):
        dW, db = dZ @ A[l].T + l2 * W[l], dZ.sum(axis=1, keepdims=True)
        if l > 0:
            dZ = (W[l].T @ dZ) * slope[l - 1](Z[l - 1], A[l])
        update(2 * l, W[l], dW, step + 1)
        update(2 * l + 1, b[l], db, step + 1)

known = [(step, cost) for step, cost in zip(model["cost_steps"], model["costs"]) if step < steps]
if known:
    print(f"largest difference from Downhill's curve: {max(abs(costs[step] - cost) for step, cost in known):.2e}")
if len(data["y_test"]) > 0:
    y_hat, y = forward(columns(data["x_test"]))[1][-1].T, data["y_test"]
    ${scoreLines(model)}
    print(f"test score: {score:.4f}")
`;
}
