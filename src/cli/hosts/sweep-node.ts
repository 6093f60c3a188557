/** `sweep --host node`: a sweep in this process, the GPU through Dawn. */
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { DatasetLoader } from '../../data/load.ts';
import { nodeSource } from '../../data/node-source.ts';
import { ReferenceEngine } from '../../engine/cpu/reference.ts';
import { breather } from '../../session/breathe.ts';
import { collectReport } from '../../session/sweep/make-report.ts';
import type { SweepReport, SweepUpdate } from '../../session/sweep/protocol.ts';
import type { SweepSettings } from '../../session/sweep/settings.ts';
import { nodeHost } from '../node-host.ts';
import { installGpuGlobals, gpuOrNone } from '../node-gpu.ts';
import { cacheFolder, root } from '../root.ts';
import type { HeardJob } from '../own-hosts.ts';
import { adoptOwn } from './own-node.ts';
import { wasmEngines } from '../wasm-engines.ts';

const clock = (): number => performance.now();

export async function sweepInNode(
  asked: SweepSettings,
  onUpdate: (update: SweepUpdate) => void,
  own: HeardJob<SweepSettings> | null = null,
): Promise<SweepReport> {
  const loader = new DatasetLoader(nodeSource(join(root, 'src', 'data', 'files')));
  const settings = own ? own.request(await adoptOwn(own.paths, loader, own)) : asked;
  await installGpuGlobals();
  // Only now: the GPU engine's libraries want to see the globals when they are imported.
  const { GpuKeeper } = await import('../../session/gpu-access.ts');
  const { clockResolution, environmentOf } = await import('../../session/machine.ts');
  const { Sweep } = await import('../../session/sweep/sweep.ts');
  const node = await gpuOrNone();
  const gpu = new GpuKeeper({ gpu: node?.gpu, secureContext: true }, clock);
  const breathe = breather(clock, 100);
  const fast = wasmEngines(join(cacheFolder, 'wasm'), { clock, breathe });
  const clockResolutionMs = clockResolution(clock);
  try {
    const host = {
      loader,
      gpu,
      fast,
      reference: new ReferenceEngine({ precision: 'float32', clock, breathe }),
      truth: new ReferenceEngine({ precision: 'float64', clock, breathe }),
      clock,
      clockResolutionMs,
      environment: async () => {
        const { engine } = await gpu.access();
        const adapter = engine
          ? { absent: null, ...engine.adapter, timestamps: engine.device.features.has('timestamp-query') }
          : { absent: 'no-webgpu' as const, detail: '' };
        const machine = { gpu: adapter, logicalCores: availableParallelism(), crossOriginIsolated: false, clockResolutionMs };
        return environmentOf(machine, nodeHost);
      },
    };
    return await collectReport(settings, async (hear) => {
      const sweep = new Sweep(host, settings, null, (update) => {
        hear(update);
        onUpdate(update);
      });
      await sweep.ended;
    });
  } finally {
    for (const engine of fast) engine.dispose();
    await gpu.dispose();
    node?.close();
  }
}
