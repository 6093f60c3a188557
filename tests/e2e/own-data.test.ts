/** A file of the user's in the page: dropped, looked at, trained on, asked for again after a reload, kept and deleted. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Page } from 'playwright-core';
import { complaints } from './support/complaints.ts';
import { openBrowser, type OpenPage, type TestBrowser } from './support/browser.ts';
import { drop } from './support/drop.ts';
import { waitForNets } from './support/activations-lab.ts';
import { waitForSweep } from './support/scale-lab.ts';
import { raceOf, waitForRace } from './support/train-lab.ts';
import { fixtureBytes } from '../support/own-files.ts';

/** A race that is over at once. */
const still = '?set=toys&hidden=none&m=60&steps=20&gpu=off&cpu=wasm';

let browser: TestBrowser;
let open: OpenPage;
beforeAll(async () => {
  browser = await openBrowser();
  open = await browser.openPage({ path: still });
  await ready(open.page);
});
afterAll(() => browser.close());

/** A race is over, and what takes drops, which comes after it can be seen, is there. */
async function ready(page: Page): Promise<void> {
  await waitForRace(page, 'a race to be over', ({ phase }) => phase === 'finished');
  await page.waitForFunction(() => document.querySelector('downhill-app')?.keep.has('own-desk'));
}

const rows = Array.from({ length: 200 }, (_, i) => `${i % 17},${(i * 31) % 23},${i % 2 ? 'red' : 'blue'},${i % 2 ? 'yes' : 'no'}`);
const csv = `size,weight,colour,good\n${rows.join('\n')}\n`;

const byId = (page: Page, id: string): ReturnType<Page['getByTestId']> => page.getByTestId(id);
const finished = (page: Page, m: number): ReturnType<typeof waitForRace> =>
  waitForRace(page, `a race on ${m} examples to be over`, (race) => race.phase === 'finished' && race.m === m && !race.stale);

describe('a file of one’s own', () => {
  it('is looked at before it is used, then trained on, and asked for again after a reload', async () => {
    const { page } = open;
    await drop(page, 'things.csv', csv);
    await byId(page, 'own-use').waitFor();
    expect(await byId(page, 'own-shape').innerText()).toContain('200 rows, 4 columns');
    expect(await byId(page, 'own-balance').innerText()).toMatch(/no\s+100\s+yes\s+100/);
    expect(await byId(page, 'own-rows').innerText()).toMatch(/size\s+weight\s+colour\s+good\s+0\s+0\s+blue\s+no/);
    expect(await byId(page, 'own-label').inputValue()).toBe('good');
    expect(await complaints(page, 'own-dialog')).toEqual([]);
    await byId(page, 'own-use').click();
    const race = await waitForRace(page, 'a race on the file', ({ m, lanes }) => m === 160 && (lanes[0]?.step ?? 0) > 5);
    expect(race.lanes[0]?.costs[0]).toBeCloseTo(Math.LN2, 5);
    const search = await page.evaluate(() => location.search);
    expect(search).toContain('own=binary*things.csv*200x4');

    // again, from a link that says 50 examples and 30 steps
    await page.goto(page.url().replace(/[?].*/, `${search}&m=50&steps=30`.replace(/m=160&/, '')));
    const notice = byId(page, 'notice-failed');
    await notice.waitFor();
    expect(await notice.innerText()).toContain('things.csv');
    await notice.getByRole('button').click();
    expect(await byId(page, 'own-dialog').innerText()).toContain('things.csv');
    const [chooser] = await Promise.all([page.waitForEvent('filechooser'), page.getByRole('button', { name: 'Choose files' }).click()]);
    await chooser.setFiles({ name: 'things.csv', mimeType: 'text/csv', buffer: Buffer.from(csv) });
    await finished(page, 50);
    await open.expectClean();
  });

  it('is refused with a sentence when it is damaged, and what was open goes on', async () => {
    const { page } = open;
    await drop(page, 'broken.csv', 'a,b\n1,2\n3\n');
    expect(await byId(page, 'own-error').innerText()).toContain('broken.csv: row 3');
    await drop(page, 'broken.h5', fixtureBytes('small.h5').subarray(0, 9000));
    await page.waitForFunction(() =>
      document
        .querySelector('downhill-app')
        ?.shadowRoot?.querySelector('own-dialog')
        ?.shadowRoot?.querySelector('.error')
        ?.textContent.includes('broken.h5'),
    );
    await page.keyboard.press('Escape');
    await finished(page, 50);
  });

  it('is kept on request, opens by itself after a reload, and is deleted', async () => {
    const { page } = open;
    await drop(page, 'small.h5', fixtureBytes('small.h5'));
    await byId(page, 'own-sheet').waitFor();
    expect(await byId(page, 'own-shape').innerText()).toMatch(/train_set_x\s+\(24, 8, 8, 3\)\s+uint8/);
    await byId(page, 'own-keep').check();
    await byId(page, 'own-use').click();
    await waitForRace(page, 'a race on the kept file', ({ m, lanes }) => m === 19 && (lanes[0]?.step ?? 0) > 5);
    await page.reload();
    await waitForRace(page, 'the kept file to be opened', ({ m, lanes }) => m === 19 && (lanes[0]?.step ?? 0) > 5);
    await byId(page, 'open-own').first().click();
    const kept = byId(page, 'own-kept');
    expect(await kept.innerText()).toMatch(/small[.]h5\s+12\s?.B/i);
    await kept.getByRole('button', { name: 'Delete small.h5' }).click();
    await kept.waitFor({ state: 'detached' });
    await page.keyboard.press('Escape');
    await open.expectClean();
  });

  it('is a set in the Scale and Activations labs too', async () => {
    const { page } = open;
    await page.evaluate(() => document.querySelector('downhill-app')?.session?.goTo('activations'));
    await page.waitForFunction(() => document.querySelector('downhill-app')?.keep.has('activations'));
    await page.evaluate(() => {
      const nets = document.querySelector('downhill-app')?.keep.get('activations') as { change(patch: object): void };
      nets.change({ set: 'own', depth: 2, width: 4, steps: 10, m: 12 });
    });
    const nets = await waitForNets(page, 'nets on the file', ({ phase, steps }) => phase === 'finished' && steps[0] === 10);
    expect(nets.failure).toBeNull();
    expect(await page.evaluate(() => location.search)).toContain('set=own&own=binary*small.h5');
    await page.evaluate(() => document.querySelector('downhill-app')?.session?.goTo('scale'));
    await page.waitForFunction(() => document.querySelector('downhill-app')?.keep.has('scale'));
    await page.evaluate(() => {
      const sweep = document.querySelector('downhill-app')?.keep.get('scale') as { change(patch: object): void; toggle(): void };
      sweep.change({
        set: 'own',
        mFrom: 10,
        mTo: 19,
        points: 3,
        seeds: 1,
        seedsAbove: 1,
        models: ['logistic'],
        budget: 'steps',
        steps: 20,
      });
      sweep.toggle();
    });
    const sweep = await waitForSweep(page, 'a sweep on the file', ({ phase }) => phase === 'finished' || phase === 'failed');
    expect({ phase: sweep.phase, samples: sweep.samples }).toEqual({ phase: 'finished', samples: 3 });
    await open.expectClean();
  });

  it('says what it leaves out and fills in, before and after it is used', async () => {
    const { page } = open;
    await page.evaluate(() => document.querySelector('downhill-app')?.session?.goTo('train'));
    const holes = rows.map((row, at) => `${row.replace(/^\d+/, at < 3 ? '' : '$&')},same`).join('\n');
    await drop(page, 'holes.csv', `size,weight,colour,good,always\n${holes.replace(/yes,same$/, ',same')}\n`);
    await byId(page, 'own-use').waitFor();
    await byId(page, 'own-label').selectOption('good');
    await byId(page, 'own-note').filter({ hasText: '1 of 4, “always”' }).waitFor();
    expect(await byId(page, 'own-note').allInnerTexts()).toEqual([
      expect.stringContaining('Columns left out: 1 of 4, “always”.') as string,
      expect.stringContaining('Values are missing: “size” 3. The median') as string,
      expect.stringContaining('Rows without a label, left out: 1.') as string,
    ]);
    await byId(page, 'own-missing').selectOption('omit');
    await byId(page, 'own-note').filter({ hasText: 'Rows without them are left out' }).waitFor();
    await byId(page, 'own-use').click();
    await waitForRace(page, 'a race on what is left', ({ m, lanes }) => m === 156 && (lanes[0]?.step ?? 0) > 0);
    await byId(page, 'own-notes').locator('summary').click();
    const notes = await byId(page, 'own-notes').innerText();
    expect(notes).toMatch(/3 notes/);
    expect(notes).toMatch(/“always”.* The column is left out[.]/);
    expect(notes).toContain('4 rows are left out, for want of a value: 1, 2, 3, 200, counted from the first example.');
  });

  it('is given up half-way without a trace, and what was open goes on', async () => {
    const { page } = open;
    const before = (await raceOf(page)).m;
    const others = page.workers();
    const readers = (): readonly string[] =>
      page
        .workers()
        .filter((worker) => !others.includes(worker))
        .map((worker) => worker.url().replace(/.*[/]/, ''));
    await page.evaluate(() => {
      const piece = '1234567,7654321,0.123456789,yes\n'.repeat(2 ** 15);
      const file = new File(['a,b,c,good\n', ...Array.from({ length: 150 }, () => piece)], 'large.csv');
      Object.assign(globalThis, { large: new WeakRef(file) });
      const transfer = new DataTransfer();
      transfer.items.add(file);
      document.body.dispatchEvent(new DragEvent('drop', { dataTransfer: transfer, bubbles: true, cancelable: true, composed: true }));
    });
    await byId(page, 'own-dialog').getByRole('progressbar', { name: 'Reading large.csv' }).waitFor();
    expect(readers()).toHaveLength(1);
    await expect
      .poll(() =>
        byId(page, 'own-dialog')
          .locator('progress')
          .evaluate((bar) => (bar as HTMLProgressElement).value),
      )
      .toBeGreaterThan(0);
    expect(
      await byId(page, 'own-dialog')
        .locator('progress')
        .evaluate((bar) => (bar as HTMLProgressElement).value),
    ).toBeLessThan(1);
    await byId(page, 'own-cancel').click();
    await byId(page, 'own-files').waitFor({ state: 'attached' });
    await expect.poll(readers, { timeout: 10_000 }).toEqual([]);
    await page.keyboard.press('Escape');
    const session = await page.context().newCDPSession(page);
    await expect
      .poll(async () => {
        await session.send('HeapProfiler.collectGarbage');
        return page.evaluate(() => (globalThis as typeof globalThis & { large?: WeakRef<File> }).large?.deref()?.name ?? 'let go');
      })
      .toBe('let go');
    await session.detach();
    expect((await raceOf(page)).m).toBe(before);
    await open.expectClean();
  });

  it('is open, and results and sweeps are there, where the disk is full: what is not kept is said', async () => {
    const { page, expectClean, close } = await browser.openPage({ path: still, quotaBytes: 1000 });
    await ready(page);
    await drop(page, 'things.csv', csv + `${rows.join('\n')}\n`.repeat(100));
    await byId(page, 'own-keep').check();
    await byId(page, 'own-use').click();
    await byId(page, 'own-not-kept').filter({ hasText: 'is full. Delete kept files' }).waitFor();
    await page.keyboard.press('Escape');
    await byId(page, 'own-dialog').waitFor({ state: 'detached' });
    await page.evaluate(() =>
      document
        .querySelector('downhill-app')
        ?.session?.change({ gpu: false, cpu: 'wasm', steps: 100, hidden: [{ units: 32, activation: 'relu' }] }, false),
    );
    await waitForRace(page, 'a race on the file', ({ phase, m }) => phase === 'finished' && (m ?? 0) > 10_000);
    const unkept = byId(page, 'notice-unkept');
    await unkept.filter({ hasText: 'did not keep this result (the disk space that it gives this page is full)' }).waitFor();
    await page.evaluate(() => document.querySelector('downhill-app')?.session?.goTo('scale'));
    await page.waitForFunction(() => document.querySelector('downhill-app')?.keep.has('scale'));
    await page.evaluate(() => {
      const sweep = document.querySelector('downhill-app')?.keep.get('scale') as { change(patch: object): void; toggle(): void };
      sweep.change({
        set: 'toys',
        toy: 'moons',
        mFrom: 10,
        mTo: 30,
        points: 3,
        seeds: 1,
        seedsAbove: 1,
        models: ['logistic'],
        budget: 'steps',
        steps: 20,
      });
      sweep.toggle();
    });
    await byId(page, 'notices').filter({ hasText: 'does not keep this sweep (the disk space that it gives this page is full)' }).waitFor();
    const sweep = await waitForSweep(page, 'the sweep', ({ phase }) => phase === 'finished' || phase === 'failed');
    expect({ phase: sweep.phase, samples: sweep.samples }).toEqual({ phase: 'finished', samples: 3 });
    // nothing is lost: they are there for the visit, and so is the race before
    await page.evaluate(() => document.querySelector('downhill-app')?.session?.goTo('compare'));
    await expect.poll(() => byId(page, 'result-name').count(), { timeout: 10_000 }).toBe(3);
    await expectClean();
    await close();
  });
});
