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

/** The fastest tiles for C = A · B, all of shape (size, size); that their answer is right is checked with the lane's. */
export async function tunedTiles(
  engine: GpuEngine,
  operands: { readonly a: Float32Array; readonly b: Float32Array; readonly size: number },
  { clock }: Pick<TuneWith, 'clock'>,
): Promise<Tuned<MatmulTiles | undefined>> {
  if (engine.adapter.software) return { choice: undefined, searchMs: 0 };
  const began = clock();
  const tiles: readonly MatmulTiles[] = [
    'tiled',
    'tiled-wide',
    'register',
    ...(engine.device.features.has('subgroups') ? (['quad'] as const) : []),
  ];
  let choice: MatmulTiles | undefined;
  let least = Number.POSITIVE_INFINITY;
  for (const one of tiles) {
    const kernel = await SingleKernel.matmul(engine.maker(one), operands.a, operands.b, operands.size);
    await kernel.run(1);
    for (let block = 0; block < blocks; block++) {
      const before = clock();
      await kernel.run(products);
      const elapsedMs = clock() - before;
      if (elapsedMs < least) [least, choice] = [elapsedMs, one];
    }
    kernel.dispose();
  }
  return { choice, searchMs: clock() - began };
}
