/** A worker of a browser as a place to benchmark in. */
import { breather } from '../breathe.ts';
import { browserHost, machineReport } from '../machine.ts';
import { wasmEngines } from '../wasm-access.ts';
import type { Visibility } from '../visibility.ts';
import type { BenchPlace } from './host.ts';

export function browserPlace(seed: number, visibility: Visibility): BenchPlace {
  const clock = (): number => performance.now();
  const breathe = breather(clock, 20);
  return {
    gpu: { gpu: 'gpu' in navigator ? navigator.gpu : undefined, secureContext: isSecureContext },
    clock,
    breathe,
    engines: wasmEngines({ clock, breathe }),
    seed,
    visibility,
    machine: machineReport,
    host: browserHost(),
  };
}
