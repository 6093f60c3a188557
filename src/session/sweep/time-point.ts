/**
 * The time of a step at one m, on the GPU and on every CPU lane, measured as a benchmark does: answers checked against
 * float64, blocks in turns in an order drawn anew. The fastest CPU lane stands for the CPU.
 */
import type { Engine, LaneName, Problem, Trainer } from '../../engine/contract.ts';
import { GpuEngine, type GpuPlanChoice } from '../../engine/gpu/engine.ts';
import { throwIfLost } from '../../engine/gpu/loss.ts';
import { measureLanes, type MeasureOptions } from '../bench/measure.ts';
import type { LaneResult } from '../bench/report.ts';
import { answeredSteps, type BenchLane, type LaneAnswer, type PreparedLane, type TrainWorkload } from '../bench/workload.ts';
import { failureOf } from '../failure.ts';
import { affordableProblem } from '../verify.ts';
import type { Truth } from '../bench/input.ts';
import type { SweepTime } from './report.ts';

/** For the timed rounds of one m; preparing and warming up come on top. */
export const pointBudgetMs = 2000;

export interface PointOptions extends Omit<MeasureOptions, 'onLane' | 'budgetMs'> {
  readonly truth: Engine;
  /** One at every m, because two plans are two laws. */
  readonly gpuPlan: GpuPlanChoice;
}

export interface TimedPoint {
  readonly time: SweepTime;
  /** Lanes that this m is too large for. */
  readonly tooLarge: readonly ('gpu' | 'cpu')[];
}

/** @param engines the GPU's, if there is one, and those of the CPU */
export async function timePoint(problem: Problem, engines: readonly Engine[], options: PointOptions): Promise<TimedPoint> {
  const { x, y } = problem.train;
  const checked = affordableProblem(problem);
  const { hidden, outputs } = problem.model;
  const shape = { n: x.n, m: x.m, storage: x.storage, hidden, outputs, learningRate: problem.optimizer.learningRate };
  const workload: TrainWorkload = { kind: 'train', name: 'sweep', ...shape };
  const input = { x: x.values, y, scale: 1, shift: 0, start: new Float32Array(0) };
  const truth = await truthOf(checked, options.truth);
  const tooLarge = new Set<string>();
  const lanes = engines.map((engine) => laneOf(engine, problem, checked, options.gpuPlan, tooLarge));
  const measured = await measureLanes(workload, input, truth, lanes, { ...options, budgetMs: pointBudgetMs, onLane: () => undefined });
  for (const engine of engines) if (engine instanceof GpuEngine) throwIfLost(engine.device);
  const large = (kind: 'gpu' | 'cpu'): boolean => lanes.filter((lane) => lane.kind === kind).some(({ name }) => tooLarge.has(name));
  const time = pointOf(x.m, measured.results, measured.samples, lanes);
  const without = { gpu: time.gpuMs.length === 0, cpu: time.cpuMs.length === 0 };
  return { time, tooLarge: (['gpu', 'cpu'] as const).filter((kind) => without[kind] && large(kind)) };
}

async function truthOf(problem: Problem, reference: Engine): Promise<Truth> {
  const trainer = await reference.prepare(problem);
  try {
    return { ...(await answerOf(trainer)), indices: null };
  } finally {
    trainer.dispose();
  }
}

async function answerOf(trainer: Trainer): Promise<LaneAnswer> {
  await trainer.step(answeredSteps);
  const last = (await trainer.costs(answeredSteps - 1)).at(-1);
  return { cost: last?.cost ?? Number.NaN, values: await trainer.parameters() };
}

/** @param tooLarge gets its name when the problem does not fit it */
function laneOf(engine: Engine, problem: Problem, checked: Problem, gpuPlan: GpuPlanChoice, tooLarge: Set<string>): BenchLane {
  const prepareOn = (one: Problem): Promise<Trainer> =>
    engine instanceof GpuEngine ? engine.prepare(one, undefined, gpuPlan) : engine.prepare(one);
  return {
    name: engine.name,
    kind: engine.kind,
    peer: false,
    async prepare(): Promise<PreparedLane> {
      const trainer = await prepareOn(problem).catch((error: unknown) => {
        if (failureOf(error).kind === 'capacity') tooLarge.add(engine.name);
        throw error;
      });
      const { plan } = trainer;
      return {
        plan: plan.name,
        kernels: plan.kernels,
        bytesPerStep: plan.bytesPerStep,
        flopsPerStep: plan.flopsPerStep,
        dispatchesPerStep: plan.dispatchesPerStep,
        answer: async () => {
          if (checked === problem) return answerOf(trainer);
          const small = await prepareOn(checked);
          try {
            return await answerOf(small);
          } finally {
            small.dispose();
          }
        },
        rouse: () => trainer.rouse?.(),
        run: (steps) => trainer.step(steps),
        dispose: () => {
          trainer.dispose();
        },
      };
    },
  };
}

function pointOf(
  m: number,
  results: readonly LaneResult[],
  samples: ReadonlyMap<string, readonly number[]>,
  lanes: readonly BenchLane[],
): SweepTime {
  const time = ({ msPerStep }: LaneResult): number => msPerStep?.median ?? Number.POSITIVE_INFINITY;
  const of = (kind: 'cpu' | 'gpu'): LaneResult | undefined =>
    [...results].filter(({ engine }) => lanes.find(({ name }) => name === engine)?.kind === kind).sort((a, b) => time(a) - time(b))[0];
  const [gpu, cpu] = [of('gpu'), of('cpu')];
  const timesOf = (result: LaneResult | undefined): readonly number[] => (result?.msPerStep ? (samples.get(result.engine) ?? []) : []);
  return {
    m,
    gpuMs: timesOf(gpu),
    cpuMs: timesOf(cpu),
    gpuPlan: gpu?.plan ?? null,
    cpuPlan: cpu?.plan ?? null,
    cpuLane: cpu?.msPerStep ? (cpu.engine as LaneName) : null,
    gpuProblem: gpu?.error ?? null,
    cpuProblem: cpu?.error ?? null,
  };
}
