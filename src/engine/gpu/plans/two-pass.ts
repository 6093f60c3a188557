/**
 * The two-pass plan: one output, X small enough for the cache. Pass A: z, dz and the loss of each example; pass B: dw by
 * slices of features, with the update in the same dispatch. No partial sums of gradients ever reach memory.
 */
import { stepWork } from '../../work.ts';
import { groupsFor, type Dispatch } from '../dispatch.ts';
import { isShifted } from '../features.ts';
import { createModel, foldDispatches, forwardOf, placesOf, shapeValues, type OneOutputModel } from './one-output.ts';
import { optimizerValues } from './optimizer-values.ts';
import type { Prepared, StepPlan } from './plan.ts';

const workgroupSize = 64;

/** Threads that share an example or a slice: all alone on a software GPU, where barriers are dear; enough to fill a real one. */
function lanesFor({ maker, tuning }: Prepared, items: number): number {
  if (tuning.lanes !== undefined) return tuning.lanes;
  if (maker.software) return 1;
  let lanes = 1;
  while (lanes < workgroupSize && items * lanes < 32768) lanes *= 2;
  return lanes;
}

export async function twoPassPlan(prepared: Prepared): Promise<StepPlan> {
  const { problem, layout, trace, batchX } = prepared;
  const model = createModel(prepared);
  const forwardGroups = groupsFor(batchX.m * lanesFor(prepared, batchX.m), workgroupSize);
  const shape = shapeValues(prepared, model.chunks, forwardGroups[0] * forwardGroups[1]);
  const refold = await foldDispatches(prepared, model, shape);
  const dispatches = [...prepared.gather, ...refold, ...(await passes(prepared, model, shape, forwardGroups))];
  return {
    info: {
      name: 'two-pass',
      segments: ['fused-forward', 'fused-backward'],
      dispatchesPerStep: dispatches.length,
      ...stepWork(problem, layout, 2),
    },
    dispatches,
    ...placesOf(model, problem.optimizer.kind),
    forward: forwardOf(model),
    refold,
    mutable: [model.buffer, trace],
    counted: null,
  };
}

async function passes(
  prepared: Prepared,
  model: OneOutputModel,
  shape: Readonly<Record<string, number>>,
  forwardGroups: readonly [number, number, number],
): Promise<Dispatch[]> {
  const { problem, batchX, batchY, arena, maker, trace } = prepared;
  const sliceLanes = lanesFor(prepared, model.chunks);
  // one workgroup more than the slices need: it does the bias and the cost
  const sliceGroups = Math.ceil((model.chunks * sliceLanes) / workgroupSize) + 1;
  const dz = arena.storage('dZ', batchX.m * 4);
  const losses = arena.storage('sums of losses', (shape['parts'] ?? 1) * 4);
  return [
    await maker.make({
      kernel: `two-pass-forward/${batchX.storage}`,
      entryPoint: 'main',
      segment: 'fused-forward',
      bindings: { 0: shape, 1: batchX.buffer, 2: model.buffer, 3: batchY, 4: dz, 5: losses, 6: trace },
      groups: forwardGroups,
      constants: { workgroupSize, lanes: lanesFor(prepared, batchX.m) },
    }),
    await maker.make({
      kernel: `two-pass-gradient/${batchX.storage}`,
      entryPoint: 'main',
      segment: 'fused-backward',
      bindings: {
        0: shape,
        1: batchX.buffer,
        2: optimizerValues(problem),
        3: model.buffer,
        4: dz,
        5: losses,
        6: model.scaling,
        7: trace,
      },
      groups: groupsFor(sliceGroups * workgroupSize, workgroupSize),
      constants: { workgroupSize, lanes: sliceLanes, shifted: isShifted(problem.scaling) ? 1 : 0 },
    }),
  ];
}
