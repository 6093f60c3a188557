/** Reads IDX, the format of MNIST and its kin: an array of one number type and any shape. Unpacking gzip is left to others. */
import { DataError } from '../errors.ts';

export type IdxValues =
  | Uint8Array<ArrayBuffer>
  | Int8Array<ArrayBuffer>
  | Int16Array<ArrayBuffer>
  | Int32Array<ArrayBuffer>
  | Float32Array<ArrayBuffer>
  | Float64Array<ArrayBuffer>;

export interface IdxArray {
  /** Length of each dimension, the slowest first. */
  readonly shape: readonly number[];
  /** The product of `shape` numbers, row-major. Bytes are a view of the file, anything wider is a copy. */
  readonly values: IdxValues;
}

interface IdxType {
  readonly sizeBytes: number;
  readonly read: (view: DataView<ArrayBuffer>, count: number) => IdxValues;
}

/** By type code, the third byte of the file. Numbers are big-endian. */
const types: ReadonlyMap<number, IdxType> = new Map([
  [0x08, { sizeBytes: 1, read: (view, count) => new Uint8Array(view.buffer, view.byteOffset, count) }],
  [0x09, { sizeBytes: 1, read: (view, count) => new Int8Array(view.buffer, view.byteOffset, count) }],
  [0x0b, { sizeBytes: 2, read: (view, count) => Int16Array.from({ length: count }, (_, i) => view.getInt16(2 * i)) }],
  [0x0c, { sizeBytes: 4, read: (view, count) => Int32Array.from({ length: count }, (_, i) => view.getInt32(4 * i)) }],
  [0x0d, { sizeBytes: 4, read: (view, count) => Float32Array.from({ length: count }, (_, i) => view.getFloat32(4 * i)) }],
  [0x0e, { sizeBytes: 8, read: (view, count) => Float64Array.from({ length: count }, (_, i) => view.getFloat64(8 * i)) }],
] satisfies [number, IdxType][]);

const hex = (value: number): string => `0x${value.toString(16).padStart(2, '0')}`;

/** The type and shape that the header gives, checked against what IDX allows. */
function readHeader(input: string, view: DataView): { type: IdxType; shape: number[]; headerBytes: number } {
  if (view.byteLength === 0) throw new DataError(input, 'expected an IDX file, found an empty file.');
  if (view.byteLength < 4) throw new DataError(input, `cut short at byte ${view.byteLength}: expected the 4 bytes that open an IDX file.`);
  if (view.getUint16(0) !== 0) {
    throw new DataError(
      input,
      `wrong magic number at byte 0: expected 0x00 0x00, found ${hex(view.getUint8(0))} ${hex(view.getUint8(1))}. Is it an IDX file?`,
    );
  }
  const type = types.get(view.getUint8(2));
  if (type === undefined) {
    throw new DataError(
      input,
      `unknown type code at byte 2: expected one of ${[...types.keys()].map(hex).join(', ')}, found ${hex(view.getUint8(2))}.`,
    );
  }
  const dimensions = view.getUint8(3);
  if (dimensions === 0) throw new DataError(input, 'number of dimensions at byte 3: expected at least 1, found 0.');
  const headerBytes = 4 + 4 * dimensions;
  if (view.byteLength < headerBytes) {
    throw new DataError(
      input,
      `cut short at byte ${view.byteLength}: expected a header of ${headerBytes} bytes for ${dimensions} dimensions.`,
    );
  }
  const shape: number[] = [];
  for (let d = 0; d < dimensions; d++) {
    const length = view.getUint32(4 + 4 * d);
    if (length === 0) throw new DataError(input, `length of dimension ${d} at byte ${4 + 4 * d}: expected at least 1, found 0.`);
    shape.push(length);
  }
  return { type, shape, headerBytes };
}

/**
 * @param input file name, for messages
 * @param bytes the file, unpacked
 * @throws DataError naming the byte at which the file stops being IDX
 */
export function readIdx(input: string, bytes: Uint8Array<ArrayBuffer>): IdxArray {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const { type, shape, headerBytes } = readHeader(input, view);
  const count = shape.reduce((product, length) => product * length, 1);
  const endByte = headerBytes + count * type.sizeBytes;
  if (bytes.byteLength < endByte) {
    throw new DataError(input, `cut short at byte ${bytes.byteLength}: expected ${endByte} bytes for shape (${shape.join(', ')}).`);
  }
  if (bytes.byteLength > endByte) {
    throw new DataError(
      input,
      `expected the end at byte ${endByte} for shape (${shape.join(', ')}), found ${bytes.byteLength - endByte} bytes more.`,
    );
  }
  return { shape, values: type.read(new DataView(bytes.buffer, bytes.byteOffset + headerBytes, endByte - headerBytes), count) };
}

/**
 * As `readIdx`, for an array of bytes of a known shape; null stands for any length.
 * @throws DataError also when type or shape differ from what is expected
 */
export function readIdxBytes(
  input: string,
  bytes: Uint8Array<ArrayBuffer>,
  expected: readonly (number | null)[],
): { readonly shape: readonly number[]; readonly values: Uint8Array<ArrayBuffer> } {
  const { shape, values } = readIdx(input, bytes);
  const fits = shape.length === expected.length && expected.every((length, d) => length === null || length === shape[d]);
  if (!(values instanceof Uint8Array) || !fits) {
    const wanted = expected.map((length) => length ?? 'any').join(', ');
    throw new DataError(input, `expected bytes of shape (${wanted}), found ${values.constructor.name} of shape (${shape.join(', ')}).`);
  }
  return { shape, values };
}
