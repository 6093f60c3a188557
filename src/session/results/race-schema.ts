/** The schema of a race's result: what each field is, and what must hold between them. */
import type { SegmentName } from '../../engine/contract.ts';
import type { MatmulTiles } from '../../engine/gpu/tuning.ts';
import { median } from '../../math/statistics.ts';
import type { RaceLaneReport } from '../race-report.ts';
import { cpuLanes, datasetNames, normalizations, planChoices, ranges, toyNames, type Settings } from '../settings.ts';
import { agree, environment, holds, timedSamples, times, unique, kernels } from './common-shapes.ts';
import { cost, hiddenLayers, laneName, namesOf, optimizer, output, planName, seed, storage } from './model-shapes.ts';
import type { RaceResult } from './result.ts';
import {
  between,
  count,
  fail,
  finite,
  flag,
  inside,
  interval,
  list,
  name,
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

const segmentNames = namesOf<SegmentName>({
  matmul: true,
  'sigmoid-cost': true,
  'gradient-update': true,
  'fused-forward': true,
  'fused-backward': true,
  'fused-gradient': true,
  'fused-pass': true,
  'reduce-update': true,
  'fused-step': true,
});

const matmulNames = namesOf<MatmulTiles>({ tiled: true, 'tiled-wide': true, register: true, quad: true });

const settings: Reader<Settings> = shape<Settings>({
  set: oneOf(datasetNames),
  own: optional(text),
  toy: oneOf(toyNames),
  noise: between(...ranges.noise),
  classes: nullable(pair(count(0))),
  n: wholeBetween(...ranges.n),
  storage,
  m: wholeBetween(...ranges.m),
  testShare: between(...ranges.testShare),
  normalization: oneOf(normalizations),
  seed,
  hidden: hiddenLayers,
  output,
  cost,
  optimizer,
  learningRate: between(...ranges.learningRate),
  l2: between(...ranges.l2),
  batch: wholeBetween(...ranges.batch),
  steps: wholeBetween(...ranges.steps),
  gpu: flag,
  cpu: nullable(oneOf(cpuLanes)),
  plan: oneOf(planChoices),
});

const lane: Reader<RaceLaneReport> = where(
  shape<RaceLaneReport>({
    engine: laneName,
    plan: planName,
    kernels,
    tuning: nullable(shape({ lanes: nullable(count(1)), groups: nullable(count(1)), matmul: nullable(oneOf(matmulNames)) })),
    checked: nullable(flag),
    steps: count(0),
    msPerStep: nullable(times),
    coldMs: nullable(notNegative),
    outliers: count(0),
    drift: nullable(finite),
    gigabytesPerSecond: nullable(notNegative),
    gigaflopsPerSecond: nullable(notNegative),
    bytesPerStep: notNegative,
    dispatchesPerStep: notNegative,
    profile: nullable(
      shape<NonNullable<RaceLaneReport['profile']>>({
        how: oneOf(['timestamps', 'apart', 'clock']),
        segments: list(shape({ name: oneOf(segmentNames), ms: nullable(notNegative) })),
        overheadMs: notNegative,
        droppedSpans: optional(count(0)),
      }),
    ),
  }),
  ({ checked, msPerStep, outliers }, place) => {
    if (msPerStep && !checked) {
      fail(inside(place, 'msPerStep'), `null beside ${checked === null ? 'an answer that was not checked' : 'a wrong answer'}`, 'a time');
    }
    const most = msPerStep?.samples.length ?? Number.POSITIVE_INFINITY;
    if (outliers > most) fail(inside(place, 'outliers'), `at most as many as there are samples, ${most}`, String(outliers));
  },
);

type SpeedUp = NonNullable<RaceResult['speedup']>;

const speedup: Reader<SpeedUp> = shape<SpeedUp>({
  best: laneName,
  against: laneName,
  ratio: positive,
  ci95: interval,
  blocks: count(1),
  verdict: oneOf(['gpu', 'cpu', 'no-difference', 'below-resolution']),
});

function checkSpeedUp(read: SpeedUp, lanes: readonly RaceLaneReport[], place: Place): void {
  const best = timedSamples(lanes, read.best, inside(place, 'best'));
  const against = timedSamples(lanes, read.against, inside(place, 'against'));
  if (read.best === read.against) fail(inside(place, 'against'), 'another lane', JSON.stringify(read.against));
  const most = Math.min(best.length, against.length);
  if (read.blocks > most) fail(inside(place, 'blocks'), `at most as many as there are samples, ${most}`, String(read.blocks));
  const expected = median(against.slice(-read.blocks)) / median(best.slice(-read.blocks));
  agree(read.ratio, expected, `ratio of the medians of ${read.against} and ${read.best}`, inside(place, 'ratio'));
  holds(read.ci95, read.ratio, inside(place, 'ci95'));
}

export const raceResult: Reader<RaceResult> = where(
  shape<RaceResult>({
    schema: oneOf([1]),
    kind: oneOf(['race']),
    machine: text,
    precision: oneOf(['float32']),
    environment,
    seed,
    settings,
    data: shape<RaceResult['data']>({ n: count(1), m: count(1), mTest: count(0), storage, checksum: optional(name) }),
    stepsPerBlock: count(1),
    hiddenRounds: count(0),
    difference: nullable(shape({ largest: notNegative, steps: count(0) })),
    lanes: list(lane, 1),
    speedup: nullable(speedup),
  }),
  (read, place) => {
    if (read.settings.seed !== read.seed) fail(inside(inside(place, 'settings'), 'seed'), String(read.seed), String(read.settings.seed));
    unique(
      read.lanes.map((one) => one.engine),
      inside(place, 'lanes'),
      'engine',
    );
    if (read.speedup) checkSpeedUp(read.speedup, read.lanes, inside(place, 'speedup'));
  },
);
