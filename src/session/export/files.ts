/** Everything that one takes along with a trained model, by name, and all of it as one zip. How each is written is its own file's. */
import { zipSync, strToU8 } from 'fflate';
import type { Examples } from '../../data/dataset.ts';
import type { ExportKind } from './kinds.ts';
import { numpyCode } from './numpy-code.ts';
import { npzBytes, type NpyArray } from './npz.ts';
import { onnxBytes } from './onnx.ts';
import { describeInput, describeModel, layersOf, startOf, type TrainedModel } from './trained-model.ts';
import { torchCode } from './torch-code.ts';

/** x = scale · stored + shift; of a table that was rescaled before it was stored, stored = (raw − offset) / width. */
function scalingArrays({ dataset, problem }: TrainedModel): Readonly<Record<string, NpyArray>> {
  const { rescaling } = dataset;
  const own = { ...problem.scaling, ...(rescaling ?? {}) };
  return Object.fromEntries(Object.entries(own).map(([name, values]) => [name, { shape: [values.length], values }]));
}

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
  const { costs } = model;
  arrays['cost_steps'] = { shape: [costs.length], values: Int32Array.from(costs, ({ step }) => step) };
  arrays['costs'] = { shape: [costs.length], values: Float64Array.from(costs, ({ cost }) => cost) };
  return npzBytes({ ...arrays, ...scalingArrays(model) });
}

/** The very bits that were trained on, an example a row. */
function dataNpz(model: TrainedModel): Uint8Array<ArrayBuffer> {
  const { dataset } = model;
  const part = (name: string, { x, y }: Examples): Record<string, NpyArray> => ({
    [`x_${name}`]: { shape: [x.m, x.n], values: x.values },
    [`y_${name}`]: { shape: [x.m], values: y },
  });
  return npzBytes({
    ...part('train', dataset.train),
    ...part('test', dataset.test),
    ...scalingArrays(model),
  });
}

function readMe(model: TrainedModel): string {
  const { dataset, problem, steps } = model;
  const sources = dataset.attributions.map(({ source, authors, licence }) => `  ${source}, ${authors}, ${licence}`);
  return [
    `${describeModel(model)} on ${dataset.name}, trained by Downhill for ${steps} steps, seed ${problem.seed}.`,
    '',
    'model.npz       W1, b1, ... as trained; W1_start, b1_start, ... as they began; costs at cost_steps',
    'data.npz        x_train, y_train, x_test, y_test: what was trained on, an example a row; x = scale * x_train + shift',
    ...(dataset.rescaling
      ? ['                The table was rescaled before that: x_train = (value - offset) / width, 0 where width is 0']
      : []),
    'model.onnx      y_hat from values that are not yet scaled; the scaling is inside. In it goes:',
    `                ${describeInput(model)}`,
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
