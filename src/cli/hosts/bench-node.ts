/** `bench --host node`: the suites in this process, the GPU through Dawn. Also what the bundle for other machines runs. */
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import type { BenchReport } from '../../session/bench/report.ts';
import type { BenchProgress } from '../../session/bench/run.ts';
import { breather } from '../../session/breathe.ts';
import { Visibility } from '../../session/visibility.ts';
import type { BenchCommand } from '../bench-arguments.ts';
import { nodeHost } from '../node-host.ts';
import { gpuOrNone, installGpuGlobals } from '../node-gpu.ts';
import { cacheFolder } from '../root.ts';
import { wasmEngines } from '../wasm-engines.ts';

const clock = (): number => performance.now();

/** @param wasmFolder where the binaries of the wasm lanes lie */
export async function benchInNode(
  { request, lanes }: BenchCommand,
  onProgress: (progress: BenchProgress) => void,
  wasmFolder = join(cacheFolder, 'wasm'),
): Promise<BenchReport> {
  await installGpuGlobals();
  // Only now: the GPU engine's libraries want to see the globals when they are imported.
  const { namedLanes, openBench } = await import('../../session/bench/host.ts');
  const { runBench } = await import('../../session/bench/run.ts');
  const node = lanes.includes('gpu') ? await gpuOrNone() : null;
  const breathe = breather(clock, 100);
  const bench = await openBench({
    gpu: { gpu: node?.gpu, secureContext: true },
    clock,
    breathe,
    engines: wasmEngines(wasmFolder, { clock, breathe }),
    seed: request.seed,
    visibility: new Visibility(),
    machine: (access, clockResolutionMs) => ({
      gpu: access.engine
        ? { absent: null, ...access.engine.adapter, timestamps: access.engine.device.features.has('timestamp-query') }
        : { absent: 'no-webgpu', detail: '' },
      logicalCores: availableParallelism(),
      crossOriginIsolated: false,
      clockResolutionMs,
    }),
    host: nodeHost,
  });
  try {
    return await runBench(request, bench.host, namedLanes(lanes, bench.lanes), onProgress);
  } finally {
    await bench.dispose();
    node?.close();
  }
}
