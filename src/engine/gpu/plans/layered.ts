/**
 * The layered plan: any net, the textbook made visible. A matmul a layer, its activation, the cost, and the same
 * backwards; each a dispatch, a step at a time.
 */
import { lossName, type LayerLayout } from '../../layout.ts';
import { stepWork } from '../../work.ts';
import { groupsFor, kernelUses, type Dispatch } from '../dispatch.ts';
import { isIdentity, wholeBuffer } from '../features.ts';
import { activationCodes, lossCodes } from '../kernel-table.ts';
import { createScratch, forwardDispatches, pick, type LayerSource, type Scratch } from './forward.ts';
import { matmulDispatch, usesTiles } from './matmul.ts';
import { optimizerValues } from './optimizer-values.ts';
import type { ParameterPlace, Prepared, StepPlan } from './plan.ts';

interface LayeredBuffers {
  readonly parameters: GPUBuffer;
  readonly gradient: GPUBuffer;
  readonly moments: GPUBuffer;
  readonly scaling: GPUBuffer;
  readonly folded: GPUBuffer | null;
  readonly paddedLength: number;
}

export async function layeredPlan(prepared: Prepared): Promise<StepPlan> {
  const { problem, layout, maker, batchX } = prepared;
  const buffers = createBuffers(prepared);
  const scratch = createScratch(maker, layout.layers, batchX.m);
  const places = layout.layers.map((layer) => ({ weightsAt: layer.weights, biasesAt: layer.biases }));
  const forward = forwardSources(prepared, buffers, places);
  const refold = await foldDispatches(prepared, buffers);
  const dispatches: Dispatch[] = [
    ...prepared.gather,
    ...refold,
    ...(await forwardDispatches(maker, layout.layers, forward, scratch, batchX, wholeBuffer(batchX), 0, batchX.m)),
    ...(await costDispatches(prepared, buffers, scratch)),
  ];
  for (let index = layout.layers.length - 1; index >= 0; index--)
    dispatches.push(...(await backwardDispatches(prepared, buffers, scratch, index)));
  dispatches.push(await updateDispatch(prepared, buffers));
  const place = (buffer: GPUBuffer, at = 0): ParameterPlace => ({
    buffer,
    layers: places.map(({ weightsAt, biasesAt }) => ({ weightsAt: weightsAt + at, biasesAt: biasesAt + at })),
  });
  const { kind } = problem.optimizer;
  return {
    info: {
      name: 'layered',
      segments: ['matmul', 'sigmoid-cost', 'gradient-update'],
      kernels: kernelUses(dispatches),
      dispatchesPerStep: dispatches.length,
      ...stepWork(problem, layout, 2),
    },
    dispatches,
    parameters: place(buffers.parameters),
    gradient: place(buffers.gradient),
    moment1: kind === 'gradient-descent' ? null : place(buffers.moments),
    moment2: kind === 'adam' ? place(buffers.moments, buffers.paddedLength) : null,
    forward,
    folded: null,
    refold,
    renewX: null,
    mutable: [buffers.parameters, buffers.moments, prepared.trace],
    counted: null,
  };
}

function createBuffers({ arena, layout, problem }: Prepared): LayeredBuffers {
  const paddedLength = Math.ceil(layout.length / 4) * 4;
  const first = pick(layout.layers, 0);
  const { scaling } = problem;
  const folds = !isIdentity(scaling);
  return {
    paddedLength,
    parameters: arena.storage('parameters', paddedLength * 4),
    gradient: arena.storage('gradient', paddedLength * 4),
    moments: arena.storage('moments', problem.optimizer.kind === 'gradient-descent' ? 16 : paddedLength * 8),
    scaling: arena.filled('scaling', first.inputs * 8, (bytes) => {
      const pairs = new Float32Array(bytes);
      for (let k = 0; k < first.inputs; k++) {
        pairs[2 * k] = scaling.scale[k] ?? 1;
        pairs[2 * k + 1] = scaling.shift[k] ?? 0;
      }
    }),
    folded: folds ? arena.storage('folded first layer', (first.inputs + 1) * first.units * 4) : null,
  };
}

function forwardSources(
  { layout }: Prepared,
  buffers: LayeredBuffers,
  places: readonly { weightsAt: number; biasesAt: number }[],
): LayerSource[] {
  const first = pick(layout.layers, 0);
  return places.map((place, index) =>
    index === 0 && buffers.folded
      ? { buffer: buffers.folded, weightsAt: 0, biasesAt: first.inputs * first.units }
      : { buffer: buffers.parameters, ...place },
  );
}

async function foldDispatches({ layout, maker }: Prepared, buffers: LayeredBuffers): Promise<Dispatch[]> {
  if (!buffers.folded) return [];
  const { units, inputs } = pick(layout.layers, 0);
  const bindings = { 0: { units, inputs }, 1: buffers.parameters, 2: buffers.scaling, 3: buffers.folded };
  return [
    await maker.make({ kernel: 'fold', entryPoint: 'weights', segment: 'matmul', bindings, groups: groupsFor(units * inputs, 64) }),
    await maker.make({ kernel: 'fold', entryPoint: 'biases', segment: 'matmul', bindings, groups: [units, 1, 1] }),
  ];
}

async function costDispatches(prepared: Prepared, buffers: LayeredBuffers, scratch: Scratch): Promise<Dispatch[]> {
  const { problem, layout, maker, batchX, batchY, arena, trace, ringSize } = prepared;
  const last = layout.layers.length - 1;
  const loss = arena.storage('losses', batchX.m * 4);
  const penalized = problem.l2 > 0;
  const shape = {
    examples: batchX.m,
    outputs: problem.model.outputs,
    kind: lossCodes[lossName(problem.model)],
    layers: penalized ? layout.layers.length : 0,
    firstTarget: 0,
    ringSize,
  };
  const bindings = { 0: shape, 1: pick(scratch.z, last), 2: batchY, 3: pick(scratch.dz, last), 4: loss, 5: trace };
  const dispatches: Dispatch[] = [];
  for (const [index, layer] of penalized ? layout.layers.entries() : []) {
    const values = { first: layer.weights, count: layer.inputs * layer.units, layer: index, l2: problem.l2 };
    dispatches.push(
      await maker.make({
        kernel: 'penalty',
        entryPoint: 'main',
        segment: 'sigmoid-cost',
        bindings: { 0: values, 1: buffers.parameters, 2: trace },
        groups: [1, 1, 1],
      }),
    );
  }
  dispatches.push(
    await maker.make({ kernel: 'cost', entryPoint: 'losses', segment: 'sigmoid-cost', bindings, groups: groupsFor(batchX.m, 64) }),
    await maker.make({ kernel: 'cost', entryPoint: 'total', segment: 'sigmoid-cost', bindings, groups: [1, 1, 1] }),
  );
  return dispatches;
}

/** Examples of one split: enough splits for some 128 workgroups, but no split shorter than 256 and no more than 64 MiB of parts. */
function splitLength(layer: LayerLayout, examples: number): number {
  const outputs = layer.inputs * layer.units;
  const groups = usesTiles({ rows: layer.inputs, columns: layer.units })
    ? Math.ceil(layer.inputs / 32) * Math.ceil(layer.units / 32)
    : Math.ceil(outputs / 64);
  const wanted = Math.ceil(128 / groups);
  const splits = Math.max(1, Math.min(wanted, Math.floor(examples / 256), Math.floor(16777216 / outputs)));
  return Math.ceil(examples / splits);
}

async function backwardDispatches(prepared: Prepared, buffers: LayeredBuffers, scratch: Scratch, index: number): Promise<Dispatch[]> {
  const { layout, maker, batchX, arena, problem } = prepared;
  const layer = pick(layout.layers, index);
  const examples = batchX.m;
  const dz = pick(scratch.dz, index);
  const below = index === 0 ? null : pick(scratch.a, index - 1);
  const stride = below ? layer.inputs : batchX.stride;
  const depthPerSplit = splitLength(layer, examples);
  const splits = Math.ceil(examples / depthPerSplit);
  const parts = arena.storage(`parts of dW, layer ${index + 1}`, splits * layer.units * layer.inputs * 4);
  const biasParts = arena.storage(`parts of db, layer ${index + 1}`, splits * layer.units * 4);
  const shape = {
    units: layer.units,
    inputs: layer.inputs,
    examples,
    splits,
    examplesPerSplit: depthPerSplit,
    biasSplits: splits,
    weightsAt: layer.weights,
    biasesAt: layer.biases,
    scaled: index === 0 && buffers.folded ? 1 : 0,
    l2: problem.l2,
  };
  const segment = 'gradient-update';
  const bindings = { 0: shape, 1: parts, 2: dz, 3: biasParts, 4: buffers.scaling, 5: buffers.parameters, 6: buffers.gradient };
  const dispatches = [
    await matmulDispatch(maker, {
      segment,
      storage: below ? 'float32' : batchX.storage,
      values: {
        rows: layer.inputs,
        columns: layer.units,
        depth: examples,
        depthPerSplit,
        rowStrideP: 1,
        depthStrideP: stride,
        offsetP: 0,
        depthStrideQ: layer.units,
        columnStrideQ: 1,
        offsetQ: 0,
        rowStrideC: 1,
        columnStrideC: layer.inputs,
        offsetBias: 0,
        hasBias: 0,
      },
      p: below ?? wholeBuffer(batchX),
      q: dz,
      bias: null,
      c: parts,
    }),
    await maker.make({ kernel: 'gradient', entryPoint: 'biasPartials', segment, bindings, groups: groupsFor(layer.units * splits, 64) }),
    await maker.make({
      kernel: 'gradient',
      entryPoint: 'finish',
      segment,
      bindings,
      groups: groupsFor(layer.units * (layer.inputs + 1), 64),
    }),
  ];
  if (index > 0) dispatches.push(...(await inputGradientDispatches(prepared, buffers, scratch, index)));
  return dispatches;
}

/** dA of the layer below, and its dZ. */
async function inputGradientDispatches(prepared: Prepared, buffers: LayeredBuffers, scratch: Scratch, index: number): Promise<Dispatch[]> {
  const { layout, maker, batchX } = prepared;
  const layer = pick(layout.layers, index);
  const below = pick(layout.layers, index - 1);
  const segment = 'gradient-update';
  const count = batchX.m * below.units;
  const dispatches = [
    await matmulDispatch(maker, {
      segment,
      storage: 'float32',
      values: {
        rows: batchX.m,
        columns: layer.inputs,
        depth: layer.units,
        depthPerSplit: layer.units,
        rowStrideP: layer.units,
        depthStrideP: 1,
        offsetP: 0,
        depthStrideQ: layer.inputs,
        columnStrideQ: 1,
        offsetQ: layer.weights,
        rowStrideC: layer.inputs,
        columnStrideC: 1,
        offsetBias: 0,
        hasBias: 0,
      },
      p: pick(scratch.dz, index),
      q: buffers.parameters,
      bias: null,
      c: pick(scratch.dz, index - 1),
    }),
  ];
  if (below.activation === null) return dispatches;
  const bindings = {
    0: { count, kind: activationCodes[below.activation] },
    1: pick(scratch.z, index - 1),
    2: pick(scratch.a, index - 1),
    3: pick(scratch.dz, index - 1),
  };
  dispatches.push(await maker.make({ kernel: 'activation', entryPoint: 'backward', segment, bindings, groups: groupsFor(count, 64) }));
  return dispatches;
}

function updateDispatch({ problem, maker, trace }: Prepared, buffers: LayeredBuffers): Promise<Dispatch> {
  const count = buffers.paddedLength / 4;
  const bindings = {
    0: { count },
    1: optimizerValues(problem),
    2: buffers.parameters,
    3: buffers.gradient,
    4: buffers.moments,
    5: trace,
  };
  return maker.make({ kernel: 'update', entryPoint: 'main', segment: 'gradient-update', bindings, groups: groupsFor(count, 64) });
}
