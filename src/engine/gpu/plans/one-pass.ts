/**
 * The one-pass plan: one output or a few, X larger than the cache. Each workgroup holds a few examples at a time in registers,
 * forms z and dz and adds x · dz from those same registers, so that X is read once a step; then the workgroups' partial
 * gradients are added up, with the update in the same dispatch. Where barriers are dear a workgroup is one quad of a subgroup,
 * which needs none.
 */
import type { Problem } from '../../contract.ts';
import { batchSizeOf } from '../../layout.ts';
import { stepWork } from '../../work.ts';
import { kernelUses, type Dispatch } from '../dispatch.ts';
import type { Constants } from '../kernels.ts';
import { paddedFeatures } from '../features.ts';
import { shardsAsTexels } from '../texels.ts';
import { pick } from './forward.ts';
import {
  createModel,
  finishDispatch,
  foldDispatches,
  forwardOf,
  hasFewOutputs,
  hasOneOutput,
  partialGradients,
  placesOf,
  shapeValues,
} from './one-output.ts';
import type { Prepared, StepPlan } from './plan.ts';

const largestWorkgroup = 256;
const mostChunksPerThread = 4;
const examplesAtOnce = 4;
/** Workgroups that fill any GPU of today a few times over; each costs a partial gradient to write and to read. */
const mostGroups = { one: 512, few: 256 } as const;
/** Chunks of all outputs that a thread can add up in registers, and vec4s of z that a workgroup can hold. */
const mostSums = 16;
const mostZ = 1024;

/** How a workgroup divides an example of so many chunks among its threads; null where it cannot hold one. */
export function divisionFor(chunks: number, outputs: number): { readonly workgroupSize: number; readonly chunksPerThread: number } | null {
  const largest = outputs === 1 ? largestWorkgroup : Math.min(largestWorkgroup, 2 ** Math.floor(Math.log2(mostZ / outputs)));
  let workgroupSize = 16;
  while (workgroupSize < largest && workgroupSize < chunks) workgroupSize *= 2;
  const chunksPerThread = Math.ceil(chunks / workgroupSize);
  const fits = chunksPerThread <= mostChunksPerThread && (outputs === 1 || outputs * chunksPerThread <= mostSums);
  return fits ? { workgroupSize, chunksPerThread } : null;
}

/** Four threads hold an example between them, each sixteen chunks at the most; of fewer than four chunks some would have none. */
const threadsInQuad = 4;
const mostHeld = 16;
/** Quads of a dispatch that keep a processor of that many threads busy, and the fewest examples that are worth one. */
const mostQuads = 32;
const fewestInQuad = 16;

/** The processor has quads and finds barriers dear, a quad can hold an example, and X is the same in every step. */
export function quadsHold(problem: Problem, { software, subgroups }: { readonly software: boolean; readonly subgroups: boolean }): boolean {
  const { x } = problem.train;
  const chunks = paddedFeatures(x.n) / 16;
  const holds = hasOneOutput(problem) && chunks >= threadsInQuad && chunks <= threadsInQuad * mostHeld;
  return software && subgroups && holds && batchSizeOf(problem) === x.m;
}

/** One output or a few, and an example that a workgroup can hold. */
export function onePassFits(problem: Problem): boolean {
  return hasFewOutputs(problem) && divisionFor(paddedFeatures(problem.train.x.n) / 16, problem.model.outputs) !== null;
}

/** A first kernel, and how the examples of a step are dealt out to its workgroups. */
interface FirstPass {
  readonly kernel: `${'one-pass' | 'one-pass-outputs' | 'one-pass-quads'}/${'uint8' | 'float32'}`;
  readonly constants: Constants;
  /** Workgroups that the tuner or the processor asks for, over all shards or for each. */
  readonly wanted: number;
  readonly perShard: boolean;
  /** Fewer examples than this are not worth a workgroup. */
  readonly fewestExamples: number;
  /** It reads X out of a texture. */
  readonly readsTexels: boolean;
}

/** @throws RangeError when the plan does not fit the problem */
function firstPass({ problem, maker, batchX, tuning }: Prepared, chunks: number): FirstPass {
  const { outputs } = problem.model;
  const { storage } = batchX;
  if (tuning.groups === undefined && quadsHold(problem, maker)) {
    const held = Math.ceil(chunks / threadsInQuad);
    return {
      kernel: `one-pass-quads/${storage}`,
      constants: { held },
      wanted: mostQuads,
      perShard: true,
      fewestExamples: fewestInQuad,
      readsTexels: true,
    };
  }
  const division = divisionFor(chunks, outputs);
  if (!division) throw new RangeError(`an example of ${problem.train.x.n} features does not fit a workgroup`);
  const most = mostGroups[outputs === 1 ? 'one' : 'few'];
  const common = {
    wanted: tuning.groups ?? (maker.software ? 8 : most),
    perShard: false,
    fewestExamples: 2 * examplesAtOnce,
    readsTexels: false,
  };
  if (outputs === 1) return { kernel: `one-pass/${storage}`, constants: { ...division }, ...common };
  const constants = { ...division, outputs, zLength: outputs * division.workgroupSize };
  return { kernel: `one-pass-outputs/${storage}`, constants, ...common };
}

/** @throws RangeError when the plan does not fit the problem */
export async function onePassPlan(prepared: Prepared): Promise<StepPlan> {
  const { problem, layout, trace, maker, batchX, batchY } = prepared;
  const model = createModel(prepared);
  const { kernel, constants, wanted, perShard, fewestExamples, readsTexels } = firstPass(prepared, model.chunks);
  // every shard has workgroups of its own, which leave their partial gradients one behind the other
  const each = perShard ? wanted : Math.max(1, Math.floor(wanted / batchX.shards.length));
  const groups = batchX.shards.map((shard) => Math.max(1, Math.min(each, Math.ceil(shard.m / fewestExamples))));
  const parts = groups.reduce((sum, count) => sum + count, 0);
  const shape = shapeValues(prepared, model.chunks, parts);
  const partials = partialGradients(prepared, model, parts);
  const refold = await foldDispatches(prepared, model, shape);
  const texels = readsTexels ? await shardsAsTexels(prepared.arena, batchX) : null;
  const passes: Dispatch[] = [];
  let firstPart = 0;
  for (const [index, shard] of batchX.shards.entries()) {
    const count = pick(groups, index);
    passes.push(
      await maker.make({
        kernel,
        entryPoint: 'main',
        segment: 'fused-pass',
        bindings: {
          0: shapeValues(prepared, model.chunks, count, { m: shard.m, firstPart }),
          1: texels?.of(shard) ?? shard.buffer,
          2: model.buffer,
          3: { buffer: batchY, offsetBytes: shard.first * 4 },
          4: partials,
          6: trace,
        },
        groups: [count, 1, 1],
        constants,
      }),
    );
    firstPart += count;
  }
  const dispatches = [...prepared.gather, ...refold, ...passes, await finishDispatch(prepared, model, partials, parts)];
  return {
    info: {
      name: 'one-pass',
      segments: ['fused-pass', 'reduce-update'],
      kernels: kernelUses(dispatches),
      dispatchesPerStep: dispatches.length,
      ...stepWork(problem, layout, 1),
    },
    dispatches,
    ...placesOf(model, problem.optimizer.kind),
    forward: forwardOf(model),
    refold,
    renewX: texels?.renew ?? null,
    mutable: [model.buffer, trace],
    counted: null,
  };
}
