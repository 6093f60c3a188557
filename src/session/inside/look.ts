/** Looks inside a race for the page: one test example with the columns of X, and one unit of the first layer. */
import type { Dataset, FeatureMatrix } from '../../data/dataset.ts';
import type { Problem } from '../../engine/contract.ts';
import { parameterLayout } from '../../engine/layout.ts';
import type { Lane } from '../lane.ts';
import type { Visits } from '../visits.ts';
import { weigh, xOf } from './neuron.ts';
import { shownColumns, type InsideNeuron, type InsidePicture, type InsideRequest } from './protocol.ts';

/** What a race shows of itself; `Race` is one. */
export interface Inspected {
  readonly loaded: { readonly dataset: Dataset; readonly problem: Problem } | null;
  readonly visits: Visits;
}

/** Example `index` of the test part as a part of its own; null where there is none. */
function oneExample({ test }: Dataset, index: number): FeatureMatrix | null {
  const { x } = test;
  if (!Number.isInteger(index) || index < 0 || index >= x.m) return null;
  return { ...x, m: 1, values: x.values.slice(index * x.n, (index + 1) * x.n) } as FeatureMatrix;
}

/** Null where there are no data yet, where they are no pictures, and where there is no such example. */
export function insidePicture(race: Inspected | null, index: number): InsidePicture | null {
  const dataset = race?.loaded?.dataset;
  const x = dataset && oneExample(dataset, index);
  if (!dataset?.image || !x) return null;
  const { train, test, scaling } = dataset;
  const count = Math.min(shownColumns, train.x.m);
  return {
    index,
    image: dataset.image,
    raw: Uint8Array.from(x.values),
    y: test.y[index] ?? 0,
    scale: scaling.scale,
    shift: scaling.shift,
    columns: Uint8Array.from(train.x.values.subarray(0, count * x.n)),
    columnY: train.y.slice(0, count),
    m: train.x.m,
    mTest: test.x.m,
  };
}

/** By the parameters of the lane that is shown, as they are between two blocks; null where the race has ended or has no such example. */
export async function insideNeuron(race: Inspected | null, request: InsideRequest): Promise<InsideNeuron | null> {
  const { loaded } = race ?? {};
  const x = loaded && oneExample(loaded.dataset, request.index);
  if (!race || !loaded || !x) return null;
  return race.visits.ask((lane) => neuronOf(lane, loaded.problem, x, request));
}

async function neuronOf(
  { engine, trainer }: Lane,
  { model, scaling }: Problem,
  example: FeatureMatrix,
  { index, unit: asked }: InsideRequest,
): Promise<InsideNeuron> {
  const yHat = await trainer.predict(example);
  const parameters = await trainer.parameters();
  const first = parameterLayout(example.n, model).layers[0] ?? { units: 1, weights: 0, biases: example.n, inputs: example.n };
  const { units, weights, biases, inputs } = first;
  const unit = Math.min(Math.max(0, asked), units - 1);
  const wOf = (one: number): Float64Array<ArrayBuffer> =>
    Float64Array.from(parameters.subarray(weights + one * inputs, weights + (one + 1) * inputs));
  const bOf = (one: number): number => parameters[biases + one] ?? 0;
  const [hidden] = model.hidden;
  const x = xOf(example.values, scaling.scale, scaling.shift);
  const isSoftmax = !hidden && model.output === 'softmax';
  return {
    index,
    unit,
    units,
    of: hidden ? 'hidden-unit' : units > 1 ? 'class' : 'output',
    activation: hidden?.activation ?? model.output,
    step: trainer.stepsDone,
    lane: engine.name,
    w: wOf(unit),
    b: bOf(unit),
    zs: Float64Array.from({ length: isSoftmax ? units : 0 }, (_, one) => weigh(x, wOf(one), bOf(one)).z),
    yHat,
  };
}
