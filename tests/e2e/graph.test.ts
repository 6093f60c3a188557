/** The Graph lab in a real browser: from a link, by the keyboard alone, with a wrong expression, and without a GPU. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Page } from 'playwright-core';
import { openBrowser, type TestBrowser } from './support/browser.ts';
import { savedCharts } from './support/saved-charts.ts';
import { complaints } from './support/complaints.ts';

const text = (page: Page, id: string): Promise<string> => page.getByTestId(id).innerText();

/** Rows of the table of nodes: name with formula, value, dvar. */
async function nodes(page: Page): Promise<readonly string[]> {
  const rows = await page.getByTestId('nodes').locator('tbody tr').allInnerTexts();
  return rows.map((row) => row.replaceAll(/\s+/g, ' ').trim());
}

const everything = ['a 5 3', 'b 3 6', 'c 2 9', 'u = bc 6 3', 'v = a + u 11 3', 'J = 3v 33 1'];

describe('the Graph lab', () => {
  let browser: TestBrowser;

  beforeAll(async () => {
    browser = await openBrowser();
  });

  afterAll(() => browser.close());

  it('opens a link where it was left, with nothing moving, and copies the same link', async () => {
    const { page, expectClean, close } = await browser.openPage({ path: '?lab=graph&values=a:7&at=b3' });
    await page.getByTestId('nodes').waitFor();
    expect(await text(page, 'equation')).toBe('dJ/da = dJ/dv · dv/da = 3 · 1 = 3');
    expect(await nodes(page)).toEqual(['a 7 3', 'b 3', 'c 2', 'u = bc 6', 'v = a + u 13 3', 'J = 3v 39 1']);
    expect(await savedCharts(page)).toEqual([{ name: 'graph', problems: [], rows: 6 + 2 }]);
    await page.getByTestId('preset-logistic').click();
    await page.getByTestId('all').click();
    expect(await page.getByTestId('formulas').innerText()).toContain('dz = a − y');
    expect(new URL(page.url()).search).toMatch(/^\?lab=graph&preset=logistic&at=b\d+$/);
    await page.goBack();
    await expect.poll(() => text(page, 'equation')).toContain('dJ/da');
    await expectClean();
    await close();
  });

  it('goes forward, backward and edits by the keyboard alone', async () => {
    const { page, expectClean, close } = await browser.openPage({ path: '?lab=graph&at=f0', reducedMotion: 'reduce' });
    await page.getByTestId('nodes').waitFor();
    for (let step = 0; step < 3; step++) await page.keyboard.press('.');
    await expect.poll(() => nodes(page)).toEqual(['a 5', 'b 3', 'c 2', 'u = bc 6', 'v = a + u 11', 'J = 3v 33']);
    for (let step = 0; step < 6; step++) await page.keyboard.press('.');
    await expect.poll(() => nodes(page)).toEqual(everything);
    await page.getByTestId('node-c').focus();
    await page.keyboard.press('PageUp');
    await expect.poll(() => nodes(page)).toEqual(['a 5 3', 'b 3 9', 'c 3 9', 'u = bc 9 3', 'v = a + u 14 3', 'J = 3v 42 1']);
    await page.getByTestId('input-c').locator('input').focus();
    await page.keyboard.press('ArrowDown');
    await expect.poll(async () => (await nodes(page))[2]).toBe('c 2.9 9');
    await page.keyboard.press('ControlOrMeta+A');
    await page.keyboard.type('2');
    await page.keyboard.press('Enter');
    await expect.poll(() => nodes(page)).toEqual(everything);
    await page.keyboard.press('Tab');
    await page.keyboard.press('r');
    await expect.poll(() => text(page, 'equation')).toBe('J = ?');
    await page.getByTestId('node-c').focus();
    await page.keyboard.press('Space');
    await expect.poll(() => page.getByTestId('forward').innerText()).toContain('Pause');
    await expectClean();
    await close();
  });

  it('moves by itself on a first visit, but not where less motion is asked for', async () => {
    for (const reducedMotion of ['no-preference', 'reduce'] as const) {
      const { page, close } = await browser.openPage({ path: '?lab=graph', reducedMotion });
      await page.getByTestId('nodes').waitFor();
      if (reducedMotion === 'reduce') {
        await page.waitForTimeout(1500);
        expect(await text(page, 'status')).toContain('backward is next');
      } else await expect.poll(() => text(page, 'status'), { timeout: 10_000 }).toMatch(/edges/);
      await close();
    }
  });

  it('moves an input that is dragged, and everything after it', async () => {
    const { page, close } = await browser.openPage({ path: '?lab=graph&at=b99' });
    const box = await page.getByTestId('node-a').boundingBox();
    expect(box).not.toBeNull();
    const [x, y] = [(box?.x ?? 0) + 20, (box?.y ?? 0) + 20];
    await page.mouse.move(x, y);
    await page.mouse.down();
    await page.mouse.move(x + 50, y, { steps: 4 });
    await page.mouse.up();
    await expect.poll(async () => [(await nodes(page))[0], (await nodes(page))[5]]).toEqual(['a 6 3', 'J = 3v 36 1']);
    expect(new URL(page.url()).search).toContain('values=a:6');
    await close();
  });

  it('points at what is wrong in an expression, keeps the graph, and never takes text for markup', async () => {
    const { page, expectClean, close } = await browser.openPage({ path: '?lab=graph&at=b0', reducedMotion: 'reduce' });
    const field = page.getByTestId('expression');
    await field.fill('J = 3(a + ');
    const complaint = page.getByTestId('complaint');
    await expect.poll(() => complaint.innerText()).toContain('was expected');
    const [line = '', caret = ''] = (await complaint.locator('pre').innerText()).split('\n');
    expect(line).toBe('J = 3(a + ');
    expect(caret.indexOf('^')).toBeGreaterThanOrEqual(8);
    expect(await nodes(page)).toHaveLength(6);
    await field.fill('J = <img src=x onerror=alert(1)>');
    await complaint.waitFor();
    expect(await page.evaluate(() => document.querySelectorAll('img').length)).toBe(0);
    await field.fill('J = a / (b - c) + log(d)');
    await expect.poll(() => nodes(page)).toHaveLength(8);
    expect(await text(page, 'valued')).toContain('d');
    await page.getByTestId('input-b').locator('input').fill('2');
    await page.keyboard.press('Enter');
    await expect.poll(async () => (await nodes(page)).join('|')).toContain('division by 0');
    expect((await nodes(page)).at(-1)).toContain('waits');
    await expectClean();
    await close();
  });

  it('says what a link has wrong, and opens the default', async () => {
    const { page, expectClean, close } = await browser.openPage({ path: '?lab=graph&expr=a%2B&at=b99&foo=1' });
    await page.getByTestId('notice-url').waitFor();
    await expect.poll(() => text(page, 'notice-url')).toContain('expr');
    await expect.poll(() => nodes(page)).toEqual(everything);
    await expectClean();
    await close();
  });

  it.each([
    ['light, wide', 'at=b9', { colorScheme: 'light' }],
    ['dark, on a phone', 'preset=logistic&at=b4', { colorScheme: 'dark', viewport: { width: 390, height: 844 } }],
    ['dark, the loop', 'preset=examples&at=f9', { colorScheme: 'dark' }],
    ['light, wrong values', 'expr=J+%3D+log(a)+b&values=a:-1,b:2&at=f2', { colorScheme: 'light', viewport: { width: 390, height: 844 } }],
  ] as const)('%s: axe has no complaint, and nothing scrolls sideways', async (_name, query, options) => {
    const { page, close } = await browser.openPage({ ...options, path: `?lab=graph&${query}` });
    await page.getByTestId('equation').waitFor();
    await page.locator('wa-select').first().waitFor();
    expect(await complaints(page)).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
    await close();
  });
});

describe('the Graph lab without WebGPU', () => {
  it('times loop and vectorised form on the CPU, says that there is no GPU, and plays the rest', async () => {
    const browser = await openBrowser({ gpu: 'absent' });
    const { page, expectClean, close } = await browser.openPage({ path: '?lab=graph&preset=examples&at=f0' });
    await page.getByTestId('all').click();
    expect(await text(page, 'equation')).toContain('/ 6 =');
    await page.getByTestId('time').click();
    const times = page.getByTestId('times');
    await times.waitFor({ timeout: 45_000 });
    const lanes = await times.locator('.lane').allInnerTexts();
    expect(lanes).toHaveLength(3);
    expect(lanes[0]).toMatch(/\d (µs|ms)/);
    expect(lanes[1]).toMatch(/\d (µs|ms)/);
    expect(lanes[2]).toContain('no WebGPU');
    await page.getByTestId('preset-course').click();
    await page.getByTestId('all').click();
    await expect.poll(() => nodes(page)).toEqual(everything);
    await expectClean();
    await close();
    await browser.close();
  });
});
