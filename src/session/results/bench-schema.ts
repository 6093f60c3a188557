/** The schema of a benchmark's result: what each field is, and what must hold between them. */
import { median } from '../../math/statistics.ts';
import type { LaneResult, LawResult, RatioResult, WorkloadResult } from '../bench/report.ts';
import { laneReasons } from '../bench/reason.ts';
import { ownLanes, peerNames, type ActivationWorkload, type MatmulWorkload, type TrainWorkload, type Workload } from '../bench/workload.ts';
import type { Ceilings, Rates } from '../protocol.ts';
import { planChoices } from '../settings.ts';
import { agree, environment, holds, kernels, timedSamples, times, unique } from './common-shapes.ts';
import { hiddenLayers, seed, storage } from './model-shapes.ts';
import type { BenchResult } from './result.ts';
import {
  count,
  fail,
  finite,
  flag,
  inside,
  interval,
  list,
  name,
  notFiniteAsNull,
  notNegative,
  nullable,
  oneOf,
  optional,
  positive,
  shape,
  text,
  where,
  type Place,
  type Reader,
} from './shapes.ts';

const engine = oneOf([...ownLanes, ...peerNames]);

const definitions: { readonly [Kind in Workload['kind']]: Reader<Extract<Workload, { readonly kind: Kind }>> } = {
  train: shape<TrainWorkload>({
    kind: oneOf(['train']),
    name,
    n: count(1),
    m: count(1),
    storage,
    hidden: hiddenLayers,
    outputs: count(1),
    learningRate: positive,
    plan: optional(oneOf(planChoices)),
  }),
  matmul: shape<MatmulWorkload>({ kind: oneOf(['matmul']), name, size: count(1) }),
  activation: shape<ActivationWorkload>({ kind: oneOf(['activation']), name, count: count(1) }),
};

const definition: Reader<Workload> = (value, place) => {
  const { kind } = shape<Pick<Workload, 'kind'>>({ kind: oneOf(['train', 'matmul', 'activation']) })(value, place);
  return definitions[kind](value, place);
};

const lane: Reader<LaneResult> = where(
  shape<LaneResult>({
    engine,
    plan: text,
    kernels,
    peer: flag,
    checked: nullable(shape({ ok: flag, maxDifference: notFiniteAsNull })),
    msPerStep: nullable(times),
    coldMs: nullable(notNegative),
    stepsPerBlock: count(0),
    outliers: count(0),
    drift: nullable(finite),
    gigabytesPerSecond: nullable(positive),
    gigaflopsPerSecond: nullable(positive),
    bytesPerStep: notNegative,
    dispatchesPerStep: nullable(notNegative),
    error: nullable(name),
    reason: optional(oneOf(laneReasons)),
    shareOfCopy: nullable(notNegative),
    shareOfFma: nullable(notNegative),
    endToEndMs: nullable(notNegative),
  }),
  checkLane,
);

function checkLane(read: LaneResult, place: Place): void {
  const { checked, msPerStep, error, reason } = read;
  const isPeer = peerNames.some((peer) => peer === read.engine);
  if (read.peer !== isPeer) fail(inside(place, 'peer'), `${isPeer} for ${read.engine}`, String(read.peer));
  if (checked?.ok && !(checked.maxDifference >= 0)) {
    fail(inside(inside(place, 'checked'), 'maxDifference'), 'a number of 0 or more', String(checked.maxDifference));
  }
  if (reason !== undefined && msPerStep !== null) fail(inside(place, 'reason'), 'nothing beside a time', JSON.stringify(reason));
  if (msPerStep === null) {
    if (error === null) fail(inside(place, 'error'), 'why there is no time', 'null');
    return;
  }
  if (error !== null) fail(inside(place, 'error'), 'null beside a time', JSON.stringify(error));
  if (!checked?.ok) fail(inside(place, 'checked'), 'a right answer beside a time', checked === null ? 'null' : 'a wrong one');
  if (read.stepsPerBlock < 1) fail(inside(place, 'stepsPerBlock'), 'a whole number of 1 or more beside a time', String(read.stepsPerBlock));
  if (read.outliers > msPerStep.samples.length) {
    fail(inside(place, 'outliers'), `at most as many as there are samples, ${msPerStep.samples.length}`, String(read.outliers));
  }
}

const ratio: Reader<RatioResult> = shape<RatioResult>({ best: engine, against: engine, ratio: positive, ci95: interval });

function checkRatio(read: RatioResult, lanes: readonly LaneResult[], place: Place): void {
  const best = timedSamples(lanes, read.best, inside(place, 'best'));
  const against = timedSamples(lanes, read.against, inside(place, 'against'));
  if (read.best === read.against) fail(inside(place, 'against'), 'another lane', JSON.stringify(read.against));
  const blocks = Math.min(best.length, against.length);
  const expected = median(against.slice(0, blocks)) / median(best.slice(0, blocks));
  agree(read.ratio, expected, `ratio of the medians of ${read.against} and ${read.best}`, inside(place, 'ratio'));
  holds(read.ci95, read.ratio, inside(place, 'ci95'));
}

const workload: Reader<WorkloadResult> = where(
  shape<WorkloadResult>({
    name,
    n: count(1),
    m: count(1),
    model: name,
    definition,
    lanes: list(lane),
    speedup: nullable(ratio),
    peers: list(ratio),
    hiddenRounds: count(0),
    error: nullable(name),
  }),
  (read, place) => {
    const { lanes, speedup, peers, error } = read;
    if (read.definition.name !== read.name)
      fail(inside(inside(place, 'definition'), 'name'), JSON.stringify(read.name), read.definition.name);
    if (error !== null && lanes.length > 0) fail(inside(place, 'error'), 'null beside lanes', JSON.stringify(error));
    if (error === null && lanes.length === 0) fail(inside(place, 'lanes'), 'a list of 1 or more where there is no error', 'a list of 0');
    unique(
      lanes.map((one) => one.engine),
      inside(place, 'lanes'),
      'engine',
    );
    if (speedup) checkRatio(speedup, lanes, inside(place, 'speedup'));
    for (const [index, peer] of peers.entries()) checkRatio(peer, lanes, inside(inside(place, 'peers'), index));
  },
);

const rates = { copyGigabytesPerSecond: positive, fmaGigaflopsPerSecond: positive };
const ceiling = nullable(shape<Rates>(rates));
const cpuCeiling = nullable(shape<NonNullable<Ceilings['cpu']>>({ ...rates, oneThread: ceiling }));

const law = shape<LawResult>({
  engine,
  plan: name,
  model: name,
  n: count(1),
  fixedMs: notNegative,
  msPerExample: finite,
  points: list(shape({ m: count(1), medianMs: positive, deviation: finite })),
});

export const benchResult: Reader<BenchResult> = where(
  shape<BenchResult>({
    schema: oneOf([1]),
    kind: oneOf(['bench']),
    machine: text,
    precision: oneOf(['float32']),
    environment,
    seed,
    budgetMs: positive,
    workloads: list(workload),
    unfinished: list(name),
    score: nullable(shape({ ratio: positive, ci95: interval })),
    ceilings: nullable(shape<Ceilings>({ gpu: ceiling, cpu: cpuCeiling })),
    laws: list(law),
    endToEndSteps: count(1),
  }),
  ({ workloads, laws, unfinished, score }, place) => {
    if (workloads.length + laws.length === 0) fail(inside(place, 'workloads'), 'a list of 1 or more where there is no law', 'a list of 0');
    const names = workloads.map((one) => one.name);
    unique(names, inside(place, 'workloads'), 'name');
    const both = unfinished.findIndex((one) => names.includes(one));
    if (both >= 0) fail(inside(inside(place, 'unfinished'), both), 'a workload that has no result', JSON.stringify(unfinished[both]));
    const logarithms = workloads.flatMap(({ speedup }) => (speedup ? [Math.log(speedup.ratio)] : []));
    const at = inside(place, 'score');
    if (score === null && logarithms.length > 0) fail(at, 'a score, for there are speed-ups', 'null');
    if (score === null) return;
    if (logarithms.length === 0) fail(at, 'null, for there is no speed-up', 'a score');
    const mean = Math.exp(logarithms.reduce((sum, one) => sum + one, 0) / logarithms.length);
    agree(score.ratio, mean, 'geometric mean of the speed-ups', inside(at, 'ratio'));
    holds(score.ci95, score.ratio, inside(at, 'ci95'));
  },
);
