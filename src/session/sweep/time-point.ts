/**
 * The time of a step at one m, on the GPU and on every CPU lane, measured as a benchmark does: answers checked against
 * float64, blocks in turns in an order drawn anew. The fastest CPU lane stands for the CPU.
 */
import type { Engine, LaneName, Problem, Trainer } from '../../engine/contract.ts';
import { GpuEngine, type GpuPlanChoice } from '../../engine/gpu/engine.ts';
import { throwIfLost } from '../../engine/gpu/loss.ts';
import { median } from '../../math/statistics.ts';
import { measureLanes, type MeasureOptions } from '../bench/measure.ts';
import type { LaneResult } from '../bench/report.ts';
import { answeredSteps, type BenchLane, type LaneAnswer, type PreparedLane, type TrainWorkload } from '../bench/workload.ts';
import { failureOf } from '../failure.ts';
import { affordableProblem } from '../verify.ts';
import type { Truth } from '../bench/input.ts';
import type { SweepTime } from './report.ts';

/** Of costs after the checked updates, by different sums of float32. */
const costTolerance = 1e-4;
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
  const costs = new Map<string, number>();
  const lanes = engines.map((engine) => laneOf(engine, problem, checked, options.gpuPlan, tooLarge, costs));
  const measured = await measureLanes(workload, input, truth, lanes, { ...options, budgetMs: pointBudgetMs, onLane: () => undefined });
  for (const engine of engines) if (engine instanceof GpuEngine) throwIfLost(engine.device);
  const large = (kind: 'gpu' | 'cpu'): boolean => lanes.filter((lane) => lane.kind === kind).some(({ name }) => tooLarge.has(name));
  const time = pointOf(x.m, withOutsiders(measured.results, costs), measured.samples, lanes);
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

/**
 * @param tooLarge gets its name when the problem does not fit it
 * @param costs gets its cost on the whole problem, where that is not what was checked
 */
function laneOf(
  engine: Engine,
  problem: Problem,
  checked: Problem,
  gpuPlan: GpuPlanChoice,
  tooLarge: Set<string>,
  costs: Map<string, number>,
): BenchLane {
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
          const whole = await answerOf(trainer);
          if (checked === problem) return whole;
          costs.set(engine.name, whole.cost ?? Number.NaN);
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

/**
 * A step on very many examples can be checked on some of them only; on all of them the lanes are held against each other.
 * Who is away from the middle of their costs is wrong there; of two that differ, both may be.
 */
function withOutsiders(results: readonly LaneResult[], costs: ReadonlyMap<string, number>): readonly LaneResult[] {
  if (costs.size < 2) return results;
  const middle = median([...costs.values()]);
  return results.map((result) => {
    const cost = costs.get(result.engine);
    if (cost === undefined || result.error !== null || Math.abs(cost - middle) <= costTolerance * Math.abs(middle)) return result;
    return { ...result, msPerStep: null, error: `WRONG: on all m its cost is ${cost}, and that of the others ${middle}` };
  });
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
  const wrongCpu = results.find(({ engine, error }) => engine !== 'gpu' && error?.startsWith('WRONG'))?.error;
  const timesOf = (result: LaneResult | undefined): readonly number[] => (result?.msPerStep ? (samples.get(result.engine) ?? []) : []);
  return {
    m,
    gpuMs: timesOf(gpu),
    cpuMs: timesOf(cpu),
    gpuPlan: gpu?.plan ?? null,
    cpuPlan: cpu?.plan ?? null,
    cpuLane: cpu?.msPerStep ? (cpu.engine as LaneName) : null,
    gpuProblem: gpu?.error ?? null,
    // a lane that is wrong is told, though another one has a time
    cpuProblem: wrongCpu ?? cpu?.error ?? null,
  };
}
