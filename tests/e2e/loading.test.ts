/** The built app as it arrives: from one origin, isolated, under the content-security policy, in little JavaScript. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { appHeaders } from '../../src/cli/headers.ts';
import { distFolder } from '../../src/cli/root.ts';
import { serve } from '../../src/cli/server.ts';
import { appUrl, openBrowser, sharedBrowser, type TestBrowser } from './support/browser.ts';
import { raceOf, smallRace, waitForPhase } from './support/train-lab.ts';
import { policyViolations, watchPage } from './support/watch.ts';

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

describe('a host that sends no headers', () => {
  it('serves everything, on one thread and under the same policy, and the page says how to get the rest', async () => {
    const server = await serve(distFolder, { port: 0, headers: {} });
    const page = await (await sharedBrowser()).newPage();
    const record = await watchPage(page, server.url);
    await page.goto(`${server.url}${smallRace(40)}`);
    const { lanes } = await waitForPhase(page, 'finished');
    expect(await page.evaluate(() => crossOriginIsolated)).toBe(false);
    expect(lanes.map(({ checked }) => checked)).toEqual([true, true]);
    expect((await raceOf(page)).notices).toContain('cpu-lane-unfit');
    await page.getByText('Cross-Origin-Embedder-Policy: require-corp').waitFor();
    expect([...record.errors, ...(await policyViolations(page))]).toEqual([]);
    // the policy that the page brings along does hold
    await page.evaluate(() => fetch('data:,').catch(() => undefined));
    await expect.poll(() => policyViolations(page)).toHaveLength(1);
    await page.close();
    await server.close();
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
