/**
 * The two-pass plan: one output, X small enough for the cache. Pass A: z, dz and the loss of each example; pass B: dw by
 * slices of features, with the update in the same dispatch. No partial sums of gradients ever reach memory.
 */
import { stepWork } from '../../work.ts';
import { groupsFor, type Dispatch } from '../dispatch.ts';
import { isShifted } from '../features.ts';
import { createModel, foldDispatches, forwardOf, placesOf, shapeValues, type OneOutputModel } from './one-output.ts';
import { optimizerValues } from './optimizer-values.ts';
import type { PlanTuning } from '../tuning.ts';
import type { Prepared, StepPlan } from './plan.ts';

const workgroupSize = 64;

/** All that decides which kernels a problem takes. */
export interface TwoPassShape {
  readonly storage: 'uint8' | 'float32';
  readonly examples: number;
  readonly chunks: number;
  readonly shifted: boolean;
  readonly software: boolean;
  readonly tuning: PlanTuning;
}

/** The kernels of both passes with their constants, so that they can be compiled before the data are there. */
export function twoPassKernels(shape: TwoPassShape) {
  const forward = { workgroupSize, lanes: lanesFor(shape, shape.examples) };
  const gradient = { workgroupSize, lanes: lanesFor(shape, shape.chunks), shifted: shape.shifted ? 1 : 0 };
  return {
    forward: { kernel: `two-pass-forward/${shape.storage}`, entryPoint: 'main', constants: forward },
    gradient: { kernel: `two-pass-gradient/${shape.storage}`, entryPoint: 'main', constants: gradient },
  } as const;
}

/** Threads that share an example or a slice: all alone on a software GPU, where barriers are dear; enough to fill a real one. */
function lanesFor({ software, tuning }: TwoPassShape, items: number): number {
  if (tuning.lanes !== undefined) return tuning.lanes;
  if (software) return 1;
  let lanes = 1;
  while (lanes < workgroupSize && items * lanes < 32768) lanes *= 2;
  return lanes;
}

export async function twoPassPlan(prepared: Prepared): Promise<StepPlan> {
  const { problem, layout, trace, batchX } = prepared;
  const model = createModel(prepared);
  const kernels = twoPassKernels({
    storage: batchX.storage,
    examples: batchX.m,
    chunks: model.chunks,
    shifted: isShifted(problem.scaling),
    software: prepared.maker.software,
    tuning: prepared.tuning,
  });
  const forwardGroups = groupsFor(batchX.m * kernels.forward.constants.lanes, workgroupSize);
  const shape = shapeValues(prepared, model.chunks, forwardGroups[0] * forwardGroups[1]);
  const refold = await foldDispatches(prepared, model, shape);
  const dispatches = [...prepared.gather, ...refold, ...(await passes(prepared, model, kernels, shape, forwardGroups))];
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
  kernels: ReturnType<typeof twoPassKernels>,
  shape: Readonly<Record<string, number>>,
  forwardGroups: readonly [number, number, number],
): Promise<Dispatch[]> {
  const { problem, batchX, batchY, arena, maker, trace } = prepared;
  // one workgroup more than the slices need: it does the bias and the cost
  const sliceGroups = Math.ceil((model.chunks * kernels.gradient.constants.lanes) / workgroupSize) + 1;
  const dz = arena.storage('dZ', batchX.m * 4);
  const losses = arena.storage('sums of losses', (shape['parts'] ?? 1) * 4);
  return [
    await maker.make({
      ...kernels.forward,
      segment: 'fused-forward',
      bindings: { 0: shape, 1: batchX.buffer, 2: model.buffer, 3: batchY, 4: dz, 5: losses, 6: trace },
      groups: forwardGroups,
    }),
    await maker.make({
      ...kernels.gradient,
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
    }),
  ];
}
