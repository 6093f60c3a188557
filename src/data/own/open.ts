/**
 * From files that a user opens to what they hold: a table, named arrays, or pictures in named folders. What the first
 * bytes say decides, never a name. What of it is used, and as what, is `choose.ts`'s.
 */
import { DataError } from '../errors.ts';
import { listed } from '../listed.ts';
import { isGzip } from '../readers/gunzip.ts';
import type { CsvReader, Table } from '../readers/csv.ts';
import { NotUtf8Error, TextReader, type Encoding } from '../readers/text.ts';
import { isHdf5, isNpy, isZip } from './signatures.ts';
import { matrixTable } from './matrix-table.ts';
import type { ArrayEntry } from './arrays.ts';
import { foldersOf, isPicture, type PictureFile, type PictureFolders } from './folders.ts';

/** A file and where it lies: `cats/7.png` in a folder that was opened, else its name alone. */
export interface OwnFile {
  readonly path: string;
  readonly blob: Blob;
}

export type Contents =
  | { readonly kind: 'table'; readonly table: Table }
  | { readonly kind: 'arrays'; readonly arrays: readonly ArrayEntry[] }
  | { readonly kind: 'pictures'; readonly folders: PictureFolders };

export interface Opened {
  /** What messages and the URL call it. */
  readonly name: string;
  readonly contents: Contents;
  /** Sentences about what is not as one may expect. */
  readonly notes: readonly string[];
}

export interface Reading {
  readonly onProgress?:
    ((progress: { readonly file: string; readonly loadedBytes: number; readonly totalBytes: number | null }) => void) | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** Files of arrays are read whole; what is larger would not fit beside what is made of it. */
export const largestWholeBytes = 2 ** 31;
const headBytes = 4096;

/** @throws DataError naming the file; the signal's reason */
export async function openOwn(files: readonly OwnFile[], reading: Reading): Promise<Opened> {
  const [first] = files;
  if (first === undefined) throw new DataError('nothing', 'expected a file, found none.');
  const pictures = files.filter(({ path }) => isPicture(path));
  if (files.length > 1 && pictures.length > 0) {
    const others = files.filter((file) => !pictures.includes(file)).map(({ path }) => path);
    return picturesIn(folderName(files), pictures.map(asPicture), others);
  }
  const seen = files.filter(({ path }) => !isHidden(path));
  const [only = first, ...others] = seen;
  if (others.length === 0) return asTable(await openOne(only, reading));
  const opened: Opened[] = [];
  for (const file of seen) opened.push(await openOne(file, reading));
  const arrays = opened.flatMap(({ name, contents }) => arraysOf(name, contents));
  const name = opened.map((one) => one.name).join(' + ');
  if (arrays.length < opened.length)
    throw new DataError(
      name,
      'expected one file, several of arrays, or a folder of pictures, found other files together. Open one at a time.',
    );
  return { name, contents: { kind: 'arrays', arrays }, notes: [] };
}

const isHidden = (path: string): boolean => path.split('/').some((part) => part.startsWith('.') || part === '__MACOSX');

/** Arrays of several files go by the names of their files. */
function arraysOf(name: string, contents: Contents): readonly ArrayEntry[] {
  if (contents.kind !== 'arrays') return [];
  const only = contents.arrays.length === 1;
  return contents.arrays.map((entry) => ({ ...entry, name: only ? name : `${name}/${entry.name}` }));
}

function folderName(files: readonly OwnFile[]): string {
  const [first = ''] = files.map(({ path }) => path.split('/')[0] ?? '');
  return files.every(({ path }) => path.startsWith(`${first}/`)) ? first : `${files.length} files`;
}

function asPicture({ path, blob }: OwnFile): PictureFile {
  return { path, read: () => bytesOf(path, blob) };
}

/** @param others paths of files that are no pictures */
function picturesIn(name: string, files: readonly PictureFile[], others: readonly string[]): Opened {
  const left = others.filter((path) => !isHidden(path) && !path.endsWith('/'));
  const what = left.length === 1 ? '1 file that is no picture is' : `${left.length} files that are no pictures are`;
  const notes = left.length === 0 ? [] : [`${name}: ${what} left out: ${listed(left)}.`];
  return { name, contents: { kind: 'pictures', folders: foldersOf(name, files) }, notes };
}

async function openOne(file: OwnFile, reading: Reading): Promise<Opened> {
  const name = file.path.split('/').at(-1) ?? file.path;
  if (file.blob.size === 0) throw new DataError(name, 'expected data, found an empty file.');
  const head = await headOf(name, file.blob);
  const arrays = await arraysIn(name, head, file.blob, reading);
  if (arrays) return { name, contents: { kind: 'arrays', arrays }, notes: [] };
  if (isZip(head)) return openZip(name, await wholeOf(name, file.blob, reading));
  if (isPicture(name) || isKnownPicture(head))
    throw new DataError(
      name,
      'expected a table, arrays or a folder, found a single picture. Open the folder, or a zip of it, with a folder for each class.',
    );
  if (/^\s*\{/.test(new TextDecoder().decode(head)))
    throw new DataError(name, 'expected a table, arrays or a folder, found JSON. A results file of Downhill belongs in the Compare lab.');
  return openTable(name, file.blob, reading);
}

/** By the first bytes: JPEG, PNG, GIF. */
function isKnownPicture(head: Uint8Array): boolean {
  const opens = (...bytes: readonly number[]): boolean => bytes.every((byte, at) => head[at] === byte);
  return opens(0xff, 0xd8, 0xff) || opens(0x89, 0x50, 0x4e, 0x47) || opens(0x47, 0x49, 0x46, 0x38);
}

/** Null where it holds no arrays. */
async function arraysIn(name: string, head: Uint8Array, blob: Blob, reading: Reading): Promise<readonly ArrayEntry[] | null> {
  if (isHdf5(head)) {
    const { readHdf5 } = await import('../readers/hdf5.ts');
    return readHdf5(name, await wholeOf(name, blob, reading));
  }
  if (isNpy(head)) {
    const { readNpy } = await import('../readers/npy.ts');
    return [readNpy(name, stem(name), await wholeOf(name, blob, reading))];
  }
  if (head[0] !== 0 || head[1] !== 0) return null;
  const { readIdx } = await import('../readers/idx.ts');
  const { shape, values } = readIdx(name, await wholeOf(name, blob, reading));
  const type = values.constructor.name.replace('Array', '').toLowerCase();
  return [{ name: stem(name), shape, type, read: () => values }];
}

const stem = (name: string): string => name.replace(/\.(npy|gz|idx)$/i, '').replace(/\.(npy|idx)$/i, '');

/** A lone array of rows and columns is a table without a header. */
function asTable(opened: Opened): Opened {
  const { name, contents, notes } = opened;
  const [only, ...others] = contents.kind === 'arrays' ? contents.arrays : [];
  const table = only?.shape.length === 2 && others.length === 0 ? matrixTable(name, only) : null;
  return table ? { name, contents: { kind: 'table', table }, notes } : opened;
}

async function openZip(name: string, bytes: Uint8Array<ArrayBuffer>): Promise<Opened> {
  const { Zip } = await import('../readers/zip.ts');
  const zip = new Zip(name, bytes);
  const names = zip.entries.map((entry) => entry.name).filter((entry) => !isHidden(entry));
  const pictures = names.filter(isPicture);
  if (pictures.length > 0)
    return picturesIn(
      name,
      pictures.map((path) => ({ path, read: () => Promise.resolve(zip.read(path)) })),
      names.filter((path) => !isPicture(path)),
    );
  const arrays = names.filter((entry) => entry.endsWith('.npy'));
  if (arrays.length > 0) {
    const { readNpy } = await import('../readers/npy.ts');
    const entries = arrays.map((entry) => readNpy(`${name}/${entry}`, entry.slice(0, -'.npy'.length), zip.read(entry)));
    return { name, contents: { kind: 'arrays', arrays: entries }, notes: [] };
  }
  const [only, ...others] = names;
  if (only === undefined || others.length > 0) {
    throw new DataError(
      name,
      `expected pictures in folders, arrays (.npy) or a single file, found ${names.length} other files. Take out the one that is meant.`,
    );
  }
  const inner = zip.read(only);
  if (isZip(inner)) throw new DataError(name, 'expected data, found a zip inside the zip. Unpack it once.');
  const opened = await openOne({ path: name, blob: new Blob([new Uint8Array(inner)]) }, {});
  return opened;
}

async function openTable(name: string, blob: Blob, reading: Reading): Promise<Opened> {
  const { CsvReader: Reader } = await import('../readers/csv.ts');
  try {
    return await readTable(name, blob, reading, new Reader(name), null);
  } catch (error) {
    if (!(error instanceof NotUtf8Error)) throw error;
    const opened = await readTable(name, blob, reading, new Reader(name), 'windows-1252');
    return { ...opened, notes: [...opened.notes, `${error.message.replace(/ Save it as UTF-8\.$/, '')} It was read as Windows-1252.`] };
  }
}

async function readTable(name: string, blob: Blob, reading: Reading, reader: CsvReader, encoding: Encoding | null): Promise<Opened> {
  const text = new TextReader(name, encoding);
  await eachPiece(name, blob, reading, (bytes) => reader.push(text.push(bytes)));
  reader.push(text.end());
  // features and a label
  const table = reader.end(2);
  return { name, contents: { kind: 'table', table }, notes: reader.notes };
}

async function headOf(name: string, blob: Blob): Promise<Uint8Array> {
  const head = await bytesOf(name, blob.slice(0, headBytes));
  if (!isGzip(head)) return head;
  const pieces: Uint8Array[] = [];
  let sizeBytes = 0;
  await eachPiece(name, blob, {}, (bytes) => {
    pieces.push(bytes);
    sizeBytes += bytes.length;
    return sizeBytes < headBytes;
  });
  return joined(pieces, Math.min(sizeBytes, headBytes));
}

/** A file may have gone, or changed, since it was chosen. */
async function bytesOf(name: string, blob: Blob): Promise<Uint8Array<ArrayBuffer>> {
  try {
    return new Uint8Array(await blob.arrayBuffer());
  } catch (cause) {
    const said = cause instanceof Error ? cause.message : String(cause);
    throw new DataError(name, `could not be read (${said}). It may have been moved, changed or deleted since: choose it again.`, { cause });
  }
}

function joined(pieces: readonly Uint8Array[], sizeBytes: number): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(sizeBytes);
  let at = 0;
  for (const piece of pieces) {
    const part = piece.subarray(0, sizeBytes - at);
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}

async function wholeOf(name: string, blob: Blob, reading: Reading): Promise<Uint8Array<ArrayBuffer>> {
  const tooLarge = (): DataError =>
    new DataError(name, `expected at most ${largestWholeBytes / 2 ** 30} GiB, since it has to fit memory, found more. Take a part of it.`);
  if (blob.size > largestWholeBytes) throw tooLarge();
  const pieces: Uint8Array[] = [];
  let sizeBytes = 0;
  await eachPiece(name, blob, reading, (bytes) => {
    pieces.push(bytes);
    sizeBytes += bytes.length;
    if (sizeBytes > largestWholeBytes) throw tooLarge();
  });
  return joined(pieces, sizeBytes);
}

/** Hands on what the file holds, unpacked where it is gzip. @param take false: it has enough */
async function eachPiece(name: string, blob: Blob, { onProgress, signal }: Reading, take: (bytes: Uint8Array) => unknown): Promise<void> {
  const packed = isGzip(await bytesOf(name, blob.slice(0, 2)));
  const { stream, loadedBytes } = counted(blob);
  // the types of a page, unlike those of a worker, take its input for something else than bytes
  const unpack = new DecompressionStream('gzip') as unknown as TransformStream<Uint8Array, Uint8Array>;
  const reader = (packed ? stream.pipeThrough(unpack) : stream).getReader();
  let isWhole = false;
  try {
    for (;;) {
      const next = await nextPiece(name, reader, packed);
      signal?.throwIfAborted();
      isWhole = next === null;
      if (next === null || take(next) === false) return;
      onProgress?.({ file: name, loadedBytes: loadedBytes(), totalBytes: blob.size });
    }
  } finally {
    if (!isWhole) await reader.cancel().catch(() => undefined);
  }
}

/** The bytes of the file as they lie on the disk, and how many were taken. */
function counted(blob: Blob): { readonly stream: ReadableStream<Uint8Array>; readonly loadedBytes: () => number } {
  let loadedBytes = 0;
  const count = new TransformStream<Uint8Array, Uint8Array>({
    transform(bytes, controller) {
      loadedBytes += bytes.length;
      controller.enqueue(bytes);
    },
  });
  return { stream: (blob.stream() as ReadableStream<Uint8Array>).pipeThrough(count), loadedBytes: () => loadedBytes };
}

async function nextPiece(name: string, reader: ReadableStreamDefaultReader<Uint8Array>, packed: boolean): Promise<Uint8Array | null> {
  try {
    const { done, value } = await reader.read();
    return done ? null : value;
  } catch (cause) {
    const said = cause instanceof Error ? cause.message : String(cause);
    const what = packed ? 'expected a whole gzip stream, found it damaged or cut short' : 'could not be read to its end';
    throw new DataError(name, `${what} (${said}).`, { cause });
  }
}
