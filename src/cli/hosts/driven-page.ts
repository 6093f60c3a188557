/**
 * A headless Chromium that opens one page and is driven from here: on the graphics card where Chromium finds one, and on
 * the software GPU otherwise.
 */
import { chromium, type Browser, type Page } from 'playwright-core';
import { chromiumFlags, findBrowser, softwareGpuFlag } from '../find-browser.ts';
import { ensureBrowser } from '../install-browser.ts';

/** Chromium for Linux looks for graphics cards through Vulkan only when told to. */
const cardFlags: readonly string[] = process.platform === 'linux' ? ['--enable-features=Vulkan'] : [];

export interface DrivenPage {
  readonly page: Page;
  readonly close: () => Promise<void>;
}

async function open(url: string, flags: readonly string[]): Promise<{ readonly browser: Browser; readonly page: Page }> {
  const executablePath = findBrowser() ?? ensureBrowser();
  const browser = await chromium.launch({ executablePath, args: [...chromiumFlags, ...flags] });
  const page = await browser.newPage();
  await page.goto(url);
  return { browser, page };
}

function hasAdapter(page: Page): Promise<boolean> {
  return page.evaluate(async () => (await navigator.gpu.requestAdapter()) !== null);
}

/** @param gpu whether what is asked of the page needs one */
export async function openDriven(url: string, { gpu }: { readonly gpu: boolean }): Promise<DrivenPage> {
  let opened = await open(url, gpu ? cardFlags : []);
  if (gpu && !(await hasAdapter(opened.page))) {
    await opened.browser.close();
    opened = await open(url, [softwareGpuFlag]);
  }
  const { browser, page } = opened;
  return { page, close: () => browser.close() };
}
