/** What this machine is, as every result carries it: adapter, cores, isolation, and how fine its clock is. */
import type { Clock } from '../engine/contract.ts';
import type { GpuAccess } from './gpu-access.ts';
import type { MachineReport } from './protocol.ts';

/** The environment of a result: rule 13 of what makes a time honest. */
export function environmentOf(machine: MachineReport, host: string, browser: string): Readonly<Record<string, unknown>> {
  const { gpu } = machine;
  return {
    host,
    browser,
    adapter:
      gpu.absent === null
        ? { vendor: gpu.vendor, architecture: gpu.architecture, description: gpu.description, software: gpu.software }
        : null,
    logicalCores: machine.logicalCores,
    crossOriginIsolated: machine.crossOriginIsolated,
    clockResolutionMs: machine.clockResolutionMs,
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
