/**
 * Training to an end without a page: the engines that were asked for take turns on one problem, and the answer is a
 * report. The terminal's verb `train` is this, in a browser or in Node.
 */
import type { Dataset } from '../data/dataset.ts';
import { readOwnLine } from '../data/own/own-text.ts';
import type { Engine, LaneName, Problem, StepCost } from '../engine/contract.ts';
import { CapacityError } from '../engine/errors.ts';
import { parameterLayout } from '../engine/layout.ts';
import { norm } from '../math/norm.ts';
import { Random, streams } from '../math/rng.ts';
import { checksumIn } from './checksum.ts';
import { firstNonFinite } from './first-non-finite.ts';
import type { Environment } from './environment.ts';
import { Field, type RoundCosts } from './field.ts';
import { readBackFloor } from './gpu-access.ts';
import { Harness } from './harness.ts';
import { score } from './insight.ts';
import type { Lane } from './lane.ts';
import { problemFor, requestFor } from './problem.ts';
import type { RaceContext } from './race-context.ts';
import { checkedSteps } from './verify.ts';
import type { Settings } from './settings.ts';
import type { TrainProgress, TrainReport, TrainRequest, TrainRun, TrainSettings } from './train-report.ts';

export interface TrainHost extends Omit<RaceContext, 'tunerMemory' | 'ceilings' | 'browser'> {
  readonly environment: Environment;
}

/** @throws DataError, ProblemError, CapacityError; each names what is at fault */
export async function trainAll(
  request: TrainRequest,
  host: TrainHost,
  onProgress: (progress: TrainProgress) => void,
): Promise<TrainReport> {
  const { settings } = request;
  const dataset = await host.loader.load({ ...requestFor(settings), m: request.m });
  const problem = problemFor(dataset, settings);
  const { signal } = new AbortController();
  const field = new Field(problem, settings.plan, host.clock, signal);
  try {
    let floorMs = 0;
    for (const name of request.lanes) {
      const engine = await engineFor(name, host);
      await field.enter(engine);
      if (name === 'gpu') floorMs = await floorOf(host);
    }
    const harness = new Harness({ clockResolutionMs: host.clockResolutionMs, readBackFloorMs: floorMs, seed: settings.seed });
    const costs = await runToEnd(field, harness, request, host, onProgress);
    return await report(request, host, dataset, problem, field, harness, costs);
  } finally {
    field.dispose();
  }
}

async function engineFor(name: LaneName, host: TrainHost): Promise<Engine> {
  if (name === 'reference') return host.reference;
  if (name === 'reference-float64') return host.truth;
  if (name !== 'gpu') {
    const engine = host.fast.find((one) => one.name === name);
    if (engine) return engine;
    throw new CapacityError(`${name} needs shared memory, and this page is not cross-origin isolated: take --engine wasm`);
  }
  const access = await host.gpu.access();
  if (!access.engine)
    throw new CapacityError(`there is no GPU here (${access.why}${access.detail && `: ${access.detail}`}): leave --engine gpu out`);
  return access.engine;
}

async function floorOf(host: TrainHost): Promise<number> {
  const { engine } = await host.gpu.access();
  return engine ? readBackFloor(engine.device, host.clock) : 0;
}

async function runToEnd(
  field: Field,
  harness: Harness,
  { settings, every }: TrainRequest,
  host: TrainHost,
  onProgress: (progress: TrainProgress) => void,
): Promise<ReadonlyMap<Lane, StepCost[]>> {
  const order = new Random(settings.seed, streams.blocks);
  const kept = new Map<Lane, StepCost[]>(field.lanes.map((lane) => [lane, []]));
  const keep = (costs: RoundCosts): void => {
    for (const [lane, own] of costs) kept.get(lane)?.push(...own.filter(({ step }) => step % every === 0));
  };
  for (let step = 0; step < Math.min(checkedSteps, settings.steps); step++) keep((await field.round(1, order)).costs);
  await field.check(host.truth);
  let toldMs = host.clock();
  while (field.stepsDone < settings.steps) {
    const steps = Math.min(harness.stepsPerBlock, settings.steps - field.stepsDone);
    const { costs, times } = await field.round(steps, order);
    keep(costs);
    harness.add(steps, times, false);
    if ([...costs.values()].some((own) => firstNonFinite(own) !== null)) break;
    if (host.clock() - toldMs < 200) continue;
    toldMs = host.clock();
    onProgress({ step: field.stepsDone, steps: settings.steps });
  }
  onProgress({ step: field.stepsDone, steps: settings.steps });
  return kept;
}

async function report(
  { settings }: TrainRequest,
  host: TrainHost,
  dataset: Dataset,
  problem: Problem,
  field: Field,
  harness: Harness,
  costs: ReadonlyMap<Lane, readonly StepCost[]>,
): Promise<TrainReport> {
  const runs: TrainRun[] = [];
  for (const lane of field.lanes) runs.push(await runOf(lane, dataset, problem, harness, costs.get(lane) ?? []));
  const { hidden, output, outputs, cost } = problem.model;
  return {
    schema: 1,
    kind: 'train',
    precision: 'float32',
    environment: host.environment,
    data: {
      name: readOwnLine(settings.own ?? '')?.file ?? dataset.name,
      n: problem.train.x.n,
      m: problem.train.x.m,
      mTest: dataset.test.x.m,
      ...checksumIn(dataset),
    },
    settings: trainSettings(settings),
    model: { hidden, output, outputs, cost, optimizer: problem.optimizer, l2: problem.l2, batchSize: problem.batchSize },
    seed: settings.seed,
    runs,
    parity: await parityOf(field, runs),
  };
}

function trainSettings({ set, own, toy, noise, classes, n, storage, testShare, normalization }: Settings): TrainSettings {
  return { set, ...(own === undefined ? {} : { own }), toy, noise, classes, n, storage, testShare, normalization };
}

async function runOf(lane: Lane, dataset: Dataset, problem: Problem, harness: Harness, costs: readonly StepCost[]): Promise<TrainRun> {
  const { trainer, engine } = lane;
  const parameters = await trainer.parameters();
  const finalCost = await trainer.cost('train');
  const regression = dataset.task === 'regression';
  const train = score(problem.model, regression, dataset.train.y, await trainer.predict('train')).score;
  const test = dataset.test.x.m > 0 ? score(problem.model, regression, dataset.test.y, await trainer.predict('test')).score : Number.NaN;
  const last = parameterLayout(problem.train.x.n, problem.model).layers.at(-1);
  const biases = last ? Array.from(parameters.subarray(last.biases, last.biases + last.units)) : [];
  const stepMs = lane.checked === true ? harness.stepMs(engine.name) : null;
  return {
    engine: engine.name,
    plan: trainer.plan.name,
    checked: lane.checked === true,
    costs: [...costs, { step: trainer.stepsDone, cost: finalCost }],
    finalCost,
    ...(regression ? { trainR2: train, testR2: test } : { trainAccuracy: train, testAccuracy: test }),
    parameterNorm: norm(parameters),
    bias: biases.length === 1 ? (biases[0] ?? Number.NaN) : biases,
    msPerStep: stepMs && { ...stepMs, ci95: harness.medianInterval(engine.name), samples: [...harness.samples(engine.name)] },
  };
}

async function parityOf(field: Field, runs: readonly TrainRun[]): Promise<TrainReport['parity']> {
  if (runs.length < 2) return null;
  const rows = await Promise.all(field.lanes.map((lane) => lane.trainer.parameters()));
  const spreadOf = (values: readonly number[]): number => Math.max(...values) - Math.min(...values);
  let maxParameterDifference = 0;
  for (let index = 0; index < (rows[0]?.length ?? 0); index++) {
    maxParameterDifference = Math.max(maxParameterDifference, spreadOf(rows.map((row) => row[index] ?? Number.NaN)));
  }
  const recorded = Math.max(...runs.map((run) => run.finalCost)) - Math.min(...runs.map((run) => run.finalCost));
  return { maxCostDifference: Math.max(field.difference.largest, recorded), maxParameterDifference };
}
