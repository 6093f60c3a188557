/**
 * The same training in PyTorch, on one process or under `torchrun` on as many machines as one has: each process takes a share of
 * every batch and DistributedDataParallel averages the gradients.
 */
import type { HiddenActivation, Optimizer } from '../../engine/contract.ts';
import { lossName, parameterLayout } from '../../engine/layout.ts';
import { leak } from '../../math/activations.ts';
import type { LossName } from '../../math/costs.ts';
import { batchLines, headOf, isMiniBatch, number, scoreLines } from './python.ts';
import type { TrainedModel } from './trained-model.ts';

const modules: Readonly<Record<HiddenActivation, string>> = {
  sigmoid: 'nn.Sigmoid()',
  tanh: 'nn.Tanh()',
  relu: 'nn.ReLU()',
  'leaky-relu': `nn.LeakyReLU(${leak})`,
  identity: 'nn.Identity()',
};

/** Body of `losses(z, y)`, L of each example, and the expression of y_hat. */
const lossCode: Readonly<Record<LossName, { readonly lines: readonly string[]; readonly yHat: string }>> = {
  'sigmoid/cross-entropy': {
    lines: ['return nn.functional.binary_cross_entropy_with_logits(z[:, 0], y, reduction="none")'],
    yHat: 'torch.sigmoid(z)',
  },
  'sigmoid/squared-error': { lines: ['return (torch.sigmoid(z[:, 0]) - y) ** 2 / 2'], yHat: 'torch.sigmoid(z)' },
  'softmax/cross-entropy': {
    lines: ['return nn.functional.cross_entropy(z, y.long(), reduction="none")'],
    yHat: 'torch.softmax(z, dim=1)',
  },
  'linear/squared-error': { lines: ['return (z[:, 0] - y) ** 2 / 2'], yHat: 'z' },
  'linear/hinge': {
    lines: [
      'truth = (y > 0.5)[:, None] if z.shape[1] == 1 else torch.arange(z.shape[1], device=z.device) == y[:, None]',
      'return (1 - torch.where(truth, z, -z)).clamp(min=0).sum(dim=1)',
    ],
    yHat: 'z',
  },
};

function optimizerCode({ kind, learningRate, beta1, beta2, epsilon }: Optimizer): string {
  const rate = `lr=${number(learningRate)}`;
  switch (kind) {
    case 'gradient-descent':
      return `torch.optim.SGD(net.parameters(), ${rate})`;
    case 'momentum':
      return `torch.optim.SGD(net.parameters(), ${rate}, momentum=${beta1})`;
    case 'nesterov':
      return `torch.optim.SGD(net.parameters(), ${rate}, momentum=${beta1}, nesterov=True)`;
    case 'adam':
      return `torch.optim.Adam(net.parameters(), ${rate}, betas=(${beta1}, ${beta2}), eps=${epsilon})`;
    default:
      return kind satisfies never;
  }
}

export function torchCode(model: TrainedModel): string {
  const { problem, steps } = model;
  const { layers } = parameterLayout(problem.train.x.n, problem.model);
  const stack = layers.flatMap(({ inputs, units, activation }) => [
    `nn.Linear(${inputs}, ${units})`,
    ...(activation === null ? [] : [modules[activation]]),
  ]);
  const loss = lossCode[lossName(problem.model)];
  const mini = isMiniBatch(model);
  const usage = [
    'python3 train_torch.py [steps]',
    'torchrun --nproc_per_node 2 train_torch.py [steps]     shares every batch among processes',
  ];
  return `${headOf(model, usage)}
import os
import sys
from pathlib import Path

import numpy as np
import torch
import torch.distributed as dist
from torch import nn
from torch.nn.parallel import DistributedDataParallel

world, rank = int(os.environ.get("WORLD_SIZE", 1)), int(os.environ.get("RANK", 0))
cuda = torch.cuda.is_available()
device = torch.device("cuda", int(os.environ.get("LOCAL_RANK", 0))) if cuda else torch.device("cpu")
if world > 1:
    dist.init_process_group("nccl" if cuda else "gloo")

here = Path(__file__).resolve().parent
data, model = np.load(here / "data.npz"), np.load(here / "model.npz")
steps = int(sys.argv[1]) if len(sys.argv) > 1 else ${steps}
l2 = ${number(problem.l2)}


def rows(raw):
    """One example a row, x = scale * raw + shift."""
    return torch.from_numpy(raw * data["scale"] + data["shift"]).float().to(device)


X, Y = rows(data["x_train"]), torch.from_numpy(data["y_train"]).float().to(device)
m = len(X)
stack = nn.Sequential(
${stack.map((layer) => `    ${layer},`).join('\n')}
).to(device)
linear = [layer for layer in stack if isinstance(layer, nn.Linear)]
with torch.no_grad():
    for l, layer in enumerate(linear, 1):
        layer.weight.copy_(torch.from_numpy(model[f"W{l}_start"]))
        layer.bias.copy_(torch.from_numpy(model[f"b{l}_start"]))
net = DistributedDataParallel(stack, device_ids=[device.index] if cuda else None) if world > 1 else stack
optimizer = ${optimizerCode(problem.optimizer)}


def losses(z, y):
    """L of each example."""
${loss.lines.map((line) => `    ${line}`).join('\n')}

${batchLines(model)}
costs = []
${mini ? '' : 'x, y, size = X[rank::world], Y[rank::world], m  # the share of this process\n'}for step in range(steps):
${mini ? '    chosen = batch(step)\n    x, y, size = X[chosen[rank::world]], Y[chosen[rank::world]], len(chosen)\n' : ''}    optimizer.zero_grad()
    total = losses(net(x), y).sum()
    penalty = l2 / 2 * sum((layer.weight**2).sum() for layer in linear)
    # gradients are averaged over the processes, so that each share counts for as many
    (total * world / size + penalty).backward()
    total = total.detach()
    if world > 1:
        dist.all_reduce(total)
    costs.append(float(total / size + penalty))
    optimizer.step()
    if rank == 0 and step % max(1, steps // 20) == 0:
        print(f"step {step:6d}  cost {costs[-1]:.6f}")

if rank == 0:
    known = [(step, cost) for step, cost in zip(model["cost_steps"], model["costs"]) if step < steps]
    if known:
        print(f"largest difference from Downhill's curve: {max(abs(costs[step] - cost) for step, cost in known):.2e}")
    if len(data["y_test"]) > 0:
        with torch.no_grad():
            z = stack(rows(data["x_test"]))
            y_hat, y = (${loss.yHat}).cpu().numpy(), data["y_test"]
        ${scoreLines(model)}
        print(f"test score: {score:.4f}")
    torch.save(stack.state_dict(), here / "trained.pt")
if world > 1:
    dist.destroy_process_group()
`;
}
