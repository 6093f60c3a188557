/** The schema of what the terminal's `train` found: what each field is, and what must hold between them. */
import type { Optimizer, StepCost } from '../../engine/contract.ts';
import { datasetNames, normalizations, ranges, toyNames } from '../settings.ts';
import type { TrainReport, TrainRun, TrainSettings } from '../train-report.ts';
import { environment, times, unique } from './common-shapes.ts';
import { cost, hiddenLayers, laneName, optimizer, output, planName, seed, storage } from './model-shapes.ts';
import type { TrainResult } from './result.ts';
import {
  between,
  count,
  fail,
  flag,
  inside,
  list,
  name,
  notFiniteAsNull,
  nullAsNaN,
  notNegative,
  nullable,
  oneOf,
  optional,
  pair,
  positive,
  shape,
  text,
  where,
  wholeBetween,
  type Place,
  type Reader,
} from './shapes.ts';

/** A number that is not finite once training has gone wrong. */
const size = nullAsNaN(notNegative);

const all = oneOf(['all']);
const batchSize: Reader<number | 'all'> = (value, place) => (value === 'all' ? all(value, place) : count(1)(value, place));
const numbers = list(notFiniteAsNull, 2);
const bias: TrainRunReader['bias'] = (value, place) => (Array.isArray(value) ? numbers(value, place) : notFiniteAsNull(value, place));

type TrainRunReader = { readonly [Key in keyof TrainRun]-?: Reader<TrainRun[Key]> };

const run: Reader<TrainRun> = where(
  shape<TrainRun>({
    engine: laneName,
    plan: planName,
    checked: flag,
    costs: list(shape<StepCost>({ step: count(0), cost: size }), 1),
    finalCost: size,
    trainAccuracy: optional(nullAsNaN(between(0, 1))),
    testAccuracy: optional(nullAsNaN(between(0, 1))),
    trainR2: optional(notFiniteAsNull),
    testR2: optional(notFiniteAsNull),
    parameterNorm: size,
    bias,
    msPerStep: nullable(times),
  }),
  checkRun,
);

function checkRun({ checked, costs, finalCost, msPerStep, ...scores }: TrainRun, place: Place): void {
  const behind = costs.findIndex(({ step }, at) => at > 0 && step <= (costs[at - 1]?.step ?? 0));
  if (behind > 0)
    fail(inside(inside(inside(place, 'costs'), behind), 'step'), 'a later step than the one before', String(costs[behind]?.step));
  const last = costs.at(-1)?.cost;
  if (!Object.is(last, finalCost)) fail(inside(place, 'finalCost'), `the last of the costs, ${last}`, String(finalCost));
  if (msPerStep && !checked) fail(inside(place, 'msPerStep'), 'null beside a wrong answer', 'a time');
  checkScores(scores, place);
}

/** Accuracy for classes, or R² in its place; of both parts. */
function checkScores(scores: Pick<TrainRun, 'trainAccuracy' | 'testAccuracy' | 'trainR2' | 'testR2'>, place: Place): void {
  const accuracies = ['trainAccuracy', 'testAccuracy'] as const;
  const regression = scores.trainR2 !== undefined || scores.testR2 !== undefined;
  const missing = (regression ? (['trainR2', 'testR2'] as const) : accuracies).find((key) => scores[key] === undefined);
  if (missing) fail(inside(place, missing), 'a number', 'nothing');
  const extra = regression && accuracies.find((key) => scores[key] !== undefined);
  if (extra) fail(inside(place, extra), 'nothing beside R²', String(scores[extra]));
}

const model: Reader<TrainReport['model']> = shape<TrainReport['model']>({
  hidden: hiddenLayers,
  output,
  outputs: count(1),
  cost,
  optimizer: shape<Optimizer>({ kind: optimizer, learningRate: positive, beta1: notNegative, beta2: notNegative, epsilon: positive }),
  l2: notNegative,
  batchSize,
});

const settings: Reader<TrainSettings> = shape<TrainSettings>({
  set: oneOf(datasetNames),
  own: optional(text),
  toy: oneOf(toyNames),
  noise: between(...ranges.noise),
  classes: nullable(pair(count(0))),
  n: wholeBetween(...ranges.n),
  storage,
  testShare: between(...ranges.testShare),
  normalization: oneOf(normalizations),
});

export const trainResult: Reader<TrainResult> = where(
  shape<TrainResult>({
    schema: oneOf([1]),
    kind: oneOf(['train']),
    machine: text,
    precision: oneOf(['float32']),
    environment,
    data: shape<TrainResult['data']>({ name, n: count(1), m: count(1), mTest: count(0), checksum: optional(name) }),
    settings: optional(settings),
    model,
    seed,
    runs: list(run, 1),
    parity: nullable(shape({ maxCostDifference: size, maxParameterDifference: size })),
  }),
  ({ runs, parity }, place) => {
    unique(
      runs.map(({ engine }) => engine),
      inside(place, 'runs'),
      'engine',
    );
    const expected = runs.length > 1 ? 'the differences between the runs' : 'null for a single run';
    if ((parity !== null) !== runs.length > 1) fail(inside(place, 'parity'), expected, parity === null ? 'null' : 'an object');
  },
);
