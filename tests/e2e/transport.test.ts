/** Run, pause, step and reset, by mouse and by keyboard alone. */
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openBrowser, type OpenPage, type TestBrowser } from './support/browser.ts';
import { savedCharts } from './support/saved-charts.ts';
import { raceOf, settledSteps, smallRace, waitForRace, waitForSteps, type RaceSummary } from './support/train-lab.ts';

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

  it('reaches every control with Tab', async () => {
    const reached = new Set<string>();
    // Controls are fetched after the first points; then there are sliders among them.
    await page.locator('wa-slider').first().waitFor();
    for (let presses = 0; presses < 80; presses++) {
      await page.keyboard.press('Tab');
      for (const testId of await testIdsOfFocus(page)) reached.add(testId);
    }
    for (const testId of ['run', 'step', 'reset', 'copy-link', 'm-slider', 'alpha-slider', 'lane-gpu', 'set-toys', 'machine-name']) {
      expect([...reached]).toContain(testId);
    }
  });

  it('names every control for a screen reader', async () => {
    await page.locator('wa-slider').first().waitFor();
    const session = await page.context().newCDPSession(page);
    const { nodes } = await session.send('Accessibility.getFullAXTree');
    const controls = nodes.filter(
      ({ ignored, properties }) => !ignored && properties?.some(({ name, value }) => name === 'focusable' && value.value === true),
    );
    const nameless = controls.filter(({ name, role }) => role?.value !== 'RootWebArea' && role?.value !== 'main' && !name?.value);
    expect(controls.length).toBeGreaterThan(20);
    expect(nameless.map(({ role }) => role?.value as unknown)).toEqual([]);
  });

  it('steps from a reset on, one step a press', async () => {
    await page.getByTestId('reset').click();
    await page.getByTestId('step').click();
    await page.getByTestId('step').click();
    await waitForRace(page, 'a still race at step 2', restsAt(2));
    await page.waitForTimeout(300);
    expect((await raceOf(page)).lanes.map(({ step }) => step)).toEqual([2, 2]);
  });

  it('times runs from end to end too, and says what decides the GPU’s speed', { timeout: 90_000 }, async () => {
    // beside a race, and only once its speeds are known: a busy machine takes its time
    const patient = { timeout: 60_000 };
    await page.getByTestId('certainty').filter({ hasText: 'interleaved blocks' }).waitFor(patient);
    await page.getByTestId('timing-view').getByText('end to end').click();
    const certainty = page.getByTestId('certainty').filter({ hasText: '5,000,000 steps, with upload and read-back' });
    await certainty.waitFor(patient);
    await page.getByTestId('lane-bar-gpu').filter({ hasText: 'read-back' }).waitFor();
    await page.getByTestId('verdict').filter({ hasText: 'It is a program on the CPU' }).waitFor(patient);
    await page.getByTestId('timing-view').getByText('compute only').click();
    await page.getByTestId('lane-bar-gpu').filter({ hasText: 'of this device’s copy' }).waitFor();
  });

  it('takes a pause back while it is loading or preparing', async () => {
    const pressAtOnce = (presses: number) =>
      page.evaluate((count) => {
        const session = document.querySelector('downhill-app')?.session;
        session?.change({ seed: 7 + count });
        for (let press = 0; press < count; press++) {
          document.body.dispatchEvent(new KeyboardEvent('keydown', { key: ' ', bubbles: true, composed: true, cancelable: true }));
        }
        return { phase: session?.race.phase, wantsToRun: session?.race.wantsToRun };
      }, presses);

    expect(await pressAtOnce(2)).toEqual({ phase: 'loading', wantsToRun: true });
    await waitForSteps(page, 20);
    expect((await raceOf(page)).phase).toBe('racing');

    expect(await pressAtOnce(1)).toEqual({ phase: 'loading', wantsToRun: false });
    await page
      .getByTestId('run')
      .filter({ hasText: /^\s*Run\s*$/ })
      .waitFor();
    const waiting = await settledSteps(page);
    // The pause may come just after the first step, but not later.
    expect(waiting).toBeLessThan(20);
    await page.keyboard.press('Space');
    await waitForSteps(page, waiting + 20);
  });

  it('finishes, says so, steps on, and runs as many steps again', async () => {
    await page.goto(page.url().replace(String(endless), '40'));
    await waitForRace(page, 'the end', endsAt(40));
    await page.getByTestId('steps').filter({ hasText: '40' }).waitFor();
    await page.keyboard.press('.');
    await waitForRace(page, 'one step more', endsAt(41));
    await page.getByTestId('step').click();
    await waitForRace(page, 'another step', endsAt(42));
    await page.getByTestId('run').click();
    const { lanes } = await waitForRace(page, 'forty more', endsAt(82));
    for (const { steps } of lanes) expect(steps[0]).toBe(0);
    await expectCharts(page);
    await page.getByTestId('reset').click();
    await waitForRace(page, 'a still race at step 0', restsAt(0));
  });
});

/** Its charts are saved, and the menu goes away at Escape and gives the focus back. */
async function expectCharts(page: Page): Promise<void> {
  await page.locator('train-save:defined').first().waitFor();
  const charts = await savedCharts(page);
  expect(charts.map(({ name }) => name)).toEqual(expect.arrayContaining(['cost', 'speed', 'accuracy', 'weights']));
  expect(charts.flatMap(({ name, problems }) => problems.map((problem) => `${name}: ${problem}`))).toEqual([]);
  expect(charts.find(({ name }) => name === 'cost')?.rows).toBeGreaterThan(2 * 40);
  const button = page.getByTestId('save').first();
  await button.click();
  await page.getByTestId('as-png').first().waitFor();
  await page.keyboard.press('Escape');
  expect(await page.getByTestId('as-png').first().isVisible()).toBe(false);
  expect(await button.evaluate((one) => one.matches(':focus'))).toBe(true);
}

type Wanted = (race: RaceSummary) => boolean;

function restsAt(step: number): Wanted {
  return ({ phase, stale, lanes }) => phase === 'paused' && !stale && lanes.length === 2 && lanes.every((lane) => lane.step === step);
}

function endsAt(step: number): Wanted {
  return ({ phase, stale, lanes }) => phase === 'finished' && !stale && lanes.length === 2 && lanes.every((lane) => lane.step === step);
}

/** Ids of the focused element and of those around it, through all shadows. */
function testIdsOfFocus(page: Page): Promise<readonly string[]> {
  return page.evaluate(() => {
    const ids: string[] = [];
    let active = document.activeElement;
    while (active) {
      const id = active.closest('[data-testid]')?.getAttribute('data-testid');
      if (id !== null && id !== undefined) ids.push(id);
      active = active.shadowRoot?.activeElement ?? null;
    }
    return ids;
  });
}
