/** The list at the end of a zip: its files, where each lies, and what its bytes must come to. Source: PKWARE's APPNOTE 6.3. */
import { strFromU8 } from 'fflate';

export interface ZipEntry {
  readonly name: string;
  /** Unpacked, as the list declares it. */
  readonly sizeBytes: number;
  readonly packedBytes: number;
  /** 0: as it is, 8: deflated; others are not unpacked here. */
  readonly method: number;
  readonly isEncrypted: boolean;
  readonly crc32: number;
  /** Where its own header starts. */
  readonly headerByte: number;
}

const endSignature = 0x06054b50;
const endBytes = 22;
const mostCommentBytes = 65_535;
const entrySignature = 0x02014b50;
const entryBytes = 46;
const headerSignature = 0x04034b50;
const headerBytes = 30;
/** Of large zips, with numbers of eight bytes. */
const largeLocatorSignature = 0x07064b50;
const largeEndSignature = 0x06064b50;
const largeExtra = 1;
/** Stands where a number needs eight bytes. */
const elsewhere = 0xffff_ffff;

const viewOf = (bytes: Uint8Array): DataView => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
const large = (view: DataView, at: number): number => Number(view.getBigUint64(at, true));

/** @param look is called for each entry before the next is read @throws Error or RangeError when the list is damaged */
export function readZipDirectory(bytes: Uint8Array, look: (entry: ZipEntry) => void): void {
  const view = viewOf(bytes);
  let { count, at } = placeOfList(view);
  for (; count > 0; count--) {
    if (view.getUint32(at, true) !== entrySignature) throw new Error(`no entry at byte ${at}`);
    look(entryAt(bytes, view, at));
    at += entryBytes + view.getUint16(at + 28, true) + view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
  }
}

function placeOfList(view: DataView): { count: number; at: number } {
  const last = view.byteLength - endBytes;
  let end = last;
  while (end >= 0 && end >= last - mostCommentBytes && view.getUint32(end, true) !== endSignature) end--;
  if (end < 0 || end < last - mostCommentBytes) throw new Error('no list of files at its end');
  const locator = end - 20;
  if (locator >= 0 && view.getUint32(locator, true) === largeLocatorSignature) {
    const largeEnd = large(view, locator + 8);
    if (view.getUint32(largeEnd, true) !== largeEndSignature) throw new Error(`no list of files at byte ${largeEnd}`);
    return { count: large(view, largeEnd + 32), at: large(view, largeEnd + 48) };
  }
  return { count: view.getUint16(end + 10, true), at: view.getUint32(end + 16, true) };
}

function entryAt(bytes: Uint8Array, view: DataView, at: number): ZipEntry {
  const flags = view.getUint16(at + 8, true);
  const extraAt = at + entryBytes + view.getUint16(at + 28, true);
  const isUtf8 = (flags & 0x800) !== 0;
  const sizes = [view.getUint32(at + 24, true), view.getUint32(at + 20, true), view.getUint32(at + 42, true)];
  const [sizeBytes = 0, packedBytes = 0, headerByte = 0] = withLarge(view, sizes, extraAt, extraAt + view.getUint16(at + 30, true));
  return {
    name: strFromU8(bytes.subarray(at + entryBytes, extraAt), !isUtf8),
    sizeBytes,
    packedBytes,
    method: view.getUint16(at + 10, true),
    isEncrypted: (flags & 1) !== 0,
    crc32: view.getUint32(at + 16, true),
    headerByte,
  };
}

/** The numbers, those that stand elsewhere taken from the extra field, which holds them in the same order. */
function withLarge(view: DataView, numbers: readonly number[], from: number, end: number): readonly number[] {
  if (!numbers.includes(elsewhere)) return numbers;
  for (let at = from; at + 4 <= end; at += 4 + view.getUint16(at + 2, true)) {
    if (view.getUint16(at, true) !== largeExtra) continue;
    let next = at + 4;
    return numbers.map((number) => (number === elsewhere ? large(view, (next += 8) - 8) : number));
  }
  return numbers;
}

/** The packed bytes of an entry, which are no copy. @throws Error or RangeError when they do not lie where the list says */
export function packedOf(bytes: Uint8Array, { headerByte, packedBytes }: ZipEntry): Uint8Array {
  const view = viewOf(bytes);
  if (view.getUint32(headerByte, true) !== headerSignature) throw new Error(`no header at byte ${headerByte}`);
  const start = headerByte + headerBytes + view.getUint16(headerByte + 26, true) + view.getUint16(headerByte + 28, true);
  if (start + packedBytes > bytes.length) throw new Error('unexpected EOF');
  return bytes.subarray(start, start + packedBytes);
}
