/** What end-to-end tests ask of the Scale lab: how its sweep stands, read from the lab's store, and waiting for it. */
import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import type { SweepProgress } from '../../../src/session/sweep/protocol.ts';
import type { SweepState } from '../../../src/labs/scale/sweep-state.ts';

export interface SweepSummary {
  readonly phase: SweepState['phase'];
  readonly done: number;
  readonly count: number;
  readonly samples: number;
  readonly times: number;
  readonly offered: boolean;
  readonly failure: string | null;
  readonly notices: readonly string[];
}

/** A few runs that take a second or two on a software GPU. */
export const tinySweep = '?lab=scale&set=toys&from=20&to=200&points=3&seeds=1&above=1&models=logistic,16&budget=steps:40';

/** So many runs that it does not end by itself within a test. */
export const longSweep = '?lab=scale&set=toys&from=20&to=2000&points=12&seeds=20&above=20&models=logistic,16&budget=steps:400';

/** Null until the lab is there. */
export function sweepOf(page: Page): Promise<SweepSummary | null> {
  return page.evaluate(() => {
    // the element stands there before it is one
    const app: { readonly keep?: ReadonlyMap<string, unknown> } | null = document.querySelector('downhill-app');
    const session = app?.keep?.get('scale') as { readonly state: SweepState } | undefined;
    if (!session) return null;
    const { phase, done, count, samples, times, offered, failure, notices } = session.state;
    return { phase, done, count, samples: samples.length, times: times.length, offered, failure, notices: notices.map(({ kind }) => kind) };
  });
}

/** Waits until the sweep answers to `wanted`, and says how it stood at the end when it never does. */
export async function waitForSweep(
  page: Page,
  what: string,
  wanted: (sweep: SweepSummary) => boolean,
  timeoutMs = 45_000,
): Promise<SweepSummary> {
  const endMs = performance.now() + timeoutMs;
  for (;;) {
    const sweep = await sweepOf(page);
    if (sweep && wanted(sweep)) return sweep;
    if (performance.now() > endMs) throw new Error(`Waited in vain for ${what}: the sweep is ${JSON.stringify(sweep)}.`);
    await page.waitForTimeout(50);
  }
}

/**
 * Waits until the browser has written down all samples that are shown, or has no record left when none are. A page that
 * is left while its database is busy can take away what it had just committed.
 * @returns how many samples are shown
 */
export async function waitUntilKept(page: Page): Promise<number> {
  let shown = 0;
  const kept = async (): Promise<boolean> => {
    shown = (await sweepOf(page))?.samples ?? 0;
    return String(await keptSamples(page)) === (shown > 0 ? String(shown) : '');
  };
  await expect.poll(kept, { timeout: 20_000, interval: 50 }).toBe(true);
  return shown;
}

/** For each record that the browser keeps. */
function keptSamples(page: Page): Promise<readonly number[]> {
  return page.evaluate(async () => {
    const settled = <T>(request: IDBRequest<T>): Promise<T> =>
      new Promise((resolve, reject) => {
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(new Error(String(request.error)));
      });
    const database = await settled(indexedDB.open('downhill-sweeps'));
    const kept: readonly { readonly progress: SweepProgress }[] = await settled(
      database.transaction('sweeps').objectStore('sweeps').getAll(),
    );
    database.close();
    return kept.map(({ progress }) => progress.samples.length);
  });
}
