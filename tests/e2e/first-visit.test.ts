/**
 * The first visit: it races on Cats by itself, and what it fetches before the first cost point is little. Times are
 * printed and not asserted: machines that run tests are shared.
 */
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openBrowser, type TestBrowser } from './support/browser.ts';
import { waitForSteps } from './support/train-lab.ts';
import { longTasks } from './support/watch.ts';

/** All JavaScript before the first cost point, workers included. */
const mostScriptBytes = 150_000;

/** When the first cost point of each lane stood on the screen, milliseconds after navigation. */
async function firstPoints(page: import('playwright-core').Page): Promise<Readonly<Record<string, number>>> {
  const names = ['first-cost-gpu', 'first-cost-cpu'];
  await page.waitForFunction((wanted) => wanted.every((name) => performance.getEntriesByName(name).length > 0), names);
  return page.evaluate(
    (wanted) => Object.fromEntries(wanted.map((name) => [name, performance.getEntriesByName(name)[0]?.startTime ?? 0])),
    names,
  );
}

describe('the first visit', () => {
  let browser: TestBrowser;

  beforeAll(async () => {
    browser = await openBrowser();
  });

  afterAll(() => browser.close());

  it('races on Cats by itself, draws both lanes, and breaks no rule', async () => {
    const { page, expectClean, close } = await browser.openPage();
    const points = await firstPoints(page);
    const race = await waitForSteps(page, 2);
    expect(race.m).toBe(209);
    expect(race.lanes.map(({ kind }) => kind).sort()).toEqual(['cpu', 'gpu']);
    for (const { checked, costs } of race.lanes) {
      expect(checked).not.toBe(false);
      expect(costs[0]).toBeCloseTo(Math.LN2, 5);
    }
    await page.getByTestId('status').filter({ hasText: '209' }).waitFor();
    await page.getByTestId('x-shape').filter({ hasText: '12288, 209' }).waitFor();
    await page.getByTestId('difference').filter({ hasText: 'differ' }).waitFor();
    await page.getByTestId('examples').first().waitFor();
    const blocked = await longTasks(page);
    console.log(
      `first points: GPU ${Math.round(points['first-cost-gpu'] ?? 0)} ms, CPU ${Math.round(points['first-cost-cpu'] ?? 0)} ms; tasks over 50 ms: ${blocked.map(({ durationMs }) => Math.round(durationMs)).join(', ') || 'none'}`,
    );
    await expectClean();
    await close();
  });

  it('fetches at most 150 kB of JavaScript, packed, before the first cost point of both lanes', async () => {
    const { page, close } = await browser.openPage({ path: 'no-such-page' });
    const scripts = new Map<string, number>();
    const pending: Promise<void>[] = [];
    let counting = true;
    page.context().on('response', (response) => {
      if (!counting || !/\.js$/.test(new URL(response.url()).pathname)) return;
      pending.push(
        response.body().then((body) => {
          scripts.set(response.url(), gzipSync(body, { level: 9 }).length);
        }),
      );
    });
    await page.goto(page.url().replace('no-such-page', ''));
    await firstPoints(page);
    counting = false;
    await Promise.all(pending);
    const sum = [...scripts.values()].reduce((total, sizeBytes) => total + sizeBytes, 0);
    console.log(`JavaScript before the first cost point: ${sum} bytes packed, in ${scripts.size} files`);
    expect([...scripts.keys()].some((url) => url.includes('worker'))).toBe(true);
    expect(sum).toBeLessThanOrEqual(mostScriptBytes);
    await close();
  });

  it('comes up as well a second time, and the first one’s workers are gone', async () => {
    const { page, close } = await browser.openPage();
    const first = await firstPoints(page);
    const ended: Promise<unknown>[] = page.workers().map((worker) => new Promise((resolve) => worker.once('close', resolve)));
    expect(ended.length).toBeGreaterThan(0);
    await page.reload();
    await Promise.all(ended);
    const second = await firstPoints(page);
    console.log(
      `GPU point of the first visit: ${Math.round(first['first-cost-gpu'] ?? 0)} ms, of the second: ${Math.round(second['first-cost-gpu'] ?? 0)} ms`,
    );
    const left = page.workers().length;
    await page.goto('about:blank');
    await page.waitForTimeout(100);
    expect(left).toBeGreaterThan(0);
    expect(page.workers()).toEqual([]);
    await close();
  });
});
