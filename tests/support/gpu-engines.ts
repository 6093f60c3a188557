/** GPU engines for kernel tests, on Dawn's software GPU: a file says once that it wants some, and they go when it is done. */
import { afterAll, beforeAll } from 'vitest';
import { openNodeGpu, type NodeGpu } from '../../src/cli/node-gpu.ts';
import type { Clock } from '../../src/engine/contract.ts';
import { GpuEngine } from '../../src/engine/gpu/engine.ts';

export interface EngineOptions {
  readonly clock?: Clock;
  /** What the GPU is to be taken for; left out, what it is: software. */
  readonly treatAs?: 'hardware' | 'software';
  /** Bytes of X in one buffer at the most; left out, what suits the device. */
  readonly mostBytes?: number;
}

/** Opens an engine on a device of its own; within a test or a `beforeAll`. */
export type OpenEngine = (options?: EngineOptions) => Promise<GpuEngine>;

/** To be called where tests are described: it opens the GPU before the first of them and destroys what is left after the last. */
export function gpuEngines(): OpenEngine {
  const engines: GpuEngine[] = [];
  let node: NodeGpu | null = null;
  beforeAll(async () => {
    node = await openNodeGpu({ software: true });
  });
  afterAll(async () => {
    for (const engine of engines) {
      engine.dispose();
      await engine.device.lost;
    }
    node?.close();
  });
  return async ({ clock = () => performance.now(), treatAs, mostBytes } = {}) => {
    // each device takes an adapter of its own
    const adapter = await node?.gpu.requestAdapter();
    if (!adapter) throw new Error('no adapter');
    const engine = await GpuEngine.open(adapter, clock, treatAs, mostBytes);
    engines.push(engine);
    return engine;
  };
}
