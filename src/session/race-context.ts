/** What a race works with and does not own: data, processors, the clock, and what earlier visits found. */
import type { DatasetLoader } from '../data/load.ts';
import type { Clock, Engine } from '../engine/contract.ts';
import type { CpuEngines } from './cpu-lanes.ts';
import type { GpuKeeper } from './gpu-access.ts';
import type { CeilingMemory } from './ceiling-memory.ts';
import type { TunerMemory } from './tuner.ts';

export interface RaceContext extends CpuEngines {
  readonly loader: DatasetLoader;
  readonly gpu: Pick<GpuKeeper, 'access' | 'lastLoss'>;
  /** The float64 reference. */
  readonly truth: Engine;
  readonly clock: Clock;
  readonly clockResolutionMs: number;
  readonly tunerMemory: TunerMemory;
  readonly ceilings: CeilingMemory;
  /** Name and version of the browser, or of Node: part of what a tuning is good for. */
  readonly browser: string;
}
