/** `bench --host browser`: the suites in a headless Chromium, over the built app, or over the page that knows the peers too. */
import { distFolder, peersFolder } from '../root.ts';
import { peersHeaders } from '../headers.ts';
import { serve, type RunningServer } from '../server.ts';
import type { BenchReport } from '../../session/bench/report.ts';
import type { BenchProgress } from '../../session/bench/run.ts';
import type { BenchCommand } from '../bench-arguments.ts';
import type {} from '../page-bench.ts';
import { openDriven } from './driven-page.ts';

/** A lane of this name computes on a GPU. */
const needsGpu = (name: string): boolean => name.endsWith('gpu');

async function servePeers(): Promise<RunningServer> {
  // Only now: it brings the whole build tool along.
  const { ensurePeersBuilt } = await import('../build.ts');
  await ensurePeersBuilt();
  return serve(peersFolder, { port: 0, headers: peersHeaders });
}

export async function benchInBrowser(
  { request, lanes, peers }: BenchCommand,
  onProgress: (progress: BenchProgress) => void,
): Promise<BenchReport> {
  const server = peers ? await servePeers() : await serve(distFolder, { port: 0 });
  const { page, close } = await openDriven(`${server.url}?terminal`, { gpu: lanes.some(needsGpu) });
  try {
    await page.waitForFunction(() => globalThis.downhillBench !== undefined);
    await page.exposeFunction('downhillBenchProgress', onProgress);
    const outcome = await page.evaluate(
      async ([asked, names]) => {
        const { downhillBench, downhillBenchProgress } = globalThis;
        if (downhillBench === undefined || downhillBenchProgress === undefined) throw new Error('The page of the benchmark did not load.');
        return downhillBench(asked, names, downhillBenchProgress);
      },
      [request, lanes] as const,
    );
    if (outcome.report === null) throw new Error(outcome.error);
    return outcome.report;
  } finally {
    await close();
    await server.close();
  }
}

declare global {
  var downhillBenchProgress: ((progress: BenchProgress) => void) | undefined;
}
