/** The Compare lab in a real browser: what is finished is kept, named, compared, sent as a link and as a code, and nothing bad is lost by. */
import { readFileSync, writeFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readResult } from '../../src/session/results/read.ts';
import type { BenchResult, Result } from '../../src/session/results/result.ts';
import { resultText } from '../../src/session/results/write.ts';
import { madeUpBench } from '../support/results.ts';
import { openBrowser, type TestBrowser } from './support/browser.ts';
import { complaints } from './support/complaints.ts';
import { drop } from './support/drop.ts';
import { savedCharts } from './support/saved-charts.ts';
import { smallRace, waitForPhase, waitForRace } from './support/train-lab.ts';

/** The page is given this long for what it does in a moment on a machine that is not shared. */
const soon = { timeout: 20_000 };
const folder = mkdtempSync(join(tmpdir(), 'downhill-e2e-'));
const names = (page: Page): Promise<readonly string[]> => page.getByTestId('result-name').allInnerTexts();
const notices = (page: Page): Promise<string> => page.getByTestId('notices').last().innerText();

function file(name: string, content: Result | string): string {
  const path = join(folder, name);
  writeFileSync(path, typeof content === 'string' ? content : resultText(content, content.machine));
  return path;
}

/** The same benchmark on a machine that is so many times as fast. */
function pupil(at: number): BenchResult {
  const bench = madeUpBench();
  return { ...bench, machine: `pupil ${at}`, environment: { ...bench.environment, logicalCores: at + 1 } };
}

async function saved(page: Page, button: string): Promise<string> {
  const [download] = await Promise.all([page.waitForEvent('download'), page.getByTestId(button).first().click()]);
  return readFileSync(await download.path(), 'utf8');
}

/** The result of a race that ends before five blocks were counted has no times; it goes on until it has. */
async function finishWithTimes(page: Page): Promise<void> {
  for (;;) {
    await waitForPhase(page, 'finished');
    const timed = await page.evaluate(async () => {
      const result = await document.querySelector('downhill-app')?.session?.result();
      return result?.lanes.some(({ msPerStep }) => msPerStep !== null) ?? false;
    });
    if (timed) return;
    await page.getByTestId('run').click();
    await page.waitForTimeout(200);
  }
}

/** How many results the browser has on its disk. */
function keptCount(page: Page): Promise<number> {
  return page.evaluate(
    () =>
      new Promise<number>((resolve, reject) => {
        const opening = indexedDB.open('downhill-results');
        opening.onerror = () => reject(new Error('the results cannot be opened'));
        opening.onsuccess = () => {
          const count = opening.result.transaction('entries').objectStore('entries').count();
          count.onsuccess = () => {
            opening.result.close();
            resolve(count.result);
          };
        };
      }),
  );
}

describe('the Compare lab', () => {
  let browser: TestBrowser;

  beforeAll(async () => {
    browser = await openBrowser();
  });

  afterAll(async () => {
    await browser.close();
    rmSync(folder, { recursive: true });
  });

  it('keeps a race that ended, with name, note and pin through a reload, and compares it with another', async () => {
    const { page, expectClean, close } = await browser.openPage({ path: smallRace(60_000) });
    await page.getByTestId('status').filter({ hasText: 'Finished' }).waitFor();
    // who leaves as soon as it says so loses nothing
    expect(await keptCount(page)).toBe(1);
    await finishWithTimes(page);
    await page.keyboard.press('7');
    await page.getByTestId('result').waitFor();
    await page.getByTestId('rename').fill('<b>mine</b>');
    await page.getByTestId('rename').press('Tab');
    await page.getByTestId('note').fill('on battery');
    await page.getByTestId('note').press('Tab');
    await page.getByTestId('pin').click();
    await expect.poll(() => names(page), soon).toEqual(['★ <b>mine</b>']);

    const race = readResult(await saved(page, 'save-file'), 'saved');
    expect(race).toMatchObject({ kind: 'race', settings: { set: 'toys', m: 60 } });
    expect((await saved(page, 'save-csv')).split('\r\n')[0]).toBe('machine,kind,workload,m,seed,engine,measure,index,value');
    const other = { ...race, machine: 'elsewhere', environment: { ...race.environment, logicalCores: 99 } };
    await page.getByTestId('pick').check();
    await page.getByTestId('file-input').setInputFiles([file('other.json', other), file('bench.json', pupil(0))]);
    await expect.poll(() => page.getByTestId('status').innerText(), soon).toBe('2 compared, 1 not comparable with A.');
    expect(await page.getByTestId('apart').innerText()).toContain(
      'not comparable with A, because it is of another kind: bench, and not race',
    );
    expect(await page.getByTestId('speed-row').count()).toBe(2);
    expect(await page.getByTestId('places').innerText()).toMatch(/logical cores\s+A \d+\s+B 99/i);

    await page.reload();
    await expect.poll(() => names(page), soon).toHaveLength(3);
    expect((await names(page))[0]).toBe('★ <b>mine</b>');
    await expect.poll(() => page.getByTestId('status').innerText(), soon).toBe('2 compared, 1 not comparable with A.');
    await page.getByTestId('look').first().click();
    await expect.poll(() => page.getByTestId('note').inputValue(), soon).toBe('on battery');
    expect(await complaints(page)).toEqual([]);

    await page.getByTestId('delete').click();
    await expect.poll(() => names(page), soon).toHaveLength(2);
    await page.getByRole('button', { name: 'Undo' }).click();
    await expect.poll(() => names(page), soon).toHaveLength(3);
    const all = await saved(page, 'export-all');
    expect(JSON.parse(all)).toMatchObject({
      kind: 'collection',
      results: [{ name: '<b>mine</b>', note: 'on battery', pinned: true }, {}, {}],
    });
    await expectClean();
    await close();
  });

  it('takes bad files one by one, names each, and keeps what was open; on a phone, in the dark', async () => {
    const how = { viewport: { width: 390, height: 844 }, colorScheme: 'dark' } as const;
    const { page, expectClean, close } = await browser.openPage({ path: '?lab=compare', ...how });
    await page.getByTestId('no-results').waitFor();
    const evil = { ...pupil(1), machine: '<img src=x onerror="document.title=1">' };
    const later = resultText(pupil(2)).replace('"schema": 1', '"schema": 9');
    const files = [
      file('evil.json', evil),
      file('later.json', later),
      file('half.json', resultText(pupil(3)).slice(0, 999)),
      file('empty.json', ''),
    ];
    await page.getByTestId('file-input').setInputFiles(files);
    await expect.poll(() => names(page), soon).toEqual([evil.machine]);
    const said = await notices(page);
    expect(said).toMatch(/later[.]json: schema: .*newer Downhill/);
    expect(said).toMatch(/half[.]json: expected JSON/);
    expect(said).toContain('empty.json: expected a result, found an empty file');
    expect(await page.evaluate(() => document.title)).toContain('Downhill');
    expect(await page.getByTestId('speed-row').count()).toBeGreaterThan(2);
    expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
    expect(await complaints(page)).toEqual([]);
    // let go beside the lab: a result is read, of anything else it is said where it belongs
    const desk = (): Promise<unknown> => page.waitForFunction(() => document.querySelector('downhill-app')?.keep.has('own-desk'));
    await desk();
    await drop(page, 'four.json', resultText(pupil(4), 'pupil 4'));
    await expect.poll(() => names(page), soon).toContain('pupil 4');
    await drop(page, 'things.csv', 'a,b\n1,2\n');
    await expect.poll(() => notices(page), soon).toContain('“things.csv” is no results file.');
    // in a lab without data, a result leads here, and examples to Train
    await page.goto(page.url().replace(/[?].*/, '?lab=graph'));
    await desk();
    await drop(page, 'five.json', resultText(pupil(5), 'pupil 5'));
    await expect.poll(() => names(page), soon).toContain('pupil 5');
    await page.keyboard.press('5');
    await page.getByTestId('expression').waitFor();
    const rows = Array.from({ length: 40 }, (_, i) => `${i % 7},${i % 2 ? 'yes' : 'no'}`);
    await drop(page, 'things.csv', `x,y\n${rows.join('\n')}\n`);
    await page.getByTestId('own-use').click();
    await waitForRace(page, 'a race on the file', ({ m, lanes }) => m === 32 && (lanes[0]?.step ?? 0) > 2);
    await expectClean();
    await close();
  });

  it('shows how thirty files of a class lie, and saves each chart as a picture', async () => {
    const { page, expectClean, close } = await browser.openPage({
      path: '?lab=compare',
      viewport: { width: 390, height: 844 },
      colorScheme: 'dark',
    });
    await page.getByTestId('no-results').waitFor();
    await page.getByTestId('file-input').setInputFiles(Array.from({ length: 30 }, (_, at) => file(`pupil${at}.json`, pupil(at))));
    await expect.poll(() => page.getByTestId('status').innerText(), soon).toBe('30 compared.');
    expect((await page.getByTestId('spread').locator('p').allInnerTexts()).join()).toContain('30 results: the middle one is');
    const charts = await savedCharts(page);
    expect(charts.map(({ name }) => name)).toEqual(['distribution', 'speed-ups', 'time-against-m', 'roofline']);
    expect(charts.flatMap(({ problems }) => problems)).toEqual([]);
    await expectClean();
    await close();
  });

  it('sends all of a result as a link and its figures as a code, and says so when a link was cut short', async () => {
    const context = { permissions: ['clipboard-read', 'clipboard-write'] };
    const { page, close } = await browser.openPage({ ...context, path: '?lab=compare' });
    await page.getByTestId('no-results').waitFor();
    await page.getByTestId('file-input').setInputFiles([file('mine.json', pupil(4))]);
    await page.getByTestId('copy-result-link').click();
    await page.getByTestId('share-said').filter({ hasText: 'the whole result is in the link' }).waitFor();
    const link = await page.evaluate(() => navigator.clipboard.readText());
    await page.getByTestId('show-qr').click();
    const code = (await page.getByTestId('qr').getAttribute('data-link')) ?? '';
    expect(code.length).toBeLessThan(link.length);
    await close();

    const other = await browser.openPage({ path: new URL(link).search + new URL(link).hash });
    await expect.poll(() => names(other.page), soon).toEqual(['pupil 4']);
    expect(await other.page.getByTestId('save-file').isEnabled()).toBe(true);
    await other.page.evaluate((hash) => (location.hash = hash), new URL(code).hash);
    await other.page.getByTestId('lacks').waitFor();
    expect(await other.page.getByTestId('lacks').innerText()).toContain('It lacks all samples');
    await expect.poll(() => other.page.getByTestId('status').innerText(), soon).toBe('2 compared.');
    await other.page.evaluate((hash) => (location.hash = hash), new URL(link).hash.slice(0, -40));
    await expect.poll(() => notices(other.page), soon).toMatch(/The link: expected a packed result.*cut short/);
    expect(await names(other.page)).toHaveLength(2);
    await other.page.getByTestId('look').first().click();
    await other.page.getByTestId('keep').click();
    await other.page.getByTestId('pin').waitFor();
    await other.page.goto(other.page.url().replace(/#.*/, ''));
    await other.page.reload();
    await expect.poll(() => names(other.page), soon).toEqual(['pupil 4']);
    await other.expectClean();
    await other.close();
  });

  it('has what is new for the visit, and says so, where the browser keeps nothing', async () => {
    const { page, record, close } = await browser.openPage({ path: 'no-such-page' });
    await page.addInitScript(() => {
      IDBFactory.prototype.open = () => {
        throw new DOMException('this browser is private', 'SecurityError');
      };
    });
    await page.goto(page.url().replace('no-such-page', '?lab=compare'));
    await page.getByTestId('no-results').waitFor();
    await page.getByTestId('file-input').setInputFiles([file('visit.json', pupil(5))]);
    await expect.poll(() => names(page), soon).toEqual(['pupil 5']);
    expect(await notices(page)).toContain('this browser is private');
    expect(record.errors.filter((error) => !error.includes('404'))).toEqual([]);
    await close();
  });
});
