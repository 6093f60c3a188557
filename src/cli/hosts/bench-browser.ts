/** `bench --host browser`: the suites in a headless browser, over the built app, or over the page that knows the peers too. */
import { distFolder, peersFolder } from '../root.ts';
import { peersHeaders } from '../headers.ts';
import { serve, type RunningServer } from '../server.ts';
import type { BenchReport } from '../../session/bench/report.ts';
import type { BenchProgress } from '../../session/bench/run.ts';
import type { BenchCommand } from '../bench-arguments.ts';
import { benchOnPage, needsGpu } from './bench-on-page.ts';
import { openDriven } from './open-driven.ts';

async function servePeers(): Promise<RunningServer> {
  // Only now: it brings the whole build tool along.
  const { ensurePeersBuilt } = await import('../build.ts');
  await ensurePeersBuilt();
  return serve(peersFolder, { port: 0, headers: peersHeaders });
}

export async function benchInBrowser(
  { request, lanes, peers, browser }: BenchCommand,
  onProgress: (progress: BenchProgress) => void,
): Promise<BenchReport> {
  const server = peers ? await servePeers() : await serve(distFolder, { port: 0 });
  try {
    const page = await openDriven(`${server.url}?terminal`, { browser, gpu: lanes.some(needsGpu) });
    try {
      return await benchOnPage(page, request, lanes, onProgress);
    } finally {
      await page.close();
    }
  } finally {
    await server.close();
  }
}
