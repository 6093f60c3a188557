/** The built app as it arrives: from one origin, isolated, under the content-security policy, in little JavaScript. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { appHeaders } from '../../src/cli/headers.ts';
import { appUrl, openBrowser, type TestBrowser } from './support/browser.ts';

describe('loading', () => {
  let browser: TestBrowser;

  beforeAll(async () => {
    browser = await openBrowser();
  });

  afterAll(() => browser.close());

  it('comes with the headers of cross-origin isolation and the policy', async () => {
    const response = await fetch(appUrl());
    for (const [name, value] of Object.entries(appHeaders)) expect(response.headers.get(name)).toBe(value);
  });

  it('is isolated, asks no other host for anything and breaks no rule of the policy', async () => {
    const { page, expectClean, close } = await browser.openPage();
    await page.waitForLoadState('networkidle');
    expect(await page.evaluate(() => crossOriginIsolated)).toBe(true);
    await expectClean();
    await close();
  });

  it('has a GPU here, so that the other tests mean what they say', async () => {
    const { page, close } = await browser.openPage();
    expect(await page.evaluate(async () => (await navigator.gpu.requestAdapter())?.info.architecture)).toBe('swiftshader');
    await close();
  });
});

describe.each([
  ['absent', false],
  ['no-adapter', true],
] as const)('a browser whose WebGPU is %s', (gpu, present) => {
  let browser: TestBrowser;

  beforeAll(async () => {
    browser = await openBrowser({ gpu });
  });

  afterAll(() => browser.close());

  it('is what it says', async () => {
    const { page, close } = await browser.openPage();
    expect(await page.evaluate(() => 'gpu' in navigator)).toBe(present);
    if (present) expect(await page.evaluate(() => navigator.gpu.requestAdapter())).toBeNull();
    await close();
  });
});

describe('an insecure context', () => {
  it('is what it says', async () => {
    const browser = await openBrowser();
    const { page, close } = await browser.openPage({ insecure: true });
    expect(await page.evaluate(() => isSecureContext)).toBe(false);
    expect(await page.evaluate(() => 'gpu' in navigator)).toBe(false);
    await close();
    await browser.close();
  });
});
