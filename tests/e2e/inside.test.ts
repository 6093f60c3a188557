/** A picture taken apart in the Train lab: from a link, by pointer and by keys, beside the race, and the clock in the shell. */
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openBrowser, type TestBrowser } from './support/browser.ts';
import { complaints } from './support/complaints.ts';
import { waitForPhase, waitForSteps } from './support/train-lab.ts';

/** A number that the page holds for machines, in full. */
async function valueOf(page: Page, testId: string, name = 'data-value'): Promise<number> {
  return Number(await page.getByTestId(testId).getAttribute(name));
}

async function neuronAt(page: Page, step: number): Promise<void> {
  await page.waitForFunction(
    (wanted) => {
      const lab = document.querySelector('downhill-app')?.shadowRoot?.querySelector('train-lab');
      const card = lab?.shadowRoot?.querySelector('inside-dialog')?.shadowRoot?.querySelector('neuron-card');
      return card?.shadowRoot?.querySelector(`[data-step="${wanted}"]`) !== null;
    },
    step,
    { timeout: 30_000 },
  );
}

/** The middle of an element, and a way from there. */
async function point(page: Page, testId: string, shareX: number, shareY: number): Promise<void> {
  const box = await page.getByTestId(testId).boundingBox();
  if (!box) throw new Error(`${testId} has no place`);
  await page.mouse.move(box.x + box.width * shareX, box.y + box.height * shareY, { steps: 2 });
}

const paused = '?m=100&steps=100000';

describe('from picture to x', () => {
  let browser: TestBrowser;

  beforeAll(async () => {
    browser = await openBrowser();
  });

  afterAll(() => browser.close());

  it('opens from a card, takes the picture apart, follows the race, and works out the engine’s own ŷ', async () => {
    const { page, expectClean, close } = await browser.openPage({ path: paused });
    await waitForSteps(page, 5);
    const openedMs = performance.now();
    await page.getByTestId('examples').getByRole('button').nth(1).click();
    await page.waitForURL(/inside=\d+/);
    await page.getByTestId('neuron-step').waitFor();
    console.log(`the panel was there after ${Math.round(performance.now() - openedMs)} ms`);
    expect(await page.getByTestId('count').textContent()).toContain('64 · 64 · 3 = 12,288');
    expect(await page.getByTestId('shapes').textContent()).toContain('X is (12,288, 100)');
    const first = await valueOf(page, 'neuron-step', 'data-step');
    await page.waitForFunction(
      (before) => {
        const lab = document.querySelector('downhill-app')?.shadowRoot?.querySelector('train-lab');
        const card = lab?.shadowRoot?.querySelector('inside-dialog')?.shadowRoot?.querySelector('neuron-card');
        return Number(card?.shadowRoot?.querySelector('[data-step]')?.getAttribute('data-step')) > before;
      },
      first,
      { timeout: 30_000 },
    );
    await page.getByTestId('inside-run').click();
    const race = await waitForPhase(page, 'paused');
    const step = Math.min(...race.lanes.map((lane) => lane.step));
    await neuronAt(page, step);
    const z = await valueOf(page, 'z');
    expect(Math.abs(z)).toBeGreaterThan(1e-3);
    expect(await valueOf(page, 'answer')).toBeCloseTo(1 / (1 + Math.exp(-z)), 12);
    expect(await valueOf(page, 'answer')).toBeCloseTo(await valueOf(page, 'engine-answer'), 5);
    await page.getByTestId('inside-step').click();
    await neuronAt(page, step + 1);
    expect(await valueOf(page, 'z')).not.toBe(z);

    // hovering over a column shows its image, over a row the pixel that it is
    await point(page, 'columns', 0.5, 0.5);
    const place = await page.getByTestId('place').textContent();
    expect(place).toMatch(/Column 1[23]: (not a )?cat, y = [01][.] Row, entry [\d,]+: (red|green|blue) of row \d+, column \d+: \d+, x = /);
    await point(page, 'channels', 0.1, 0.5);
    expect(await page.getByTestId('pixel').textContent()).toMatch(/Row \d+, column \d+: red \d+, green \d+, blue \d+[.] They are entries/);
    await page.getByTestId('channels').focus();
    await page.keyboard.press('0');
    await page.keyboard.press('Home');
    await page.getByTestId('pixel').filter({ hasText: 'Row 0, column 0:' }).waitFor();
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('ArrowDown');
    await page.getByTestId('pixel').filter({ hasText: 'Row 1, column 1:' }).filter({ hasText: 'entries 195 to 197' }).waitFor();
    await page.getByTestId('columns').press('Home');
    await page.getByTestId('place').filter({ hasText: 'entry 0: red of row 0, column 0' }).waitFor();

    // z far to either side
    const slider = page.getByTestId('z-slider').getByRole('slider');
    await slider.press('End');
    await page.getByTestId('written').filter({ hasText: '0.0000000000000936' }).filter({ hasText: '0.9999999999999' }).waitFor();
    await page.getByTestId('no-probability').filter({ hasText: 'Without σ, ŷ would be 30.0, above 1' }).waitFor();
    await slider.press('Home');
    await page.getByTestId('written').filter({ hasText: '10,686,474,581,524' }).filter({ hasText: '0.0000000000000936' }).waitFor();
    await page.getByTestId('no-probability').filter({ hasText: 'below 0' }).waitFor();
    await page.getByTestId('own-z').click();

    // the rows go on their way, and come to an end by themselves or when that is asked for
    await page.getByTestId('unroll').click();
    await page.getByTestId('count').filter({ hasText: 'entries so far' }).waitFor();
    await page.getByTestId('unroll').click();
    await page.getByTestId('count').filter({ hasText: '12,288' }).waitFor();

    await page.getByTestId('next').click();
    await page.waitForURL(/inside=\d+/);
    expect(await complaints(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await page.waitForURL((url) => !url.search.includes('inside'));
    await page.getByTestId('inside').waitFor({ state: 'detached' });

    // and the clock: another m, a first result
    await page.getByTestId('m-slider').getByRole('slider').press('ArrowLeft');
    await page.getByTestId('clock').filter({ hasText: 'to the result' }).waitFor();
    const { count, lastMs } = await page.evaluate(() => {
      const readout = document.querySelector('downhill-app')?.shadowRoot?.querySelector('clock-readout');
      return { count: readout?.clock.count ?? 0, lastMs: readout?.clock.lastMs ?? 0 };
    });
    expect(count).toBe(1);
    expect(lastMs).toBeGreaterThan(1);
    console.log(`from change to result: ${Math.round(lastMs)} ms`);
    await expectClean();
    await close();
  });

  it('from a link, on a phone, in the dark, with no movement wanted: still, keys alone, nonsense named', async () => {
    const { page, close } = await browser.openPage({
      path: '?set=fashion&classes=3-7&m=60&steps=40&inside=99999-2',
      colorScheme: 'dark',
      reducedMotion: 'reduce',
      viewport: { width: 390, height: 844 },
    });
    await page.getByTestId('inside-complaint').filter({ hasText: 'no test example 99,999' }).waitFor();
    await page.getByTestId('neuron-step').filter({ hasText: 'unit 2 of the first hidden layer' }).waitFor();
    expect(await page.getByTestId('count').textContent()).toContain('28 · 28 · 1 = 784');
    await page.getByTestId('unroll').press('Enter');
    expect(await page.getByTestId('count').textContent()).toContain('28 · 28 · 1 = 784');
    const example = page.getByTestId('example').getByRole('textbox');
    await example.fill('4');
    await example.press('Enter');
    await page.waitForURL(/inside=4-2/);
    await page.getByTestId('inside-complaint').waitFor({ state: 'detached' });
    await page.getByTestId('unit').getByRole('textbox').fill('64');
    await page.getByTestId('unit').getByRole('textbox').press('Enter');
    await page.waitForURL(/inside=4-64/);
    await page.getByTestId('neuron-step').filter({ hasText: 'unit 64' }).waitFor();
    await page.getByTestId('read-values').press('Enter');
    expect(await complaints(page)).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
    await page.goBack();
    await close();
  });
});

describe('from picture to x without WebGPU', () => {
  it('takes w and b from the CPU', async () => {
    const browser = await openBrowser({ gpu: 'absent' });
    const { page, close } = await browser.openPage({ path: '?m=60&steps=30&inside=2' });
    await waitForPhase(page, 'finished');
    await neuronAt(page, 30);
    expect(await page.getByTestId('neuron-step').textContent()).toContain('on the CPU');
    expect(await valueOf(page, 'answer')).toBeCloseTo(await valueOf(page, 'engine-answer'), 5);
    await close();
    await browser.close();
  });
});
