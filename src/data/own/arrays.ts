/** Named arrays as files of numbers hold them, whatever the format: a shape, a type, and values that are read when wanted. */
import { DataError } from '../errors.ts';

export type NumberValues = Uint8Array | Int8Array | Uint16Array | Int16Array | Uint32Array | Int32Array | Float32Array | Float64Array;
export type ArrayValues = NumberValues | readonly string[];

export interface ArrayEntry {
  readonly name: string;
  /** Length of each dimension, the slowest first; none for a single value. */
  readonly shape: readonly number[];
  /** As NumPy calls it: `uint8`, `int64`, `float32`, `text`. */
  readonly type: string;
  /** All values, row-major. @throws DataError when they are damaged, or of a kind that is not read */
  read(): ArrayValues;
}

export function countOf(shape: readonly number[]): number {
  return shape.reduce((product, length) => product * length, 1);
}

export const shapeText = (shape: readonly number[]): string => `(${shape.join(', ')}${shape.length === 1 ? ',' : ''})`;

/** What the bytes of an array mean. */
export interface NumberType {
  readonly kind: 'int' | 'uint' | 'float';
  readonly sizeBytes: number;
  readonly littleEndian: boolean;
}

type Read = (view: DataView, at: number, littleEndian: boolean) => number;

interface Decoding {
  readonly make: (count: number) => NumberValues;
  readonly read: Read;
}

const decodings: Readonly<Record<string, Decoding>> = {
  uint1: { make: (count) => new Uint8Array(count), read: (view, at) => view.getUint8(at) },
  int1: { make: (count) => new Int8Array(count), read: (view, at) => view.getInt8(at) },
  uint2: { make: (count) => new Uint16Array(count), read: (view, at, little) => view.getUint16(at, little) },
  int2: { make: (count) => new Int16Array(count), read: (view, at, little) => view.getInt16(at, little) },
  uint4: { make: (count) => new Uint32Array(count), read: (view, at, little) => view.getUint32(at, little) },
  int4: { make: (count) => new Int32Array(count), read: (view, at, little) => view.getInt32(at, little) },
  uint8: { make: (count) => new Float64Array(count), read: (view, at, little) => Number(view.getBigUint64(at, little)) },
  int8: { make: (count) => new Float64Array(count), read: (view, at, little) => Number(view.getBigInt64(at, little)) },
  float2: { make: (count) => new Float32Array(count), read: (view, at, little) => half(view.getUint16(at, little)) },
  float4: { make: (count) => new Float32Array(count), read: (view, at, little) => view.getFloat32(at, little) },
  float8: { make: (count) => new Float64Array(count), read: (view, at, little) => view.getFloat64(at, little) },
};

/** IEEE 754 binary16. */
function half(bits: number): number {
  const exponent = (bits >> 10) & 31;
  const fraction = bits & 1023;
  const sign = bits >> 15 ? -1 : 1;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  if (exponent === 31) return fraction === 0 ? sign * Infinity : NaN;
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
}

/**
 * Integers of eight bytes become float64, halves float32.
 * @param bytes `count` numbers
 * @throws DataError for a size that no such number has
 */
export function decodeNumbers(input: string, bytes: Uint8Array, count: number, type: NumberType): NumberValues {
  const decoding = decodings[`${type.kind}${type.sizeBytes}`];
  if (decoding === undefined)
    throw new DataError(input, `expected numbers of 1, 2, 4 or 8 bytes, found ${type.kind}${8 * type.sizeBytes}.`);
  const values = decoding.make(count);
  const sameLayout = type.littleEndian && values.BYTES_PER_ELEMENT === type.sizeBytes && !(type.sizeBytes === 8 && type.kind !== 'float');
  if (sameLayout || type.sizeBytes === 1) {
    new Uint8Array(values.buffer).set(bytes.subarray(0, count * type.sizeBytes));
    return values;
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let i = 0, at = 0; i < count; i++, at += type.sizeBytes) values[i] = decoding.read(view, at, type.littleEndian);
  return values;
}

/** From Fortran's order, the first dimension fastest, to row-major. */
export function fromFortran<T extends NumberValues>(values: T, shape: readonly number[]): T {
  const out = values.slice() as T;
  const strides = shape.map((_, d) => countOf(shape.slice(0, d)));
  const index = shape.map(() => 0);
  for (let at = 0; at < out.length; at++) {
    out[at] = values[index.reduce((sum, i, d) => sum + i * (strides[d] ?? 0), 0)] ?? 0;
    for (let d = shape.length - 1; d >= 0; d--) {
      index[d] = (index[d] ?? 0) + 1;
      if ((index[d] ?? 0) < (shape[d] ?? 0)) break;
      index[d] = 0;
    }
  }
  return out;
}

/** Makes a value once. */
export function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | null = null;
  return () => (made ??= { value: make() }).value;
}
