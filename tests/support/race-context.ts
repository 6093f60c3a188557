/** What a race stands on in tests: the real sets, the reference engines, memories that begin empty; no GPU unless one is given. */
import { fileURLToPath } from 'node:url';
import { DatasetLoader } from '../../src/data/load.ts';
import { nodeSource } from '../../src/data/node-source.ts';
import { ReferenceEngine } from '../../src/engine/cpu/reference.ts';
import { CeilingMemory } from '../../src/session/ceiling-memory.ts';
import { GpuKeeper } from '../../src/session/gpu-access.ts';
import type { RaceContext } from '../../src/session/race-context.ts';
import { ShortMemory } from '../../src/session/tuner.ts';

const clock = (): number => performance.now();

export function raceContext(gpu = new GpuKeeper({ gpu: undefined, secureContext: true }, clock)): RaceContext {
  return {
    loader: new DatasetLoader(nodeSource(fileURLToPath(new URL('../../src/data/files/', import.meta.url)))),
    gpu,
    reference: new ReferenceEngine({ precision: 'float32', clock, breathe: () => undefined }),
    fast: [],
    truth: new ReferenceEngine({ precision: 'float64', clock, breathe: () => undefined }),
    clock,
    clockResolutionMs: 0.001,
    tunerMemory: new ShortMemory(),
    ceilings: new CeilingMemory(),
    browser: 'test',
  };
}
