/**
 * Training steps in jax-js, as its guides write them: a loss of the parameters, `valueAndGrad` of it, and the whole update
 * compiled by `jit` so that it fuses what it can. X as rows of examples or as columns. Arguments are handed over for good,
 * hence the `.ref`s.
 */
import { blockUntilReady, jit, nn, numpy as np, tree, valueAndGrad, type Device } from '@jax-js/jax';
import type { LaneAnswer, TrainWorkload, WorkloadInput } from '../../src/session/bench/workload.ts';
import type { Formulation, PeerTraining } from './formulation.ts';
import { foldedShape, joined, requireRelu, scaledX, startOf, targets, transposed } from './layouts.ts';

type Layer = { w: np.Array; b: np.Array };
type Orientation = 'rows' | 'columns';

/** The library's own type of this names one that TypeScript does not know yet. */
export async function floatsOf(array: np.Array): Promise<Float32Array> {
  const data: unknown = await array.data();
  return data as Float32Array;
}

function forward(layers: Layer[], x: np.Array, orientation: Orientation): np.Array {
  let a = x;
  for (const [at, { w, b }] of layers.entries()) {
    const product = orientation === 'rows' ? np.dot(a, w) : np.dot(w, a);
    const z = product.add(b);
    a = at === layers.length - 1 ? z : nn.relu(z);
  }
  return a;
}

/** One output: w is a vector, so z and y are. More: y is one-hot, classes along `axis`. */
function lossOf(orientation: Orientation, outputs: number, m: number) {
  return (layers: Layer[], x: np.Array, y: np.Array): np.Array => {
    const z = forward(layers, x, orientation);
    const mean = (losses: np.Array): np.Array => losses.reshape(foldedShape(m)).mean(1).mean();
    if (outputs === 1) return mean(nn.softplus(z.ref).sub(y.mul(z)));
    const axis = orientation === 'rows' ? -1 : 0;
    return mean(nn.logSoftmax(z, axis).mul(y).sum(axis).neg());
  };
}

function makeLayers(workload: TrainWorkload, input: WorkloadInput, orientation: Orientation, device: Device): Layer[] {
  const vector = workload.outputs === 1;
  return startOf(workload, input).map(({ layer: { inputs, units }, weights, biases }, at, all) => {
    const flat = vector && at === all.length - 1;
    const shape = flat ? [inputs] : orientation === 'rows' ? [inputs, units] : [units, inputs];
    const values = flat || orientation === 'columns' ? weights : transposed(weights, units, inputs);
    return {
      w: np.array(values, { shape, device }),
      b: np.array(biases, { shape: flat ? [] : orientation === 'rows' ? [units] : [units, 1], device }),
    };
  });
}

function begin(orientation: Orientation, device: Device, workload: TrainWorkload, input: WorkloadInput): PeerTraining {
  requireRelu(workload);
  const { n, m, outputs, learningRate } = workload;
  const rows = orientation === 'rows';
  const scaled = scaledX(input);
  const x = rows ? np.array(scaled, { shape: [m, n], device }) : np.array(transposed(scaled, m, n), { shape: [n, m], device });
  const labels = targets(input, outputs);
  const y = np.array(rows || outputs === 1 ? labels : transposed(labels, m, outputs), {
    shape: outputs === 1 ? [m] : rows ? [m, outputs] : [outputs, m],
    device,
  });
  const gradient = valueAndGrad(lossOf(orientation, outputs, m));
  const update = jit((before: Layer[], xNow: np.Array, yNow: np.Array): [Layer[], np.Array] => {
    const [value, slopes] = gradient(tree.ref(before), xNow, yNow);
    const after = before.map(({ w, b }, at) => {
      const slope = slopes[at] as unknown as Layer;
      return { w: w.sub(slope.w.mul(learningRate)), b: b.sub(slope.b.mul(learningRate)) };
    });
    return [after, value];
  });
  let layers = makeLayers(workload, input, orientation, device);
  let cost: np.Array | null = null;
  return {
    step() {
      cost?.dispose();
      [layers, cost] = update(layers, x.ref, y.ref);
    },
    async settle() {
      await blockUntilReady([layers, cost]);
    },
    async answer(): Promise<LaneAnswer> {
      if (cost === null) throw new Error('no step was done');
      const [value] = await floatsOf(cost.ref);
      const parts = await Promise.all(
        layers.map(async ({ w, b }) => {
          const [inputs = 0, units = 1] = w.shape;
          const weights = await floatsOf(w.ref);
          return { weights: rows ? transposed(weights, inputs, units) : weights, biases: await floatsOf(b.ref) };
        }),
      );
      return { cost: value ?? Number.NaN, values: joined(parts) };
    },
    dispose() {
      cost?.dispose();
      tree.dispose([layers, x, y]);
      update.dispose();
    },
  };
}

export function jaxFormulations(device: Device): readonly Formulation[] {
  return (['rows', 'columns'] as const).map((orientation) => ({
    name: `jit, ${orientation}`,
    begin: (workload, input) => begin(orientation, device, workload, input),
  }));
}
