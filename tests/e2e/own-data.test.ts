/** A file of the user's in the page: dropped, looked at, trained on, asked for again after a reload, kept and deleted. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Page } from 'playwright-core';
import { complaints } from './support/complaints.ts';
import { openBrowser, type OpenPage, type TestBrowser } from './support/browser.ts';
import { waitForNets } from './support/activations-lab.ts';
import { waitForSweep } from './support/scale-lab.ts';
import { waitForRace } from './support/train-lab.ts';
import { fixtureBytes } from '../support/own-files.ts';

let browser: TestBrowser;
let open: OpenPage;
beforeAll(async () => {
  browser = await openBrowser();
  open = await browser.openPage({ path: '?set=toys&hidden=none&m=60&steps=20&gpu=off&cpu=wasm' });
  await waitForRace(open.page, 'a race to be over', ({ phase }) => phase === 'finished');
  // what takes drops comes after the first race can be seen
  await open.page.waitForFunction(() => document.querySelector('downhill-app')?.keep.has('own-desk'));
});
afterAll(() => browser.close());

const rows = Array.from({ length: 200 }, (_, i) => `${i % 17},${(i * 31) % 23},${i % 2 ? 'red' : 'blue'},${i % 2 ? 'yes' : 'no'}`);
const csv = `size,weight,colour,good\n${rows.join('\n')}\n`;

async function drop(page: Page, name: string, content: string | Uint8Array): Promise<void> {
  await page.evaluate(
    ({ file, bytes }) => {
      const transfer = new DataTransfer();
      transfer.items.add(new File([new Uint8Array(bytes)], file));
      document.body.dispatchEvent(new DragEvent('drop', { dataTransfer: transfer, bubbles: true, cancelable: true, composed: true }));
    },
    { file: name, bytes: [...(typeof content === 'string' ? Buffer.from(content) : content)] },
  );
}

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
});
