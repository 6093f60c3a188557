/** A zip: its list, checked before anything is unpacked, and its files, a few at a time. What they mean is not its affair. */
import { unzipSync } from 'fflate';
import { DataError } from '../errors.ts';

/** Unpacked, all files together; a zip that claims more is not opened. */
export const largestZipBytes = 2 ** 31;
const mostEntries = 200_000;
/** Files unpacked in one go: the list is walked once for each go. */
const atOnceFiles = 256;
const atOnceBytes = 2 ** 26;

interface Entry {
  readonly name: string;
  readonly sizeBytes: number;
}

export class Zip {
  readonly entries: readonly Entry[];
  readonly #input: string;
  readonly #bytes: Uint8Array;
  #unpacked = new Map<string, Uint8Array>();

  /** @throws DataError when it is damaged, climbs out of its folder, or claims to be too large */
  constructor(input: string, bytes: Uint8Array, largestBytes = largestZipBytes) {
    this.#input = input;
    this.#bytes = bytes;
    this.entries = listOf(input, bytes, largestBytes);
  }

  /** The bytes of a file, and those of the files after it at hand. @throws DataError */
  read(name: string): Uint8Array {
    const at = this.entries.findIndex((entry) => entry.name === name);
    if (at < 0) throw new DataError(this.#input, `expected a file “${name}” inside, found none.`);
    const known = this.#unpacked.get(name);
    if (known) return known;
    const wanted = new Set<string>();
    let sizeBytes = 0;
    for (const entry of this.entries.slice(at, at + atOnceFiles)) {
      sizeBytes += entry.sizeBytes;
      if (wanted.size > 0 && sizeBytes > atOnceBytes) break;
      wanted.add(entry.name);
    }
    this.#unpacked = new Map(Object.entries(this.#unpack(wanted, name)));
    const bytes = this.#unpacked.get(name);
    if (!bytes) throw new DataError(this.#input, `file “${name}” inside: could not be unpacked.`);
    return bytes;
  }

  #unpack(wanted: ReadonlySet<string>, first: string): Record<string, Uint8Array> {
    try {
      return unzipSync(this.#bytes, { filter: (file) => wanted.has(file.name) });
    } catch (cause) {
      // one that is damaged must not take those beside it along
      if (wanted.size > 1) return this.#unpack(new Set([first]), first);
      const said = cause instanceof Error ? cause.message : String(cause);
      throw new DataError(this.#input, `file “${first}” inside: expected whole data, found it damaged (${said}).`, { cause });
    }
  }
}

function listOf(input: string, bytes: Uint8Array, largestBytes: number): readonly Entry[] {
  const entries: Entry[] = [];
  const names = new Set<string>();
  let sizeBytes = 0;
  const look = (name: string, size: number): false => {
    checkPath(input, name);
    sizeBytes += size;
    if (sizeBytes > largestBytes || entries.length >= mostEntries) {
      const mebibytes = Math.round(largestBytes / 2 ** 20);
      throw new DataError(input, `expected at most ${mebibytes} MiB unpacked and ${mostEntries} files, found more: it is not opened.`);
    }
    if (!name.endsWith('/') && !names.has(name)) entries.push({ name, sizeBytes: size });
    names.add(name);
    return false;
  };
  try {
    unzipSync(bytes, { filter: ({ name, originalSize }) => look(name, originalSize) });
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
