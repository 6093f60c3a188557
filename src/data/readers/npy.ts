/**
 * Reads `.npy`, NumPy's file of one array. Source: NEP 1, "A simple file format for NumPy arrays". Archives of them
 * (`.npz`) are zips and so `zip.ts`'s.
 */
import { DataError } from '../errors.ts';
import { isNpy } from '../own/signatures.ts';
import { countOf, decodeNumbers, fromFortran, once, shapeText, type ArrayEntry, type ArrayValues, type NumberType } from '../own/arrays.ts';

/** More than any array has; NumPy itself stops at 64. */
const mostDimensions = 64;

interface Header {
  readonly descr: string;
  readonly fortran: boolean;
  readonly shape: readonly number[];
  /** Where the values start. */
  readonly dataByte: number;
}

/**
 * @param name what the array is called
 * @throws DataError naming the byte at which the file stops being NPY
 */
export function readNpy(input: string, name: string, bytes: Uint8Array): ArrayEntry {
  const header = readHeader(input, bytes);
  const { descr, shape, dataByte } = header;
  const type = typeOf(input, descr);
  const count = countOf(shape);
  const endByte = dataByte + count * type.sizeBytes;
  if (!Number.isSafeInteger(endByte) || bytes.length < endByte) {
    throw new DataError(
      input,
      `cut short at byte ${bytes.length}: expected ${endByte} bytes for shape ${shapeText(shape)} of ${type.name}.`,
    );
  }
  const read = once((): ArrayValues => {
    const data = bytes.subarray(dataByte, endByte);
    if (type.kind === 'text') return readTexts(data, count, type);
    const values = decodeNumbers(input, data, count, { kind: type.kind, sizeBytes: type.sizeBytes, littleEndian: type.littleEndian });
    return header.fortran && shape.length > 1 ? fromFortran(values, shape) : values;
  });
  return { name, shape, type: type.name, read };
}

function readHeader(input: string, bytes: Uint8Array): Header {
  if (!isNpy(bytes)) throw new DataError(input, 'wrong magic number at byte 0: expected 0x93 NUMPY. Is it an NPY file?');
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < 12) throw new DataError(input, `cut short at byte ${bytes.length}: expected the 12 bytes that open an NPY file.`);
  const version = view.getUint8(6);
  if (version < 1 || version > 3) throw new DataError(input, `version at byte 6: expected 1 to 3, found ${version}.`);
  const [start, length] = version === 1 ? [10, view.getUint16(8, true)] : [12, view.getUint32(8, true)];
  const dataByte = start + length;
  if (dataByte > bytes.length) throw new DataError(input, `cut short at byte ${bytes.length}: expected a header of ${length} bytes.`);
  const text = new TextDecoder().decode(bytes.subarray(start, dataByte));
  const descr = /'descr'\s*:\s*'([^']*)'/.exec(text)?.[1];
  const fortran = /'fortran_order'\s*:\s*(True|False)/.exec(text)?.[1];
  const dimensions = /'shape'\s*:\s*\(([\d\s,]*)\)/.exec(text)?.[1];
  if (descr === undefined || fortran === undefined || dimensions === undefined) {
    const found = text
      .slice(0, 80)
      .replaceAll(/[^\x20-\x7e]/g, '?')
      .trim();
    throw new DataError(input, `header at byte ${start}: expected type, order and shape of an array of one plain type, found ${found}.`);
  }
  const shape = dimensions
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '')
    .map(Number);
  if (shape.length > mostDimensions || !Number.isSafeInteger(countOf(shape)))
    throw new DataError(input, `header at byte ${start}: expected a shape that fits memory, found (${dimensions}).`);
  return { descr, fortran: fortran === 'True', shape, dataByte };
}

interface NpyType extends Omit<NumberType, 'kind'> {
  readonly kind: NumberType['kind'] | 'text';
  readonly name: string;
  readonly wide: boolean;
}

function typeOf(input: string, descr: string): NpyType {
  const [, order = '', letter = '', sizeText = ''] = /^([<>=|])([a-zA-Z])(\d*)$/.exec(descr) ?? [];
  const size = Number(sizeText);
  const littleEndian = order !== '>';
  const number = ({ b: 'uint', u: 'uint', i: 'int', f: 'float' } as const)[letter];
  const sizes = letter === 'b' ? [1] : letter === 'f' ? [2, 4, 8] : [1, 2, 4, 8];
  if (number !== undefined && sizes.includes(size))
    return { kind: number, sizeBytes: size, littleEndian, name: letter === 'b' ? 'bool' : `${number}${8 * size}`, wide: false };
  if (letter === 'S' && size > 0) return { kind: 'text', sizeBytes: size, littleEndian, name: 'text', wide: false };
  if (letter === 'U' && size > 0) return { kind: 'text', sizeBytes: 4 * size, littleEndian, name: 'text', wide: true };
  const why = letter === 'O' ? ' Python objects are not read: save the array with a plain type, as in x.astype("float32").' : '';
  throw new DataError(input, `type: expected whole numbers, floats, truth values or text, found “${descr.slice(0, 40)}”.${why}`);
}

function readTexts(data: Uint8Array, count: number, { sizeBytes, wide, littleEndian }: NpyType): readonly string[] {
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
  const decoder = new TextDecoder();
  return Array.from({ length: count }, (_, i) => {
    const start = i * sizeBytes;
    if (!wide) return decoder.decode(data.subarray(start, start + sizeBytes)).replace(/\0+$/, '');
    let text = '';
    for (let at = start; at < start + sizeBytes; at += 4) {
      const code = view.getUint32(at, littleEndian);
      if (code !== 0) text += code <= 0x10ffff ? String.fromCodePoint(code) : '\ufffd';
    }
    return text;
  });
}
