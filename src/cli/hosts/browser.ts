/**
 * `--host browser`: a headless Chromium over the built app. It computes on the graphics card where Chromium finds one,
 * and on the software GPU otherwise.
 */
import { chromium, type Browser, type Page } from 'playwright-core';
import { chromiumFlags, findBrowser, softwareGpuFlag } from '../find-browser.ts';
import { ensureBrowser } from '../install-browser.ts';
import { distFolder } from '../root.ts';
import { serve } from '../server.ts';
import type { TrainProgress, TrainReport, TrainRequest } from '../../session/train-report.ts';
import type {} from '../page.ts';

/** Chromium for Linux looks for graphics cards through Vulkan only when told to. */
const cardFlags: readonly string[] = process.platform === 'linux' ? ['--enable-features=Vulkan'] : [];

interface OpenTerminal {
  readonly browser: Browser;
  readonly page: Page;
}

async function open(url: string, executablePath: string, flags: readonly string[]): Promise<OpenTerminal> {
  const browser = await chromium.launch({ executablePath, args: [...chromiumFlags, ...flags] });
  const page = await browser.newPage();
  await page.goto(`${url}?terminal`);
  await page.waitForFunction(() => globalThis.downhillTerminal !== undefined);
  return { browser, page };
}

function hasAdapter(page: Page): Promise<boolean> {
  return page.evaluate(async () => (await navigator.gpu.requestAdapter()) !== null);
}

async function openWithGpu(url: string, executablePath: string): Promise<OpenTerminal> {
  const opened = await open(url, executablePath, cardFlags);
  if (await hasAdapter(opened.page)) return opened;
  await opened.browser.close();
  return open(url, executablePath, [softwareGpuFlag]);
}

export async function trainInBrowser(request: TrainRequest, onProgress: (progress: TrainProgress) => void): Promise<TrainReport> {
  const executablePath = findBrowser() ?? ensureBrowser();
  const server = await serve(distFolder, { port: 0 });
  const { browser, page } = request.lanes.includes('gpu')
    ? await openWithGpu(server.url, executablePath)
    : await open(server.url, executablePath, []);
  try {
    await page.exposeFunction('downhillProgress', onProgress);
    const outcome = await page.evaluate(async (asked) => {
      const { downhillTerminal, downhillProgress } = globalThis;
      if (downhillTerminal === undefined || downhillProgress === undefined) throw new Error('The page of the terminal did not load.');
      return downhillTerminal.train(asked, downhillProgress);
    }, request);
    if (outcome.report === null) throw new Error(outcome.error);
    return outcome.report;
  } finally {
    await browser.close();
    await server.close();
  }
}

declare global {
  var downhillProgress: ((progress: TrainProgress) => void) | undefined;
}
