/** Results of machines that do not exist, put together from samples as the measuring code does it. */
import { ratioInterval, spread } from '../../src/math/statistics.ts';
import { noTime } from '../../src/session/bench/reason.ts';
import type { LaneResult, RatioResult, WorkloadResult } from '../../src/session/bench/report.ts';
import { peerNames, workloads, type Workload } from '../../src/session/bench/workload.ts';
import type { RaceLaneReport, TimedSamples } from '../../src/session/race-report.ts';
import type { BenchResult, RaceResult, SweepResult, TrainResult } from '../../src/session/results/result.ts';
import type { TrainRun } from '../../src/session/train-report.ts';
import { makeReport } from '../../src/session/sweep/make-report.ts';
import type { SweepLaw, SweepSample, SweepTime } from '../../src/session/sweep/report.ts';
import { defaultSweeps } from '../../src/session/sweep/settings.ts';
import { defaultSettings } from '../../src/session/settings.ts';
import { madeUpEnvironment } from './environment.ts';

export function timesOf(samples: readonly number[]): TimedSamples {
  const { low, high } = ratioInterval(samples, new Array<number>(samples.length).fill(1), 1, { resamples: 200 });
  return { ...spread(samples), ci95: [low, high], samples };
}

export function laneOf(engine: string, samples: readonly number[]): LaneResult {
  return {
    engine,
    plan: 'one-pass',
    kernels: [{ kernel: 'one-pass/uint8 main', workgroups: [512, 1, 1], sizes: { workgroupSize: 64, chunksPerThread: 1 } }],
    peer: peerNames.some((peer) => peer === engine),
    checked: { ok: true, maxDifference: 1.5e-7 },
    msPerStep: timesOf(samples),
    coldMs: 31.5,
    stepsPerBlock: 12,
    outliers: 1,
    drift: 0.02,
    gigabytesPerSecond: 3.5,
    gigaflopsPerSecond: 5.25,
    bytesPerStep: 6_422_528,
    dispatchesPerStep: 2,
    shareOfCopy: null,
    shareOfFma: null,
    endToEndMs: null,
    error: null,
  };
}

function ratioOf(best: LaneResult, against: LaneResult): RatioResult {
  const { ratio, low, high } = ratioInterval(against.msPerStep?.samples ?? [], best.msPerStep?.samples ?? [], 1);
  return { best: best.engine, against: against.engine, ratio, ci95: [low, high] };
}

export function workloadOf(definition: Workload, lanes: readonly LaneResult[]): WorkloadResult {
  const lane = (name: string): LaneResult | undefined => lanes.find(({ engine }) => engine === name);
  const [gpu, cpu, peer] = [lane('gpu'), lane('wasm'), lane('jax-webgpu')];
  return {
    name: definition.name,
    n: 784,
    m: 8192,
    model: 'logistic',
    definition,
    lanes,
    speedup: gpu && cpu ? ratioOf(gpu, cpu) : null,
    peers: gpu && peer ? [ratioOf(gpu, peer)] : [],
    hiddenRounds: 2,
    error: null,
  };
}

export function benchOf(results: readonly WorkloadResult[]): BenchResult {
  const logarithms = results.flatMap(({ speedup }) => (speedup ? [Math.log(speedup.ratio)] : []));
  const ratio = Math.exp(logarithms.reduce((sum, one) => sum + one, 0) / logarithms.length);
  return {
    schema: 1,
    kind: 'bench',
    machine: 'the one under the desk',
    precision: 'float32',
    environment: madeUpEnvironment,
    seed: 1,
    budgetMs: 8000,
    endToEndSteps: 1000,
    ceilings: null,
    laws: [],
    workloads: results,
    unfinished: ['matmul 2048'],
    score: logarithms.length > 0 ? { ratio, ci95: [0.9 * ratio, 1.1 * ratio] } : null,
  };
}

const [logistic, , , , , , net] = workloads;
const matmul = workloads.find(({ kind }) => kind === 'matmul');
const activation = workloads.find(({ kind }) => kind === 'activation');

/** One of everything that a benchmark's file may hold. */
export function madeUpBench(): BenchResult {
  if (!logistic || !net || !matmul || !activation) throw new Error('a workload has gone');
  const gpu = {
    ...laneOf('gpu', [2, 2.1, 1.9, 2.05, 2.2]),
    shareOfCopy: 0.8,
    shareOfFma: 0.1,
    endToEndMs: 2.5,
  };
  const wrong: LaneResult = {
    ...laneOf('reference', [1, 1]),
    checked: { ok: false, maxDifference: 0.5 },
    msPerStep: null,
    coldMs: null,
    gigabytesPerSecond: null,
    gigaflopsPerSecond: null,
    error: 'WRONG: differs by 5.0e-1 of the largest value',
  };
  const absent: LaneResult = {
    ...laneOf('wasm-threads', [1, 1]),
    ...{ plan: '', kernels: [], checked: null, msPerStep: null, coldMs: null, outliers: 0, drift: null },
    ...{ gigabytesPerSecond: null, gigaflopsPerSecond: null, dispatchesPerStep: null, ...noTime('not-isolated') },
  };
  const ceiling = { copyGigabytesPerSecond: 90, fmaGigaflopsPerSecond: 3000 };
  return {
    ...benchOf([
      workloadOf(logistic, [gpu, laneOf('wasm', [5, 5.5, 5.2, 5.1, 5]), wrong, laneOf('jax-webgpu', [4, 4.1, 4.2, 3.9, 4])]),
      workloadOf(net, [laneOf('gpu', [1, 1.1, 1.05]), laneOf('wasm', [0.5, 0.6, 0.55])]),
      workloadOf(matmul, [laneOf('gpu', [1, 1.1, 1.05]), absent]),
      workloadOf(activation, [laneOf('wasm', [1, 1.1, 1.05])]),
    ]),
    ceilings: { gpu: ceiling, cpu: { ...ceiling, oneThread: ceiling } },
    laws: [
      {
        engine: 'gpu',
        plan: 'one-pass',
        model: 'logistic',
        n: 784,
        fixedMs: 0.4,
        msPerExample: 1e-4,
        points: [{ m: 512, medianMs: 0.5, deviation: -0.01 }],
      },
    ],
  };
}

function raceLane(engine: RaceLaneReport['engine'], samples: readonly number[]): RaceLaneReport {
  return {
    engine,
    plan: engine === 'gpu' ? 'two-pass' : 'wasm-one-pass',
    kernels: [{ kernel: 'one-pass/uint8 main', workgroups: [512, 1, 1], sizes: { workgroupSize: 64, chunksPerThread: 1 } }],
    tuning: engine === 'gpu' ? { lanes: 8, groups: null, matmul: null } : null,
    checked: true,
    steps: 2000,
    msPerStep: timesOf(samples),
    coldMs: 120,
    outliers: 0,
    drift: -0.01,
    gigabytesPerSecond: 30,
    gigaflopsPerSecond: 12,
    bytesPerStep: 5_000_000,
    dispatchesPerStep: engine === 'gpu' ? 1 / 256 : 0,
    profile:
      engine === 'gpu'
        ? {
            how: 'timestamps',
            segments: [
              { name: 'fused-forward', ms: 0.5 },
              { name: 'fused-backward', ms: null },
            ],
            overheadMs: 0.1,
            droppedSpans: 3,
          }
        : null,
  };
}

export function madeUpRace(): RaceResult {
  const gpu = raceLane('gpu', [1, 1.1, 1.05, 1.02, 1.2, 1.1]);
  const wasm = raceLane('wasm-threads', [3, 3.1, 3.05, 3.02, 3.2, 3.1]);
  const { ratio, low, high } = ratioInterval(wasm.msPerStep?.samples ?? [], gpu.msPerStep?.samples ?? [], 1);
  return {
    schema: 1,
    kind: 'race',
    machine: '',
    precision: 'float32',
    environment: madeUpEnvironment,
    seed: 1,
    settings: { ...defaultSettings.fashion, classes: [0, 6] },
    data: { n: 784, m: 2048, mTest: 10_000, storage: 'uint8' },
    stepsPerBlock: 20,
    hiddenRounds: 0,
    difference: { largest: 3.1e-6, steps: 2000 },
    lanes: [gpu, wasm],
    speedup: { best: 'gpu', against: 'wasm-threads', ratio, ci95: [low, high], blocks: 6, verdict: 'gpu' },
  };
}

function sweepRun(model: string, m: number, seed: number, test: number | null): SweepSample {
  const diverged = test === null ? { learningRate: 0.001, step: 40 } : null;
  const ended = test === null ? 'diverged' : 'stopped';
  return { model, m, seed, test, train: test === null ? null : test + 0.1, steps: 320, seconds: 0.5, engine: 'wasm', ended, diverged };
}

export function madeUpSweep(): SweepResult {
  const settings = { ...defaultSweeps.fashion, classes: [0, 6] as const };
  const time = (m: number, gpu: readonly number[], cpu: readonly number[]): SweepTime => {
    const rest = { gpuPlan: 'two-pass', cpuPlan: 'wasm-one-pass', cpuLane: 'wasm-threads', gpuProblem: null, cpuProblem: null } as const;
    return { m, gpuMs: gpu, cpuMs: cpu, ...rest };
  };
  const times = [time(1000, [0.5, 0.6, 0.55], [0.3, 0.4, 0.35]), time(60_000, [3, 3.1, 3.2], [15, 16, 15.5])];
  const samples = [sweepRun('logistic', 100, 0, 0.6), sweepRun('logistic', 100, 1, 0.7), sweepRun('512-512', 100, 0, null)];
  const line = (fixedMs: number, msPerExample: number): SweepLaw => ({
    fixedMs,
    msPerExample,
    largestDeviation: 0,
    from: 1000,
    to: 60_000,
  });
  const crossover = { kind: 'crossing', m: 2200, ci95: [2000, 2400], inside: true, faster: 'gpu' } as const;
  const laws = { gpu: line(0.5, 4e-5), cpu: line(0.1, 2.5e-4), crossover };
  const about = { environment: madeUpEnvironment, data: { name: 'fashion', n: 784, mTest: 2000, score: 'accuracy' } } as const;
  return { machine: '', ...makeReport({ settings, times, samples, laws }, about, 9) };
}

function trainRun(engine: TrainRun['engine'], finalCost: number): TrainRun {
  return {
    engine,
    plan: engine === 'gpu' ? 'two-pass' : 'reference',
    checked: true,
    costs: [
      { step: 0, cost: Math.LN2 },
      { step: 100, cost: 0.5 },
      { step: 200, cost: finalCost },
    ],
    finalCost,
    trainAccuracy: 0.93,
    testAccuracy: 0.925,
    parameterNorm: 1.5,
    bias: -0.1,
    msPerStep: timesOf([0.2, 0.25, 0.3, 0.26, 0.24]),
  };
}

export function madeUpTraining(): TrainResult {
  return {
    schema: 1,
    kind: 'train',
    machine: 'the one under the desk',
    precision: 'float32',
    environment: madeUpEnvironment,
    data: { name: 'adverts', n: 57, m: 3680, mTest: 921 },
    model: {
      hidden: [{ units: 4, activation: 'tanh' }],
      output: 'sigmoid',
      outputs: 1,
      cost: 'cross-entropy',
      optimizer: { kind: 'adam', learningRate: 0.5, beta1: 0.9, beta2: 0.999, epsilon: 1e-8 },
      l2: 0.1,
      batchSize: 64,
    },
    seed: 1,
    runs: [trainRun('gpu', 0.45), trainRun('reference', 0.4500001)],
    parity: { maxCostDifference: 1e-7, maxParameterDifference: 2e-6 },
  };
}
