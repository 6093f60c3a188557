/**
 * The plan and the tiles that a real GPU is benchmarked with: the fastest right ones, found as a race's tuner finds them. A
 * software GPU is taken as it is: what is slow there is known, and takes seconds to compile.
 */
import type { Clock, Engine, Problem } from '../../engine/contract.ts';
import type { GpuEngine, GpuPlanChoice } from '../../engine/gpu/engine.ts';
import { SingleKernel } from '../../engine/gpu/single-kernel.ts';
import type { Candidate, MatmulTiles } from '../../engine/gpu/tuning.ts';
import { tunerFor } from '../tuner.ts';
import { affordableProblem, expectation } from '../verify.ts';
import { compare, truthOf, type Truth } from './input.ts';
import type { MatmulWorkload, WorkloadInput } from './workload.ts';

export interface TuneWith {
  /** The float64 reference. */
  readonly truth: Engine;
  readonly clock: Clock;
}

export interface Tuned<Choice> {
  readonly choice: Choice;
  /** Spent on the search, which is no part of a cold start. */
  readonly searchMs: number;
}

export async function tunedPlan(
  engine: GpuEngine,
  problem: Problem,
  { truth, clock }: TuneWith,
): Promise<Tuned<GpuPlanChoice | Candidate>> {
  if (engine.adapter.software) return { choice: 'auto', searchMs: 0 };
  const began = clock();
  const { signal } = new AbortController();
  const small = affordableProblem(problem);
  const expected = await expectation(truth, small, signal);
  if (!expected) return { choice: 'auto', searchMs: clock() - began };
  const tuner = tunerFor(engine, problem, { problem: small, expected }, clock, signal);
  while (!tuner.done) await tuner.next();
  const { trials, best } = tuner.record;
  const winner = trials[best];
  return { choice: winner ? { plan: winner.plan, tuning: winner.tuning } : 'auto', searchMs: clock() - began };
}

/** Products a block, and blocks of which the best counts. */
const products = 3;
const blocks = 3;

/** The fastest tiles whose product is right. */
export async function tunedTiles(
  engine: GpuEngine,
  workload: MatmulWorkload,
  input: WorkloadInput,
  { truth, clock }: TuneWith,
): Promise<Tuned<MatmulTiles | undefined>> {
  if (engine.adapter.software) return { choice: undefined, searchMs: 0 };
  const began = clock();
  const tiles: readonly MatmulTiles[] = [
    'tiled',
    'tiled-wide',
    'register',
    ...(engine.device.features.has('subgroups') ? (['quad'] as const) : []),
  ];
  const expected = await truthOf(workload, input, truth, 0);
  let choice: MatmulTiles | undefined;
  let least = Number.POSITIVE_INFINITY;
  for (const one of tiles) {
    const elapsedMs = await timeTiles(engine, one, workload, input, expected, clock);
    if (elapsedMs < least) [least, choice] = [elapsedMs, one];
  }
  return { choice, searchMs: clock() - began };
}

/** Milliseconds of a block; infinite for tiles that do not compile here or compute something else. */
async function timeTiles(
  engine: GpuEngine,
  tiles: MatmulTiles,
  workload: MatmulWorkload,
  input: WorkloadInput,
  expected: Truth,
  clock: Clock,
): Promise<number> {
  let kernel: SingleKernel;
  try {
    kernel = await SingleKernel.matmul(engine.maker(tiles), Float32Array.from(input.x), input.y, workload.size);
  } catch {
    return Number.POSITIVE_INFINITY;
  }
  try {
    await kernel.run(1);
    if (!compare(workload, expected, { cost: null, values: await kernel.result() }).ok) return Number.POSITIVE_INFINITY;
    let least = Number.POSITIVE_INFINITY;
    for (let block = 0; block < blocks; block++) {
      const before = clock();
      await kernel.run(products);
      least = Math.min(least, clock() - before);
    }
    return least;
  } finally {
    kernel.dispose();
  }
}
