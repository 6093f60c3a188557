/**
 * Z and A through all layers, for training, for predictions and for the cost of a part: one matmul and one activation a
 * layer. It owns no parameters and no scratch; both are handed in.
 */
import type { LayerLayout } from '../../layout.ts';
import { activationCodes } from '../kernel-table.ts';
import { groupsFor, type Dispatch, type DispatchMaker } from '../dispatch.ts';
import type { Features } from '../features.ts';
import { matmulDispatch } from './matmul.ts';
import type { LayerPlace } from './plan.ts';

export interface LayerSource extends LayerPlace {
  readonly buffer: GPUBuffer;
}

/** Arrays of (capacity · units) floats a layer; A of the last layer is not used. */
export interface Scratch {
  readonly capacity: number;
  readonly z: readonly GPUBuffer[];
  readonly a: readonly GPUBuffer[];
  readonly dz: readonly GPUBuffer[];
}

export function createScratch(maker: DispatchMaker, layers: readonly LayerLayout[], capacity: number): Scratch {
  const arrays = (name: string, count: number): GPUBuffer[] =>
    layers.slice(0, count).map((layer, index) => maker.arena.storage(`${name} of layer ${index + 1}`, layer.units * capacity * 4));
  return { capacity, z: arrays('Z', layers.length), a: arrays('A', layers.length - 1), dz: arrays('dZ', layers.length) };
}

/**
 * Dispatches that leave Z of every layer, and A of all but the last, in the scratch.
 * @param buffer X, or the shard of it that holds these examples
 * @param first first of them in the buffer
 * @param count at most the scratch's capacity
 */
export async function forwardDispatches(
  maker: DispatchMaker,
  layers: readonly LayerLayout[],
  sources: readonly LayerSource[],
  scratch: Scratch,
  x: Pick<Features, 'storage' | 'stride'>,
  buffer: GPUBuffer,
  first: number,
  count: number,
): Promise<Dispatch[]> {
  const dispatches: Dispatch[] = [];
  for (const [index, layer] of layers.entries()) {
    const source = pick(sources, index);
    const below = index === 0 ? null : pick(scratch.a, index - 1);
    const stride = below ? layer.inputs : x.stride;
    dispatches.push(
      await matmulDispatch(maker, {
        segment: 'matmul',
        storage: below ? 'float32' : x.storage,
        values: {
          rows: count,
          columns: layer.units,
          depth: layer.inputs,
          depthPerSplit: layer.inputs,
          rowStrideP: stride,
          depthStrideP: 1,
          offsetP: below ? 0 : first * stride,
          depthStrideQ: 1,
          columnStrideQ: source.rowLength ?? layer.inputs,
          offsetQ: source.weightsAt,
          rowStrideC: layer.units,
          columnStrideC: 1,
          offsetBias: source.biasesAt,
          hasBias: 1,
        },
        p: below ?? buffer,
        q: source.buffer,
        bias: source.buffer,
        c: pick(scratch.z, index),
      }),
    );
    if (layer.activation === null) continue;
    dispatches.push(
      await maker.make({
        kernel: 'activation',
        entryPoint: 'forward',
        segment: 'sigmoid-cost',
        bindings: {
          0: { count: count * layer.units, kind: activationCodes[layer.activation] },
          1: pick(scratch.z, index),
          2: pick(scratch.a, index),
        },
        groups: groupsFor(count * layer.units, 64),
      }),
    );
  }
  return dispatches;
}

export function pick<T>(items: readonly T[], index: number): T {
  const item = items[index];
  if (item === undefined) throw new RangeError(`nothing at index ${index} of ${items.length}`);
  return item;
}
