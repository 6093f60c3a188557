/** What the plans for models without a hidden layer share: whom they fit, and how their model buffer is cut. */
import type { OptimizerName, Problem } from '../../contract.ts';
import { lossName } from '../../layout.ts';
import { isShifted } from '../features.ts';
import { lossCodes } from '../kernel-table.ts';
import { groupsFor, type Dispatch } from '../dispatch.ts';
import { optimizerValues } from './optimizer-values.ts';
import type { LayerSource } from './forward.ts';
import type { ParameterPlace, Prepared } from './plan.ts';

/** One output and no hidden layer. */
export function hasOneOutput(problem: Problem): boolean {
  return problem.model.hidden.length === 0 && problem.model.outputs === 1 && lossName(problem.model) !== 'softmax/cross-entropy';
}

/** Outputs that the one-pass plan takes. */
const mostOutputs = 16;

/** One output or a few, and no hidden layer. */
export function hasFewOutputs(problem: Problem): boolean {
  const { hidden, outputs } = problem.model;
  return hasOneOutput(problem) || (hidden.length === 0 && outputs >= 2 && outputs <= mostOutputs);
}

/** The model buffer of `shaders/lib/one-output.wgsl`, and where its sections are. */
export interface OneOutputModel {
  readonly buffer: GPUBuffer;
  readonly scaling: GPUBuffer;
  /** Slices of sixteen features. */
  readonly chunks: number;
  /** Weights, folded weights, gradient, first and second moments, in this order. */
  place(section: 0 | 1 | 2 | 3 | 4): ParameterPlace;
}

export function createModel({ arena, problem, batchX }: Prepared): OneOutputModel {
  const chunks = batchX.stride / 16;
  const { outputs } = problem.model;
  const weightFloats = outputs * 16 * chunks;
  const sectionFloats = weightFloats + Math.ceil(outputs / 4) * 4;
  const sections = problem.optimizer.kind === 'gradient-descent' ? 3 : 5;
  const buffer = arena.storage('model', sectionFloats * sections * 4);
  const scaling = arena.filled('scaling', 2 * 16 * chunks * 4, (bytes) => {
    const values = new Float32Array(bytes);
    values.set(problem.scaling.scale, 0);
    values.set(problem.scaling.shift, 16 * chunks);
  });
  const place = (section: number): ParameterPlace => ({
    buffer,
    layers: [{ weightsAt: section * sectionFloats, biasesAt: section * sectionFloats + weightFloats, rowLength: 16 * chunks }],
  });
  return { buffer, scaling, chunks, place };
}

/** Values of the shape that the kernels of a step read. @param shard the part of X that a kernel is given; all of it: null */
export function shapeValues(
  { problem, batchX, ringSize }: Prepared,
  chunks: number,
  parts: number,
  shard: { readonly m: number; readonly firstPart: number } | null = null,
): Readonly<Record<string, number>> {
  const kind = lossCodes[lossName(problem.model)];
  const { outputs } = problem.model;
  return { examples: shard?.m ?? batchX.m, chunks, kind, ringSize, parts, firstPart: shard?.firstPart ?? 0, outputs };
}

/** What a step needs of all weights at once, where features are shifted or L2 is on; otherwise nothing. */
export async function foldDispatches(
  prepared: Prepared,
  model: OneOutputModel,
  shape: Readonly<Record<string, number>>,
): Promise<Dispatch[]> {
  const { problem, maker, trace } = prepared;
  if (!isShifted(problem.scaling) && problem.l2 === 0) return [];
  const fold = await maker.make({
    kernel: 'two-pass-fold',
    entryPoint: 'main',
    segment: 'fused-forward',
    bindings: { 0: shape, 1: optimizerValues(problem), 2: model.buffer, 3: model.scaling, 4: trace },
    groups: [1, 1, 1],
  });
  return [fold];
}

/** The places of a plan's row of parameters and of what belongs to it. */
export function placesOf(
  model: OneOutputModel,
  kind: OptimizerName,
): {
  readonly parameters: ParameterPlace;
  readonly folded: ParameterPlace;
  readonly gradient: ParameterPlace;
  readonly moment1: ParameterPlace | null;
  readonly moment2: ParameterPlace | null;
} {
  return {
    parameters: model.place(0),
    folded: model.place(1),
    gradient: model.place(2),
    moment1: kind === 'gradient-descent' ? null : model.place(3),
    moment2: kind === 'adam' ? model.place(4) : null,
  };
}

/** Folded weights as a forward pass reads them. */
export function forwardOf(model: OneOutputModel): readonly LayerSource[] {
  return model.place(1).layers.map((layer) => ({ buffer: model.buffer, ...layer }));
}

/** Room for one partial gradient a workgroup or a block: Σ dz · x, then Σ dz, then Σ loss. */
export function partialGradients({ arena, problem }: Prepared, model: OneOutputModel, parts: number): GPUBuffer {
  const { outputs } = problem.model;
  return arena.storage('partial gradients', parts * (outputs * 4 * model.chunks + Math.ceil(outputs / 4) + 1) * 16);
}

/** The partial gradients added up, with the update. */
export function finishDispatch(prepared: Prepared, model: OneOutputModel, partials: GPUBuffer, parts: number): Promise<Dispatch> {
  const { problem, maker, trace } = prepared;
  const shape = shapeValues(prepared, model.chunks, parts);
  return maker.make({
    kernel: 'one-pass-finish',
    entryPoint: 'main',
    segment: 'reduce-update',
    bindings: { 0: shape, 2: optimizerValues(problem), 3: model.buffer, 4: partials, 6: model.scaling, 7: trace },
    groups: groupsFor(problem.model.outputs * 4 * model.chunks + Math.ceil(problem.model.outputs / 4) + 1, 64),
    constants: { plainDescent: problem.optimizer.kind === 'gradient-descent' ? 1 : 0 },
  });
}
