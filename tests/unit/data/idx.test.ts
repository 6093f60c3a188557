/** IDX and gzip: what is written comes back, and what is damaged is named. */
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { gunzip, isGzip } from '../../../src/data/readers/gunzip.ts';
import { readIdx, readIdxBytes } from '../../../src/data/readers/idx.ts';
import { expectDataError, idxOfBytes } from './helpers.ts';

const shapes = fc.array(fc.integer({ min: 1, max: 6 }), { minLength: 1, maxLength: 4 });
const sizeOf = (shape: readonly number[]): number => shape.reduce((product, length) => product * length, 1);
const files = shapes.chain((shape) => {
  const size = sizeOf(shape);
  return fc.uint8Array({ minLength: size, maxLength: size }).map((values) => ({ shape, values, bytes: idxOfBytes(shape, values) }));
});

describe('readIdx', () => {
  test('gives back shape and bytes', () => {
    fc.assert(
      fc.property(files, ({ shape, values, bytes }) => {
        const read = readIdx('a.idx', bytes);
        expect(read.shape).toEqual(shape);
        expect(read.values).toEqual(values);
      }),
    );
  });

  test('reads a view that does not start at its buffer', () => {
    const whole = new Uint8Array([9, 9, 9, ...idxOfBytes([2], Uint8Array.of(5, 6))]);
    expect([...readIdx('a.idx', whole.subarray(3)).values]).toEqual([5, 6]);
  });

  test.each([
    [0x09, [0xff, 0x7f], Int8Array.of(-1, 127)],
    [0x0b, [0xff, 0xfe, 0x01, 0x00], Int16Array.of(-2, 256)],
    [0x0c, [0xff, 0xff, 0xff, 0xfd, 0, 1, 0, 0], Int32Array.of(-3, 65536)],
    [0x0d, [0x3f, 0xc0, 0, 0, 0xbf, 0x80, 0, 0], Float32Array.of(1.5, -1)],
    [0x0e, [0x3f, 0xf8, 0, 0, 0, 0, 0, 0, 0xbf, 0xf0, 0, 0, 0, 0, 0, 0], Float64Array.of(1.5, -1)],
  ])('reads type 0x%s, big-endian', (code, data, expected) => {
    expect(readIdx('a.idx', Uint8Array.of(0, 0, code, 1, 0, 0, 0, 2, ...data)).values).toEqual(expected);
  });

  test('refuses every shorter file, naming the byte where it ends', async () => {
    await fc.assert(
      fc.asyncProperty(files, fc.nat(), async ({ bytes }, cut) => {
        const length = cut % bytes.length;
        await expectDataError(
          () => readIdx('a.idx', bytes.slice(0, length)),
          'a.idx',
          length === 0 ? 'empty' : `cut short at byte ${length}`,
        );
      }),
    );
  });

  test('refuses every longer file, naming the byte where it should end', async () => {
    await fc.assert(
      fc.asyncProperty(files, fc.uint8Array({ minLength: 1, maxLength: 9 }), async ({ bytes }, more) => {
        await expectDataError(
          () => readIdx('a.idx', Uint8Array.of(...bytes, ...more)),
          `end at byte ${bytes.length}`,
          `${more.length} bytes more`,
        );
      }),
    );
  });

  test('names a wrong magic number, type, dimension count and length', async () => {
    await expectDataError(() => readIdx('a.idx', Uint8Array.of(0x50, 0x4b, 8, 1)), 'byte 0', '0x50 0x4b');
    await expectDataError(() => readIdx('a.idx', Uint8Array.of(0, 0, 7, 1)), 'byte 2', '0x07', '0x0e');
    await expectDataError(() => readIdx('a.idx', Uint8Array.of(0, 0, 8, 0)), 'byte 3', 'at least 1');
    await expectDataError(() => readIdx('a.idx', Uint8Array.of(0, 0, 8, 2, 0, 0, 0, 1, 0, 0, 0, 0)), 'dimension 1 at byte 8', 'found 0');
    await expectDataError(
      () => readIdx('a.idx', Uint8Array.of(0, 0, 8, 2, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff)),
      'cut short at byte 12',
    );
  });

  test('readIdxBytes refuses another shape or type', async () => {
    const bytes = idxOfBytes([2, 3], new Uint8Array(6));
    expect(readIdxBytes('a.idx', bytes, [null, 3]).shape).toEqual([2, 3]);
    await expectDataError(() => readIdxBytes('a.idx', bytes, [null, 4]), '(any, 4)', '(2, 3)');
    await expectDataError(() => readIdxBytes('a.idx', Uint8Array.of(0, 0, 9, 1, 0, 0, 0, 1, 0), [1]), 'Int8Array');
  });
});

describe('gunzip', () => {
  test('goes by the first two bytes, whatever the name', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 300 }), async (values) => {
        const plain = new Uint8Array(values);
        expect(await gunzip('plain.txt', new Uint8Array(gzipSync(plain)))).toEqual(plain);
        if (!isGzip(plain)) expect(await gunzip('named.gz', plain)).toBe(plain);
      }),
      { numRuns: 30 },
    );
  });

  test('names a damaged or shortened file', async () => {
    const packed = new Uint8Array(gzipSync(new Uint8Array(1000).fill(7)));
    await expectDataError(() => gunzip('a.gz', packed.slice(0, -9)), 'a.gz', 'damaged or cut short');
    const damaged = packed.slice();
    damaged.fill(0xff, 10, 16);
    await expectDataError(() => gunzip('a.gz', damaged), 'damaged or cut short');
  });
});
