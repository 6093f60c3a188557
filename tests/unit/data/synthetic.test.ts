/** Synthetic: every value follows the rule that the GPU's twin follows too, and the labels can be learned. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { DatasetLoader } from '../../../src/data/load.ts';
import {
  fillSyntheticBytes,
  fillSyntheticFloats,
  labelNoise,
  syntheticByte,
  syntheticFloat,
  syntheticTestSeed,
} from '../../../src/data/synthetic-values.ts';
import { hash, streams } from '../../../src/math/rng.ts';
import { builtIn, request } from './helpers.ts';

const seeds = fc.integer({ min: 0, max: 2 ** 32 - 1 });

describe('synthetic values', () => {
  test('bytes are those of a word, the lowest first; floats its upper 24 bits', () => {
    fc.assert(
      fc.property(seeds, fc.nat(2 ** 29), (seed, index) => {
        const word = hash(seed, streams.synthetic, index);
        const bytes = [0, 1, 2, 3].map((k) => syntheticByte(seed, 4 * index + k));
        expect(new DataView(Uint8Array.from(bytes).buffer).getUint32(0, true)).toBe(word);
        const value = syntheticFloat(seed, index);
        expect(Math.fround(value)).toBe(value);
        expect((value + 0.5) * 2 ** 24).toBe(word >>> 8);
      }),
    );
  });

  test('filling is the same, from any whole word on', () => {
    const whole = new Uint8Array(103);
    fillSyntheticBytes(7, whole);
    expect([...whole]).toEqual(Array.from({ length: 103 }, (_, e) => syntheticByte(7, e)));
    const parts = new Uint8Array(103);
    fillSyntheticBytes(7, parts, 0, 48);
    fillSyntheticBytes(7, parts, 48);
    expect(parts).toEqual(whole);
    const floats = new Float32Array(9);
    fillSyntheticFloats(7, floats);
    expect([...floats]).toEqual(Array.from({ length: 9 }, (_, e) => syntheticFloat(7, e)));
  });

  test('noise has mean 0 and deviation 1', () => {
    const noise = Array.from({ length: 20_000 }, (_, i) => labelNoise(3, i));
    const mean = noise.reduce((sum, value) => sum + value, 0) / noise.length;
    expect(mean).toBeCloseTo(0, 1);
    expect(noise.reduce((sum, value) => sum + (value - mean) ** 2, 0) / noise.length).toBeCloseTo(1, 1);
  });
});

describe('synthetic sets', () => {
  test.each(['uint8', 'float32'] as const)('%s: the rule, across turns and in the test part', async (storage) => {
    const n = 3001;
    const set = await new DatasetLoader(builtIn).load(request({ set: 'synthetic', storage, n, m: 3000, seed: 11 }));
    const value = storage === 'uint8' ? syntheticByte : syntheticFloat;
    for (const e of [0, 1, 4_194_303, 4_194_304, 4_195_397, 4_195_398, 4_195_399, 3000 * n - 1])
      expect(set.train.x.values[e]).toBe(value(11, e));
    for (const e of [0, 5, n * 100 + 3]) expect(set.test.x.values[e]).toBe(value(syntheticTestSeed(11), e));
    expect(set.train.y.reduce((sum, y) => sum + y, 0) / 3000).toBeCloseTo(0.5, 1);
  });

  test('nests for growing m', async () => {
    const loader = new DatasetLoader(builtIn);
    const small = await loader.load(request({ set: 'synthetic', n: 5, m: 7 }));
    const large = await loader.load(request({ set: 'synthetic', n: 5, m: 70 }));
    expect(large.train.x.values.slice(0, 35)).toEqual(small.train.x.values);
    expect(large.train.y.slice(0, 7)).toEqual(small.train.y);
  });

  test('a linear model finds the hidden weights', async () => {
    const n = 8;
    const {
      train,
      test: held,
      scaling,
    } = await new DatasetLoader(builtIn).load(request({ set: 'synthetic', n, m: 2000, normalization: 'standard' }));
    const x = (part: typeof train, i: number): number[] =>
      Array.from({ length: n }, (_, j) => (scaling.scale[j] ?? 0) * (part.x.values[i * n + j] ?? 0) + (scaling.shift[j] ?? 0));
    // The difference of the class means points along w where features are independent and alike.
    const w = new Float64Array(n);
    for (let i = 0; i < train.x.m; i++) x(train, i).forEach((value, j) => (w[j] = (w[j] ?? 0) + ((train.y[i] ?? 0) - 0.5) * value));
    const right = Array.from(held.y).filter((y, i) => y === (x(held, i).reduce((z, value, j) => z + value * (w[j] ?? 0), 0) > 0 ? 1 : 0));
    expect(right.length / held.x.m).toBeGreaterThan(0.85);
  });
});
