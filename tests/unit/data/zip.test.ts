/** Zips: every byte of a file is answered for by the size and the checksum that the list declares. */
import { zipSync, type Zippable } from 'fflate';
import { describe, expect, test } from 'vitest';
import { crc32 } from '../../../src/data/readers/crc32.ts';
import { Zip } from '../../../src/data/readers/zip.ts';
import { expectDataError, sameBits } from './helpers.ts';

const content = Uint8Array.from({ length: 5000 }, (_, at) => (at * at) % 251);
const listSignature = [0x50, 0x4b, 1, 2];
/** Of an entry in the list: offsets from its signature. */
const fields = { flags: 8, method: 10, crc: 16, size: 24 };

const zipOf = (files: Zippable, level: 0 | 6 = 6): Uint8Array<ArrayBuffer> => new Uint8Array(zipSync(files, { level }));

function listOf(zip: Uint8Array): { readonly start: number; readonly listBytes: number } {
  const start = zip.findIndex((_, at) => listSignature.every((byte, i) => zip[at + i] === byte));
  return { start, listBytes: zip.length - start - 22 };
}

/** The same zip with one number of the first entry in its list changed. */
function changed(zip: Uint8Array<ArrayBuffer>, field: keyof typeof fields, value: number): Uint8Array<ArrayBuffer> {
  const { start } = listOf(zip);
  const view = new DataView(zip.buffer);
  if (field === 'size' || field === 'crc') view.setUint32(start + fields[field], value, true);
  else view.setUint16(start + fields[field], value, true);
  return zip;
}

function flipped(zip: Uint8Array<ArrayBuffer>, at: number): Uint8Array<ArrayBuffer> {
  zip[at] = (zip[at] ?? 0) ^ 1;
  return zip;
}

test('CRC-32, whole and in pieces', () => {
  expect(crc32(new TextEncoder().encode('123456789'))).toBe(0xcbf43926);
  expect(crc32(new Uint8Array(0))).toBe(0);
  for (const cut of [0, 1, 2, 3, 1001, 5000]) expect(crc32(content.subarray(cut), crc32(content.subarray(0, cut)))).toBe(crc32(content));
});

describe('a file inside', () => {
  test.each([0, 6] as const)('comes back whole, packed at level %i', (level) => {
    const zip = new Zip('t.zip', zipOf({ 'a/ü.bin': content, empty: new Uint8Array(0), 'c.bin': content.slice(7) }, level));
    expect(zip.entries.map(({ name, sizeBytes }) => [name, sizeBytes])).toEqual([
      ['a/ü.bin', 5000],
      ['empty', 0],
      ['c.bin', 4993],
    ]);
    expect(zip.read('a/ü.bin')).toEqual(content);
    expect(zip.read('empty')).toHaveLength(0);
    expect(zip.read('c.bin')).toEqual(content.slice(7));
  });

  test('that swells over many pieces comes back whole', () => {
    const bytes = Uint8Array.from({ length: 600_000 }, (_, at) => (at * 7919 * (at >> 9)) >> 3);
    expect(sameBits(new Zip('t.zip', zipOf({ a: bytes })).read('a'), bytes)).toBe(true);
  });

  test.each([
    ['a byte that flipped', flipped(zipOf({ 'x.npy': content }, 0), 2000), ['“x.npy”', 'checksum does not match', 'again']],
    ['a packed byte that flipped', flipped(zipOf({ 'x.npy': content }), 300), ['“x.npy”', 'damaged', 'again']],
    ['another checksum', changed(zipOf({ 'x.npy': content }), 'crc', 7), ['“x.npy”', 'checksum does not match']],
    ['more than it declares', changed(zipOf({ a: content }), 'size', 4999), ['“a”', 'more than the 4999 bytes']],
    ['less than it declares', changed(zipOf({ a: content }), 'size', 5001), ['“a”', 'holds 5000 bytes', 'declares 5001']],
    ['as it is, less than it declares', changed(zipOf({ a: content }, 0), 'size', 5001), ['holds 5000 bytes', 'declares 5001']],
    ['far more than can be', changed(zipOf({ a: content }), 'size', 2 ** 30), ['“a”', 'can hold']],
    ['a password', changed(zipOf({ a: content }), 'flags', 1), ['“a”', 'encryption', 'without a password']],
    ['another packing', changed(zipOf({ a: content }), 'method', 12), ['“a”', 'method 12', 'plain zip']],
  ])('with %s is refused', async (_, bytes, parts) => {
    const zip = new Zip('t.zip', bytes);
    const [entry] = zip.entries;
    await expectDataError(() => zip.read(entry?.name ?? ''), 't.zip', ...parts);
  });

  test('does not take others along when it is damaged', async () => {
    const zip = new Zip('t.zip', flipped(zipOf({ a: content, b: content }, 0), 2000));
    await expectDataError(() => zip.read('a'), 'checksum');
    expect(zip.read('b')).toEqual(content);
  });
});

/** The same zip of one file, its list in the form of large zips, where numbers of eight bytes stand elsewhere. */
function asLarge(zip: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
  const { start, listBytes } = listOf(zip);
  const from = new DataView(zip.buffer);
  const list = zip.slice(start, start + listBytes);
  const extra = new DataView(new ArrayBuffer(28));
  extra.setUint16(0, 1, true);
  extra.setUint16(2, 24, true);
  // unpacked, packed, place: in this order, whatever theirs in the entry
  for (const [i, field] of [24, 20, 42].entries()) {
    extra.setBigUint64(4 + 8 * i, BigInt(from.getUint32(start + field, true)), true);
    new DataView(list.buffer).setUint32(field, 0xffff_ffff, true);
  }
  new DataView(list.buffer).setUint16(30, 28, true);
  const end = new DataView(new ArrayBuffer(56 + 20 + 22));
  end.setUint32(0, 0x06064b50, true);
  end.setBigUint64(32, 1n, true);
  end.setBigUint64(48, BigInt(start), true);
  end.setUint32(56, 0x07064b50, true);
  end.setBigUint64(64, BigInt(start + listBytes + 28), true);
  end.setUint32(76, 0x06054b50, true);
  end.setUint16(86, 0xffff, true);
  end.setUint32(92, 0xffff_ffff, true);
  return Uint8Array.from(
    [zip.subarray(0, start), list, new Uint8Array(extra.buffer), new Uint8Array(end.buffer)].flatMap((part) => [...part]),
  );
}

test('a list in the form of large zips', () => {
  const zip = new Zip('t.zip', asLarge(zipOf({ 'a.bin': content })));
  expect(zip.entries).toMatchObject([{ name: 'a.bin', sizeBytes: 5000 }]);
  expect(zip.read('a.bin')).toEqual(content);
});
