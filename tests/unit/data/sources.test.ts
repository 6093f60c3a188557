/** Where bytes come from: fetch and disk, their progress, and what is said when a file cannot be had. */
import { afterEach, describe, expect, test, vi } from 'vitest';
import { fetchSource } from '../../../src/data/fetch-source.ts';
import { DatasetLoader } from '../../../src/data/load.ts';
import { builtIn, expectDataError, request } from './helpers.ts';

afterEach(() => {
  vi.unstubAllGlobals();
});

function answer(response: () => Response | Promise<Response>): ReturnType<typeof vi.fn> {
  const fetched = vi.fn(() => Promise.resolve(response()));
  vi.stubGlobal('fetch', fetched);
  return fetched;
}

describe('fetchSource', () => {
  test('takes a base URL or a map, and reports progress', async () => {
    const fetched = answer(() => new Response(Uint8Array.of(1, 2, 3), { headers: { 'content-length': '3' } }));
    const seen: [number, number | null][] = [];
    expect(await fetchSource('/data/').bytes('a.gz', (...at) => seen.push(at))).toEqual(Uint8Array.of(1, 2, 3));
    expect(seen.at(-1)).toEqual([3, 3]);
    await fetchSource(new Map([['a.gz', '/assets/a-x1.gz']])).bytes('a.gz');
    expect(fetched.mock.calls.map(([url]) => url as string)).toEqual(['/data/a.gz', '/assets/a-x1.gz']);
  });

  test('does not trust the length of what was packed for the way', async () => {
    answer(() => new Response(Uint8Array.of(1, 2, 3), { headers: { 'content-length': '2', 'content-encoding': 'gzip' } }));
    const totals: (number | null)[] = [];
    await fetchSource('/').bytes('a.gz', (_, total) => totals.push(total));
    expect(totals.at(-1)).toBeNull();
  });

  test('names the file when the server errs, answers with a page, or does not answer', async () => {
    answer(() => new Response('', { status: 404, statusText: 'Not Found' }));
    await expectDataError(() => fetchSource('/').bytes('a.gz'), 'a.gz', '404 Not Found');
    answer(() => new Response('<!doctype html>', { headers: { 'content-type': 'text/html; charset=utf-8' } }));
    await expectDataError(() => fetchSource('/').bytes('a.gz'), 'a.gz', 'found a web page');
    answer(() => Promise.reject(new TypeError('network')));
    await expectDataError(() => fetchSource('/').bytes('a.gz'), 'a.gz', 'connection failed');
    await expectDataError(() => fetchSource(new Map()).bytes('b.gz'), 'b.gz', 'not among the files');
  });

  test('passes a stop on as it is', async () => {
    answer(() => Promise.reject(new DOMException('aborted', 'AbortError')));
    await expect(fetchSource('/').bytes('a.gz', undefined, AbortSignal.abort(new Error('stopped')))).rejects.toThrow('stopped');
  });
});

describe('nodeSource', () => {
  test('names a file that is not there', async () => {
    await expectDataError(() => builtIn.bytes('nothing.gz'), 'nothing.gz', 'could not be read');
  });

  test('progress carries the name of the file', async () => {
    const files = new Set<string>();
    await new DatasetLoader(builtIn).load(request({ set: 'adverts' }), ({ file }) => files.add(file));
    expect([...files]).toEqual(['adverts.csv.gz']);
  });
});
