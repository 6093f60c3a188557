/** The Kernels lab end to end: an edit, its gate, its clock; what is wrong with a text or a link; keys, axe, and no GPU. */
import { chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { chromiumFlags, findBrowser, softwareGpuFlag } from '../../src/cli/find-browser.ts';
import { appUrl, openBrowser, type TestBrowser } from './support/browser.ts';
import { savedCharts } from './support/saved-charts.ts';
import { complaints } from './support/complaints.ts';

const lesson = '?lab=kernels&file=lesson/row-sum.wgsl';

interface Store {
  readonly state: {
    readonly text: string;
    readonly catalogue: { readonly files: readonly { readonly file: string; readonly solution: string }[] };
  };
  type(text: string): void;
}

/** The lab's own store, and its worker. */
interface App {
  readonly keep: Map<string, unknown>;
}

/** As if it had been typed, all at once. */
async function setText(page: Page, change: { readonly solution?: boolean; readonly from?: string; readonly to?: string }): Promise<void> {
  await page.evaluate(({ solution, from, to }) => {
    const store = (document.querySelector('downhill-app') as unknown as App).keep.get('kernels') as Store;
    const own = store.state.catalogue.files.find(({ file }) => file === 'lesson/row-sum.wgsl');
    const text = solution ? (own?.solution ?? '') : store.state.text;
    store.type(from === undefined ? text : text.replace(from, to ?? ''));
  }, change);
}

const compiled = (page: Page, state: 'good' | 'errors'): Promise<void> =>
  page.locator(`[data-testid=compiled][data-state=${state}]`).waitFor();

async function runToEnd(page: Page): Promise<string | null> {
  await page.getByTestId('run').click();
  await page.locator('[data-testid=gate]:not([data-finding=none]):not([data-finding=checking])').waitFor();
  await page.locator('[data-testid=status][data-phase=idle]').waitFor();
  return page.getByTestId('gate').getAttribute('data-finding');
}

const topOf = (page: Page, id: string): Promise<number> => page.getByTestId(id).evaluate((element) => element.getBoundingClientRect().top);

describe('the Kernels lab', () => {
  let browser: TestBrowser;

  beforeAll(async () => {
    browser = await openBrowser();
  });

  afterAll(() => browser.close());

  it('an exercise from wrong to right to timed, by way of an error and a loop without end', async () => {
    const { page, expectClean, close } = await browser.openPage({ path: lesson });
    await compiled(page, 'good');
    expect(await runToEnd(page)).toBe('wrong');
    expect(await page.getByTestId('gate').textContent()).toMatch(/columns 1.*First at sums, place 0 of binding 2/s);
    expect(await page.getByTestId('times').textContent()).toContain('No time before the answer is right');

    // by the keyboard: into the editor, a word that is none, the compiler's own words beside it, and out by Escape
    await page.locator('.cm-content').focus();
    await page.keyboard.press('Control+Home');
    await page.keyboard.type('nonsense');
    await compiled(page, 'errors');
    expect(await page.locator('.cm-lintRange-error').count()).toBeGreaterThan(0);
    await page.keyboard.press('Escape');
    await page.keyboard.press('Escape');
    expect(await page.evaluate(() => document.querySelector('downhill-app')?.shadowRoot?.activeElement?.tagName)).toBe('KERNELS-LAB');
    expect(await page.getByTestId('run').evaluate((run) => run.matches(':focus'))).toBe(true);

    await setText(page, { solution: true, from: '  var sum = 0.0;', to: '  var sum = 0.0;\n  while (sum < 1e30) { sum += 0.0; }' });
    await compiled(page, 'good');
    expect(await runToEnd(page)).toBe('endless');
    expect(await page.getByTestId('gate').textContent()).toMatch(/did not end: the while in line 16 of lesson\/row-sum[.]wgsl/);

    await setText(page, { solution: true });
    await compiled(page, 'good');
    expect(await runToEnd(page)).toBe('right');
    const times = await page.getByTestId('times').textContent();
    expect(times).toMatch(/this text\s*[\d.]+ (ms|µs)/);
    expect(await savedCharts(page)).toMatchObject([{ name: 'kernel', problems: [] }]);
    expect(times).toMatch(/GB\/s.*GFLOP\/s.*the solution.*CPU: wasm.*no kernel of their own.*CPU: the twin/s);

    expect(await page.getByTestId('ratio').textContent()).toMatch(/Measured here at rows 64.*the solution takes.*your text takes/s);

    // what the adapter lacks is said; what it has is off until it is switched on
    expect(await page.getByTestId('lacks-f16').textContent()).toContain('This adapter has no shader-f16');
    await page.evaluate(() => {
      const store = (document.querySelector('downhill-app') as unknown as App).keep.get('kernels') as Store;
      store.type(`enable subgroups;\n${store.state.text}`);
    });
    await compiled(page, 'errors');
    for (const card of ['gate', 'times']) await page.getByTestId(`${card}-outdated`).getByText('Of the text before').waitFor();
    await page.getByTestId('with-subgroups').check();
    await compiled(page, 'good');
    expect(page.url()).toContain('with=subgroups');

    // sizes of one's own: nonsense is refused in its place, and what is right stands in the URL and is timed
    await page.getByTestId('vim').check();
    await page.locator('.cm-vimMode').waitFor();
    await page.getByTestId('file').filter({ hasText: 'activation.wgsl' }).click();
    await compiled(page, 'good');
    await page.locator('.cm-vimMode').waitFor();
    await page.getByTestId('vim').uncheck();
    const count = page.getByTestId('size-count').locator('input');
    await count.fill('0');
    await count.press('Tab');
    await page.getByTestId('size-count').getByText('0 is out of range. count: 1 … 16,777,216').waitFor();
    await count.fill('50000');
    await count.press('Tab');
    await expect.poll(() => page.url()).toContain('sizes=50000');
    expect(await runToEnd(page)).toBe('right');
    // the CPU's fastest beside a kernel whose job it has
    const lanes = await page.getByTestId('times').textContent();
    expect(lanes).toMatch(/CPU: wasm, one thread\s*[\d.]+ (ms|µs).*GFLOP\/s/s);
    if (await page.evaluate(() => navigator.hardwareConcurrency > 1)) expect(lanes).toMatch(/CPU: wasm, \d+ threads\s*[\d.]+ (ms|µs)/);
    expect(await complaints(page)).toEqual([]);
    await expectClean();
    await close();
  });

  it('breaking and mending fifty times leaves no memory behind, and a lost device is opened again', async () => {
    const { page, expectClean, close } = await browser.openPage({ path: lesson });
    await compiled(page, 'good');
    const found = await page.evaluate(async () => {
      interface Client {
        compile(file: string, text: string): Promise<{ readonly complaints: readonly unknown[] } | null>;
        run(request: unknown, tell: () => void): Promise<{ readonly gate: { readonly kind: string } } | null>;
        memory(): Promise<{ readonly buffers: number }>;
        losses(): Promise<{ readonly lost: number }>;
        loseDevice(): Promise<void>;
      }
      const { keep } = document.querySelector('downhill-app') as unknown as App;
      const [client, store] = [keep.get('kernels-client') as Client, keep.get('kernels') as Store];
      const file = 'lesson/row-sum.wgsl';
      const { text } = store.state;
      const request = { file, text, contract: 'lesson row-sum', shape: 0, sizes: {}, chosen: {} };
      const kinds = new Set<string>();
      const run = async (): Promise<void> => {
        kinds.add((await client.run(request, () => undefined))?.gate.kind ?? 'none');
      };
      await run();
      const before = (await client.memory()).buffers;
      for (let turn = 0; turn < 50; turn++) {
        const broken = await client.compile(file, `${text}\n${turn} is broken`);
        if (broken?.complaints.length === 0) kinds.add('not seen');
        await run();
      }
      const after = (await client.memory()).buffers;
      await client.loseDevice();
      await run();
      return { before, after, kinds: [...kinds], lost: (await client.losses()).lost };
    });
    expect(found).toEqual({ before: 0, after: 0, kinds: ['wrong'], lost: 1 });
    await expectClean();
    await close();
  });

  it('a link brings a kernel that does not run by itself; copies are kept; what a link cannot hold is said', async () => {
    const context = { colorScheme: 'dark', viewport: { width: 390, height: 844 } } as const;
    const { page, expectClean, close } = await browser.openPage({ ...context, path: lesson });
    await compiled(page, 'good');
    await setText(page, { from: 'half = 32u', to: 'half = 16u' });
    await compiled(page, 'good');
    await page.evaluate(() => (navigator.clipboard.writeText = () => Promise.resolve()));
    await page.getByTestId('copy-link').click();
    await expect.poll(() => page.url()).toContain('#kernel=');
    const url = page.url();
    await page.getByTestId('copy').click();
    const copy = page.getByTestId('file-name').filter({ hasText: 'row-sum-1.wgsl' });
    await copy.waitFor();
    await page.getByTestId('remove').press('Enter');
    await copy.waitFor({ state: 'detached' });
    expect(await page.getByTestId('file-name').evaluate((name) => name.matches(':focus'))).toBe(true);
    await page.locator('notice-list').getByRole('button', { name: 'Undo' }).click();
    await copy.waitFor();
    // the task stands above the text, and a low window has room for that
    expect(await topOf(page, 'task')).toBeLessThan(await topOf(page, 'editor'));
    await page.setViewportSize({ width: 320, height: 256 });
    await page.getByTestId('editor').evaluate((editor) => editor.scrollIntoView());
    expect(await topOf(page, 'run')).toBeLessThan(0);
    await page.setViewportSize(context.viewport);
    expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
    expect(await complaints(page)).toEqual([]);

    await page.goto('about:blank');
    await page.goto(url);
    await compiled(page, 'good');
    expect(await page.locator('.cm-content').textContent()).toContain('half = 16u');
    expect(await page.getByTestId('status').textContent()).toContain('came with the link');
    expect(await page.getByTestId('gate').getAttribute('data-finding')).toBe('none');
    // the same address but for the fragment: nothing is loaded anew
    await setText(page, { from: 'half = 16u', to: 'half = 8u' });
    await page.evaluate(() => history.replaceState(null, '', location.pathname + location.search));
    await page.goto(url);
    await page.locator('.cm-content').filter({ hasText: 'half = 16u' }).waitFor();
    await page.getByTestId('file').filter({ hasText: 'row-sum-1.wgsl' }).click();
    await page.getByTestId('file-name').filter({ hasText: 'row-sum-1.wgsl' }).waitFor();

    await page.goto('about:blank');
    await page.goto(`${appUrl()}${lesson}&shape=99999999&size=1e12&sizes=9999999x1#kernel=${'A'.repeat(30_000)}`);
    await compiled(page, 'good');
    const said = (await page.locator('notice-list .notice').allTextContents()).join(' ');
    expect(said).toMatch(/shape = “99999999”: a whole number, 0 … 1, was expected/);
    expect(said).toMatch(/size = “1e12”: there is no setting of this name/);
    expect(said).toMatch(/sizes = “9999999x1”: rows of 1 … 65,535 x columns of 1 … 16,384 was expected/);
    expect(said).toMatch(/a packed kernel of at most 100,000 characters was expected/);
    await expectClean();
    await close();
  });
});

it('without WebGPU the editor opens and says why nothing runs', async () => {
  const browser = await openBrowser({ gpu: 'absent' });
  const { page, expectClean, close } = await browser.openPage({ path: '?lab=kernels' });
  await page.locator('.cm-content').filter({ hasText: 'workgroupSize' }).waitFor();
  await expect
    .poll(() =>
      page
        .locator('notice-list .notice')
        .allTextContents()
        .then((texts) => texts.join()),
    )
    .toContain('this browser has no WebGPU');
  expect(await page.getByTestId('run').isDisabled()).toBe(true);
  await expectClean();
  await close();
  await browser.close();
});

it('a kernel that takes too long is given up with its device, and the lab goes on', async () => {
  const executablePath = findBrowser() ?? '';
  const server = await chromium.launchServer({ executablePath, args: [...chromiumFlags, softwareGpuFlag] });
  try {
    const browser = await chromium.connect(server.wsEndpoint());
    const page = await browser.newPage();
    await page.goto(`${appUrl()}${lesson}`);
    await compiled(page, 'good');
    // fewer turns than the guard allows, and each of them long
    const long = `for (var i = 0u; i < 60000u; i++) { ${'sum += pow(abs(sin(sum)), 1.1) * atan2(sum, 2.0);'.repeat(40)} }`;
    await setText(page, { solution: true, from: '  var sum = 0.0;', to: `  var sum = 0.0;\n  ${long}` });
    await compiled(page, 'good');
    expect(await runToEnd(page)).toBe('hung');
    expect(await page.getByTestId('gate').textContent()).toMatch(/gave no answer.*Reloading this page may hang/s);
    expect((await page.locator('notice-list .notice').allTextContents()).join(' ')).toContain('its device was given up (1 so far)');
    await setText(page, { solution: true });
    await compiled(page, 'good');
    expect(await runToEnd(page)).toBe('right');
  } finally {
    // by its process: a page whose GPU hangs cannot be closed in a friendly way
    server.process().kill('SIGKILL');
  }
});
