/** The Benchmark button and Save result, by keyboard where that is the harder way; what was saved goes through the reader. */
import { readFileSync } from 'node:fs';
import { unzipSync } from 'fflate';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ownLanes, suites } from '../../src/session/bench/workload.ts';
import { readResult } from '../../src/session/results/read.ts';
import type { Result } from '../../src/session/results/result.ts';
import { openBrowser, type TestBrowser } from './support/browser.ts';
import { complaints } from './support/complaints.ts';
import { smallRace, waitForPhase, waitForRace, waitForSteps } from './support/train-lab.ts';

const wanted = 'logistic 2×400';

async function save(page: Page, button: string): Promise<{ readonly name: string; readonly result: Result }> {
  const [download] = await Promise.all([page.waitForEvent('download'), page.getByTestId(button).click()]);
  const name = download.suggestedFilename();
  return { name, result: readResult(readFileSync(await download.path(), 'utf8'), name) };
}

async function openBenchmark(page: Page, names: readonly string[]): Promise<void> {
  await page.getByTestId('benchmark-button').press('Enter');
  await page.getByTestId('bench-start').waitFor();
  for (const name of suites.quick) if (!names.includes(name)) await page.getByLabel(name, { exact: true }).press('Space');
  const budget = page.getByTestId('bench-budget').locator('input');
  await budget.fill('1');
  await budget.press('Enter');
}

describe('results', () => {
  let browser: TestBrowser;

  beforeAll(async () => {
    browser = await openBrowser();
  });

  afterAll(() => browser.close());

  it('measures a workload while the race rests, saves it, and lets the race go on and be saved', async () => {
    const { page, expectClean, close } = await browser.openPage({ path: smallRace(5_000_000) });
    await waitForSteps(page, 1);
    await page.getByTestId('machine-name').fill('Büro 1');
    await page.getByTestId('machine-name').press('Enter');
    await openBenchmark(page, [wanted]);
    await page.getByTestId('bench-software').waitFor();
    expect(await page.getByTestId('bench-meaning').textContent()).toContain('1 workload');

    await page.getByTestId('bench-start').press('Enter');
    await waitForPhase(page, 'paused');
    // keys are the dialog's: this one would be a step of the race
    await page.keyboard.press('.');
    await page.getByTestId('bench-again').waitFor();
    expect(await page.getByTestId('bench-lane').allTextContents()).toHaveLength(ownLanes.length);
    expect(await page.getByTestId('bench-score').textContent()).toMatch(/×\s+faster on the [CG]PU|no measurable difference/);
    expect(await complaints(page, 'benchmark-dialog')).toEqual([]);

    const saved = await save(page, 'bench-save');
    expect(saved.name).toMatch(/^downhill-Büro-1-\d{4}-\d\d-\d\d[.]json$/);
    expect(saved.result).toMatchObject({ kind: 'bench', machine: 'Büro 1', unfinished: [], budgetMs: 1000 });
    if (saved.result.kind !== 'bench') throw new Error('another kind');
    expect(saved.result.workloads.map(({ name }) => name)).toEqual([wanted]);
    expect(saved.result.workloads[0]?.lanes.map(({ engine, checked }) => [engine, checked?.ok])).toEqual(
      ownLanes.map((name) => [name, true]),
    );

    const before = await waitForPhase(page, 'paused');
    await page.keyboard.press('Escape');
    await waitForRace(page, 'steps after the benchmark', ({ lanes }) =>
      lanes.every(({ step }, at) => step > (before.lanes[at]?.step ?? 0)),
    );

    await page.locator('[data-testid=save-result]:enabled').waitFor();
    const { result } = await save(page, 'save-result');
    expect(result).toMatchObject({ kind: 'race', machine: 'Büro 1', settings: { set: 'toys', m: 60, seed: 1 }, data: { n: 2, m: 60 } });
    if (result.kind !== 'race') throw new Error('another kind');
    expect(result.lanes.map(({ checked, msPerStep }) => [checked, (msPerStep?.samples.length ?? 0) >= 5])).toEqual([
      [true, true],
      [true, true],
    ]);
    expect(result.speedup).toMatchObject({ best: 'gpu' });
    expect(result.environment.adapter).toMatchObject({ software: true });
    await expectClean();
    await close();
  });

  it('hands out the model, its costs and the code that trains it again, on a phone too', async () => {
    const { page, expectClean, close } = await browser.openPage({ path: smallRace(40), viewport: { width: 390, height: 844 } });
    const { lanes } = await waitForPhase(page, 'finished');
    await page.getByTestId('take-model').press('Enter');
    await page.getByTestId('take-all').waitFor();
    expect(await complaints(page)).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
    const [download] = await Promise.all([page.waitForEvent('download'), page.getByTestId('take-all').press('Enter')]);
    expect(download.suggestedFilename()).toBe('downhill-toys-model.zip');
    await page.getByTestId('take-said').filter({ hasText: 'is saved' }).waitFor();
    const files = unzipSync(readFileSync(await download.path()));
    expect(Object.keys(files)).toContain('train_numpy.py');
    const arrays = unzipSync(files['model.npz'] ?? new Uint8Array());
    const costs = arrays['costs.npy'] ?? new Uint8Array();
    const values = new Float64Array(costs.slice(costs.length - 40 * 8).buffer);
    const shown = lanes[0]?.costs ?? [];
    expect(values[0]).toBeCloseTo(shown[0] ?? Number.NaN, 6);
    expect(values[39]).toBeLessThan(values[0] ?? 0);
    await expectClean();
    await close();
  });

  it('stops at Escape, keeps what was finished, and closes at the next; nothing to scroll sideways on a phone', async () => {
    const { page, expectClean, close } = await browser.openPage({ path: smallRace(40), viewport: { width: 390, height: 844 } });
    await waitForPhase(page, 'finished');
    await openBenchmark(page, [wanted, 'matmul 512']);
    expect(await complaints(page, 'benchmark-dialog')).toEqual([]);
    await page.getByTestId('bench-start').press('Enter');
    await page.getByTestId('bench-workload').waitFor();
    await page.keyboard.press('Escape');
    await page.getByTestId('bench-status').filter({ hasText: 'Stopped after 1 of 2 workloads' }).waitFor();
    expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
    const { result } = await save(page, 'bench-save');
    expect(result).toMatchObject({ kind: 'bench', unfinished: ['matmul 512'] });
    await page.keyboard.press('Escape');
    await page.getByTestId('bench-status').waitFor({ state: 'hidden' });
    await expectClean();
    await close();
  });
});
