/** What this machine is, as every result carries it: adapter, cores, isolation, and how fine its clock is. */
import type { Clock } from '../engine/contract.ts';
import type { Environment, HostReport } from './environment.ts';
import type { GpuAccess } from './gpu-access.ts';
import type { MachineReport } from './protocol.ts';

/** The version in package.json, put in by the build. */
declare const __APP_VERSION__: string | undefined;

// (func (result v128) (i8x16.splat (i32.const 0))), and the same with i8x16.relaxed_swizzle of two such
const moduleOf = (...body: readonly number[]): readonly number[] => [
  ...[0, 97, 115, 109, 1, 0, 0, 0, 1, 5, 1, 96, 0, 1, 123, 3, 2, 1, 0],
  ...[10, body.length + 4, 1, body.length + 2, 0, ...body, 11],
];
const splat = [65, 0, 253, 15] as const;
const simdModule = moduleOf(...splat);
const relaxedSimdModule = moduleOf(...splat, ...splat, 253, 128, 2);
// (memory 1 1 shared) and (func (drop (i32.atomic.load (i32.const 0))))
const threadsModule = [
  ...[0, 97, 115, 109, 1, 0, 0, 0, 1, 4, 1, 96, 0, 0, 3, 2, 1, 0, 5, 4, 1, 3, 1, 1],
  ...[10, 11, 1, 9, 0, 65, 0, 254, 16, 2, 0, 26, 11],
];

/** A page's or a worker's own host. */
export function browserHost(): HostReport {
  // Not every browser has the newer way to ask, and the types know the older one only.
  const { userAgentData } = navigator as { readonly userAgentData?: { readonly platform: string } };
  return { host: 'browser', browser: navigator.userAgent, platform: userAgentData?.platform || navigator.platform };
}

/**
 * The environment of a result: rule 13 of what makes a time honest.
 * @param readBackFloorMs null where it was not measured
 */
export function environmentOf(machine: MachineReport, host: HostReport, readBackFloorMs: number | null = null): Environment {
  const { gpu } = machine;
  const validates = (bytes: readonly number[]): boolean => WebAssembly.validate(Uint8Array.from(bytes));
  return {
    build: typeof __APP_VERSION__ === 'undefined' ? 'unbuilt' : __APP_VERSION__,
    ...host,
    adapter:
      gpu.absent === null
        ? { vendor: gpu.vendor, architecture: gpu.architecture, description: gpu.description, software: gpu.software }
        : null,
    logicalCores: machine.logicalCores,
    crossOriginIsolated: machine.crossOriginIsolated,
    clockResolutionMs: machine.clockResolutionMs,
    readBackFloorMs,
    wasm: {
      simd: validates(simdModule),
      relaxedSimd: validates(relaxedSimdModule),
      threads: validates(threadsModule) && typeof SharedArrayBuffer !== 'undefined',
    },
    takenAt: new Date().toISOString(),
  };
}

/** The smallest step that the clock is seen to make, ms; looks for at most a few milliseconds. */
export function clockResolution(clock: Clock): number {
  let smallest = Number.POSITIVE_INFINITY;
  let seen = 0;
  const began = clock();
  let last = began;
  while (seen < 20 && last - began < 5) {
    const now = clock();
    if (now > last) {
      smallest = Math.min(smallest, now - last);
      seen++;
    }
    last = now;
  }
  return Number.isFinite(smallest) ? smallest : 1;
}

export function machineReport(access: GpuAccess, clockResolutionMs: number): MachineReport {
  return {
    gpu: access.engine
      ? { absent: null, ...access.engine.adapter, timestamps: access.engine.device.features.has('timestamp-query') }
      : { absent: access.why, detail: access.detail },
    logicalCores: navigator.hardwareConcurrency,
    crossOriginIsolated: globalThis.crossOriginIsolated,
    clockResolutionMs,
  };
}
