/**
 * The one-pass plan: one output, X larger than the cache. Each workgroup holds a few examples at a time in registers,
 * forms z and dz and adds x · dz from those same registers, so that X is read once a step; then the workgroups' partial
 * gradients are added up, with the update in the same dispatch.
 */
import type { Problem } from '../../contract.ts';
import { stepWork } from '../../work.ts';
import type { Dispatch } from '../dispatch.ts';
import { paddedFeatures } from '../features.ts';
import { pick } from './forward.ts';
import {
  createModel,
  finishDispatch,
  foldDispatches,
  forwardOf,
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
const mostGroups = 512;

/** One output, and an example that a workgroup can hold. */
export function onePassFits(problem: Problem): boolean {
  return hasOneOutput(problem) && paddedFeatures(problem.train.x.n) / 16 <= largestWorkgroup * mostChunksPerThread;
}

export async function onePassPlan(prepared: Prepared): Promise<StepPlan> {
  const { problem, layout, trace, maker, batchX, batchY } = prepared;
  const model = createModel(prepared);
  let workgroupSize = 16;
  while (workgroupSize < largestWorkgroup && workgroupSize < model.chunks) workgroupSize *= 2;
  const wanted = prepared.tuning.groups ?? (maker.software ? 8 : mostGroups);
  // every shard has workgroups of its own, which leave their partial gradients one behind the other
  const each = Math.max(1, Math.floor(wanted / batchX.shards.length));
  const groups = batchX.shards.map((shard) => Math.max(1, Math.min(each, Math.ceil(shard.m / (2 * examplesAtOnce)))));
  const parts = groups.reduce((sum, count) => sum + count, 0);
  const shape = shapeValues(prepared, model.chunks, parts);
  const partials = partialGradients(prepared, model, parts);
  const refold = await foldDispatches(prepared, model, shape);
  const passes: Dispatch[] = [];
  let firstPart = 0;
  for (const [index, shard] of batchX.shards.entries()) {
    const count = pick(groups, index);
    passes.push(
      await maker.make({
        kernel: `one-pass/${batchX.storage}`,
        entryPoint: 'main',
        segment: 'fused-pass',
        bindings: {
          0: shapeValues(prepared, model.chunks, count, { m: shard.m, firstPart }),
          1: shard.buffer,
          2: model.buffer,
          3: { buffer: batchY, offsetBytes: shard.first * 4 },
          4: partials,
          6: trace,
        },
        groups: [count, 1, 1],
        constants: { workgroupSize, chunksPerThread: Math.ceil(model.chunks / workgroupSize) },
      }),
    );
    firstPart += count;
  }
  const dispatches = [...prepared.gather, ...refold, ...passes, await finishDispatch(prepared, model, partials, parts)];
  return {
    info: {
      name: 'one-pass',
      segments: ['fused-pass', 'reduce-update'],
      dispatchesPerStep: dispatches.length,
      ...stepWork(problem, layout, 1),
    },
    dispatches,
    ...placesOf(model, problem.optimizer.kind),
    forward: forwardOf(model),
    refold,
    mutable: [model.buffer, trace],
    counted: null,
  };
}
