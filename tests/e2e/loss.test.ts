/** The Loss lab in a browser: from a link, by keys alone, by dragging, without WebGPU, over a lost device; and what is drawn. */
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { LossSession } from '../../src/labs/loss/loss-session.ts';
import type { Shown } from '../../src/session/loss/protocol.ts';
import type { LossSettings } from '../../src/session/loss/settings.ts';
import { openBrowser, type TestBrowser } from './support/browser.ts';
import { complaints } from './support/complaints.ts';
import { savedCharts } from './support/saved-charts.ts';
import { longTasks } from './support/watch.ts';

interface State {
  readonly settings: LossSettings;
  readonly shown: Shown | null;
  readonly steps: number;
}

function stateOf(page: Page): Promise<State | null> {
  return page.evaluate(() => {
    // before the element is defined it has no memory
    const app = document.querySelector<HTMLElement & { readonly keep?: Map<string, unknown> }>('downhill-app');
    const session = app?.keep?.get('loss') as LossSession | undefined;
    return session ? { settings: session.settings, shown: session.shown, steps: session.settings.steps } : null;
  });
}

/** Waits for a picture that is no longer going to get finer, of a scene for which `wanted` holds. */
async function waitForPicture(page: Page, wanted: (state: State) => boolean = () => true): Promise<State & { readonly shown: Shown }> {
  const endMs = performance.now() + 45_000;
  for (;;) {
    const state = await stateOf(page);
    if (state?.shown?.isFinal === true && wanted(state)) return { ...state, shown: state.shown };
    if (performance.now() > endMs) throw new Error(`Waited in vain for a picture: ${JSON.stringify(state)}`);
    await page.waitForTimeout(50);
  }
}

/** How many shades of grey there are in an element as it stands on the screen, and how bright it is on the average, 0 … 255. */
async function pixelsOf(page: Page, testId: string): Promise<{ readonly shades: number; readonly mean: number }> {
  const picture = await page.getByTestId(testId).screenshot();
  return page.evaluate(
    async (source) => {
      const image = new Image();
      image.src = source;
      await image.decode();
      const context = new OffscreenCanvas(image.width, image.height).getContext('2d');
      if (!context) throw new Error('no canvas');
      context.drawImage(image, 0, 0);
      const { data } = context.getImageData(0, 0, image.width, image.height);
      const greens = Array.from({ length: data.length / 4 }, (_, at) => data[4 * at + 1] ?? 0);
      return { shades: new Set(greens).size, mean: greens.reduce((sum, green) => sum + green, 0) / greens.length };
    },
    `data:image/png;base64,${picture.toString('base64')}`,
  );
}

const panels = ['surface-cross-entropy', 'surface-squared-error', 'contours-cross-entropy', 'contours-squared-error'];

describe('the Loss lab', () => {
  let browser: TestBrowser;

  beforeAll(async () => {
    browser = await openBrowser();
  });

  afterAll(() => browser.close());

  it('opens from a link, draws all four panels on the GPU, and says what the numbers mean', async () => {
    const { page, expectClean, close } = await browser.openPage({ path: '?lab=loss&w=-2&b=1&alpha=0.5&steps=30' });
    const { shown, settings } = await waitForPicture(page, ({ shown: found }) => found?.gridSize === 512);
    expect(settings).toMatchObject({ w: -2, b: 1, learningRate: 0.5, steps: 30 });
    expect(shown.processor).toMatchObject({ kind: 'gpu' });
    expect(shown.landscapes.map(({ minima }) => minima.length)).toEqual([1, 1]);
    for (const panel of panels) expect((await pixelsOf(page, panel)).shades, panel).toBeGreaterThan(40);
    await page
      .getByTestId('step-words')
      .filter({ hasText: /so w moves (left|right)/ })
      .waitFor();
    await page.getByTestId('outcome').filter({ hasText: '% of the way down' }).waitFor();
    await page.getByTestId('example-words').filter({ hasText: 'a confident mistake' }).waitFor();
    const firstMs = await page.evaluate(() => performance.getEntriesByName('first-surface')[0]?.startTime ?? 0);
    const charts = await savedCharts(page);
    expect(charts.map(({ name }) => name).sort()).toEqual(['cost-surface', 'loss-of-one', 'points', 'slope']);
    expect(charts.flatMap(({ problems }) => problems)).toEqual([]);
    expect(charts.find(({ name }) => name === 'cost-surface')?.rows).toBe(2 * 31);
    console.log(`first surface after ${Math.round(firstMs)} ms`);
    await expectClean();
    await close();
  });

  it('is worked by keys alone: run, pause, step, reset, the start, the orbit and the points', async () => {
    const { page, expectClean, close } = await browser.openPage({ path: '?lab=loss' });
    await waitForPicture(page);
    await page.keyboard.press('.');
    await page.keyboard.press('.');
    expect((await stateOf(page))?.steps).toBe(2);
    expect(page.url()).toContain('steps=2');
    await page.keyboard.press(' ');
    await page
      .getByTestId('status')
      .filter({ hasText: /^(Ended|Going)/ })
      .waitFor();
    await page.getByTestId('status').filter({ hasText: 'Ended' }).waitFor();
    await page.getByTestId('outcome').filter({ hasText: 'arrived' }).waitFor();
    await page.keyboard.press('r');
    expect((await stateOf(page))?.steps).toBe(0);
    await page.getByTestId('contours-cross-entropy').focus();
    await page.keyboard.press('Shift+ArrowRight');
    await page.keyboard.press('ArrowUp');
    expect((await stateOf(page))?.settings).toMatchObject({ w: 1, b: 0.1 });
    await page.getByTestId('said').filter({ hasText: 'start w = 1.00, b = 0.100' }).waitFor({ state: 'attached' });
    await page.getByTestId('surface-cross-entropy').focus();
    await page.keyboard.press('ArrowRight');
    expect((await stateOf(page))?.settings.turn).toBe(-25);
    await page.getByTestId('add-point').focus();
    await page.keyboard.press('Enter');
    const added = page.locator('.point').nth(10);
    await expect.poll(() => added.getAttribute('aria-label')).toBe('Point 11: x = 0, y = 1');
    await page.keyboard.press('Shift+ArrowLeft');
    await page.keyboard.press('ArrowDown');
    await expect.poll(() => added.getAttribute('aria-label')).toBe('Point 11: x = −1.00, y = 0');
    await page.keyboard.press('Delete');
    await expect.poll(() => page.locator('.point').count()).toBe(10);
    await expectClean();
    await close();
  });

  it('follows a drag of the start, which stands in the address afterwards', async () => {
    const { page, expectClean, close } = await browser.openPage({ path: '?lab=loss&view=contours&cost=cross-entropy&steps=5' });
    await waitForPicture(page);
    const map = await page.getByTestId('contours-cross-entropy').boundingBox();
    if (!map) throw new Error('no map');
    const before = (await longTasks(page)).length;
    await page.mouse.move(map.x + map.width / 2, map.y + map.height / 2);
    await page.mouse.down();
    for (let move = 1; move <= 12; move++) await page.mouse.move(map.x + map.width / 2 - move * 10, map.y + map.height / 2 - move * 4);
    await page.mouse.up();
    const { settings } = await waitForPicture(page);
    expect(settings.w).toBeLessThan(-1);
    expect(settings.b).toBeGreaterThan(0.3);
    expect(page.url()).toContain(`w=${settings.w}`);
    console.log(`tasks over 50 ms while dragging: ${(await longTasks(page)).length - before}`);
    await page.reload();
    expect((await waitForPicture(page)).settings.w).toBe(settings.w);
    await expectClean();
    await close();
  });

  it('shows several valleys of squared error, takes any α, one class and no points at all', async () => {
    const { page, expectClean, close } = await browser.openPage({
      path: '?lab=loss&points=-3.5:0,-2:0,2:0,3:0,-4.5:1,-4:1,-3:1,4:1&alpha=1000000&steps=1',
    });
    await waitForPicture(page);
    await page
      .getByTestId('valleys')
      .filter({ hasText: /Squared error has \d valleys here/ })
      .waitFor();
    await page.getByTestId('outcome').filter({ hasText: 'left the picture at step 1' }).waitFor();
    await page.getByTestId('clear-points').click();
    await page.getByTestId('points-note').filter({ hasText: 'There are no points' }).waitFor();
    expect(await page.getByTestId('run').isDisabled()).toBe(true);
    await page.getByTestId('points').click({ position: { x: 80, y: 30 } });
    await page.getByTestId('points-note').filter({ hasText: 'One point, y = 1' }).waitFor();
    const { settings } = await waitForPicture(page, ({ shown }) => shown?.landscapes[0]?.minima.length === 0);
    expect(settings.points).toHaveLength(1);
    await page.goto(`${page.url().split('?')[0] ?? ''}?lab=loss&cost=hinge`);
    await page.getByTestId('notice-url').filter({ hasText: 'cost = “hinge”' }).waitFor();
    await expectClean();
    await close();
  });

  it('draws again on a new device after the first was lost, and leaves nothing behind when it is left', async () => {
    const { page, expectClean, close } = await browser.openPage({ path: '?lab=loss' });
    await waitForPicture(page, ({ shown }) => shown?.gridSize === 512);
    await page.evaluate(() => (document.querySelector('downhill-app')?.keep.get('loss') as LossSession | undefined)?.drawer?.loseDevice());
    await page.getByTestId('notice-device-lost').filter({ hasText: 'A new one was made' }).waitFor();
    await waitForPicture(page, ({ shown }) => shown?.losses === 1 && shown.gridSize === 512);
    for (const panel of panels) expect((await pixelsOf(page, panel)).shades, panel).toBeGreaterThan(40);
    await page.keyboard.press('2');
    await page.locator('scale-lab').waitFor();
    expect((await stateOf(page))?.shown).toBeNull();
    await page.keyboard.press('4');
    await waitForPicture(page);
    expect((await pixelsOf(page, 'contours-cross-entropy')).shades).toBeGreaterThan(40);
    await expectClean();
    await close();
  });

  it.each([
    ['light, wide', { colorScheme: 'light' }],
    ['dark, on a phone, without motion', { colorScheme: 'dark', viewport: { width: 390, height: 844 }, reducedMotion: 'reduce' }],
  ] as const)('%s: axe finds nothing, nothing scrolls sideways, and the colours are the theme’s', async (_name, options) => {
    const { page, close } = await browser.openPage({ ...options, path: '?lab=loss&points=1:1&foo=1' });
    await waitForPicture(page);
    await page.locator('wa-slider').first().waitFor();
    await page.locator('wa-select').first().waitFor();
    expect(await complaints(page)).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
    const { mean } = await pixelsOf(page, 'surface-cross-entropy');
    if (options.colorScheme === 'light') expect(mean).toBeGreaterThan(140);
    else expect(mean).toBeLessThan(120);
    await close();
  });
});

it('without WebGPU the CPU computes and draws, and the page says why', async () => {
  const browser = await openBrowser({ gpu: 'absent' });
  const { page, expectClean, close } = await browser.openPage({ path: '?lab=loss&steps=20' });
  const { shown } = await waitForPicture(page);
  expect(shown).toMatchObject({ gridSize: 256, processor: { kind: 'cpu', why: 'no-webgpu' } });
  await page.getByTestId('notice-no-gpu').filter({ hasText: 'no WebGPU' }).waitFor();
  for (const panel of panels) expect((await pixelsOf(page, panel)).shades, panel).toBeGreaterThan(40);
  await expectClean();
  await close();
  await browser.close();
});

it('goes on with the CPU when the GPU is lost for good', async () => {
  const browser = await openBrowser({ gpu: 'lost-for-good' });
  const { page, close } = await browser.openPage({ path: '?lab=loss' });
  await waitForPicture(page);
  await page.evaluate(() => (document.querySelector('downhill-app')?.keep.get('loss') as LossSession | undefined)?.drawer?.loseDevice());
  const { shown } = await waitForPicture(page, (state) => state.shown?.processor.kind === 'cpu');
  expect(shown.losses).toBe(1);
  expect((await pixelsOf(page, 'contours-cross-entropy')).shades).toBeGreaterThan(40);
  await close();
  await browser.close();
});
