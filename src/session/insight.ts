/** What a trainer has learned so far, as the page shows it: scores, confusion, examples, weights, boundary. */
import type { Dataset, Examples, FeatureMatrix } from '../data/dataset.ts';
import type { LaneName, Model, Parameters, Problem, Trainer } from '../engine/contract.ts';
import { parameterLayout } from '../engine/layout.ts';
import { norm } from '../math/norm.ts';
import { examplePicture, weightPicture } from './pictures.ts';
import type { ExampleReport, Insight } from './protocol.ts';

const shownExamples = 10;
const shownUnits = 16;
const shownWeights = 12;
const boundarySize = 96;

export interface Scored {
  /** Share of right answers, or R². NaN without examples. */
  readonly score: number;
  readonly predicted: Float32Array;
}

/** A single ŷ above this answers class 1: ½ for probabilities and for lines fitted to 0 and 1, 0 for the margins of a hinge. */
export function thresholdOf({ cost }: Model): number {
  return cost === 'hinge' ? 0 : 0.5;
}

/** The class that ŷ stands for; for regression ŷ itself. */
export function decide(model: Model, regression: boolean, yHat: Float32Array, example: number): number {
  const { outputs } = model;
  if (regression) return yHat[example] ?? Number.NaN;
  if (outputs === 1) return (yHat[example] ?? 0) > thresholdOf(model) ? 1 : 0;
  let best = 0;
  for (let k = 1; k < outputs; k++) {
    if ((yHat[example * outputs + k] ?? 0) > (yHat[example * outputs + best] ?? 0)) best = k;
  }
  return best;
}

/** Accuracy, or R² = 1 − Σ(y − ŷ)² / Σ(y − ȳ)². */
export function score(model: Model, regression: boolean, y: ArrayLike<number>, yHat: Float32Array): Scored {
  const m = y.length;
  const predicted = Float32Array.from({ length: m }, (_, example) => decide(model, regression, yHat, example));
  if (!regression) {
    let right = 0;
    for (let j = 0; j < m; j++) right += predicted[j] === y[j] ? 1 : 0;
    return { score: right / m, predicted };
  }
  let mean = 0;
  for (let j = 0; j < m; j++) mean += (y[j] ?? 0) / m;
  let residual = 0;
  let variance = 0;
  for (let j = 0; j < m; j++) {
    residual += ((y[j] ?? 0) - (predicted[j] ?? 0)) ** 2;
    variance += ((y[j] ?? 0) - mean) ** 2;
  }
  return { score: 1 - residual / variance, predicted };
}

/** The first `count` examples of a part; the part itself when it has no more. */
function head(part: Examples, count: number): Examples {
  const { x, y } = part;
  if (x.m <= count) return part;
  const values = x.values.subarray(0, count * x.n);
  return { x: { ...x, m: count, values } as FeatureMatrix, y: y.subarray(0, count) };
}

/** @param most examples of each part to look at, from the first on */
export async function takeInsight(lane: LaneName, trainer: Trainer, dataset: Dataset, problem: Problem, most: number): Promise<Insight> {
  const regression = dataset.task === 'regression';
  const { model } = problem;
  const train = head(dataset.train, most);
  const test = head(dataset.test, most);
  const trainYHat = await trainer.predict(train === dataset.train ? 'train' : train.x);
  const testYHat = test.x.m === 0 ? new Float32Array(0) : await trainer.predict(test === dataset.test ? 'test' : test.x);
  const parameters = await trainer.parameters();
  const gradient = await trainer.gradient();
  const trainScore = score(model, regression, train.y, trainYHat);
  const testScore = score(model, regression, test.y, testYHat);
  const plane = problem.train.x.n === 2 ? await boundary(lane, trainer, dataset, model) : null;
  return {
    step: trainer.stepsDone,
    lane,
    trainScore: trainScore.score,
    testScore: testScore.score,
    threshold: thresholdOf(model),
    trainExamples: train.x.m,
    testExamples: test.x.m,
    confusion: regression ? [] : confusion(dataset, test.y, testScore.predicted),
    examples: chooseExamples(dataset, test.y, testScore.predicted, testYHat, model),
    weights: weightsOf(dataset, problem, parameters),
    weightNorm: norm(parameters),
    gradientNorm: norm(gradient),
    boundary: plane,
    points: plane ? planePoints(dataset.test) : null,
    scatter: regression ? scatter(test.y, testScore.predicted) : null,
  };
}

function confusion(dataset: Dataset, y: ArrayLike<number>, predicted: Float32Array): number[][] {
  const classes = Math.max(2, dataset.classNames.length);
  const table = Array.from({ length: classes }, () => new Array<number>(classes).fill(0));
  for (let j = 0; j < y.length; j++) {
    const row = table[y[j] ?? 0];
    const column = predicted[j] ?? 0;
    if (row) row[column] = (row[column] ?? 0) + 1;
  }
  return table;
}

/** The first test examples, but with a wrong one in every third place where there are wrong ones. */
function chooseExamples(
  dataset: Dataset,
  y: ArrayLike<number>,
  predicted: Float32Array,
  yHat: Float32Array,
  model: Model,
): ExampleReport[] {
  const regression = dataset.task === 'regression';
  const isWrong = (j: number): boolean => !regression && predicted[j] !== y[j];
  const wrong: number[] = [];
  const any: number[] = [];
  for (let j = 0; j < y.length && (any.length < shownExamples || wrong.length < 3); j++) {
    if (isWrong(j) && wrong.length < 3) wrong.push(j);
    else if (any.length < shownExamples) any.push(j);
  }
  const chosen: number[] = [];
  while (chosen.length < shownExamples && (wrong.length > 0 || any.length > 0)) {
    const next = (chosen.length % 3 === 2 ? wrong.shift() : undefined) ?? any.shift() ?? wrong.shift();
    if (next === undefined) break;
    chosen.push(next);
  }
  return chosen.map((j) => {
    const own = predicted[j] ?? 0;
    return {
      index: j,
      y: y[j] ?? 0,
      predicted: own,
      yHat: model.outputs === 1 ? (yHat[j] ?? Number.NaN) : (yHat[j * model.outputs + own] ?? Number.NaN),
      right: !isWrong(j),
      picture: dataset.image ? examplePicture(String(j), dataset.test.x, j, dataset.image) : null,
    };
  });
}

function weightsOf(dataset: Dataset, problem: Problem, parameters: Parameters): Insight['weights'] {
  const { n } = problem.train.x;
  const [first] = parameterLayout(n, problem.model).layers;
  if (!first) return { kind: 'none' };
  const { image, featureNames, classNames } = dataset;
  if (image) {
    const hidden = problem.model.hidden.length > 0;
    const of = hidden ? 'hidden-units' : first.units > 1 ? 'classes' : 'output';
    const count = Math.min(first.units, shownUnits);
    const labels = Array.from({ length: count }, (_, unit) => (hidden ? String(unit + 1) : (classNames[first.units > 1 ? unit : 1] ?? '')));
    return {
      kind: 'pictures',
      of,
      pictures: labels.map((label, unit) => weightPicture(label, parameters, first.weights + unit * n, image)),
    };
  }
  if (featureNames.length !== n) return { kind: 'none' };
  // several units: a feature's weight is the norm over the units, which has no sign
  const items = featureNames.map((name, k) => {
    if (first.units === 1) return { name, weight: parameters[first.weights + k] ?? 0 };
    let squares = 0;
    for (let unit = 0; unit < first.units; unit++) squares += (parameters[first.weights + unit * n + k] ?? 0) ** 2;
    return { name, weight: Math.sqrt(squares) };
  });
  items.sort((a, b) => Math.abs(b.weight) - Math.abs(a.weight));
  return { kind: 'named', items: items.slice(0, shownWeights) };
}

/** ŷ over the square around the data, a tenth wider than they are. */
async function boundary(lane: LaneName, trainer: Trainer, dataset: Dataset, model: Model): Promise<Insight['boundary']> {
  const { values } = dataset.train.x;
  let reach = 0;
  for (const value of values) reach = Math.max(reach, Math.abs(value));
  reach *= 1.1;
  const grid = new Float32Array(2 * boundarySize * boundarySize);
  for (let row = 0; row < boundarySize; row++) {
    for (let column = 0; column < boundarySize; column++) {
      const at = 2 * (row * boundarySize + column);
      grid[at] = -reach + (2 * reach * (column + 0.5)) / boundarySize;
      grid[at + 1] = reach - (2 * reach * (row + 0.5)) / boundarySize;
    }
  }
  const yHat = await trainer.predict({ storage: 'float32', n: 2, m: boundarySize * boundarySize, values: grid });
  const outputs = model.outputs;
  const ofOne = outputs === 1 ? yHat : Float32Array.from({ length: boundarySize * boundarySize }, (_, i) => yHat[i * outputs + 1] ?? 0);
  return { size: boundarySize, low: [-reach, -reach], high: [reach, reach], values: ofOne, computedOn: lane };
}

function planePoints({ x, y }: Examples): Insight['points'] {
  const count = Math.min(500, x.m);
  return { x: Float32Array.from(x.values.subarray(0, 2 * count)), y: y.slice(0, count) };
}

function scatter(y: ArrayLike<number>, predicted: Float32Array): Insight['scatter'] {
  const count = Math.min(400, y.length);
  return { truth: Float32Array.from({ length: count }, (_, j) => y[j] ?? 0), predicted: predicted.slice(0, count) };
}
