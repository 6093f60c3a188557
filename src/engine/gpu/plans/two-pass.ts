/**
 * The two-pass plan: one output, X small enough for the cache. Pass A: z, dz and the loss of each example; pass B: dw by
 * slices of features, with the update in the same dispatch. No partial sums of gradients ever reach memory.
 */
import type { PlanInfo, Problem } from '../../contract.ts';
import { lossName } from '../../layout.ts';
import { stepWork } from '../../work.ts';
import { groupsFor, type Dispatch } from '../dispatch.ts';
import { isShifted } from '../features.ts';
import { lossCodes } from '../kernel-table.ts';
import { optimizerValues } from './optimizer-values.ts';
import type { ParameterPlace, Prepared, StepPlan } from './plan.ts';

/** One output and no hidden layer. */
export function twoPassFits(problem: Problem): boolean {
  return problem.model.hidden.length === 0 && problem.model.outputs === 1 && lossName(problem.model) !== 'softmax/cross-entropy';
}

/** Threads that share an example or a slice: all alone on a software GPU, where barriers are dear; enough to fill a real one. */
function lanesFor(software: boolean, items: number): number {
  if (software) return 1;
  let lanes = 1;
  while (lanes < 64 && items * lanes < 32768) lanes *= 2;
  return lanes;
}

export async function twoPassPlan(prepared: Prepared): Promise<StepPlan> {
  const { problem, layout, batchX, arena, trace } = prepared;
  const chunks = batchX.stride / 16;
  const section = 16 * chunks + 4;
  const { kind } = problem.optimizer;
  const sections = kind === 'gradient-descent' ? 3 : 5;
  const model = arena.storage('model', section * sections * 4);
  const scaling = uploadScaling(prepared, chunks);
  const dispatches = await stepDispatches(prepared, model, scaling, chunks);
  const place = (index: number): ParameterPlace => ({
    buffer: model,
    layers: [{ weightsAt: index * section, biasesAt: index * section + 16 * chunks }],
  });
  const info: PlanInfo = {
    name: 'two-pass',
    segments: ['fused-forward', 'fused-backward'],
    dispatchesPerStep: dispatches.length,
    ...stepWork(problem, layout, 2),
  };
  return {
    info,
    dispatches,
    parameters: place(0),
    gradient: place(2),
    moment1: kind === 'gradient-descent' ? null : place(3),
    moment2: kind === 'adam' ? place(4) : null,
    forward: [{ buffer: model, weightsAt: section, biasesAt: section + 16 * chunks }],
    folded: place(1),
    refold: dispatches.filter((dispatch) => dispatch.label.startsWith('two-pass-fold')),
    mutable: [model, trace],
  };
}

function uploadScaling({ arena, problem }: Prepared, chunks: number): GPUBuffer {
  return arena.filled('scaling', 2 * 16 * chunks * 4, (bytes) => {
    const values = new Float32Array(bytes);
    values.set(problem.scaling.scale, 0);
    values.set(problem.scaling.shift, 16 * chunks);
  });
}

async function stepDispatches(prepared: Prepared, model: GPUBuffer, scaling: GPUBuffer, chunks: number): Promise<Dispatch[]> {
  const { problem, batchX, batchY, arena, maker, trace } = prepared;
  const examples = batchX.m;
  const workgroupSize = 64;
  const forwardLanes = lanesFor(maker.software, examples);
  const sliceLanes = lanesFor(maker.software, chunks);
  const forwardGroups = groupsFor(examples * forwardLanes, workgroupSize);
  const lossParts = forwardGroups[0] * forwardGroups[1];
  const shape = { examples, chunks, kind: lossCodes[lossName(problem.model)], ringSize: prepared.ringSize, lossParts };
  const dz = arena.storage('dZ', examples * 4);
  const losses = arena.storage('sums of losses', lossParts * 4);
  const optimizer = optimizerValues(problem);
  const shifted = isShifted(problem.scaling);
  const dispatches: Dispatch[] = [...prepared.gather];
  if (shifted || problem.l2 > 0) {
    dispatches.push(
      await maker.make({
        kernel: 'two-pass-fold',
        entryPoint: 'main',
        segment: 'fused-forward',
        bindings: { 0: shape, 1: optimizer, 2: model, 3: scaling, 4: trace },
        groups: [1, 1, 1],
      }),
    );
  }
  const sliceGroups = Math.ceil((chunks * sliceLanes) / workgroupSize) + 1;
  dispatches.push(
    await maker.make({
      kernel: `two-pass-forward/${batchX.storage}`,
      entryPoint: 'main',
      segment: 'fused-forward',
      bindings: { 0: shape, 1: batchX.buffer, 2: model, 3: batchY, 4: dz, 5: losses, 6: trace },
      groups: forwardGroups,
      constants: { workgroupSize, lanes: forwardLanes },
    }),
    await maker.make({
      kernel: `two-pass-gradient/${batchX.storage}`,
      entryPoint: 'main',
      segment: 'fused-backward',
      bindings: { 0: shape, 1: batchX.buffer, 2: optimizer, 3: model, 4: dz, 5: losses, 6: scaling, 7: trace },
      groups: groupsFor(sliceGroups * workgroupSize, workgroupSize),
      constants: { workgroupSize, lanes: sliceLanes, shifted: shifted ? 1 : 0 },
    }),
  );
  return dispatches;
}
