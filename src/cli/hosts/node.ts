/** `--host node`: trains in this process, the GPU through Dawn. */
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { DatasetLoader } from '../../data/load.ts';
import { nodeSource } from '../../data/node-source.ts';
import { ReferenceEngine } from '../../engine/cpu/reference.ts';
import { breather } from '../../session/breathe.ts';
import type { TrainProgress, TrainReport, TrainRequest } from '../../session/train-report.ts';
import { nodeHost } from '../node-host.ts';
import { installGpuGlobals, openNodeGpu } from '../node-gpu.ts';
import { cacheFolder, root } from '../root.ts';
import type { HeardJob } from '../own-hosts.ts';
import { adoptOwn } from './own-node.ts';
import { wasmEngines } from '../wasm-engines.ts';

const clock = (): number => performance.now();

export async function trainInNode(
  asked: TrainRequest,
  onProgress: (progress: TrainProgress) => void,
  own: HeardJob<TrainRequest> | null = null,
): Promise<TrainReport> {
  const loader = new DatasetLoader(nodeSource(join(root, 'src', 'data', 'files')));
  const request = own ? own.request(await adoptOwn(own.paths, loader, own)) : asked;
  await installGpuGlobals();
  // Only now: the GPU engine's libraries want to see the globals when they are imported.
  const { GpuKeeper } = await import('../../session/gpu-access.ts');
  const { clockResolution, environmentOf } = await import('../../session/machine.ts');
  const { trainAll } = await import('../../session/train.ts');
  const node = request.lanes.includes('gpu') ? await openNodeGpu({ software: false }) : null;
  const gpu = new GpuKeeper({ gpu: node?.gpu, secureContext: true }, clock);
  try {
    const { engine } = await gpu.access();
    const clockResolutionMs = clockResolution(clock);
    const machine = {
      gpu: engine
        ? { absent: null, ...engine.adapter, timestamps: engine.device.features.has('timestamp-query') }
        : { absent: 'no-webgpu' as const, detail: '' },
      logicalCores: availableParallelism(),
      crossOriginIsolated: false,
      clockResolutionMs,
    };
    const breathe = breather(clock, 100);
    const host = {
      loader,
      gpu,
      fast: wasmEngines(join(cacheFolder, 'wasm'), { clock, breathe }),
      reference: new ReferenceEngine({ precision: 'float32', clock, breathe }),
      truth: new ReferenceEngine({ precision: 'float64', clock, breathe }),
      clock,
      clockResolutionMs,
      environment: environmentOf(machine, nodeHost),
    };
    return await trainAll(request, host, onProgress);
  } finally {
    await gpu.dispose();
    node?.close();
  }
}
