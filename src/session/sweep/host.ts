/** What a sweep works with and does not own: data, processors, the clock. */
import type { DatasetLoader } from '../../data/load.ts';
import type { Clock, Engine } from '../../engine/contract.ts';
import type { Environment } from '../environment.ts';
import type { GpuKeeper } from '../gpu-access.ts';

export interface SweepHost {
  readonly loader: DatasetLoader;
  readonly gpu: GpuKeeper;
  /** The CPU's WebAssembly engines that this place has. */
  readonly fast: readonly Engine[];
  /** The plain CPU engine, for where WebAssembly is missing. */
  readonly reference: Engine;
  /** The float64 reference. */
  readonly truth: Engine;
  readonly clock: Clock;
  readonly clockResolutionMs: number;
  readonly environment: () => Promise<Environment>;
}
