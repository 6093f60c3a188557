/**
 * NumPy's files: arrays as `.npy`, several of them zipped as `.npz`. Format: numpy.org/doc/stable/reference/generated/numpy.lib.format.html.
 * Which arrays there are is `files.ts`'s.
 */
import { zipSync } from 'fflate';

export type NpyValues = Uint8Array | Float32Array | Float64Array | Int32Array;

export interface NpyArray {
  /** Row-major; `[]` is a single number. */
  readonly shape: readonly number[];
  readonly values: NpyValues;
}

/** Magic, version and the length of the header that follows. */
const preambleBytes = 10;
/** NumPy wants the values to begin at a multiple of this. */
const alignment = 64;

function typeCode(values: NpyValues): string {
  if (values instanceof Uint8Array) return '|u1';
  if (values instanceof Float32Array) return '<f4';
  return values instanceof Float64Array ? '<f8' : '<i4';
}

/** @throws RangeError when shape and values do not have the same size */
export function npyBytes({ shape, values }: NpyArray): Uint8Array<ArrayBuffer> {
  const size = shape.reduce((product, length) => product * length, 1);
  if (size !== values.length) throw new RangeError(`shape (${shape.join(', ')}) holds ${size} values, not ${values.length}`);
  const tuple = shape.length === 1 ? `${shape[0] ?? 0},` : shape.join(', ');
  const said = `{'descr': '${typeCode(values)}', 'fortran_order': False, 'shape': (${tuple}), }`;
  const headerBytes = Math.ceil((preambleBytes + said.length + 1) / alignment) * alignment - preambleBytes;
  const bytes = new Uint8Array(preambleBytes + headerBytes + values.byteLength);
  bytes.set([0x93, ...Array.from('NUMPY', (letter) => letter.charCodeAt(0)), 1, 0, headerBytes & 255, headerBytes >>> 8]);
  new TextEncoder().encodeInto(`${said.padEnd(headerBytes - 1)}\n`, bytes.subarray(preambleBytes));
  bytes.set(new Uint8Array(values.buffer, values.byteOffset, values.byteLength), preambleBytes + headerBytes);
  return bytes;
}

/** Lightly packed: pixels of drawings become a third, and forty megabytes take a second. */
export function npzBytes(arrays: Readonly<Record<string, NpyArray>>): Uint8Array<ArrayBuffer> {
  const files = Object.fromEntries(Object.entries(arrays).map(([name, array]) => [`${name}.npy`, npyBytes(array)]));
  return zipSync(files, { level: 1 });
}
