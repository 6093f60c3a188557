/**
 * What a benchmark runs on: our engines as lanes, the clock, and what the machine is. Made by a worker of the app, by the
 * worker in which peers run too, and by Node; each hands in what only it knows.
 */
import type { Clock, Engine } from '../../engine/contract.ts';
import { ReferenceEngine } from '../../engine/cpu/reference.ts';
import type { Breathe } from '../../engine/cpu/reference.ts';
import { cpuCeiling, gpuCeiling } from '../ceilings.ts';
import { GpuKeeper, readBackFloor, type GpuAccess, type GpuSource } from '../gpu-access.ts';
import type { HostReport } from '../environment.ts';
import { clockResolution, environmentOf } from '../machine.ts';
import type { MachineReport } from '../protocol.ts';
import type { Visibility } from '../visibility.ts';
import { engineLane } from './lanes.ts';
import { NoTimeError, type LaneReason } from './reason.ts';
import type { BenchHost } from './run.ts';
import type { BenchLane } from './workload.ts';

export interface BenchPlace {
  readonly gpu: GpuSource;
  readonly clock: Clock;
  readonly breathe: Breathe;
  /** The CPU's fast engines. */
  readonly engines: readonly Engine[];
  readonly seed: number;
  readonly visibility: Visibility;
  readonly machine: (access: GpuAccess, clockResolutionMs: number) => MachineReport;
  readonly host: HostReport;
}

export interface OpenBench {
  readonly host: BenchHost;
  readonly lanes: readonly BenchLane[];
  dispose(): Promise<void>;
}

export async function openBench(place: BenchPlace): Promise<OpenBench> {
  const { clock, breathe, seed } = place;
  const gpu = new GpuKeeper(place.gpu, clock);
  const access = await gpu.access();
  const clockResolutionMs = clockResolution(clock);
  const reference = new ReferenceEngine({ precision: 'float32', clock, breathe });
  const truth = new ReferenceEngine({ precision: 'float64', clock, breathe });
  const engines: readonly Engine[] = [...(access.engine ? [access.engine] : []), ...place.engines, reference];
  const readBackFloorMs = access.engine ? await readBackFloor(access.engine.device, clock) : 0;
  return {
    host: {
      clock,
      clockResolutionMs,
      readBackFloorMs,
      isHidden: () => place.visibility.hidden,
      seen: () => place.visibility.seen(),
      truth,
      ceilings: async () => ({
        gpu: access.engine ? await gpuCeiling(access.engine, { clock, clockResolutionMs, floorMs: readBackFloorMs }) : null,
        cpu: await cpuCeiling(place.engines, { clock, clockResolutionMs }),
      }),
      environment: environmentOf(place.machine(access, clockResolutionMs), place.host, access.engine ? readBackFloorMs : null),
    },
    lanes: engines.map((engine) => engineLane(engine, seed, { truth, clock })),
    async dispose() {
      for (const engine of place.engines) engine.dispose();
      await gpu.dispose();
    },
  };
}

/** The lanes with these names, in the order in which they stand. A name without a lane becomes one that says why. */
export function namedLanes(names: readonly string[], lanes: readonly BenchLane[]): readonly BenchLane[] {
  return names.map((name) => lanes.find((lane) => lane.name === name) ?? absentLane(name));
}

function absentLane(name: string): BenchLane {
  const reasons: Readonly<Record<string, LaneReason>> = { gpu: 'no-adapter', 'wasm-threads': 'not-isolated' };
  const reason = reasons[name] ?? 'no-such-lane';
  return { name, kind: name === 'gpu' ? 'gpu' : 'cpu', peer: false, prepare: () => Promise.reject(new NoTimeError(reason)) };
}
