/**
 * The two-pass plan: one output, X small enough for the cache. Pass A: z, dz and the loss of each example; pass B: dw by
 * slices of features, with the update in the same dispatch. No partial sums of gradients ever reach memory.
 */
import type { OptimizerName } from '../../contract.ts';
import { stepWork } from '../../work.ts';
import { groupsFor, kernelUses, type Dispatch, type Slice } from '../dispatch.ts';
import { isShifted, wholeBuffer } from '../features.ts';
import type { Constants } from '../kernels.ts';
import {
  createModel,
  finishDispatch,
  foldDispatches,
  forwardOf,
  partialGradients,
  placesOf,
  shapeValues,
  type OneOutputModel,
} from './one-output.ts';
import { optimizerValues } from './optimizer-values.ts';
import type { PlanTuning } from '../tuning.ts';
import type { Prepared, StepPlan } from './plan.ts';

const workgroupSize = 64;
/** Where threads work alone they take eight examples each, and share nothing that a larger workgroup would serve. */
const aloneWorkgroupSize = 4;
const examplesAlone = 8;
/** Threads that keep any processor on which they work alone busy, and the fewest examples that are worth a partial gradient. */
const enoughAlone = 512;
const fewestInBlock = 64;

/** All that decides which kernels a problem takes. */
export interface TwoPassShape {
  readonly storage: 'uint8' | 'float32';
  readonly examples: number;
  readonly chunks: number;
  readonly shifted: boolean;
  readonly optimizer: OptimizerName;
  readonly software: boolean;
  readonly tuning: PlanTuning;
  /** Examples of the largest piece of X; as many as there are where it is in one. */
  readonly examplesInShard?: number;
}

/** A kernel, its dispatch size, and the values of its overrides. */
export interface PassKernel<Name extends string> {
  readonly kernel: `${Name}/${'uint8' | 'float32'}`;
  readonly groups: readonly [number, number, number];
  readonly constants: Constants;
}

export interface TwoPassKernels {
  readonly forward: PassKernel<'two-pass-forward' | 'two-pass-forward-alone'>;
  readonly gradient: PassKernel<'two-pass-gradient' | 'two-pass-gradient-alone' | 'two-pass-gradient-blocks'>;
  /** Sums of losses that the first pass leaves. */
  readonly losses: number;
  /** Blocks of examples of a shard with a partial gradient each. */
  readonly blocks: number;
  /** The second pass finishes the step itself; otherwise it leaves partial gradients. */
  readonly finishes: boolean;
}

/**
 * The kernels of both passes with their constants, so that they can be compiled before the data are there. Where threads
 * work all alone they have no barrier, which some processors compile and run many times faster.
 */
export function twoPassKernels(shape: TwoPassShape): TwoPassKernels {
  const { storage, examples, chunks } = shape;
  const lanes = { forward: lanesFor(shape, examples), gradient: lanesFor(shape, chunks) };
  const ending = { shifted: shape.shifted ? 1 : 0, plainDescent: shape.optimizer === 'gradient-descent' ? 1 : 0 };
  // only kernels of lone threads leave what another piece of X can be added to
  if (isSharded(shape) || (lanes.forward === 1 && lanes.gradient === 1)) return aloneKernels(shape, ending);
  const groups = groupsFor(examples * lanes.forward, workgroupSize);
  // one workgroup more than the slices need: it does the bias and the cost
  const sliceGroups = Math.ceil((chunks * lanes.gradient) / workgroupSize) + 1;
  return {
    forward: { kernel: `two-pass-forward/${storage}`, groups, constants: { workgroupSize, lanes: lanes.forward } },
    gradient: {
      kernel: `two-pass-gradient/${storage}`,
      groups: groupsFor(sliceGroups * workgroupSize, workgroupSize),
      constants: { workgroupSize, lanes: lanes.gradient, ...ending },
    },
    losses: groups[0] * groups[1],
    blocks: 1,
    finishes: true,
  };
}

const isSharded = ({ examples, examplesInShard }: TwoPassShape): boolean => examplesInShard !== undefined && examplesInShard < examples;

function aloneKernels(shape: TwoPassShape, ending: Constants): TwoPassKernels {
  const { storage, examples, chunks } = shape;
  const inShard = shape.examplesInShard ?? examples;
  const blocks = Math.max(1, Math.min(Math.ceil(enoughAlone / (chunks + 1)), Math.floor(inShard / fewestInBlock)));
  const groups = groupsFor(chunks + 1, workgroupSize);
  return {
    forward: {
      kernel: `two-pass-forward-alone/${storage}`,
      groups: groupsFor(Math.ceil(inShard / examplesAlone), aloneWorkgroupSize),
      constants: { workgroupSize: aloneWorkgroupSize },
    },
    gradient:
      blocks === 1 && !isSharded(shape)
        ? { kernel: `two-pass-gradient-alone/${storage}`, groups, constants: { workgroupSize, ...ending } }
        : { kernel: `two-pass-gradient-blocks/${storage}`, groups: [groups[0], blocks, 1], constants: { workgroupSize } },
    losses: examples,
    blocks,
    finishes: blocks === 1 && !isSharded(shape),
  };
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
    examplesInShard: batchX.shards[0]?.m ?? batchX.m,
  });
  const shape = shapeValues(prepared, model.chunks, kernels.losses);
  const refold = await foldDispatches(prepared, model, shape);
  const dispatches = [...prepared.gather, ...refold, ...(await passes(prepared, model, kernels, shape))];
  return {
    info: {
      name: 'two-pass',
      segments: kernels.finishes ? ['fused-forward', 'fused-backward'] : ['fused-forward', 'fused-gradient', 'reduce-update'],
      kernels: kernelUses(dispatches),
      dispatchesPerStep: dispatches.length,
      ...stepWork(problem, layout, 2),
    },
    dispatches,
    ...placesOf(model, problem.optimizer.kind),
    forward: forwardOf(model),
    refold,
    renewX: null,
    mutable: [model.buffer, trace],
    counted: null,
  };
}

async function passes(
  prepared: Prepared,
  model: OneOutputModel,
  { forward, gradient, losses: lossCount, blocks, finishes }: TwoPassKernels,
  shape: Readonly<Record<string, number>>,
): Promise<Dispatch[]> {
  const { problem, batchX, batchY, arena, maker, trace } = prepared;
  const dz = arena.storage('dZ', batchX.m * 4);
  const losses = arena.storage('sums of losses', lossCount * 4);
  const forwards: Dispatch[] = [];
  for (const shard of batchX.shards) {
    const from = (buffer: GPUBuffer): Slice => ({ buffer, offsetBytes: shard.first * 4 });
    forwards.push(
      await maker.make({
        kernel: forward.kernel,
        constants: forward.constants,
        entryPoint: 'main',
        segment: 'fused-forward',
        bindings: {
          0: finishes ? shape : shapeValues(prepared, model.chunks, blocks, { m: shard.m, firstPart: 0 }),
          1: shard.buffer,
          2: model.buffer,
          3: from(batchY),
          4: from(dz),
          5: from(losses),
          6: trace,
        },
        groups: forward.groups,
      }),
    );
  }
  const { kernel, constants, groups } = gradient;
  if (finishes) {
    const bindings = {
      0: shape,
      1: wholeBuffer(batchX),
      2: optimizerValues(problem),
      3: model.buffer,
      4: dz,
      5: losses,
      6: model.scaling,
      7: trace,
    };
    return [...forwards, await maker.make({ kernel, constants, entryPoint: 'main', segment: 'fused-backward', bindings, groups })];
  }
  const partials = partialGradients(prepared, model, blocks * batchX.shards.length);
  const gradients: Dispatch[] = [];
  for (const [index, shard] of batchX.shards.entries()) {
    const from = (buffer: GPUBuffer): Slice => ({ buffer, offsetBytes: shard.first * 4 });
    const own = shapeValues(prepared, model.chunks, blocks, { m: shard.m, firstPart: index * blocks });
    const bindings = { 0: own, 1: shard.buffer, 3: partials, 4: from(dz), 5: from(losses) };
    gradients.push(await maker.make({ kernel, constants, entryPoint: 'main', segment: 'fused-gradient', bindings, groups }));
  }
  return [...forwards, ...gradients, await finishDispatch(prepared, model, partials, blocks * batchX.shards.length)];
}
