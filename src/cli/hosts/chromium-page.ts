/** A Chromium driven by Playwright: on the graphics card where Chromium finds one, and on the software GPU otherwise. */
import { chromium, type Browser, type Page } from 'playwright-core';
import { chromiumFlags, findBrowser, softwareGpuFlag } from '../find-browser.ts';
import { ensureBrowser } from '../install-browser.ts';
import type { DrivenPage } from './driven-page.ts';

/** Chromium for Linux looks for graphics cards through Vulkan only when told to. */
const cardFlags: readonly string[] = process.platform === 'linux' ? ['--enable-features=Vulkan'] : [];

/** Also for a page in a browser of another machine. */
export function drivenByPlaywright(page: Page, close: () => Promise<void>): DrivenPage {
  return {
    call: <Argument, Result>(task: (argument: Argument) => Result | Promise<Result>, argument: Argument) =>
      // its types take handles of things in the page out of the argument, and plain values have none
      page.evaluate(task as (argument: unknown) => Result | Promise<Result>, argument),
    offer: async (name, listener) => {
      await page.exposeFunction(name, listener);
    },
    giveFiles: (selector, paths) => page.setInputFiles(selector, [...paths]),
    close,
  };
}

async function open(url: string, flags: readonly string[]): Promise<{ readonly browser: Browser; readonly page: Page }> {
  const browser = await chromium.launch({ executablePath: findBrowser() ?? ensureBrowser(), args: [...chromiumFlags, ...flags] });
  const page = await browser.newPage();
  await page.goto(url);
  return { browser, page };
}

function hasAdapter(page: Page): Promise<boolean> {
  return page.evaluate(async () => (await navigator.gpu.requestAdapter()) !== null);
}

/** @throws NoBrowserError */
export async function openChromium(url: string, { gpu }: { readonly gpu: boolean }): Promise<DrivenPage> {
  let opened = await open(url, gpu ? cardFlags : []);
  if (gpu && !(await hasAdapter(opened.page))) {
    await opened.browser.close();
    opened = await open(url, [softwareGpuFlag]);
  }
  const { browser, page } = opened;
  return drivenByPlaywright(page, () => browser.close());
}
