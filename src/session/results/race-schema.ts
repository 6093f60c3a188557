/** The schema of a race's result: what each field is, and what must hold between them. */
import type { LaneName, PlanName, SegmentName } from '../../engine/contract.ts';
import type { MatmulTiles } from '../../engine/gpu/tuning.ts';
import { median } from '../../math/statistics.ts';
import type { RaceLaneReport } from '../race-report.ts';
import {
  costNames,
  cpuLanes,
  datasetNames,
  hiddenActivations,
  normalizations,
  optimizerNames,
  outputActivations,
  planChoices,
  ranges,
  toyNames,
  type Settings,
} from '../settings.ts';
import { agree, environment, holds, timedSamples, times, unique, kernels } from './common-shapes.ts';
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

/** Every name of a type: one that is left out, or one too many, does not compile. */
function namesOf<T extends string>(table: Readonly<Record<T, true>>): readonly T[] {
  return Object.keys(table) as T[];
}

const laneNames = namesOf<LaneName>({ gpu: true, wasm: true, 'wasm-threads': true, reference: true, 'reference-float64': true });

const planNames = namesOf<PlanName>({
  layered: true,
  'two-pass': true,
  'one-pass': true,
  tiny: true,
  reference: true,
  'wasm-one-pass': true,
  'wasm-layered': true,
});

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

const storage = oneOf(['uint8', 'float32']);
const engine = oneOf(laneNames);

const settings: Reader<Settings> = shape<Settings>({
  set: oneOf(datasetNames),
  toy: oneOf(toyNames),
  noise: between(...ranges.noise),
  classes: nullable(pair(count(0))),
  n: wholeBetween(...ranges.n),
  storage,
  m: wholeBetween(...ranges.m),
  testShare: between(...ranges.testShare),
  normalization: oneOf(normalizations),
  seed: wholeBetween(...ranges.seed),
  hidden: list(shape({ units: wholeBetween(...ranges.units), activation: oneOf(hiddenActivations) })),
  output: oneOf(outputActivations),
  cost: oneOf(costNames),
  optimizer: oneOf(optimizerNames),
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
    engine,
    plan: oneOf(planNames),
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
  best: engine,
  against: engine,
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
    seed: wholeBetween(...ranges.seed),
    settings,
    data: shape({ n: count(1), m: count(1), mTest: count(0), storage }),
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
