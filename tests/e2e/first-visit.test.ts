/**
 * The first visit: it races on Cats by itself, and what it fetches before the first cost point is little. Times are
 * printed and not asserted: machines that run tests are shared.
 */
import { gzipSync } from 'node:zlib';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { appUrl, openBrowser, type TestBrowser } from './support/browser.ts';
import { waitForSteps } from './support/train-lab.ts';
import { longTasks } from './support/watch.ts';

/** All JavaScript before the first cost point, workers included. */
const mostScriptBytes = 150_000;

/** When the first cost point of each lane stood on the screen, milliseconds after navigation. */
async function firstPoints(page: Page): Promise<Readonly<Record<string, number>>> {
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

  it('fetches at most 150 kB of JavaScript, packed, before the first cost point', async () => {
    const { page, record, close } = await browser.openPage({ path: 'no-such-page' });
    // What a page fetches after some seconds, a slow machine must not count among what it fetches at once.
    await page.addInitScript(() => {
      const { setTimeout } = globalThis;
      Object.assign(globalThis, { setTimeout: (task: () => void, ms = 0) => setTimeout(task, ms >= 2000 ? ms * 100 : ms) });
    });
    await page.goto(appUrl());
    const points = await firstPoints(page);
    const originMs = await page.evaluate(() => performance.timeOrigin);
    /** Packed sizes of the scripts that were asked for before a moment, by name. */
    const scriptsBefore = async (endMs: number): Promise<ReadonlyMap<string, number>> => {
      const sizes = new Map<string, number>();
      for (const request of record.requests) {
        const { pathname } = new URL(request.url());
        if (!pathname.endsWith('.js')) continue;
        // when it was sent is known only once it was answered
        const response = await request.response();
        if (request.timing().startTime >= originMs + endMs) continue;
        const body = await response?.body();
        sizes.set(pathname.replace('/assets/', ''), body === undefined ? 0 : gzipSync(body, { level: 9 }).length);
      }
      return sizes;
    };
    const sum = (sizes: ReadonlyMap<string, number>): number => [...sizes.values()].reduce((total, sizeBytes) => total + sizeBytes, 0);
    const first = await scriptsBefore(Math.min(...Object.values(points)));
    const both = await scriptsBefore(Math.max(...Object.values(points)));
    const list = [...first].map(([name, sizeBytes]) => `${name} ${sizeBytes}`);
    console.log(
      `JavaScript before the first cost point: ${sum(first)} bytes packed (${list.join(', ')}); before that of the other lane: ${sum(both)}`,
    );
    expect(list.some((text) => text.includes('worker'))).toBe(true);
    expect(sum(first)).toBeLessThanOrEqual(mostScriptBytes);
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
