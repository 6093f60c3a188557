/** The other built-in sets: counts, classes, splits, and what a request may not ask for. */
import { afterAll, describe, expect, test } from 'vitest';
import { catalogue } from '../../../src/data/catalogue.ts';
import type { BuiltInName, Dataset } from '../../../src/data/dataset.ts';
import { DatasetLoader } from '../../../src/data/load.ts';
import { builtIn, counting, expectDataError, idxOfBytes, request, sameBits } from './helpers.ts';

const shared: { loader: DatasetLoader | null } = { loader: new DatasetLoader(builtIn) };
const load = (over: Parameters<typeof request>[0]): Promise<Dataset> => (shared.loader ?? new DatasetLoader(builtIn)).load(request(over));
afterAll(() => {
  shared.loader = null;
});

function tally(y: Iterable<number>): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const value of y) counts[value] = (counts[value] ?? 0) + 1;
  return counts;
}

describe('the catalogue', () => {
  test.each(Object.keys(catalogue) as BuiltInName[])('tells the truth about %s', async (set) => {
    const data = await load({ set, m: 50 });
    const entry = catalogue[set];
    expect(data.task).toBe(entry.task);
    expect(data.classNames).toEqual(entry.classNames);
    expect(data.ownTest).toBe(entry.ownTest);
    expect(data.attributions).toEqual(entry.attributions);
    expect(data.mAvailable).toBe(entry.mLargest);
    if (entry.n !== null) expect(data.train.x.n).toBe(entry.n);
    expect(data.train.x.m).toBe(50);
    expect(data.train.y).toHaveLength(50);
    expect(data.test.x.values).toHaveLength(data.test.x.m * data.test.x.n);
    expect(data.train.x.values.every((value: number) => Number.isFinite(value))).toBe(true);
    expect(data.scaling.scale).toHaveLength(data.train.x.n);
  });
});

describe('fashion', () => {
  test('fetches only the shards that m needs, and has balanced prefixes', async () => {
    const source = counting(builtIn);
    const loader = new DatasetLoader(source);
    const small = await loader.load(request({ set: 'fashion', m: 1000 }));
    expect(source.asked.filter((file) => file.includes('train-images'))).toEqual(['fashion-train-images-0.idx.gz']);
    for (const count of Object.values(tally(small.train.y))) expect(Math.abs(count - 100)).toBeLessThan(12);
    const large = await loader.load(request({ set: 'fashion', m: 12_000 }));
    expect(source.asked.filter((file) => file.includes('train-images'))).toHaveLength(2);
    expect(sameBits(large.train.x.values.subarray(0, 1000 * 784), small.train.x.values)).toBe(true);
  });

  test('has all 70,000, 7,000 of each class', async () => {
    const all = await load({ set: 'fashion', m: 'all' });
    expect(tally(all.train.y)).toEqual(Object.fromEntries(Array.from({ length: 10 }, (_, k) => [k, 6000])));
    expect(tally(all.test.y)).toEqual(Object.fromEntries(Array.from({ length: 10 }, (_, k) => [k, 1000])));
  });

  test('takes any two classes, the second as y = 1', async () => {
    const pair = await load({ set: 'fashion', m: 'all', classes: [9, 5] });
    expect(pair).toMatchObject({ task: 'binary', classNames: ['Ankle boot', 'Sandal'], mAvailable: 12_000 });
    expect(tally(pair.train.y)).toEqual({ 0: 6000, 1: 6000 });
    expect(tally(pair.test.y)).toEqual({ 0: 1000, 1: 1000 });
    await expectDataError(() => load({ set: 'fashion', classes: [0, 10] }), 'classes', 'found 10');
    await expectDataError(() => load({ set: 'fashion', classes: [3, 3] }), 'two different');
  });

  test('names a file of the wrong shape, and loads once it is mended', async () => {
    const broken = { on: true };
    const loader = new DatasetLoader({
      bytes: (file, ...rest) =>
        broken.on && file.includes('labels-0') ? Promise.resolve(idxOfBytes([3], Uint8Array.of(1, 2, 3))) : builtIn.bytes(file, ...rest),
    });
    await expectDataError(() => loader.load(request({ set: 'fashion' })), 'fashion-train-labels-0.idx.gz', '(10000)', '(3)');
    broken.on = false;
    expect((await loader.load(request({ set: 'fashion' }))).train.x.m).toBe(100);
  });
});

describe('houses and adverts', () => {
  test('houses: centred log price, nested examples, the same test part', async () => {
    const small = await load({ set: 'houses', m: 500, normalization: 'none' });
    const large = await load({ set: 'houses', m: 'all', normalization: 'none' });
    expect([large.train.x.m, large.test.x.m]).toEqual([20_286, 5071]);
    expect(sameBits(small.test.x.values, large.test.x.values)).toBe(true);
    expect(sameBits(large.train.x.values.subarray(0, 500 * 32), small.train.x.values)).toBe(true);
    expect(Math.exp(large.targetMean)).toBeGreaterThan(40_000);
    expect(Math.exp(large.targetMean)).toBeLessThan(80_000);
    expect(large.featureNames).toContain('wall = brick');
    expect(large.featureNames.some((name) => /avalue|price/.test(name))).toBe(false);
  });

  test('adverts: 39 % spam in both parts', async () => {
    const set = await load({ set: 'adverts', m: 'all', normalization: 'standard' });
    for (const { y } of [set.train, set.test]) expect(y.reduce((sum, v) => sum + v, 0) / y.length).toBeCloseTo(0.394, 2);
  });
});

describe('toys', () => {
  test.each(['circles', 'moons', 'spirals', 'blobs', 'xor'] as const)('%s nest, are balanced and stay in sight', async (toy) => {
    const large = await load({ set: 'toys', toy, m: 400, normalization: 'none' });
    const small = await load({ set: 'toys', toy, m: 30, normalization: 'none' });
    expect(large.train.x.values.slice(0, 60)).toEqual(small.train.x.values);
    expect(large.test).toEqual(small.test);
    expect(tally(large.train.y)).toEqual({ 0: 200, 1: 200 });
    expect(Math.max(...large.train.x.values.map(Math.abs))).toBeLessThan(2.5);
  });

  test('without noise, circles are circles', async () => {
    const { train } = await load({ set: 'toys', toy: 'circles', noise: 0, m: 100, normalization: 'none' });
    for (let i = 0; i < 100; i++) {
      expect(Math.hypot(train.x.values[2 * i] ?? 0, train.x.values[2 * i + 1] ?? 0)).toBeCloseTo(train.y[i] === 1 ? 0.4 : 1, 4);
    }
  });
});

describe('requests that make no sense', () => {
  test.each([
    [{ set: 'cats', m: 0 }, 'found 0'],
    [{ set: 'cats', m: NaN }, 'found NaN'],
    [{ set: 'houses', testShare: 0.7 }, 'found 0.7'],
    [{ set: 'toys', noise: 2 }, 'found 2'],
    [{ set: 'synthetic', n: 65_536, m: 100_000 }, '2 GiB'],
    [{ set: 'synthetic', n: 0 }, 'found 0'],
  ] as const)('%o', async (over, part) => {
    await expectDataError(() => load(over), over.set, part);
  });
});
