/** What goes wrong on other machines: no WebGPU, no adapter, an insecure page, a lost device, a cost that is no number. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openBrowser, type GpuKind, type OpenPageOptions, type TestBrowser } from './support/browser.ts';
import type { RacePhase } from '../../src/session/protocol.ts';
import { raceOf, smallRace, waitForPhase, waitForRace, waitForSteps } from './support/train-lab.ts';

const endless = 5_000_000;
const hasEnded: readonly RacePhase[] = ['finished', 'diverged', 'failed'];

describe('without a GPU', () => {
  const cases: readonly (readonly [name: string, gpu: GpuKind, options: OpenPageOptions, notice: string, words: RegExp])[] = [
    ['no WebGPU', 'absent', {}, 'notice-gpu-no-webgpu', /has no WebGPU.*brings the GPU lane/],
    ['no adapter', 'no-adapter', {}, 'notice-gpu-no-adapter', /no graphics adapter.*hardware acceleration/],
    ['no device', 'no-device', {}, 'notice-gpu-no-device', /gave no device.*Loading the page again may help/],
    [
      'an insecure page',
      'software',
      { insecure: true },
      'notice-gpu-insecure-context',
      /https or from localhost\. Open this page that way/,
    ],
  ];

  it.each(cases)('%s: says so in words of its own, and the CPU races', async (_name, gpu, options, notice, words) => {
    const browser = await openBrowser({ gpu });
    const { page, record, close } = await browser.openPage({ ...options, path: smallRace(endless) });
    await page.getByTestId(notice).filter({ hasText: words }).waitFor();
    const race = await waitForSteps(page, 10, 1);
    expect(race.lanes[0]?.kind).toBe('cpu');
    expect(await page.getByTestId('lane-cpu').isChecked()).toBe(true);
    expect(await page.getByTestId('lane-cpu').isDisabled()).toBe(true);
    await page.getByTestId('only-lane').filter({ hasText: 'Without a GPU' }).waitFor();
    // Chromium itself complains about headers that it ignores on insecure pages; those are no errors of ours.
    expect(record.errors.filter((text) => !text.includes('Cross-Origin-Opener-Policy'))).toEqual([]);
    await close();
    await browser.close();
  });
});

describe('without a lane', () => {
  it('puts the CPU in where there is no GPU and the CPU was switched off', async () => {
    const browser = await openBrowser({ gpu: 'no-adapter' });
    const { page, expectClean, close } = await browser.openPage({ path: smallRace(endless, '&cpu=off') });
    await page.getByTestId('notice-cpu-put-in').waitFor();
    expect((await waitForSteps(page, 10, 1)).lanes[0]?.kind).toBe('cpu');
    expect(await page.getByTestId('lane-cpu').isChecked()).toBe(true);
    await expectClean();
    await close();
    await browser.close();
  });
});

describe('a worker that breaks', () => {
  it('ends the race with its message, and the next run works', async () => {
    const browser = await openBrowser({ gpu: 'software' });
    const { page, close } = await browser.openPage({ path: smallRace(endless) });
    await waitForSteps(page, 20);
    await page.evaluate(() => document.querySelector('downhill-app')?.session?.breakDown());
    await page.getByTestId('notice-crash').filter({ hasText: 'broken on purpose' }).waitFor();
    expect((await raceOf(page)).phase).toBe('failed');
    await page.keyboard.press('Space');
    await page.getByTestId('notice-crash').waitFor({ state: 'detached' });
    await waitForSteps(page, 20);
    await close();
    await browser.close();
  });
});

describe('a GPU that is lost for good', () => {
  it('leaves the race to the CPU, and says so', async () => {
    const browser = await openBrowser({ gpu: 'lost-for-good' });
    const { page, expectClean, close } = await browser.openPage({ path: smallRace(endless) });
    const { lanes } = await waitForSteps(page, 50);
    await page.evaluate(() => document.querySelector('downhill-app')?.session?.loseDevice());
    await page
      .getByTestId('notice-device-lost')
      .filter({ hasText: /lost at step [\d,]+( \([^()]+\))?\. No GPU could be had again; the CPU races on alone\./ })
      .waitFor();
    const race = await waitForSteps(page, Math.max(...lanes.map(({ step }) => step)) + 50, 1);
    expect(race).toMatchObject({ phase: 'racing', lanes: [{ kind: 'cpu' }] });
    await expectClean();
    await close();
    await browser.close();
  });
});

describe('with a GPU', () => {
  let browser: TestBrowser;

  beforeAll(async () => {
    browser = await openBrowser();
  });

  afterAll(() => browser.close());

  it('survives a lost device in the middle of a race, with a continuous curve', async () => {
    const { page, expectClean, close } = await browser.openPage({ path: smallRace(endless) });
    const { lanes } = await waitForSteps(page, 50);
    const before = Math.min(...lanes.map(({ step }) => step));
    await page.evaluate(() => document.querySelector('downhill-app')?.session?.loseDevice());
    await page
      .getByTestId('notice-device-lost')
      .filter({ hasText: /lost at step [\d,]+( \([^()]+\))?\. A new one was made and the race went on from there\./ })
      .waitFor();
    const race = await waitForSteps(page, before + 50);
    expect(race.phase).toBe('racing');
    const gpu = race.lanes.find(({ kind }) => kind === 'gpu');
    const cpu = race.lanes.find(({ kind }) => kind === 'cpu');
    expect(gpu?.checked).toBe(true);
    // The cost of a stable race falls: a restart from the beginning would show as a rise.
    const rises = gpu?.costs.filter((cost, at, costs) => at > 0 && cost > (costs[at - 1] ?? 0) + 1e-6) ?? [];
    expect(rises).toEqual([]);
    expect(gpu?.steps.every((step, at, steps) => at === 0 || step > (steps[at - 1] ?? 0))).toBe(true);
    const shared = cpu?.steps.flatMap((step, at) => {
      const there = gpu?.steps.indexOf(step) ?? -1;
      return there >= 0 ? [Math.abs((cpu.costs[at] ?? 0) - (gpu?.costs[there] ?? 0))] : [];
    });
    expect(Math.max(...(shared ?? [1]))).toBeLessThan(1e-4);
    await expectClean();
    await close();
  });

  it('stops at the first cost that is not finite, says where, and offers a smaller α', async () => {
    // Squared error on a linear output grows without bound when α is too high.
    const { page, expectClean, close } = await browser.openPage({ path: '?set=houses&m=500&hidden=none&alpha=1000000&steps=30' });
    await waitForPhase(page, 'diverged');
    const notice = page.getByTestId('notice-diverged');
    await notice.filter({ hasText: /on the [GC]PU at step \d+, first in [Wb] of layer 1 of 1.*Try α = / }).waitFor();
    await notice.getByRole('button').click();
    const { lanes } = await waitForRace(page, 'another race and its end', ({ phase, stale }) => !stale && hasEnded.includes(phase));
    expect(page.url()).not.toContain('alpha=1000000');
    expect((await raceOf(page)).phase).toBe('finished');
    for (const { step, costs } of lanes) {
      expect(step).toBe(30);
      expect(costs.every((cost) => Number.isFinite(cost))).toBe(true);
    }
    await expectClean();
    await close();
  });

  it('trains on one example', async () => {
    const { page, expectClean, close } = await browser.openPage({ path: '?m=1&steps=30' });
    const race = await waitForPhase(page, 'finished');
    expect(race.m).toBe(1);
    for (const { costs } of race.lanes) expect(costs.every((cost) => Number.isFinite(cost))).toBe(true);
    await expectClean();
    await close();
  });

  it('races again after the end and a reset', async () => {
    const { page, expectClean, close } = await browser.openPage({ path: smallRace(40) });
    await waitForPhase(page, 'finished');
    await page.getByTestId('reset').click();
    await waitForPhase(page, 'paused');
    await page.getByTestId('run').click();
    expect((await waitForPhase(page, 'finished')).lanes.map(({ step }) => step)).toEqual([40, 40]);
    await expectClean();
    await close();
  });
});
