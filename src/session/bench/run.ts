/** A whole benchmark: workload after workload, speed-ups and the score from them. The terminal and the page share it. */
import type { Engine } from '../../engine/contract.ts';
import { ratioInterval } from '../../math/statistics.ts';
import { turn } from '../breathe.ts';
import type { Environment } from '../environment.ts';
import type { Ceilings } from '../protocol.ts';
import { sharesOf } from '../shares.ts';
import { makeInput, truthOf } from './input.ts';
import { measureLaws } from './law.ts';
import { endToEndSteps, measureLanes, type MeasureOptions } from './measure.ts';
import { noTime } from './reason.ts';
import type { BenchReport, LaneResult, LawResult, RatioResult, WorkloadResult } from './report.ts';
import { lawName, lawShares, type BenchLane, type Workload } from './workload.ts';

export interface BenchRequest {
  readonly workloads: readonly Workload[];
  /** Measures the law t = fixed + slope · m too. */
  readonly law?: boolean;
  /** For the timed rounds of all workloads together; preparing and warming up come on top. */
  readonly budgetMs: number;
  readonly seed: number;
}

export interface BenchHost extends Pick<MeasureOptions, 'clock' | 'clockResolutionMs' | 'readBackFloorMs' | 'isHidden' | 'seen'> {
  /** The float64 reference. */
  readonly truth: Engine;
  readonly environment: Environment;
  /** Measures what the processors reach at the most; left out, no shares are told. */
  readonly ceilings?: () => Promise<Ceilings>;
}

export interface BenchProgress {
  /** Its name, or `lawName`. */
  readonly workload: string;
  /** Which m of the law is measured; left out for workloads. */
  readonly m?: number;
  readonly index: number;
  readonly count: number;
  readonly lane: string;
  readonly doing: 'ceilings' | 'input' | 'prepare' | 'warm-up' | 'measure';
}

/** @param onReport hears after each workload what is known so far: it is all that is left when the benchmark is given up */
export async function runBench(
  request: BenchRequest,
  host: BenchHost,
  lanes: readonly BenchLane[],
  onProgress: (progress: BenchProgress) => void,
  onReport: (soFar: BenchReport) => void = () => undefined,
): Promise<BenchReport> {
  const results: WorkloadResult[] = [];
  const count = request.workloads.length + (request.law ? 1 : 0);
  onProgress({ workload: '', index: 0, count, lane: '', doing: 'ceilings' });
  const ceilings = (await host.ceilings?.()) ?? null;
  for (const [index, workload] of request.workloads.entries()) {
    const tell = (lane: string, doing: BenchProgress['doing']): void => {
      onProgress({ workload: workload.name, index, count, lane, doing });
    };
    tell('', 'input');
    results.push(withShares(await runWorkload(workload, request, host, lanes, tell), lanes, ceilings));
    onReport(reportOf(request, host, ceilings, results, null));
    await turn();
  }
  const laws = request.law ? await runLaw(request, host, lanes, onProgress) : [];
  return reportOf(request, host, ceilings, results, laws);
}

/** @param laws null: not measured yet */
function reportOf(
  { workloads, law = false, seed, budgetMs }: BenchRequest,
  { environment }: BenchHost,
  ceilings: Ceilings | null,
  results: readonly WorkloadResult[],
  laws: readonly LawResult[] | null,
): BenchReport {
  const waiting = workloads.slice(results.length).map(({ name }) => name);
  return {
    schema: 1,
    kind: 'bench',
    precision: 'float32',
    environment,
    seed,
    budgetMs,
    endToEndSteps,
    ceilings,
    workloads: [...results],
    unfinished: law && laws === null ? [...waiting, lawName] : waiting,
    laws: laws ?? [],
    score: scoreOf(results),
  };
}

/** What one workload may take. */
function shareOfBudget({ budgetMs, workloads, law = false }: BenchRequest): number {
  return budgetMs / (workloads.length + (law ? lawShares : 0));
}

function runLaw(
  request: BenchRequest,
  { clock, clockResolutionMs, readBackFloorMs, isHidden, seen, truth }: BenchHost,
  lanes: readonly BenchLane[],
  onProgress: (progress: BenchProgress) => void,
): Promise<readonly LawResult[]> {
  const fast = lanes.filter(({ peer, name }) => !peer && name !== 'reference');
  const count = request.workloads.length + 1;
  let m = 0;
  const tell = (lane: string, doing: BenchProgress['doing']): void => {
    onProgress({ workload: lawName, m, index: count - 1, count, lane, doing });
  };
  return measureLaws(fast.some(({ kind }) => kind === 'cpu') ? fast : lanes.filter(({ peer }) => !peer), {
    ...{ clock, clockResolutionMs, readBackFloorMs, isHidden, truth, ...(seen && { seen }) },
    seed: request.seed,
    budgetMs: lawShares * shareOfBudget(request),
    onPoint: (own) => {
      m = own;
      tell('', 'input');
    },
    onLane: tell,
  });
}

/** Each lane's rates over what its processor reached at the most. */
function withShares(result: WorkloadResult, lanes: readonly BenchLane[], ceilings: Ceilings | null): WorkloadResult {
  const share = (lane: LaneResult): LaneResult => {
    const kind = lanes.find(({ name }) => name === lane.engine)?.kind;
    return kind ? { ...lane, ...sharesOf(lane, ceilings?.[kind] ?? null) } : lane;
  };
  return { ...result, lanes: result.lanes.map(share) };
}

async function runWorkload(
  workload: Workload,
  request: BenchRequest,
  host: BenchHost,
  lanes: readonly BenchLane[],
  onLane: MeasureOptions['onLane'],
): Promise<WorkloadResult> {
  const { seed } = request;
  const shape = shapeOf(workload);
  let input;
  try {
    input = makeInput(workload, seed);
  } catch (error) {
    const reason = `its input does not fit memory: ${error instanceof Error ? error.message : String(error)}`;
    return { ...shape, lanes: [], speedup: null, peers: [], hiddenRounds: 0, error: reason };
  }
  const truth = await truthOf(workload, input, host.truth, seed);
  const { clock, clockResolutionMs, readBackFloorMs, seen } = host;
  let hiddenRounds = 0;
  const isHidden = (): boolean => {
    const hidden = host.isHidden();
    // a round asks until it hears a yes: each is one round that does not count
    if (hidden) hiddenRounds++;
    return hidden;
  };
  const options = {
    ...{ clock, clockResolutionMs, readBackFloorMs, isHidden, ...(seen && { seen }) },
    ...{ seed, onLane, budgetMs: shareOfBudget(request) },
  };
  const { results: measured, samples } = await measureLanes(workload, input, truth, lanes, options);
  const results = measured.map(withInterval);
  const timed = results.filter((result) => result.msPerStep !== null);
  const ratio = (best: LaneResult, against: LaneResult): RatioResult => {
    const found = ratioInterval(samples.get(against.engine) ?? [], samples.get(best.engine) ?? [], seed);
    return { best: best.engine, against: against.engine, ratio: found.ratio, ci95: [found.low, found.high] };
  };
  const kindOf = (result: LaneResult): string => lanes.find((lane) => lane.name === result.engine)?.kind ?? '';
  const own = (kind: string): LaneResult | undefined => fastest(timed.filter((result) => !result.peer && kindOf(result) === kind));
  const [gpu, cpu] = [own('gpu'), own('cpu')];
  return {
    ...shape,
    lanes: results,
    speedup: gpu && cpu ? ratio(gpu, cpu) : null,
    peers: timed
      .filter(({ peer }) => peer)
      .flatMap((result) => {
        const ours = own(kindOf(result));
        return ours ? [ratio(ours, result)] : [];
      }),
    hiddenRounds,
    error: null,
  };
}

/** A time of one block has no interval, and so is none. */
function withInterval(result: LaneResult): LaneResult {
  if (result.msPerStep === null || Number.isFinite(result.msPerStep.ci95[1])) return result;
  const none = { msPerStep: null, gigabytesPerSecond: null, gigaflopsPerSecond: null, endToEndMs: null };
  return { ...result, ...none, ...noTime('one-block') };
}

function fastest(results: readonly LaneResult[]): LaneResult | undefined {
  const time = (result: LaneResult): number => result.msPerStep?.median ?? Number.POSITIVE_INFINITY;
  return [...results].sort((a, b) => time(a) - time(b))[0];
}

function shapeOf(workload: Workload): Pick<WorkloadResult, 'name' | 'n' | 'm' | 'model' | 'definition'> {
  const { name } = workload;
  const definition = workload;
  switch (workload.kind) {
    case 'train': {
      const units = [...workload.hidden.map((layer) => layer.units), workload.outputs].join('-');
      return {
        name,
        definition,
        n: workload.n,
        m: workload.m,
        model: workload.hidden.length > 0 ? `net ${workload.n}-${units}` : workload.outputs > 1 ? 'softmax' : 'logistic',
      };
    }
    case 'matmul':
      return { name, definition, n: workload.size, m: workload.size, model: 'matmul' };
    case 'activation':
      return { name, definition, n: 1, m: workload.count, model: 'sigmoid' };
  }
}

/**
 * Geometric mean of the speed-ups. Its interval adds up the workloads' own in the logarithm, each side by itself: distances
 * from the ratio combine as the root of the sum of their squares, over the number of workloads. Of one workload it is its own.
 */
function scoreOf(results: readonly WorkloadResult[]): BenchReport['score'] {
  const speedups = results.flatMap(({ speedup }) => (speedup ? [speedup] : []));
  if (speedups.length === 0) return null;
  const mean = speedups.reduce((sum, { ratio }) => sum + Math.log(ratio), 0) / speedups.length;
  const distance = (side: 0 | 1): number =>
    Math.sqrt(speedups.reduce((sum, { ratio, ci95 }) => sum + Math.log(ci95[side] / ratio) ** 2, 0)) / speedups.length;
  return { ratio: Math.exp(mean), ci95: [Math.exp(mean - distance(0)), Math.exp(mean + distance(1))] };
}
