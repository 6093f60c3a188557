/**
 * What a kernel has to keep to: the buffers it is given, the shapes it is tried at, and what its CPU twin says must be in
 * every buffer afterwards. One record an entry point. Running a kernel against its record is the runner's.
 */
import type { WasmEngine } from '../../../engine/cpu/wasm/engine.ts';
import type { WasmJob } from '../../../engine/cpu/wasm/jobs.ts';
import type { Bindings, Fields } from '../../../engine/gpu/bindings.ts';
import { kernelTable, type KernelEntry, type KernelName, type SourceFile } from '../../../engine/gpu/kernel-table.ts';

export type Values = Float32Array<ArrayBuffer> | Uint32Array<ArrayBuffer> | Uint8Array<ArrayBuffer>;
type Optional<Names extends string> = { readonly [Name in Names]?: number };
/** Named sizes of one trial, and choices by number. */
export type Shape = Readonly<Record<string, number>> &
  Optional<'down' | 'far' | 'form' | 'depthPerSplit' | 'outputs' | 'loss' | 'optimizer' | 'shifted' | 'plain'>;
/** Values of a kernel's `override`s. */
export type Constants = Readonly<Record<string, number>> & Optional<'workgroupSize' | 'lanes' | 'vectorsPerThread'>;

/** A stretch of a buffer with a name, a way of reading it and a tolerance. */
export interface Region {
  readonly name: string;
  /** In words of four bytes. */
  readonly length: number;
  readonly type: 'f32' | 'u32';
  /**
   * |found − expected| ≤ tolerance · (largest |expected| of the region); 0: bit for bit. A float32 sum of n terms in runs
   * of 64 is off by at most (64 + n / 64) · 2⁻²⁴ · Σ|terms|, and by about the root of that where signs are mixed.
   */
  readonly tolerance: number;
  /** Instead of the largest |expected| where that is less: about what a sum comes to unless its terms happen to cancel. */
  readonly size?: number;
  /** Length of a row, where the region is a matrix. */
  readonly columns?: number;
}

/** What one buffer holds afterwards, word by word. */
export interface Expected {
  readonly binding: number;
  readonly values: ArrayLike<number>;
  /** From the first word on; together they cover the buffer. */
  readonly regions: readonly Region[];
}

/** Eight bits for each of red, green, blue and opacity, found as 0 … 1 row by row from the top. */
export interface Picture {
  /** By which number its pixels are expected: less than 0, for it is not bound. */
  readonly binding: number;
  readonly width: number;
  readonly height: number;
  readonly indices: Uint32Array<ArrayBuffer> | null;
  readonly vertices: number;
  readonly instances: number;
}

export interface GateCase {
  readonly uniforms: Readonly<Record<number, Readonly<Record<string, number>>>>;
  /** What each storage buffer starts with. */
  readonly buffers: Readonly<Record<number, Values>>;
  /** Bytes of an example, where its buffer is bound as a texture. */
  readonly exampleBytes?: Readonly<Record<number, number>>;
  readonly groups: readonly [number, number, number];
  readonly constants: Constants;
  /** Of what draws: where its picture is found, and what is drawn; a uniform is one of the buffers then. */
  readonly picture?: Picture;
  /** By the CPU twin, in float64. */
  expected(): readonly Expected[];
}

export interface Trial {
  readonly shape: Shape;
  /** `override`s that this trial wants, unless the reader chose others. */
  readonly constants?: Constants;
}

/** A job of a wasm lane that has the kernel's own inputs, and what its buffers would hold afterwards. */
export interface Counterpart {
  readonly job: WasmJob;
  /** By binding; those that are not there are not compared. */
  found(): ReadonlyMap<number, ArrayBuffer>;
}

export interface Work {
  readonly flops: number;
  /** Read and written, each byte once. */
  readonly bytes: number;
}

/** The part of a contract that is written by hand. */
export interface Rules {
  readonly formula: string;
  /** File of the twin, as `twin-sources.ts` knows it. */
  readonly twin: string;
  /** Contracts of one family take the same shapes and give the same answer, and so are timed beside each other. */
  readonly family?: string;
  /** Values that an `override` may take; the first is the default. */
  readonly sliders?: Readonly<Record<string, readonly number[]>>;
  readonly trials: readonly Trial[];
  /** With what a shape is timed on a software GPU, unless the reader chose otherwise: there a kernel compiles the slower the more threads share. */
  onSoftware?(shape: Shape): Constants;
  /** Shapes to be timed; the first is the default. */
  readonly timed: readonly Shape[];
  make(shape: Shape, constants: Constants, seed: number): GateCase;
  work(shape: Shape): Work;
  /** Bytes of the buffers, where they are more than what is read and written. */
  bytes?(shape: Shape): number;
  /** Most of a size, where that is less than `sizes.ts` says. */
  readonly most?: Readonly<Record<string, number>>;
  /** The same job on a wasm lane, where one has it. */
  wasm?(engine: WasmEngine, shape: Shape, given: GateCase): Promise<Counterpart>;
}

export interface Contract extends Rules {
  /** Kernel and entry point. */
  readonly id: string;
  readonly entryPoint: string;
  /** In the order in which they are put together; the last is the kernel itself. */
  readonly files: readonly SourceFile[];
  readonly bindings: Bindings;
  readonly uniforms: Readonly<Record<number, Fields>>;
  readonly feature?: GPUFeatureName;
  /** Of what draws and does not compute: its pair of entry points. */
  readonly draw?: { readonly vertex: string; readonly fragment: string; readonly blends: boolean };
}

/** The record of an entry point of the engine's own table. */
export function contractOf(kernel: KernelName, entryPoint: string, rules: Rules): Contract {
  const entry: KernelEntry = kernelTable[kernel];
  const bindings = entry.entryPoints[entryPoint];
  if (!bindings) throw new RangeError(`kernel ${kernel} has no entry point ${entryPoint}`);
  return {
    ...rules,
    id: entryPoint === 'main' ? kernel : `${kernel} ${entryPoint}`,
    entryPoint,
    files: [...entry.libraries, entry.source],
    bindings,
    uniforms: entry.uniforms,
    ...(entry.feature ? { feature: entry.feature } : {}),
  };
}

/** Defaults, then what the trial wants, then what the reader chose. */
export function constantsOf({ sliders = {} }: Rules, trial: Trial, chosen: Constants): Constants {
  const defaults = Object.fromEntries(Object.entries(sliders).map(([name, [first = 0]]) => [name, first]));
  return { ...defaults, ...trial.constants, ...chosen };
}

/** A size by name. @throws RangeError when the shape has none */
export function sizeOf(shape: Shape, name: string): number {
  const size: number | undefined = shape[name];
  if (size === undefined) throw new RangeError(`the shape has no ${name}`);
  return size;
}

/** Workgroups in a row, or in as many rows as the shape's `down` says, so that a trial meets both. */
export function groupsIn(shape: Shape, groups: number): readonly [number, number, number] {
  const rows = Math.max(shape.down ?? 1, Math.ceil(groups / 65535));
  return [Math.max(1, Math.ceil(groups / rows)), rows, 1];
}
