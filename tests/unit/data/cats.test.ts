/** Cats: the same bits everywhere and always, nested, balanced, and cheap to ask for again. */
import { describe, expect, test } from 'vitest';
import type { Dataset } from '../../../src/data/dataset.ts';
import { DatasetLoader } from '../../../src/data/load.ts';
import { builtIn, checksum, counting, request } from './helpers.ts';

const bytes = (part: Dataset['train']): Uint8Array => part.x.values as Uint8Array;
const load = (m: number, seed = 1): Promise<Dataset> => new DatasetLoader(builtIn).load(request({ set: 'cats', m, seed }));

describe('cats', () => {
  test('composes these very bits', async () => {
    const set = await load(209);
    expect(set.train.x).toMatchObject({ storage: 'uint8', n: 12288, m: 209 });
    expect(set.test.x.m).toBe(200);
    expect(checksum(bytes(set.train))).toBe('af14054c');
    expect(checksum(bytes(set.test))).toBe('52e6a613');
  });

  test('nests, for any way to get there, and keeps the test part', async () => {
    const loader = new DatasetLoader(builtIn);
    const large = await loader.load(request({ set: 'cats', m: 700 }));
    const small = await loader.load(request({ set: 'cats', m: 40 }));
    const fresh = await load(40);
    expect(checksum(bytes(small.train))).toBe(checksum(bytes(fresh.train)));
    expect(checksum(bytes(large.train).subarray(0, 40 * 12288))).toBe(checksum(bytes(fresh.train)));
    expect(large.train.y.slice(0, 40)).toEqual(fresh.train.y);
    expect(checksum(bytes((await load(3, 99)).test))).toBe(checksum(bytes(fresh.test)));
    expect(checksum(bytes((await load(40, 99)).train))).not.toBe(checksum(bytes(fresh.train)));
  });

  test('is roughly balanced, and has all four attributions', async () => {
    const set = await load(1000);
    const share = set.train.y.reduce((sum, y) => sum + y, 0) / 1000;
    expect(share).toBeGreaterThan(0.4);
    expect(share).toBeLessThan(0.5);
    expect(set.attributions.map(({ licence }) => licence)).toEqual(['Apache-2.0', 'MIT', 'CC-BY-4.0', 'CC-BY-4.0']);
  });

  test('colour alone gives nothing away', async () => {
    const { train } = await load(1000);
    const means = [0, 1].map((label) => {
      const sums = [0, 0, 0];
      let count = 0;
      for (let i = 0; i < train.x.m; i++) {
        if (train.y[i] !== label) continue;
        count++;
        for (let k = 0; k < 12288; k++) sums[k % 3] = (sums[k % 3] ?? 0) + (train.x.values[i * 12288 + k] ?? 0);
      }
      return sums.map((sum) => sum / count / 4096);
    });
    const [others = [], cats = []] = means;
    const total = (of: readonly number[]): number => of.reduce((sum, value) => sum + value, 0);
    for (let c = 0; c < 3; c++) expect(Math.abs((cats[c] ?? 0) / total(cats) - (others[c] ?? 0) / total(others))).toBeLessThan(0.03);
  });

  test('fetches each file once, and tries again after a stop', async () => {
    const source = counting(builtIn);
    const loader = new DatasetLoader(source);
    const stop = new AbortController();
    const stopped = loader.load(request({ set: 'cats', m: 2000 }), undefined, stop.signal);
    stop.abort(new Error('stopped'));
    await expect(stopped).rejects.toThrow('stopped');
    const sets = await Promise.all([loader.load(request({ set: 'cats', m: 30 })), loader.load(request({ set: 'cats', m: 20 }))]);
    expect(sets.map((set) => set.train.x.m)).toEqual([30, 20]);
    source.asked.length = 0;
    await loader.load(request({ set: 'cats', m: 60, normalization: 'standard' }));
    expect(source.asked).toEqual([]);
  });
});
