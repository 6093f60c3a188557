/** axe finds nothing to complain about: light and dark, wide and on a phone, while it races and when something is wrong. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openBrowser, type OpenPageOptions, type TestBrowser } from './support/browser.ts';
import { complaints } from './support/complaints.ts';
import { smallRace, waitForPhase, waitForSteps } from './support/train-lab.ts';

const looks: readonly (readonly [name: string, options: OpenPageOptions])[] = [
  ['light, wide', { colorScheme: 'light' }],
  ['dark, on a phone', { colorScheme: 'dark', viewport: { width: 390, height: 844 } }],
];

describe('accessibility', () => {
  let browser: TestBrowser;

  beforeAll(async () => {
    browser = await openBrowser();
  });

  afterAll(() => browser.close());

  it.each(looks)('%s: no violations, and nothing to scroll sideways', async (_name, options) => {
    const { page, close } = await browser.openPage({ ...options, path: smallRace(40, '&foo=1') });
    await waitForPhase(page, 'finished');
    await page.locator('wa-slider').first().waitFor();
    expect(await complaints(page)).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
    await close();
  });

  it('holds for Cats, and in the list of keys', async () => {
    const { page, close } = await browser.openPage();
    await waitForSteps(page, 1);
    await page.locator('wa-slider').first().waitFor();
    await page.keyboard.press('Space');
    await waitForPhase(page, 'paused');
    expect(await complaints(page)).toEqual([]);
    await page.keyboard.press('?');
    await page.getByTestId('keys').waitFor();
    expect(await complaints(page)).toEqual([]);
    await close();
  });
});
