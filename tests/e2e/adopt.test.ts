/** Adopt and roll back end to end: from an edited text by way of its gate into the race of the Train lab, and out again. */
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openBrowser, type TestBrowser } from './support/browser.ts';
import { complaints } from './support/complaints.ts';
import { smallRace, waitForRace, waitForSteps } from './support/train-lab.ts';

interface Store {
  readonly state: { readonly text: string };
  type(text: string): void;
}

const file = 'two-pass-forward-alone.wgsl';
const [asItIs, edited, again] = ['let z = sum +', 'let z = 1.0 * sum +', 'let z = 1.0  * sum +'];

/** As if it had been typed, all at once. */
async function edit(page: Page, from: string, to: string): Promise<void> {
  await page.evaluate(
    ([before, after]) => {
      const { keep } = document.querySelector('downhill-app') as unknown as { readonly keep: Map<string, unknown> };
      const store = keep.get('kernels') as Store;
      store.type(store.state.text.replace(before, after));
    },
    [from, to] as const,
  );
}

const why = (page: Page, code: string): Promise<void> => page.locator(`[data-testid=adoption][data-why=${code}]`).waitFor();

async function runAndAdopt(page: Page): Promise<void> {
  await page.getByTestId('run').click();
  await page.locator('[data-testid=gate][data-finding=right]').waitFor();
  await page.locator('[data-testid=status][data-phase=idle]').waitFor();
  await why(page, 'ready');
  await page.getByTestId('adopt').press('Enter');
  await why(page, 'adopted');
  expect(await page.locator('adopt-card h2').evaluate((heading) => heading.matches(':focus'))).toBe(true);
}

async function goTo(page: Page, lab: 'train' | 'kernels' | 'compare'): Promise<void> {
  await page.evaluate((id) => document.querySelector('downhill-app')?.session?.goTo(id), lab);
}

let browser: TestBrowser;

beforeAll(async () => {
  browser = await openBrowser();
});

afterAll(() => browser.close());

it('a right kernel races, marked, and its result says so; one that goes wrong there is rolled back with the reason', async () => {
  const { page, expectClean, close } = await browser.openPage({ path: smallRace(5_000_000, '&plan=two-pass&m=1200') });
  await waitForSteps(page, 10);
  await goTo(page, 'kernels');
  await page.getByTestId('file').filter({ hasText: file }).click();
  await page.locator('[data-testid=compiled][data-state=good]').waitFor();
  await why(page, 'unedited');
  expect(await page.getByTestId('adopt').isDisabled()).toBe(true);
  await edit(page, asItIs, edited);
  await why(page, 'not-passed');
  expect(await page.getByTestId('adopt').isDisabled()).toBe(true);
  await runAndAdopt(page);
  expect(await complaints(page)).toEqual([]);
  // a further edit asks for another run, and back again for none
  await edit(page, edited, again);
  await why(page, 'not-passed');
  await edit(page, again, edited);
  await why(page, 'adopted');

  await goTo(page, 'train');
  await page
    .getByTestId('edited-lane')
    .filter({ hasText: `edited kernel: ${file}` })
    .waitFor();
  await page.getByTestId('edited-mark').getByText('that of the edited text').waitFor();
  const race = await waitForRace(
    page,
    'both lanes checked',
    ({ stale, lanes }) => !stale && lanes.length === 2 && lanes.every(({ checked }) => checked),
  );
  expect(race.phase).toBe('racing');
  expect(await page.getByTestId('difference').textContent()).toMatch(/differ/);
  await page.locator('[data-testid=save-result]:enabled').waitFor();
  const result = await page.evaluate(() => document.querySelector('downhill-app')?.session?.result());
  expect(result?.environment.editedKernels).toEqual([{ file, hash: expect.stringMatching(/^[0-9a-f]{8}$/) as string }]);
  expect(await complaints(page)).toEqual([]);

  await page.getByTestId('built-in').press('Enter');
  await page.getByTestId('edited-mark').waitFor({ state: 'detached' });
  await waitForSteps(page, 10);
  expect(await page.getByTestId('edited-lane').count()).toBe(0);

  // right at every shape of the gate, wrong beyond
  await goTo(page, 'kernels');
  await edit(page, edited, 'let z = select(1.0, 1.5, shape.examples > 1000u) * sum +');
  await why(page, 'not-passed');
  await runAndAdopt(page);
  await goTo(page, 'train');
  const notice = page.getByTestId('notice-rolled-back');
  await notice.waitFor();
  expect(await notice.textContent()).toMatch(/Rolled back: the edited two-pass-forward-alone[.]wgsl is out of the race.*Why: /s);
  await waitForRace(
    page,
    'the race to go on with the built-in kernel',
    ({ stale, phase, lanes }) =>
      !stale && phase === 'racing' && lanes.length === 2 && lanes.every(({ checked, step }) => checked && step > 10),
  );
  expect(await page.getByTestId('edited-mark').count()).toBe(0);
  expect(
    await page.evaluate(() =>
      document
        .querySelector('downhill-app')
        ?.session?.result()
        .then((one) => one?.environment.editedKernels),
    ),
  ).toBeUndefined();
  expect(await complaints(page)).toEqual([]);
  await notice.getByRole('button').click();
  await notice.waitFor({ state: 'detached' });
  await goTo(page, 'kernels');
  expect(await page.getByTestId('rolled-back').textContent()).toMatch(
    /This text was rolled back:.*J was|This text was rolled back:.*steps/s,
  );
  await why(page, 'ready');
  await expectClean();
  await close();
});
