/** Waiting for a page that loads, and that may lose what was asked of it meanwhile. */
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { waitForGlobal, type DrivenPage } from '../../src/cli/hosts/driven-page.ts';

beforeEach(() => {
  vi.useFakeTimers();
});

afterEach(() => {
  vi.useRealTimers();
});

/** A page whose calls come to these ends, one after the other. */
function pageOf(...ends: readonly (boolean | 'lost' | 'broken')[]): { readonly page: DrivenPage; readonly calls: () => number } {
  let calls = 0;
  const call = (): Promise<unknown> => {
    const end = ends[calls++];
    if (end === 'lost') return new Promise(() => undefined);
    return end === 'broken' ? Promise.reject(new Error('the browser is gone')) : Promise.resolve(end);
  };
  return { page: { call } as unknown as DrivenPage, calls: () => calls };
}

it('asks until it is there, and again where an answer was lost', async () => {
  const { page, calls } = pageOf(false, 'lost', false, true);
  let isThere = false;
  const waiting = waitForGlobal(page, 'downhillBench').then(() => (isThere = true));
  await vi.advanceTimersByTimeAsync(1000);
  expect([isThere, calls()]).toEqual([false, 2]);
  await vi.advanceTimersByTimeAsync(2000);
  await waiting;
  expect(calls()).toBe(4);
});

it('ends with the words of a browser that is gone', async () => {
  await expect(waitForGlobal(pageOf('broken').page, 'downhillBench')).rejects.toThrow('the browser is gone');
});
