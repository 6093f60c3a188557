/**
 * A real Chromium for a test file: `openBrowser` in `beforeAll`, `close` in `afterAll`. All files share one for each set
 * of flags, since starting one costs more than most tests; each page has a context of its own, so nothing is left over
 * from one to the next.
 */
import { chromium, type Browser, type BrowserContext, type BrowserContextOptions, type Page } from 'playwright-core';
import { expect, inject } from 'vitest';
import { chromiumFlags, findBrowser, softwareGpuFlag } from '../../../src/cli/find-browser.ts';
import { policyViolations, watchPage, type PageRecord } from './watch.ts';

/**
 * `software`: WebGPU on the CPU. `no-adapter`: there is WebGPU, but it finds no GPU. `no-device`: there is an adapter,
 * but it gives no device. `absent`: there is no WebGPU, as in an older browser. `lost-for-good`: as `software`, but once
 * its device is lost, there is no adapter any more.
 */
export type GpuKind = 'software' | 'no-adapter' | 'no-device' | 'absent' | 'lost-for-good';

/** The software GPU compiles the clearing of workgroup memory word by word: ten times the work of the rest of a kernel. */
const quickCompileFlag = '--enable-dawn-features=disable_workgroup_init';
const softwareGpuFlags: readonly string[] = [...chromiumFlags, softwareGpuFlag, quickCompileFlag];
/** Chromium for Linux offers its software GPU only when told to. */
const noGpuFlags: readonly string[] = chromiumFlags.filter((flag) => !flag.includes('webgpu'));

/**
 * Parts of the browser around the page that are switched off. The first line is the popup of the address bar, a page of
 * its own in every window, which takes a quarter of all computing time. The others are those that Playwright switches
 * off: its list would be lost, since the last one on the command line counts.
 */
const featuresOff: readonly string[] = [
  ...['WebUIOmniboxPopup', 'WebUIOmniboxAimPopup', 'WebUIOmniboxFullPopup'],
  ...['AvoidUnnecessaryBeforeUnloadCheckSync', 'DestroyProfileOnBrowserClose', 'HttpsUpgrades', 'HttpsFirstBalancedModeAutoEnable'],
  ...['LensOverlay', 'MediaRouter', 'PaintHolding', 'ThirdPartyStoragePartitioning', 'AvoidCorsURLLoaderRestartOnRedirect'],
  ...['OptimizationHints', 'NetworkTimeServiceQuerying', 'AimEnabled', 'PreconnectToSearch'],
];

/** A name that leads to this machine but that browsers do not count as secure, unlike localhost. */
export const insecureHost = 'downhill.test';

export interface OpenPage {
  readonly page: Page;
  readonly record: PageRecord;
  /** Fails when the page did anything that no page of ours may do. */
  expectClean(): Promise<void>;
  close(): Promise<void>;
}

export interface OpenPageOptions extends BrowserContextOptions {
  /** What follows the address of the app, e.g. `#/train?m=1`. */
  readonly path?: string;
  /** Opens the app under a name that is not a secure context. */
  readonly insecure?: boolean;
  /** What the browser lets the app keep, from the first moment on: it asks itself about that only now and then. */
  readonly quotaBytes?: number;
}

async function setQuota(page: Page, quotaBytes: number): Promise<void> {
  const session = await page.context().newCDPSession(page);
  await session.send('Storage.overrideQuotaForOrigin', { origin: new URL(appUrl()).origin, quotaSize: quotaBytes });
}

/** What is run in the page and before its workers, to make a GPU of that kind. */
const preludes: Readonly<Partial<Record<GpuKind, string>>> = {
  absent: 'delete (globalThis.WorkerNavigator ?? globalThis.Navigator).prototype.gpu;',
  'no-device': `GPUAdapter.prototype.requestDevice = () => Promise.reject(new Error('no device today'));`,
  'lost-for-good': `{
    const { requestAdapter } = GPU.prototype;
    const { destroy } = GPUDevice.prototype;
    let lost = false;
    GPU.prototype.requestAdapter = function (...how) { return lost ? Promise.resolve(null) : requestAdapter.apply(this, how); };
    GPUDevice.prototype.destroy = function () { lost = true; destroy.call(this); };
  }`,
};

async function runFirst(context: BrowserContext, prelude: string): Promise<void> {
  await context.addInitScript(prelude);
  await context.route(/worker[^/]*[.]js/, async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, body: `${prelude}\n${await response.text()}` });
  });
}

export interface TestBrowser {
  openPage(options?: OpenPageOptions): Promise<OpenPage>;
  /** Closes the pages that are still open, and leaves the browser to whoever wants one next. */
  close(): Promise<void>;
}

/** Address of the app that all end-to-end tests share. */
export function appUrl({ insecure = false }: { readonly insecure?: boolean } = {}): string {
  const url = inject('appUrl');
  return insecure ? url.replace('localhost', insecureHost) : url;
}

async function expectClean(page: Page, record: PageRecord): Promise<void> {
  expect(record.errors).toEqual([]);
  expect(record.foreignRequests).toEqual([]);
  expect(await policyViolations(page)).toEqual([]);
}

/** Browsers by their flags. Playwright ends them together with this process. */
const running = new Map<readonly string[], Browser>();

/** @returns the browser with these flags; a new one when there is none or it crashed */
export async function sharedBrowser(flags: readonly string[] = softwareGpuFlags): Promise<Browser> {
  const present = running.get(flags);
  if (present?.isConnected()) return present;
  const executablePath = findBrowser();
  if (executablePath === null) throw new Error('There is no Chromium here: `npm test` installs one, or set CHROMIUM_PATH.');
  const browser = await chromium.launch({
    executablePath,
    args: [...flags, `--disable-features=${featuresOff.join(',')}`, `--host-resolver-rules=MAP ${insecureHost} 127.0.0.1`],
  });
  running.set(flags, browser);
  return browser;
}

export async function openBrowser({ gpu = 'software' }: { readonly gpu?: GpuKind } = {}): Promise<TestBrowser> {
  const browser = await sharedBrowser(gpu === 'absent' || gpu === 'no-adapter' ? noGpuFlags : softwareGpuFlags);
  const open = new Set<() => Promise<void>>();
  return {
    async openPage({ path = '', insecure = false, quotaBytes, ...contextOptions } = {}) {
      const url = appUrl({ insecure });
      const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, ...contextOptions });
      const close = async (): Promise<void> => {
        open.delete(close);
        // What is still on its way then is of no interest.
        await context.unrouteAll({ behavior: 'ignoreErrors' });
        await context.close();
      };
      open.add(close);
      const prelude = preludes[gpu];
      if (prelude !== undefined) await runFirst(context, prelude);
      const page = await context.newPage();
      const record = await watchPage(page, url);
      if (quotaBytes !== undefined) await setQuota(page, quotaBytes);
      await page.goto(`${url}${path}`);
      return { page, record, expectClean: () => expectClean(page, record), close };
    },
    async close() {
      await Promise.all([...open].map((closePage) => closePage()));
    },
  };
}
