/**
 * The Firefox of this machine, driven by Puppeteer over WebDriver BiDi, since Playwright drives none but its own. On the graphics card
 * where Firefox finds one; without, on Linux, on Mesa’s software GPU.
 */
import { launch, type Browser, type ElementHandle, type Page } from 'puppeteer-core';
import { findBrowser } from '../find-browser.ts';
import { ensureFirefox } from '../install-browser.ts';
import type { DrivenPage } from './driven-page.ts';

/** Firefox offers WebGPU not yet everywhere, and not on every card, unless told to. */
const webGpuPreferences = { 'dom.webgpu.enabled': true, 'gfx.webgpu.ignore-blocklist': true } as const;

/** @throws NoBrowserError */
export async function launchFirefox(): Promise<Browser> {
  return launch({
    browser: 'firefox',
    executablePath: findBrowser('firefox') ?? ensureFirefox(),
    headless: true,
    extraPrefsFirefox: webGpuPreferences,
    // a sweep is one call, and may take hours
    protocolTimeout: 0,
  });
}

/** Ends the browser where that fails. */
async function openIn(browser: Browser, url: string): Promise<Page> {
  try {
    const page = await browser.newPage();
    await page.goto(url);
    return page;
  } catch (error) {
    await browser.close();
    throw error;
  }
}

/** @throws NoBrowserError */
export async function openFirefox(url: string): Promise<DrivenPage> {
  const browser = await launchFirefox();
  const page = await openIn(browser, url);
  return {
    call: <Argument, Result>(task: (argument: Argument) => Result | Promise<Result>, argument: Argument) =>
      page.evaluate(task as (argument: unknown) => Result | Promise<Result>, argument) as Promise<Result>,
    offer: (name, listener) => page.exposeFunction(name, listener),
    async giveFiles(selector, paths) {
      const input = await page.$(selector);
      await (input as ElementHandle<HTMLInputElement> | null)?.uploadFile(...paths);
    },
    close: () => browser.close(),
  };
}
