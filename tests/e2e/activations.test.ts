/** The Activations lab: from a link to its end, by keys alone, with a GPU that is lost, without any, and to axe's liking. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { longNets, netsOf, smallNets, waitForNets } from './support/activations-lab.ts';
import { openBrowser, type OpenPageOptions, type TestBrowser } from './support/browser.ts';
import { complaints } from './support/complaints.ts';
import { savedCharts } from './support/saved-charts.ts';
import { raceOf } from './support/train-lab.ts';

describe('the Activations lab', () => {
  let browser: TestBrowser;

  beforeAll(async () => {
    browser = await openBrowser();
  });

  afterAll(() => browser.close());

  it('trains from a link to the end without a race beside it, and says what it found', async () => {
    const { page, expectClean, close } = await browser.openPage({ path: smallNets });
    const nets = await waitForNets(page, 'the end', ({ phase }) => phase === 'finished' || phase === 'failed');
    expect(nets).toMatchObject({ phase: 'finished', failure: null, steps: [40, 40, 40, 40], why: 'software-gpu', diverged: [] });
    expect((await raceOf(page)).lanes).toEqual([]);
    await page.getByTestId('ratio').filter({ hasText: /\d/ }).waitFor();
    await page.getByTestId('cost-chart').getByRole('img', { name: 'Cost against steps. sigmoid σ: J = ' }).waitFor();
    expect(await page.getByTestId('ratios').textContent()).toMatch(/sigmoid σ: .* at the start, .* at step 39/);
    expect(await page.getByTestId('outputs').textContent()).toMatch(/ReLU at step 40: layer 1: [\d.]+ % with a = 0/);
    expect(await page.getByTestId('engine').textContent()).toContain('software GPU');
    const charts = await savedCharts(page);
    expect(charts.map(({ name }) => name).sort()).toEqual(['activation-costs', 'activations', 'gradients', 'outputs']);
    expect(charts.flatMap(({ problems }) => problems)).toEqual([]);
    expect(charts.find(({ name }) => name === 'activation-costs')?.rows).toBe(4 * 40);
    await expectClean();
    await close();
  });

  it('is steered by keys alone: pause, step, reset, z, a field', async () => {
    const { page, close } = await browser.openPage({ path: `${longNets}&z=0.5` });
    await waitForNets(page, 'some steps', ({ steps }) => steps.every((step) => step > 0));
    await page.keyboard.press('Space');
    await waitForNets(page, 'a pause', ({ phase }) => phase === 'paused');
    await page.keyboard.press('r');
    await waitForNets(page, 'nothing', ({ phase }) => phase === 'idle');
    await page.keyboard.press('.');
    await waitForNets(page, 'one step', ({ phase, steps }) => phase === 'paused' && steps.every((step) => step === 1));
    await page.keyboard.press('.');
    await waitForNets(page, 'another step', ({ phase, steps }) => phase === 'paused' && steps.every((step) => step === 2));
    expect(await page.getByTestId('curve-sigmoid').textContent()).toContain('0.622');
    await page.getByTestId('z-slider').getByRole('slider').press('ArrowRight');
    await page.getByTestId('z').filter({ hasText: 'z = 0.55' }).waitFor();
    await page.waitForURL(/z=0\.55/);
    const depth = page.getByTestId('depth').getByRole('textbox');
    await depth.fill('99');
    await depth.press('Enter');
    await page.getByTestId('depth').getByRole('alert').filter({ hasText: 'out of range' }).waitFor();
    await depth.fill('2');
    await depth.press('Enter');
    await page.waitForURL(/depth=2/);
    await waitForNets(page, 'the new nets', ({ phase }) => phase === 'running');
    await close();
  });

  it('is dragged by its pictures', async () => {
    const { page, close } = await browser.openPage({ path: smallNets });
    const plot = page.getByTestId('curve-relu').locator('.plot.value');
    const box = await plot.boundingBox();
    if (!box) throw new Error('the picture has no place');
    await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
    await page.mouse.down();
    await page.mouse.move(box.x + (box.width * 3) / 4, box.y + box.height / 2, { steps: 3 });
    await page.mouse.up();
    await page.waitForURL(/z=[23]/);
    await close();
  });

  it('says that a net diverged, and offers a smaller α', async () => {
    const { page, close } = await browser.openPage({ path: '?lab=activations&set=houses&m=60&depth=2&width=6&steps=20&alpha=1000000' });
    const nets = await waitForNets(page, 'the end', ({ phase }) => phase === 'finished' || phase === 'failed');
    expect(nets.phase).toBe('finished');
    expect(nets.diverged.length).toBeGreaterThan(0);
    const notice = page.getByTestId('notice-diverged');
    await notice.filter({ hasText: 'diverged' }).waitFor();
    await notice.getByRole('button', { name: 'Try α = 0.1' }).click();
    await page.waitForURL(/alpha=0\.1/);
    await close();
  });

  it('goes on when its GPU is lost', async () => {
    const { page, close } = await browser.openPage({ path: `${smallNets}&on=gpu`.replace('steps=40', 'steps=400') });
    await waitForNets(page, 'the GPU', ({ lane, steps }) => lane === 'gpu' && steps.every((step) => step > 0));
    await page.evaluate(() => {
      const app: { readonly keep?: ReadonlyMap<string, unknown> } | null = document.querySelector('downhill-app');
      const session = app?.keep?.get('activations') as { readonly trainer: { loseDevice(): Promise<void> } } | undefined;
      return session?.trainer.loseDevice();
    });
    const nets = await waitForNets(page, 'the end', ({ phase }) => phase === 'finished' || phase === 'failed');
    expect(nets).toMatchObject({ phase: 'finished', lane: 'gpu', steps: [400, 400, 400, 400], notices: ['device-lost'] });
    await close();
  });

  it('rests while another lab is open', async () => {
    const { page, close } = await browser.openPage({ path: longNets });
    await waitForNets(page, 'some steps', ({ phase, steps }) => phase === 'running' && steps.every((step) => step > 0));
    await page.keyboard.press('2');
    await waitForNets(page, 'a pause', ({ phase }) => phase === 'paused');
    const before = await netsOf(page);
    await page.keyboard.press('3');
    await waitForNets(page, 'more steps', ({ steps }) => steps.every((step, i) => step > (before?.steps[i] ?? 0)));
    await close();
  });

  it.each<readonly [name: string, options: OpenPageOptions]>([
    ['light, wide', { colorScheme: 'light' }],
    ['dark, on a phone', { colorScheme: 'dark', viewport: { width: 390, height: 844 } }],
  ])('%s: axe has no complaints, nonsense in the link is named, and nothing scrolls sideways', async (_name, options) => {
    const { page, close } = await browser.openPage({ ...options, path: `${smallNets}&foo=1` });
    await waitForNets(page, 'the end', ({ phase }) => phase === 'finished');
    await page.getByTestId('notice-url').filter({ hasText: 'foo' }).waitFor();
    await page.locator('wa-slider').first().waitFor();
    expect(await complaints(page)).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
    await close();
  });
});

describe('the Activations lab without WebGPU', () => {
  it('trains on the CPU and says why', async () => {
    const browser = await openBrowser({ gpu: 'absent' });
    const { page, close } = await browser.openPage({ path: smallNets });
    const nets = await waitForNets(page, 'the end', ({ phase }) => phase === 'finished' || phase === 'failed');
    expect(nets).toMatchObject({ phase: 'finished', why: 'no-gpu', notices: ['no-gpu'] });
    await page.getByTestId('notice-no-gpu').filter({ hasText: 'no WebGPU' }).waitFor();
    await close();
    await browser.close();
  });
});
