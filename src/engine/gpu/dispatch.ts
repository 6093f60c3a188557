/** One dispatch, ready to be encoded again and again: pipeline, bind group, size, and the segment that it counts to. */
import type { KernelUse, SegmentName } from '../contract.ts';
import type { Arena } from './arena.ts';
import type { Texels } from './texels.ts';
import type { PlanTuning } from './tuning.ts';
import { uniformWords, type Fields } from './bindings.ts';
import { kernelTable, type EntryPoint, type KernelEntry, type KernelName } from './kernel-table.ts';
import type { Constants, KernelLibrary } from './kernels.ts';

export interface Dispatch {
  readonly label: string;
  readonly segment: SegmentName;
  readonly pipeline: GPUComputePipeline;
  readonly bindGroup: GPUBindGroup;
  readonly groups: readonly [number, number, number];
  readonly constants: Constants;
}

/** What a plan tells of its dispatches. */
export function kernelUses(dispatches: readonly Dispatch[]): readonly KernelUse[] {
  return dispatches.map(({ label, groups, constants }) => ({ kernel: label, workgroups: groups, sizes: constants }));
}

/** A buffer from a byte on, which has to be a multiple of 256. */
export interface Slice {
  readonly buffer: GPUBuffer;
  readonly offsetBytes: number;
}

/** Uniform values, a buffer or a part of one, or a texture, by binding number. */
export type Binding = GPUBuffer | Slice | Texels | Readonly<Record<string, number>>;

export interface DispatchRequest<Name extends KernelName> {
  readonly kernel: Name;
  readonly entryPoint: EntryPoint<Name>;
  readonly segment: SegmentName;
  readonly bindings: Readonly<Record<number, Binding>>;
  readonly groups: readonly [number, number, number];
  readonly constants?: Constants;
}

/** Makes dispatches whose uniforms live in one arena. */
export class DispatchMaker {
  readonly arena: Arena;
  /** True on a GPU that is a program: barriers are dear there, so that kernels without them are taken. */
  readonly software: boolean;
  /** Which of the tiled matmuls to take; undefined: the one that suits the processor. */
  readonly matmul: PlanTuning['matmul'];
  /** Kernels that were asked for so far, here and by makers for other arenas. */
  readonly made: Set<KernelName>;
  readonly #kernels: KernelLibrary;

  constructor(arena: Arena, kernels: KernelLibrary, software: boolean, matmul?: PlanTuning['matmul'], made = new Set<KernelName>()) {
    this.made = made;
    this.arena = arena;
    this.#kernels = kernels;
    this.software = software;
    this.matmul = matmul;
  }

  /** The device has subgroups, and so quads. */
  get subgroups(): boolean {
    return this.arena.device.features.has('subgroups');
  }

  /** A maker for another arena on the same device. */
  in(arena: Arena): DispatchMaker {
    return new DispatchMaker(arena, this.#kernels, this.software, this.matmul, this.made);
  }

  async make<Name extends KernelName>(request: DispatchRequest<Name>): Promise<Dispatch> {
    this.made.add(request.kernel);
    const kernel = await this.#kernels.get(request.kernel, request.entryPoint, request.constants);
    const entry: KernelEntry = kernelTable[request.kernel];
    const entries = Object.keys(kernel.bindings).map((key) => {
      const binding = Number(key);
      const given = request.bindings[binding];
      if (!given) throw new RangeError(`${kernel.label}: nothing is bound at ${binding}`);
      if (isTexels(given)) return { binding, resource: given.view };
      if (isSlice(given)) return { binding, resource: { buffer: given.buffer, offset: given.offsetBytes } };
      return { binding, resource: { buffer: isBuffer(given) ? given : this.#uniform(kernel.label, entry.uniforms[binding], given) } };
    });
    return {
      label: kernel.label,
      segment: request.segment,
      pipeline: kernel.pipeline,
      bindGroup: this.arena.device.createBindGroup({ label: kernel.label, layout: kernel.layout, entries }),
      groups: request.groups,
      constants: request.constants ?? {},
    };
  }

  #uniform(label: string, fields: Fields | undefined, values: Readonly<Record<string, number>>): GPUBuffer {
    if (!fields) throw new RangeError(`${label}: no uniform fields are known`);
    return this.arena.uniform(`${label} uniform`, uniformWords(fields, values));
  }
}

function isSlice(binding: Binding): binding is Slice {
  return 'offsetBytes' in binding && 'buffer' in binding;
}

function isTexels(binding: Binding): binding is Texels {
  return 'texture' in binding && 'view' in binding;
}

function isBuffer(binding: GPUBuffer | Readonly<Record<string, number>>): binding is GPUBuffer {
  return 'usage' in binding && 'destroy' in binding;
}

/** Encodes dispatches in order into an open pass. */
export function encode(pass: GPUComputePassEncoder, dispatches: readonly Dispatch[]): void {
  for (const dispatch of dispatches) {
    pass.setPipeline(dispatch.pipeline);
    pass.setBindGroup(0, dispatch.bindGroup);
    pass.dispatchWorkgroups(...dispatch.groups);
  }
}

/** Workgroups for `count` threads, folded into two dimensions where one does not reach (at most 65,535 each). */
export function groupsFor(count: number, workgroupSize: number): readonly [number, number, number] {
  const groups = Math.max(1, Math.ceil(count / workgroupSize));
  if (groups <= 65535) return [groups, 1, 1];
  const rows = Math.ceil(groups / 65535);
  return [Math.ceil(groups / rows), rows, 1];
}
