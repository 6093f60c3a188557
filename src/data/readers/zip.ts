/**
 * A zip: its list, checked before anything is unpacked, and its files, each checked against the size and the checksum
 * that the list declares. What they mean is not its affair.
 */
import { Inflate } from 'fflate';
import { DataError } from '../errors.ts';
import { crc32 } from './crc32.ts';
import { packedOf, readZipDirectory, type ZipEntry } from './zip-directory.ts';

/** Unpacked, all files together; a zip that claims more is not opened. */
export const largestZipBytes = 2 ** 31;
const mostEntries = 200_000;
/** Packed bytes taken in one go, so that what swells is seen before it fills the memory. */
const pieceBytes = 65_536;
/** Deflate packs no more bytes into one. */
const mostExpansion = 1032;

export class Zip {
  readonly entries: readonly ZipEntry[];
  readonly #input: string;
  readonly #bytes: Uint8Array;
  readonly #byName: ReadonlyMap<string, ZipEntry>;

  /** @throws DataError when it is damaged, climbs out of its folder, or claims to be too large */
  constructor(input: string, bytes: Uint8Array, largestBytes = largestZipBytes) {
    this.#input = input;
    this.#bytes = bytes;
    this.entries = listOf(input, bytes, largestBytes);
    this.#byName = new Map(this.entries.map((entry) => [entry.name, entry]));
  }

  /** The bytes of a file. @throws DataError also when they are not what the list declares */
  read(name: string): Uint8Array {
    const entry = this.#byName.get(name);
    if (!entry) throw new DataError(this.#input, `expected a file “${name}” inside, found none.`);
    const place = `file “${name}” inside`;
    if (entry.isEncrypted)
      throw new DataError(this.#input, `${place}: expected no encryption, found it. Pack it again without a password.`);
    if (entry.method !== 0 && entry.method !== 8) {
      throw new DataError(
        this.#input,
        `${place}: expected it deflated, or as it is, found method ${entry.method}. Pack it again as a plain zip.`,
      );
    }
    try {
      const packed = packedOf(this.#bytes, entry);
      const unpacked = entry.method === 0 ? checkedSize(packed, entry) : inflated(packed, entry);
      if (crc32(unpacked) !== entry.crc32) throw new Error('its checksum does not match');
      return unpacked;
    } catch (cause) {
      const said = cause instanceof Error ? cause.message : String(cause);
      throw new DataError(this.#input, `${place}: expected whole data, found it damaged: ${said}. Save or download it again.`, { cause });
    }
  }
}

function checkedSize(bytes: Uint8Array, { sizeBytes }: ZipEntry): Uint8Array {
  if (bytes.length === sizeBytes) return bytes;
  throw new Error(`it holds ${bytes.length} bytes, and declares ${sizeBytes}`);
}

/** Stops as soon as there is more than the list declares. */
function inflated(packed: Uint8Array, entry: ZipEntry): Uint8Array {
  const { sizeBytes } = entry;
  if (sizeBytes > mostExpansion * packed.length) throw new Error(`it declares ${sizeBytes} bytes, more than ${packed.length} can hold`);
  const unpacked = new Uint8Array(sizeBytes);
  let length = 0;
  const stream = new Inflate((piece) => {
    if (length + piece.length > sizeBytes) throw new Error(`it unpacks to more than the ${sizeBytes} bytes that it declares`);
    unpacked.set(piece, length);
    length += piece.length;
  });
  for (let at = 0; at < packed.length; at += pieceBytes) {
    stream.push(packed.subarray(at, at + pieceBytes), at + pieceBytes >= packed.length);
  }
  return checkedSize(unpacked.subarray(0, length), entry);
}

function listOf(input: string, bytes: Uint8Array, largestBytes: number): readonly ZipEntry[] {
  const entries: ZipEntry[] = [];
  const names = new Set<string>();
  let sizeBytes = 0;
  const look = (entry: ZipEntry): void => {
    const { name } = entry;
    checkPath(input, name);
    sizeBytes += entry.sizeBytes;
    if (sizeBytes > largestBytes || entries.length >= mostEntries) {
      const mebibytes = Math.round(largestBytes / 2 ** 20);
      throw new DataError(input, `expected at most ${mebibytes} MiB unpacked and ${mostEntries} files, found more: it is not opened.`);
    }
    if (!name.endsWith('/') && !names.has(name)) entries.push(entry);
    names.add(name);
  };
  try {
    readZipDirectory(bytes, look);
  } catch (cause) {
    if (cause instanceof DataError) throw cause;
    const said = cause instanceof Error ? cause.message : String(cause);
    throw new DataError(input, `expected a whole zip, found it damaged or cut short (${said}).`, { cause });
  }
  if (entries.length === 0) throw new DataError(input, 'expected files, found an empty zip.');
  return entries;
}

function checkPath(input: string, name: string): void {
  const climbs = name.split(/[\\/]/).includes('..') || /^([\\/]|[a-zA-Z]:)/.test(name);
  if (climbs)
    throw new DataError(input, `expected paths inside the zip, found “${name.slice(0, 120)}”, which climbs out: it is not opened.`);
}
