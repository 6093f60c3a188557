/** Everything that one takes along with a trained model, by name, and all of it as one zip. How each is written is its own file's. */
import { zipSync, strToU8 } from 'fflate';
import type { Examples } from '../../data/dataset.ts';
import type { ExportKind } from './kinds.ts';
import { numpyCode } from './numpy-code.ts';
import { npzBytes, type NpyArray } from './npz.ts';
import { onnxBytes } from './onnx.ts';
import { describeModel, layersOf, startOf, type TrainedModel } from './trained-model.ts';
import { torchCode } from './torch-code.ts';

/** W and b of each layer as trained and, with `_start`, as they began; the costs between; x = scale · raw + shift. */
export function modelNpz(model: TrainedModel): Uint8Array<ArrayBuffer> {
  const arrays: Record<string, NpyArray> = {};
  const add = (suffix: string, layers: ReturnType<typeof layersOf>): void => {
    for (const [index, { w, b, units, inputs }] of layers.entries()) {
      arrays[`W${index + 1}${suffix}`] = { shape: [units, inputs], values: w };
      arrays[`b${index + 1}${suffix}`] = { shape: [units], values: b };
    }
  };
  add('', layersOf(model, model.parameters));
  add('_start', layersOf(model, startOf(model)));
  const { costs, problem } = model;
  const { scale, shift } = problem.scaling;
  arrays['cost_steps'] = { shape: [costs.length], values: Int32Array.from(costs, ({ step }) => step) };
  arrays['costs'] = { shape: [costs.length], values: Float64Array.from(costs, ({ cost }) => cost) };
  arrays['scale'] = { shape: [scale.length], values: scale };
  arrays['shift'] = { shape: [shift.length], values: shift };
  return npzBytes(arrays);
}

/** The very bits that were trained on: raw values, an example a row. */
function dataNpz({ dataset, problem }: TrainedModel): Uint8Array<ArrayBuffer> {
  const { scale, shift } = problem.scaling;
  const part = (name: string, { x, y }: Examples): Record<string, NpyArray> => ({
    [`x_${name}`]: { shape: [x.m, x.n], values: x.values },
    [`y_${name}`]: { shape: [x.m], values: y },
  });
  return npzBytes({
    ...part('train', dataset.train),
    ...part('test', dataset.test),
    scale: { shape: [scale.length], values: scale },
    shift: { shape: [shift.length], values: shift },
  });
}

function readMe(model: TrainedModel): string {
  const { dataset, problem, steps } = model;
  const sources = dataset.attributions.map(({ source, authors, licence }) => `  ${source}, ${authors}, ${licence}`);
  return [
    `${describeModel(model)} on ${dataset.name}, trained by Downhill for ${steps} steps, seed ${problem.seed}.`,
    '',
    'model.npz       W1, b1, ... as trained; W1_start, b1_start, ... as they began; costs at cost_steps',
    'data.npz        x_train, y_train, x_test, y_test: raw values, an example a row; x = scale * raw + shift',
    'model.onnx      raw values in, y_hat out; the scaling is inside',
    'train_numpy.py  the training loop, to read: python3 train_numpy.py',
    'train_torch.py  the same with PyTorch: python3 train_torch.py, or on several processes or machines',
    '                torchrun --nproc_per_node 2 train_torch.py',
    '                torchrun --nnodes 2 --nproc_per_node 4 --rdzv_backend c10d --rdzv_endpoint HOST:29500 train_torch.py',
    '                The gradients travel unencrypted and unguarded: networks that you trust only.',
    ...(sources.length > 0 ? ['', 'The data are from', ...sources] : []),
    '',
  ].join('\n');
}

export function exportFiles(model: TrainedModel): Readonly<Record<string, Uint8Array>> {
  return {
    'README.txt': strToU8(readMe(model)),
    'model.npz': modelNpz(model),
    'data.npz': dataNpz(model),
    'model.onnx': onnxBytes(model),
    'train_numpy.py': strToU8(numpyCode(model)),
    'train_torch.py': strToU8(torchCode(model)),
  };
}

export function exportBytes(kind: ExportKind, model: TrainedModel): Uint8Array<ArrayBuffer> {
  if (kind === 'npz') return modelNpz(model);
  // what is packed already would not become smaller
  return kind === 'onnx' ? onnxBytes(model) : zipSync(exportFiles(model), { level: 0 });
}
