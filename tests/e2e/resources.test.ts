/** What a race takes it gives back: fifty of them leave the GPU's memory where it was. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openBrowser, type TestBrowser } from './support/browser.ts';
import { smallRace, waitForPhase } from './support/train-lab.ts';

describe('resources', () => {
  let browser: TestBrowser;

  beforeAll(async () => {
    browser = await openBrowser();
  });

  afterAll(() => browser.close());

  it('are the same after fifty races as after the first', async () => {
    const { page, expectClean, close } = await browser.openPage({ path: smallRace(5) });
    await waitForPhase(page, 'finished');
    const memory = () => page.evaluate(() => document.querySelector('downhill-app')?.session?.memory());
    const runId = () => page.evaluate(() => document.querySelector('downhill-app')?.session?.race.runId ?? 0);
    const before = await memory();
    const first = await runId();
    for (let race = 1; race <= 50; race++) {
      await page.getByTestId('run').click();
      await page.waitForFunction((id) => {
        const now = document.querySelector('downhill-app')?.session?.race;
        return now?.runId === id && now.phase === 'finished';
      }, first + race);
    }
    expect(before?.buffers).toBeGreaterThan(0);
    expect(await memory()).toEqual(before);
    await expectClean();
    await close();
  });
});
