/**
 * The two-pass plan: one output, X small enough for the cache. Pass A: z, dz and the loss of each example; pass B: dw by
 * slices of features, with the update in the same dispatch. No partial sums of gradients ever reach memory.
 */
import type { OptimizerName } from '../../contract.ts';
import { stepWork } from '../../work.ts';
import { groupsFor, type Dispatch } from '../dispatch.ts';
import { isShifted } from '../features.ts';
import type { Constants } from '../kernels.ts';
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
  readonly optimizer: OptimizerName;
  readonly software: boolean;
  readonly tuning: PlanTuning;
}

/**
 * The kernels of both passes with their constants, so that they can be compiled before the data are there. Where a thread
 * works all alone they have no barrier, which some processors compile and run many times faster.
 */
export function twoPassKernels(shape: TwoPassShape): {
  readonly forward: PassKernel<'two-pass-forward' | 'two-pass-forward-alone'>;
  readonly gradient: PassKernel<'two-pass-gradient' | 'two-pass-gradient-alone'>;
} {
  const { storage } = shape;
  const lanes = { forward: lanesFor(shape, shape.examples), gradient: lanesFor(shape, shape.chunks) };
  const ending = { shifted: shape.shifted ? 1 : 0, plainDescent: shape.optimizer === 'gradient-descent' ? 1 : 0 };
  return {
    forward:
      lanes.forward === 1
        ? { kernel: `two-pass-forward-alone/${storage}`, lanes: 1, constants: { workgroupSize } }
        : { kernel: `two-pass-forward/${storage}`, lanes: lanes.forward, constants: { workgroupSize, lanes: lanes.forward } },
    gradient:
      lanes.gradient === 1
        ? { kernel: `two-pass-gradient-alone/${storage}`, lanes: 1, constants: { workgroupSize, ...ending } }
        : { kernel: `two-pass-gradient/${storage}`, lanes: lanes.gradient, constants: { workgroupSize, lanes: lanes.gradient, ...ending } },
  };
}

/** A kernel, the threads that share one of its items, and the values of its overrides. */
export interface PassKernel<Name extends string> {
  readonly kernel: `${Name}/${'uint8' | 'float32'}`;
  readonly lanes: number;
  readonly constants: Constants;
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
    optimizer: problem.optimizer.kind,
    software: prepared.maker.software,
    tuning: prepared.tuning,
  });
  const forwardGroups = groupsFor(batchX.m * kernels.forward.lanes, workgroupSize);
  // a thread all alone leaves the loss of its example, a workgroup that of all of its examples
  const shape = shapeValues(prepared, model.chunks, kernels.forward.lanes === 1 ? batchX.m : forwardGroups[0] * forwardGroups[1]);
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
  const sliceGroups = Math.ceil((model.chunks * kernels.gradient.lanes) / workgroupSize) + 1;
  const dz = arena.storage('dZ', batchX.m * 4);
  const losses = arena.storage('sums of losses', (shape['parts'] ?? 1) * 4);
  return [
    await maker.make({
      kernel: kernels.forward.kernel,
      constants: kernels.forward.constants,
      entryPoint: 'main',
      segment: 'fused-forward',
      bindings: { 0: shape, 1: batchX.buffer, 2: model.buffer, 3: batchY, 4: dz, 5: losses, 6: trace },
      groups: forwardGroups,
    }),
    await maker.make({
      kernel: kernels.gradient.kernel,
      constants: kernels.gradient.constants,
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
    }),
  ];
}
