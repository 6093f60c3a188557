/**
 * `bench --connect`: the suite in browsers of other machines, through a Playwright server on each. The app is served here and reaches
 * their pages by way of the connection, so that nothing but the server has to run there. Such a server starts what it is told to: it
 * belongs on networks that one trusts.
 */
import { chromium, type Browser, type Page } from 'playwright-core';
import type { BenchReport } from '../../session/bench/report.ts';
import type { BenchProgress } from '../../session/bench/run.ts';
import type { BenchCommand } from '../bench-arguments.ts';
import { chromiumFlags, findBrowser, softwareGpuFlag } from '../find-browser.ts';
import { distFolder } from '../root.ts';
import { serve } from '../server.ts';
import { benchOnPage, needsGpu } from './bench-on-page.ts';
import { drivenByPlaywright } from './chromium-page.ts';

/** What one machine gave: a report, or why there is none. */
export type ConnectOutcome =
  { readonly address: string; readonly report: BenchReport } | { readonly address: string; readonly report: null; readonly why: string };

const answerWithinMs = 20_000;

/** From the one that suits most machines to the one that always has a GPU, if a slow one. */
const gpuFlags: readonly (readonly string[])[] = [[], ['--enable-features=Vulkan'], [softwareGpuFlag]];

const isHere = (address: string): boolean => ['localhost', '127.0.0.1', '[::1]'].includes(new URL(address).hostname);

/** The browser that the server finds by itself; where it has none, Chrome; on this very machine the one that is known here. */
async function connect(address: string, flags: readonly string[]): Promise<Browser> {
  const here = isHere(address) ? findBrowser() : null;
  const choices = here === null ? [{}, { channel: 'chrome' }, { channel: 'msedge' }] : [{ executablePath: here }];
  let first: unknown;
  for (const choice of choices) {
    const options = JSON.stringify({ headless: true, args: [...chromiumFlags, ...flags], ...choice });
    try {
      const headers = { 'x-playwright-launch-options': options };
      return await chromium.connect(address, { timeout: answerWithinMs, exposeNetwork: '<loopback>', headers });
    } catch (error) {
      first ??= error;
      // anything but a browser that is not there is no better with another
      if (!/executable|channel|distribution/i.test(String(error))) break;
    }
  }
  throw first;
}

async function openThere(address: string, url: string, gpu: boolean): Promise<{ readonly browser: Browser; readonly page: Page }> {
  for (const flags of gpu ? gpuFlags : [[]]) {
    const browser = await connect(address, flags);
    const page = await browser.newPage();
    await page.goto(url);
    const suits =
      !gpu || flags.includes(softwareGpuFlag) || (await page.evaluate(async () => (await navigator.gpu.requestAdapter()) !== null));
    if (suits) return { browser, page };
    await browser.close();
  }
  throw new Error('its browser has no WebGPU');
}

function reasonOf(error: unknown): string {
  const [line = ''] = (error instanceof Error ? error.message : String(error)).split('\n');
  return line.replace(/^browserType[.]connect: /, '');
}

async function benchThere(
  address: string,
  url: string,
  { request, lanes }: BenchCommand,
  onProgress: (progress: BenchProgress) => void,
): Promise<ConnectOutcome> {
  let opened: Browser | null = null;
  try {
    const { browser, page } = await openThere(address, url, lanes.some(needsGpu));
    opened = browser;
    const gone = new Promise<never>((_, reject) => {
      browser.on('disconnected', () => reject(new Error('the connection was lost')));
    });
    const driven = drivenByPlaywright(page, () => browser.close());
    const report = await Promise.race([benchOnPage(driven, request, lanes, onProgress), gone]);
    return { address, report };
  } catch (error) {
    return { address, report: null, why: reasonOf(error) };
  } finally {
    await opened?.close().catch(() => undefined);
  }
}

/** Machines go side by side; several servers at one host take turns, since they would slow each other down. */
export async function benchConnected(
  command: BenchCommand,
  onProgress: (address: string, progress: BenchProgress) => void,
): Promise<readonly ConnectOutcome[]> {
  const server = await serve(distFolder, { port: 0 });
  const byHost = new Map<string, string[]>();
  for (const address of command.connect) {
    const { hostname } = new URL(address);
    byHost.set(hostname, [...(byHost.get(hostname) ?? []), address]);
  }
  const outcomes = new Map<string, ConnectOutcome>();
  try {
    await Promise.all(
      [...byHost.values()].map(async (addresses) => {
        for (const address of addresses) {
          const tell = (progress: BenchProgress): void => onProgress(address, progress);
          outcomes.set(address, await benchThere(address, `${server.url}?terminal`, command, tell));
        }
      }),
    );
  } finally {
    await server.close();
  }
  return command.connect.flatMap((address) => outcomes.get(address) ?? []);
}
