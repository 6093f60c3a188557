/** Where a result was taken: what `machine.ts` finds out and every result file carries. Only types. */

export interface EditedKernel {
  /** Path below `shaders/`. */
  readonly file: string;
  /** Of its text: eight hexadecimal digits. */
  readonly hash: string;
}

export interface Environment {
  /** Version of the program, or `unbuilt`. */
  readonly build: string;
  /** Files of `shaders/` that a reader had edited and that the GPU ran so; left out where there are none. */
  readonly editedKernels?: readonly EditedKernel[] | undefined;
  readonly host: 'browser' | 'node';
  /** The browser's user agent, or the version of Node. */
  readonly browser: string;
  /** Operating system and processor, as far as the host says. */
  readonly platform: string;
  /** Null where there is no GPU; `software`: it computes on the CPU. */
  readonly adapter: {
    readonly vendor: string;
    readonly architecture: string;
    readonly description: string;
    readonly software: boolean;
  } | null;
  readonly logicalCores: number;
  readonly crossOriginIsolated: boolean;
  /** Smallest step that the clock was seen to make, ms. */
  readonly clockResolutionMs: number;
  /** An empty submission, awaited, ms; null where that was not measured. */
  readonly readBackFloorMs: number | null;
  readonly wasm: { readonly simd: boolean; readonly relaxedSimd: boolean; readonly threads: boolean };
  /** ISO 8601, UTC. */
  readonly takenAt: string;
}

/** What only the host itself can say. */
export type HostReport = Pick<Environment, 'host' | 'browser' | 'platform'>;
