/** The schema of a sweep's result: what each field is, and what must hold between them. */
import { median } from '../../math/statistics.ts';
import type { SweepReport, SweepSample } from '../sweep/report.ts';
import { isSweepModel, sweepBudgets, sweepRanges, type SweepModel, type SweepSettings } from '../sweep/settings.ts';
import { datasetNames, normalizations, ranges, toyNames } from '../settings.ts';
import { agree, environment, holds } from './common-shapes.ts';
import { shown } from './errors.ts';
import { laneName, seed, storage } from './model-shapes.ts';
import type { SweepResult } from './result.ts';
import {
  between,
  count,
  fail,
  finite,
  flag,
  inside,
  list,
  name,
  notNegative,
  nullable,
  oneOf,
  pair,
  positive,
  shape,
  optional,
  text,
  where,
  wholeBetween,
  type Place,
  type Reader,
} from './shapes.ts';

const model: Reader<SweepModel> = (value, place) =>
  typeof value === 'string' && isSweepModel(value) ? value : fail(place, 'svm, svm-hog, logistic or units such as 512-512', shown(value));

const seeds = wholeBetween(...sweepRanges.seeds);

const settings: Reader<SweepSettings> = where(
  shape<SweepSettings>({
    set: oneOf(datasetNames),
    own: optional(text),
    classes: nullable(pair(count(0))),
    toy: oneOf(toyNames),
    noise: between(...ranges.noise),
    n: wholeBetween(...ranges.n),
    storage,
    testShare: between(...ranges.testShare),
    normalization: oneOf(normalizations),
    seed,
    mFrom: wholeBetween(...sweepRanges.m),
    mTo: wholeBetween(...sweepRanges.m),
    points: wholeBetween(...sweepRanges.points),
    seeds,
    seedsAbove: seeds,
    models: list(model, 1),
    learningRate: between(...ranges.learningRate),
    budget: oneOf(sweepBudgets),
    epochs: wholeBetween(...sweepRanges.epochs),
    steps: wholeBetween(...sweepRanges.steps),
    timed: model,
  }),
  ({ mFrom, mTo }, place) => {
    if (mFrom > mTo) fail(inside(place, 'mFrom'), `at most mTo, ${mTo}`, String(mFrom));
  },
);

/** Accuracy is a share; R² may be anything up to 1. */
const score = between(-Number.MAX_VALUE, 1);

const sample: Reader<SweepSample> = where(
  shape<SweepSample>({
    model,
    m: count(1),
    seed: count(0),
    test: nullable(score),
    train: nullable(score),
    steps: count(0),
    seconds: notNegative,
    engine: laneName,
    ended: oneOf(['stopped', 'cap', 'budget', 'diverged']),
    diverged: nullable(shape({ learningRate: positive, step: count(0) })),
  }),
  ({ test, train, ended, diverged }, place) => {
    const bad = ended === 'diverged';
    if (bad !== (diverged !== null)) fail(inside(place, 'diverged'), bad ? 'where it diverged' : 'null', shown(diverged));
    if (bad !== (test === null)) fail(inside(place, 'test'), bad ? 'null beside a run that diverged' : 'a score', shown(test));
    if (bad !== (train === null)) fail(inside(place, 'train'), bad ? 'null beside a run that diverged' : 'a score', shown(train));
  },
);

type Group = SweepReport['accuracy'][number];

const group: Reader<Group> = where(
  shape<Group>({
    model,
    m: count(1),
    seeds: count(1),
    samples: list(sample, 1),
    test: nullable(shape({ mean: finite, min: finite, max: finite })),
    train: nullable(shape({ mean: finite })),
  }),
  checkGroup,
);

/** What stands beside the runs is what they amount to. */
function checkGroup({ model: own, m, seeds: runs, samples, test, train }: Group, place: Place): void {
  if (samples.length !== runs) fail(inside(place, 'seeds'), `the number of samples, ${samples.length}`, String(runs));
  const stranger = samples.findIndex((one) => one.model !== own || one.m !== m);
  const again = samples.findIndex(({ seed: one }, index) => samples.findIndex((other) => other.seed === one) < index);
  if (again >= 0)
    fail(inside(inside(inside(place, 'samples'), again), 'seed'), 'a seed that no other run has', shown(samples[again]?.seed));
  if (stranger >= 0) fail(inside(inside(place, 'samples'), stranger), `a run of ${own} on m = ${m}`, 'another');
  const scores = samples.flatMap((one) => (one.test === null ? [] : [one.test]));
  if ((test === null) !== (scores.length === 0))
    fail(inside(place, 'test'), scores.length === 0 ? 'null' : 'what the runs amount to', shown(test));
  if ((train === null) !== (scores.length === 0))
    fail(inside(place, 'train'), scores.length === 0 ? 'null' : 'what the runs amount to', shown(train));
  if (!test || !train) return;
  const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
  const at = inside(place, 'test');
  agree(test.mean, mean(scores), 'mean of the runs', inside(at, 'mean'));
  agree(test.min, Math.min(...scores), 'smallest of the runs', inside(at, 'min'));
  agree(test.max, Math.max(...scores), 'largest of the runs', inside(at, 'max'));
  agree(train.mean, mean(samples.flatMap((one) => one.train ?? [])), 'mean of the runs', inside(inside(place, 'train'), 'mean'));
}

type Point = SweepReport['time']['points'][number];

const point: Reader<Point> = where(
  shape<Point>({
    m: count(1),
    gpuMs: nullable(positive),
    cpuMs: nullable(positive),
    cpuLane: nullable(name),
    gpuPlan: nullable(text),
    cpuPlan: nullable(text),
    gpuProblem: nullable(name),
    cpuProblem: nullable(name),
    samples: shape({ gpu: list(positive), cpu: list(positive) }),
  }),
  ({ gpuMs, cpuMs, samples: { gpu, cpu } }, place) => {
    for (const [key, value, own] of [['gpuMs', gpuMs, gpu] as const, ['cpuMs', cpuMs, cpu] as const]) {
      const at = inside(place, key);
      if ((value === null) !== (own.length === 0)) fail(at, own.length === 0 ? 'null without samples' : 'their median', shown(value));
      if (value !== null) agree(value, median(own), `median of the ${own.length} samples`, at);
    }
  },
);

const line = nullable(shape({ fixedMs: notNegative, msPerExample: finite }));

type Crossover = SweepReport['time']['crossover'];
type Crossing = Exclude<Crossover, { readonly none: string }>;

/** An interval without an upper end has null there. */
const openInterval: Reader<Crossing['ci95']> = (value, place) => {
  const [low, high] = pair(nullable(notNegative))(value, place);
  if (low === null) return fail(inside(place, 0), 'a number', 'null');
  if (high !== null && low > high) fail(place, 'the lower end first', `[${low}, ${high}]`);
  return [low, high];
};

const crossing: Reader<Crossing> = where(
  shape<Crossing>({ m: positive, ci95: openInterval, inside: flag, faster: oneOf(['gpu', 'cpu']) }),
  ({ m, ci95: [low, high] }, place) => {
    holds([low, high ?? Number.POSITIVE_INFINITY], m, inside(place, 'ci95'));
  },
);

const crossover: Reader<Crossover> = (value, place) =>
  typeof value === 'object' && value !== null && 'none' in value ? shape({ none: name })(value, place) : crossing(value, place);

export const sweepResult: Reader<SweepResult> = where(
  shape<SweepResult>({
    schema: oneOf([1]),
    kind: oneOf(['sweep']),
    machine: text,
    precision: oneOf(['float32']),
    environment,
    seed,
    settings,
    data: shape<SweepResult['data']>({ name, n: count(1), mTest: count(0), score: oneOf(['accuracy', 'R²']), checksum: optional(name) }),
    time: shape({ model, points: list(point), gpu: line, cpu: line, crossover }),
    accuracy: list(group),
    unfinished: count(0),
  }),
  ({ accuracy, time, seed: own, settings: { timed, seed: set } }, place) => {
    if (own !== set) fail(inside(place, 'seed'), `that of the settings, ${set}`, String(own));
    if (time.model !== timed) fail(inside(inside(place, 'time'), 'model'), JSON.stringify(timed), JSON.stringify(time.model));
    const keys = accuracy.map((one) => `${one.model} on m = ${one.m}`);
    const twice = keys.findIndex((key, index) => keys.indexOf(key) < index);
    if (twice >= 0) fail(inside(inside(place, 'accuracy'), twice), 'a model and an m that no other has', keys[twice] ?? '');
  },
);
