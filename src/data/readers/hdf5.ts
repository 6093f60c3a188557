/**
 * Reads the arrays of an HDF5 file with the HDF5 library itself, compiled to WebAssembly, which knows every layout and
 * checks what it reads. It is large: import this file only where there is such a file.
 */
import h5wasm, { Dataset, type File as Hdf5File, Group } from 'h5wasm';
import { DataError } from '../errors.ts';
import { countOf, decodeNumbers, once, shapeText, type ArrayEntry, type ArrayValues } from '../own/arrays.ts';

/** By the numbers that the HDF Group gives out. */
const knownFilters = new Map([
  [1, 'deflate'],
  [2, 'shuffle'],
  [3, 'fletcher32'],
  [5, 'nbit'],
  [6, 'scaleoffset'],
]);
/** More arrays are not listed. */
const mostArrays = 1000;
const mostDepth = 16;

type Library = NonNullable<Awaited<typeof h5wasm.ready>>;

/** What is the same for every array of a file. */
interface Source {
  readonly input: string;
  readonly library: Library;
  readonly found: ArrayEntry[];
}

/** The library prints what goes wrong inside; told to, it throws instead. */
async function libraryOf(): Promise<Library> {
  const ready = await h5wasm.ready;
  ready.activate_throwing_error_handler();
  return ready;
}

/**
 * The arrays, of whose values none is read yet. The file stays in memory as long as they are held.
 * @throws DataError
 */
export async function readHdf5(input: string, bytes: Uint8Array): Promise<readonly ArrayEntry[]> {
  const library = await libraryOf();
  // a path of its own for each: files of one name may be open side by side
  const path = `/own-${crypto.randomUUID()}.h5`;
  library.FS.writeFile(path, bytes);
  return guarded(input, 'the file', () => {
    const file = new h5wasm.File(path, 'r');
    const found: ArrayEntry[] = [];
    collect({ input, library, found }, file, '', ['']);
    if (found.length === 0) throw new DataError(input, 'expected arrays, found an HDF5 file without any.');
    return found;
  });
}

/** @param around paths of the group and of those around it, links resolved: one that leads back to them is not followed */
function collect(source: Source, group: Group | Hdf5File, prefix: string, around: readonly string[]): void {
  const { input, found } = source;
  if (around.length > mostDepth + 1)
    throw new DataError(input, `group “${prefix}”: expected at most ${mostDepth} levels of groups, found more.`);
  for (const key of group.keys()) {
    if (found.length >= mostArrays) return;
    const item = group.get(key);
    const name = `${prefix}${key}`;
    if (item instanceof Dataset) found.push(entryOf(source, name, item));
    if (!(item instanceof Group)) continue;
    const path = pathOf(group, key, around.at(-1) ?? '');
    if (!around.includes(path)) collect(source, item, `${name}/`, [...around, path]);
  }
}

/** Where a group lies, or a link to one leads; nothing for the outermost. @param here path of the group around */
function pathOf(group: Group | Hdf5File, key: string, here: string): string {
  // declared as text alone, yet null where there is no link
  const link = group.get_link(`${group.path}/${key}`) as string | null;
  const path = link === null ? `${here}/${key}` : link.startsWith('/') ? link : `${here}/${link}`;
  return path
    .split('/')
    .filter((part) => part !== '' && part !== '.')
    .map((part) => `/${part}`)
    .join('');
}

function entryOf({ input, library }: Source, name: string, item: Dataset): ArrayEntry {
  const { metadata } = item;
  const shape = item.shape ?? [];
  const type = typeName(metadata);
  const read = once((): ArrayValues => {
    if (type === null)
      throw new DataError(input, `array “${name}”: expected numbers or text, found another type (class ${metadata.type}).`);
    const strange = item.filters.find(({ id }) => !knownFilters.has(id));
    if (strange) {
      throw new DataError(
        input,
        `array “${name}”: expected to be packed with gzip, or not at all, found the filter “${strange.name || strange.id}”. Save it again with compression="gzip".`,
      );
    }
    return guarded(input, `array “${name}” ${shapeText(shape)}`, () =>
      type === 'float16' ? halvesOf(input, library, item) : valuesOf(input, name, item.value),
    );
  });
  return { name, shape, type: type ?? 'other', read };
}

/** Null for what is not read: compounds, references, opaque bytes. */
function typeName({ type, size, signed, enum_type: members }: Dataset['metadata']): string | null {
  if (type === 0) return `${signed ? 'int' : 'uint'}${8 * size}`;
  if (type === 1) return size === 2 || size === 4 || size === 8 ? `float${8 * size}` : null;
  if (type === 3) return 'text';
  return type === 8 && members ? 'bool' : null;
}

/** The library brings their bytes into the order of WebAssembly, and knows no numbers of this size. */
function halvesOf(input: string, library: Library, { file_id, path, shape }: Dataset): ArrayValues {
  const count = countOf(shape ?? []);
  const sizeBytes = 2 * count;
  const start = library._malloc(sizeBytes);
  if (start === 0) throw new DataError(input, `expected memory for ${sizeBytes} bytes, found none left.`);
  try {
    library.get_dataset_data(file_id, path, null, null, null, BigInt(start));
    const bytes = library.HEAPU8.subarray(start, start + sizeBytes);
    return decodeNumbers(input, bytes, count, { kind: 'float', sizeBytes: 2, littleEndian: true });
  } finally {
    library._free(start);
  }
}

function valuesOf(input: string, name: string, value: unknown): ArrayValues {
  if (value instanceof BigInt64Array || value instanceof BigUint64Array) return Float64Array.from(value, Number);
  if (ArrayBuffer.isView(value)) return value as unknown as ArrayValues;
  if (Array.isArray(value)) return value.map(String);
  if (typeof value === 'number' || typeof value === 'bigint') return Float64Array.of(Number(value));
  if (typeof value === 'string') return [value];
  throw new DataError(input, `array “${name}”: expected numbers or text, found nothing that can be read.`);
}

/** Whatever the library throws, in a sentence that names the file. */
function guarded<T>(input: string, what: string, work: () => T): T {
  try {
    return work();
  } catch (cause) {
    if (cause instanceof DataError) throw cause;
    const said = cause instanceof Error ? cause.message : String(cause);
    const short = (said.split('\n').find((line) => line.includes(': ')) ?? said).replace(/^.*\(\): /, '').slice(0, 160);
    throw new DataError(input, `${what}: expected whole HDF5 data, found it damaged or cut short (${short}).`, { cause });
  }
}
