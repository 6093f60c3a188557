/**
 * Training steps in TensorFlow.js, as its guides write them: tensors kept as variables, everything between in `tidy`. One
 * formulation lets the library differentiate (`optimizer.minimize`), the others spell the backward pass out, with X as rows
 * of examples or as columns, and with operands turned round before a product where a backend is slow at that itself. J is computed in every step, as
 * our lanes do.
 */
import * as tf from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-core/dist/register_all_gradients.js';
import type { LaneAnswer, TrainWorkload, WorkloadInput } from '../../src/session/bench/workload.ts';
import type { Formulation, PeerTraining } from './formulation.ts';
import { foldedShape, joined, requireRelu, scaledX, startOf, targets, transposed } from './layouts.ts';

/** A layer's parameters. Rows: W is inputs × units, b is units. Columns: W is units × inputs, b is units × 1. */
interface Layer {
  readonly w: tf.Variable;
  readonly b: tf.Variable;
  readonly inputs: number;
  readonly units: number;
}

interface Data {
  /** m × n. */
  readonly x: tf.Tensor2D | null;
  /** n × m. */
  readonly xT: tf.Tensor2D | null;
  /** m × outputs, or outputs × m. */
  readonly y: tf.Tensor2D;
}

type Orientation = 'rows' | 'columns';

const variableOf = (tensor: tf.Tensor): tf.Variable => {
  const variable = tf.variable(tensor);
  tensor.dispose();
  return variable;
};

function makeLayers(workload: TrainWorkload, input: WorkloadInput, orientation: Orientation): readonly Layer[] {
  return startOf(workload, input).map(({ layer: { inputs, units }, weights, biases }) => ({
    inputs,
    units,
    w: variableOf(
      orientation === 'rows' ? tf.tensor2d(transposed(weights, units, inputs), [inputs, units]) : tf.tensor2d(weights, [units, inputs]),
    ),
    b: variableOf(orientation === 'rows' ? tf.tensor1d(biases) : tf.tensor2d(biases, [units, 1])),
  }));
}

function makeData(workload: TrainWorkload, input: WorkloadInput, keep: { x: boolean; xT: boolean }, orientation: Orientation): Data {
  const { n, m, outputs } = workload;
  const values = scaledX(input);
  const y = targets(input, outputs);
  return {
    x: keep.x ? tf.tensor2d(values, [m, n]) : null,
    xT: keep.xT ? tf.tensor2d(transposed(values, m, n), [n, m]) : null,
    y: orientation === 'rows' ? tf.tensor2d(y, [m, outputs]) : tf.tensor2d(transposed(y, m, outputs), [outputs, m]),
  };
}

function need<T>(value: T | null | undefined): T {
  if (value === null || value === undefined) throw new Error('this formulation keeps no such tensor');
  return value;
}

/** J and dJ/dZ of the output layer. `axis`: along which the classes of one example lie. */
function outputOf(z: tf.Tensor2D, y: tf.Tensor2D, m: number, axis: 0 | 1): { readonly cost: tf.Scalar; readonly dZ: tf.Tensor2D } {
  if (z.shape[axis] === 1) {
    const cost = tf.mean<tf.Scalar>(tf.mean(tf.reshape(tf.sub(tf.softplus(z), tf.mul(y, z)), foldedShape(m)), 1));
    return { cost, dZ: tf.div(tf.sub(tf.sigmoid(z), y), m) };
  }
  const shifted = tf.sub(z, tf.max(z, axis, true));
  const powers = tf.exp(shifted);
  const total = tf.sum(powers, axis, true);
  const losses = tf.sub(tf.log(total), tf.sum(tf.mul(y, shifted), axis, true));
  const cost = tf.mean<tf.Scalar>(tf.mean(tf.reshape(losses, foldedShape(m)), 1));
  return { cost, dZ: tf.div(tf.sub(tf.div(powers, total), y), m) };
}

/** Where the update of one layer needs a product with a transposed operand: as an argument, or turned round first. */
type Turning = 'argument' | 'before';

function rowsStep(layers: readonly Layer[], { x, xT, y }: Data, m: number, rate: number, turning: Turning): tf.Scalar {
  const activations: tf.Tensor2D[] = [need(x)];
  for (const [at, { w, b }] of layers.entries()) {
    const last = at === layers.length - 1;
    activations.push(tf.fused.matMul({ a: need(activations[at]), b: w, bias: b, activation: last ? 'linear' : 'relu' }) as tf.Tensor2D);
  }
  const output = outputOf(need(activations.at(-1)), y, m, 1);
  let dZ = output.dZ;
  for (let at = layers.length - 1; at >= 0; at--) {
    const { w, b } = need(layers[at]);
    const below = need(activations[at]);
    const belowT = at === 0 && xT ? xT : turning === 'before' ? tf.transpose(below) : null;
    const dW = belowT ? tf.matMul(belowT, dZ) : tf.matMul(below, dZ, true, false);
    const dB = tf.sum(dZ, 0);
    if (at > 0) {
      const dA = turning === 'before' ? tf.matMul(dZ, tf.transpose(w as tf.Tensor2D)) : tf.matMul(dZ, w, false, true);
      dZ = tf.mul(dA, tf.step(below));
    }
    w.assign(tf.sub(w, tf.mul(dW, rate)));
    b.assign(tf.sub(b, tf.mul(dB, rate)));
  }
  return output.cost;
}

function columnsStep(layers: readonly Layer[], { x, xT, y }: Data, m: number, rate: number, turning: Turning): tf.Scalar {
  const activations: tf.Tensor2D[] = [need(xT)];
  for (const [at, { w, b }] of layers.entries()) {
    const z = tf.add<tf.Tensor2D>(tf.matMul(w, need(activations[at])), b);
    activations.push(at === layers.length - 1 ? z : tf.relu(z));
  }
  const output = outputOf(need(activations.at(-1)), y, m, 0);
  let dZ = output.dZ;
  for (let at = layers.length - 1; at >= 0; at--) {
    const { w, b } = need(layers[at]);
    const below = need(activations[at]);
    const turned = at === 0 && x ? x : turning === 'before' ? tf.transpose(below) : null;
    const dW = turned ? tf.matMul(dZ, turned) : tf.matMul(dZ, below, false, true);
    const dB = tf.sum(dZ, 1, true);
    if (at > 0) {
      const dA = turning === 'before' ? tf.matMul(tf.transpose(w as tf.Tensor2D), dZ) : tf.matMul(w, dZ, true, false);
      dZ = tf.mul(dA, tf.step(below));
    }
    w.assign(tf.sub(w, tf.mul(dW, rate)));
    b.assign(tf.sub(b, tf.mul(dB, rate)));
  }
  return output.cost;
}

/** The library's own derivatives and optimiser. */
function minimizer(layers: readonly Layer[], { x, y }: Data, rate: number): () => tf.Scalar {
  const optimizer = tf.train.sgd(rate);
  const variables = layers.flatMap(({ w, b }) => [w, b]);
  const loss = (): tf.Scalar => {
    const z = layers.reduce<tf.Tensor2D>((a, { w, b }, at) => {
      const sum = tf.add<tf.Tensor2D>(tf.matMul(a, w), b);
      return at === layers.length - 1 ? sum : tf.relu(sum);
    }, need(x));
    return z.shape[1] === 1 ? tf.losses.sigmoidCrossEntropy(y, z) : tf.losses.softmaxCrossEntropy(y, z);
  };
  return () => need(optimizer.minimize(loss, true, variables));
}

async function read(layers: readonly Layer[], orientation: Orientation): Promise<Float32Array> {
  const parts = layers.map(async ({ w, b, inputs, units }) => {
    const [weights, biases] = [await w.data<'float32'>(), await b.data<'float32'>()];
    return { weights: orientation === 'rows' ? transposed(weights, inputs, units) : weights, biases };
  });
  return joined(await Promise.all(parts));
}

interface Way {
  readonly name: string;
  readonly orientation: Orientation;
  readonly keep: { readonly x: boolean; readonly xT: boolean };
  readonly makeStep: (layers: readonly Layer[], data: Data, workload: TrainWorkload) => () => tf.Scalar;
}

const rows =
  (turning: Turning): Way['makeStep'] =>
  (layers, data, { m, learningRate }) =>
  () =>
    rowsStep(layers, data, m, learningRate, turning);

const columns =
  (turning: Turning): Way['makeStep'] =>
  (layers, data, { m, learningRate }) =>
  () =>
    columnsStep(layers, data, m, learningRate, turning);

const once = { rows: { x: true, xT: false }, columns: { x: false, xT: true } } as const;
const twice = { x: true, xT: true } as const;

/**
 * X once in memory, as our own lanes hold it, in whichever layout is fastest. Holding it in both layouts at once makes the
 * wasm backend faster still for twice the memory: set this to 2 to see by how much (RESULTS.md says).
 */
const copiesOfX: number = 1;

const ways: readonly Way[] = [
  {
    name: 'minimize',
    orientation: 'rows',
    keep: once.rows,
    makeStep: (layers, data, { learningRate }) => minimizer(layers, data, learningRate),
  },
  { name: 'rows', orientation: 'rows', keep: once.rows, makeStep: rows('argument') },
  { name: 'rows, turned', orientation: 'rows', keep: once.rows, makeStep: rows('before') },
  { name: 'columns', orientation: 'columns', keep: once.columns, makeStep: columns('argument') },
  { name: 'columns, turned', orientation: 'columns', keep: once.columns, makeStep: columns('before') },
  { name: 'rows, X twice', orientation: 'rows', keep: twice, makeStep: rows('before') },
  { name: 'columns, X twice', orientation: 'columns', keep: twice, makeStep: columns('before') },
];

function begin(way: Way, workload: TrainWorkload, input: WorkloadInput): PeerTraining {
  requireRelu(workload);
  const data = makeData(workload, input, way.keep, way.orientation);
  const layers = makeLayers(workload, input, way.orientation);
  const makeStep = way.makeStep(layers, data, workload);
  let cost: tf.Scalar | null = null;
  return {
    step() {
      cost?.dispose();
      cost = tf.tidy(makeStep);
    },
    async settle() {
      // One number, after everything that was queued before it.
      if (cost) await cost.data();
    },
    async answer(): Promise<LaneAnswer> {
      return { cost: (await need(cost).data())[0] ?? Number.NaN, values: await read(layers, way.orientation) };
    },
    dispose() {
      tf.dispose([cost, data.x, data.xT, data.y, ...layers.flatMap(({ w, b }) => [w, b])].filter((tensor) => tensor !== null));
    },
  };
}

/** The ways to write a step, for whichever backend is set. */
export const tfjsFormulations: readonly Formulation[] = ways
  .filter(({ keep: { x, xT } }) => Number(x) + Number(xT) <= copiesOfX)
  .map((way) => ({ name: way.name, begin: (workload, input) => begin(way, workload, input) }));
