/** The Scale lab: a sweep from its start to its end, by keys; paused, left, reloaded and gone on with; its URL, table and file. */
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readResult } from '../../src/session/results/read.ts';
import { appUrl, openBrowser, type TestBrowser } from './support/browser.ts';
import { complaints } from './support/complaints.ts';
import { longSweep, sweepOf, tinySweep, waitForSweep, waitUntilKept } from './support/scale-lab.ts';
import { savedCharts } from './support/saved-charts.ts';
import { raceOf, smallRace, waitForRace } from './support/train-lab.ts';

describe('the Scale lab', () => {
  let browser: TestBrowser;

  beforeAll(async () => {
    browser = await openBrowser();
  });

  afterAll(() => browser.close());

  it('sweeps to the end without a race beside it, says what it found, and hands out table and file', async () => {
    const { page, expectClean, close } = await browser.openPage({ path: tinySweep });
    await page.getByTestId('status').filter({ hasText: 'Ready: 9 runs' }).waitFor();
    expect((await raceOf(page)).lanes).toEqual([]);
    await page.keyboard.press('Space');
    const sweep = await waitForSweep(page, 'the end', ({ phase }) => phase === 'finished' || phase === 'failed');
    expect(sweep).toMatchObject({ phase: 'finished', failure: null, done: 9, samples: 6, times: 3 });
    expect((await raceOf(page)).lanes).toEqual([]);

    expect(await page.getByTestId('crossover').textContent()).toMatch(/m\* = [\d,]+|ahead|unclear/);
    expect(await page.getByTestId('gain').textContent()).toMatch(/^[+−±]\d+\.\d pt$/);
    await page.getByTestId('score-found').filter({ hasText: 'Bands: 1 seed a point' }).waitFor();
    await page.getByTestId('time-chart').getByRole('img', { name: 'Time per step against m.' }).waitFor();
    await page.getByTestId('score-against').getByText('against seconds').click();
    await page
      .getByTestId('score-found')
      .filter({ hasText: /best choice is the .* on m = / })
      .waitFor();

    const charts = await savedCharts(page);
    expect(charts.map(({ name }) => name)).toEqual(['time-against-m', 'scores']);
    expect(charts.flatMap(({ problems }) => problems)).toEqual([]);

    await page.getByTestId('table').press('Enter');
    await page.getByTestId('points').waitFor();
    expect(await page.getByTestId('point').count()).toBe(6);
    expect(await complaints(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await page.getByTestId('points').waitFor({ state: 'detached' });

    const [download] = await Promise.all([page.waitForEvent('download'), page.getByTestId('save-result').click()]);
    const result = readResult(readFileSync(await download.path(), 'utf8'), download.suggestedFilename());
    expect(result).toMatchObject({ kind: 'sweep', unfinished: 0, settings: { set: 'toys', points: 3, budget: 'steps', steps: 40 } });
    expect(await complaints(page)).toEqual([]);

    await page.goto(appUrl() + smallRace(1, '&hidden=16-relu&gpu=off').replace('hidden=none&', ''));
    await page
      .getByTestId('law')
      .filter({ hasText: /a step takes .*CPU ≈ .* at this m/ })
      .waitFor();
    await expectClean();
    await close();
  });

  it('pauses, outlives a reload, and goes on from what was done or starts anew', async () => {
    const { page, expectClean, close } = await browser.openPage({ path: longSweep });
    await page.getByTestId('run').click();
    await waitForSweep(page, 'some runs', ({ samples }) => samples >= 3);
    await page.getByTestId('run').click();
    const paused = await waitForSweep(page, 'a pause', ({ phase }) => phase === 'paused');
    await page.waitForTimeout(300);
    expect((await sweepOf(page))?.samples).toBeLessThanOrEqual(paused.samples + 1);
    const done = await waitUntilKept(page);

    await page.reload();
    const notice = page.getByTestId('notice-earlier');
    await notice.filter({ hasText: /did \d+ of [\d,]+ runs/ }).waitFor();
    const offered = await waitForSweep(page, 'the points of before', ({ samples }) => samples > 0);
    expect(offered).toMatchObject({ phase: 'idle', offered: true, samples: done });
    await page.getByTestId('score-chart').waitFor();
    const [download] = await Promise.all([page.waitForEvent('download'), page.getByTestId('save-result').click()]);
    const result = readResult(readFileSync(await download.path(), 'utf8'), download.suggestedFilename());
    if (result.kind !== 'sweep') throw new Error(`a ${result.kind}`);
    expect(result.accuracy.reduce((sum, { seeds }) => sum + seeds, 0)).toBe(done);
    expect(result.unfinished).toBeGreaterThan(0);
    await notice.getByRole('button', { name: 'Go on' }).click();
    const further = await waitForSweep(page, 'more runs', ({ samples }) => samples > done);
    expect(further.offered).toBe(false);

    await page.getByTestId('cancel').click();
    await waitForSweep(page, 'the end', ({ phase }) => phase === 'cancelled');
    await page.keyboard.press('r');
    await waitForSweep(page, 'nothing', ({ phase, samples }) => phase === 'idle' && samples === 0);
    expect(await waitUntilKept(page)).toBe(0);
    await page.reload();
    await page.getByTestId('status').filter({ hasText: 'Ready' }).waitFor();
    expect(await notice.count()).toBe(0);
    await expectClean();
    await close();
  });

  it('rests while another lab is open, and is found again as it was', async () => {
    const { page, expectClean, close } = await browser.openPage({ path: longSweep });
    await page.getByTestId('run').click();
    await waitForSweep(page, 'a run', ({ samples }) => samples >= 1);
    await page.keyboard.press('1');
    await waitForRace(page, 'the race of the first visit', ({ lanes }) => lanes.length > 0);
    expect(new URL(page.url()).search).toBe('');
    const left = await waitForSweep(page, 'a pause', ({ phase }) => phase === 'paused');
    await page.keyboard.press('2');
    await waitForRace(page, 'a race that rests', ({ phase, wantsToRun }) => phase === 'paused' && !wantsToRun);
    expect(new URL(page.url()).search).toBe(longSweep);
    await waitForSweep(page, 'more runs', ({ phase, samples }) => phase === 'running' && samples > left.samples);
    await page.goBack();
    await waitForRace(page, 'a race that goes on', ({ phase, wantsToRun }) => wantsToRun && phase !== 'paused');
    await expectClean();
    await close();
  });

  it('goes on after a lost device, and says so', async () => {
    const { page, expectClean, close } = await browser.openPage({ path: longSweep });
    await page.getByTestId('run').click();
    await waitForSweep(page, 'a run', ({ samples }) => samples >= 1);
    await page.evaluate(async () => {
      const kept = document.querySelector('downhill-app')?.keep.get('scale') as
        { readonly sweeper: { loseDevice(): Promise<void> } } | undefined;
      await kept?.sweeper.loseDevice();
    });
    const told = await waitForSweep(page, 'word of the loss', ({ notices }) => notices.includes('device-lost'));
    await page.getByTestId('notice-device-lost').waitFor();
    const further = await waitForSweep(page, 'more runs', ({ samples }) => samples > told.samples);
    expect(further).toMatchObject({ phase: 'running', failure: null });
    await expectClean();
    await close();
  });

  it('lives in the URL: defaults are left out, nonsense is named, back and forward work', async () => {
    const { page, expectClean, close } = await browser.openPage({ path: '?lab=scale&set=toys&points=99&models=svm,dog' });
    await page.getByTestId('notice-url').filter({ hasText: 'points = “99”' }).filter({ hasText: 'models = “svm,dog”' }).waitFor();
    const points = page.getByTestId('points-asked').locator('input');
    await points.fill('5');
    await points.press('Enter');
    expect(new URL(page.url()).search).toBe('?lab=scale&set=toys&points=5');
    await page.getByTestId('model-512-512').click();
    expect(new URL(page.url()).search).toBe('?lab=scale&set=toys&points=5&models=svm,logistic,16,128');
    await page.getByTestId('units-small').fill('8 · 4');
    await page.getByTestId('units-small').press('Enter');
    expect(new URL(page.url()).search).toContain('models=svm,logistic,8-4,128&timed=8-4');
    await page.goBack();
    await page.goBack();
    await page.waitForFunction(() => location.search === '?lab=scale&set=toys&points=5');
    await page.waitForFunction(() => {
      const kept = document.querySelector('downhill-app')?.keep.get('scale') as
        { readonly settings: { readonly models: readonly string[] } } | undefined;
      return kept?.settings.models.length === 5;
    });
    await page.goForward();
    await page.waitForFunction(() => location.search.endsWith('models=svm,logistic,16,128'));
    await expectClean();
    await close();
  });

  it('is in order in the dark, on a phone', async () => {
    const { page, close } = await browser.openPage({ path: tinySweep, colorScheme: 'dark', viewport: { width: 390, height: 844 } });
    await page.locator('wa-select').first().waitFor();
    expect(await complaints(page)).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
    await close();
  });
});
