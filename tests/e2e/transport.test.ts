/** Run, pause, step and reset, by mouse and by keyboard alone. */
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openBrowser, type OpenPage, type TestBrowser } from './support/browser.ts';
import { raceOf, settledSteps, smallRace, waitForPhase, waitForRace, waitForSteps } from './support/train-lab.ts';

const endless = 5_000_000;

describe('the transport', () => {
  let browser: TestBrowser;
  let opened: OpenPage;
  let page: Page;

  beforeAll(async () => {
    browser = await openBrowser();
  });

  afterAll(() => browser.close());

  beforeEach(async () => {
    opened = await browser.openPage({ path: smallRace(endless) });
    ({ page } = opened);
    await waitForSteps(page, 1);
  });

  afterEach(async () => {
    await opened.expectClean();
    await opened.close();
  });

  it('pauses, steps once on each lane, goes on, and resets', async () => {
    await page.getByTestId('run').click();
    const paused = await settledSteps(page);
    await page.waitForTimeout(300);
    expect(await settledSteps(page)).toBe(paused);

    await page.getByTestId('step').click();
    await waitForRace(page, 'one step more', ({ lanes }) => lanes.every(({ step }) => step === paused + 1));
    expect((await raceOf(page)).phase).toBe('paused');

    await page.getByTestId('run').click();
    await waitForSteps(page, paused + 20);

    await page.getByTestId('reset').click();
    await waitForRace(page, 'a still race at step 0', ({ phase, lanes }) => phase === 'paused' && lanes.every(({ step }) => step === 0));
  });

  it('does the same from the keyboard alone', async () => {
    await page.keyboard.press('Space');
    const paused = await settledSteps(page);
    await page.keyboard.press('.');
    await waitForRace(page, 'one step more', ({ lanes }) => lanes.every(({ step }) => step === paused + 1));
    await page.keyboard.press('Space');
    await waitForSteps(page, paused + 20);
    await page.keyboard.press('r');
    await waitForRace(page, 'a still race at step 0', ({ phase, lanes }) => phase === 'paused' && lanes.every(({ step }) => step === 0));
    await page.keyboard.press('?');
    await page.getByTestId('keys').waitFor();
    await page.keyboard.press('Escape');
    await page.getByTestId('keys').waitFor({ state: 'hidden' });
  });

  it('reaches every control with Tab, and each has a name', async () => {
    const names: string[] = [];
    // Controls are fetched after the first points; then there are sliders among them.
    await page.locator('wa-slider').first().waitFor();
    for (let presses = 0; presses < 80; presses++) {
      await page.keyboard.press('Tab');
      const found = await page.evaluate(() => {
        let active = document.activeElement;
        while (active?.shadowRoot?.activeElement) active = active.shadowRoot.activeElement;
        if (!active || active === document.body) return null;
        const label = active instanceof HTMLInputElement ? (active.labels?.[0]?.textContent ?? '') : '';
        const host = active.getRootNode() instanceof ShadowRoot ? (active.getRootNode() as ShadowRoot).host : null;
        const name = [
          active.getAttribute('aria-label'),
          label,
          active.textContent,
          active.getAttribute('title'),
          host?.getAttribute('label'),
        ]
          .map((text) => text?.trim() ?? '')
          .find((text) => text !== '');
        return {
          name: name ?? '',
          tag: active.tagName,
          testId: active.closest('[data-testid]')?.getAttribute('data-testid') ?? host?.getAttribute('data-testid') ?? '',
        };
      });
      if (found === null) break;
      if (found.name === '' && active(found.tag)) names.push(`a nameless ${found.tag} (${found.testId})`);
      else names.push(found.testId);
    }
    expect(names.filter((name) => name.startsWith('a nameless'))).toEqual([]);
    for (const testId of ['run', 'step', 'reset', 'copy-link', 'm-slider']) expect(names).toContain(testId);
  });

  it('finishes, says so, and runs again', async () => {
    await page.goto(page.url().replace(String(endless), '40'));
    await waitForPhase(page, 'finished');
    await page.getByTestId('steps').filter({ hasText: '40' }).waitFor();
    await page.getByTestId('run').click();
    await waitForRace(page, 'another race', ({ phase, stale }) => phase === 'finished' && !stale);
  });
});

/** Elements that take the focus as controls, and so need a name. */
function active(tag: string): boolean {
  return ['BUTTON', 'INPUT', 'SELECT', 'A', 'SUMMARY', 'TEXTAREA'].includes(tag);
}
