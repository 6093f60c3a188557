/** An array of examples and one of labels as a part of a set: checked value by value, pixels as bytes, the rest as floats. */
import type { ImageShape } from '../dataset.ts';
import { DataError } from '../errors.ts';
import { sharable } from '../sharable.ts';
import { mostCategories } from '../table.ts';
import { countOf, shapeText, type ArrayEntry, type NumberValues } from './arrays.ts';
import type { OwnChoice, OwnFeatures, OwnPart } from './own-data.ts';

/** A side shorter than this is no picture's. */
const leastSide = 4;

/** @param target of each example of x */
export function arrayPart(input: string, x: ArrayEntry, target: Float64Array): { readonly n: number; readonly part: OwnPart } {
  const [m = 0, ...rest] = x.shape;
  const n = countOf(rest);
  if (m < 1 || n < 1) throw new DataError(input, `array “${x.name}”: expected examples with features, found shape ${shapeText(x.shape)}.`);
  const values = x.read();
  if (!ArrayBuffer.isView(values)) throw new DataError(input, `array “${x.name}”: expected numbers as features, found text.`);
  if (values.length !== m * n)
    throw new DataError(input, `array “${x.name}”: expected ${m * n} values for shape ${shapeText(x.shape)}, found ${values.length}.`);
  return { n, part: { m, features: featuresOf(input, x, values, n), target } };
}

function featuresOf(input: string, x: ArrayEntry, values: NumberValues, n: number): OwnFeatures {
  const floats = values instanceof Float32Array || values instanceof Float64Array;
  const places = planesLast(x.shape) ? planePlaces(x.shape) : null;
  const integer = /^u?int|^bool/.test(x.type);
  if (values instanceof Uint8Array || (integer && x.shape.length >= 3 && values.every((value: number) => value >= 0 && value <= 255))) {
    return { kind: 'bytes', values: copied(Uint8Array, values, n, places) };
  }
  if (floats) {
    const at = values.findIndex((value: number) => !Number.isFinite(value));
    if (at >= 0) {
      const place = `array “${x.name}”, example ${Math.floor(at / n)}, feature ${at % n}`;
      throw new DataError(input, `${place}: expected a finite number, found ${String(values[at])}.`);
    }
  }
  const wide = values instanceof Float64Array || values instanceof Int32Array || values instanceof Uint32Array;
  return { kind: 'floats', values: wide ? copied(Float64Array, values, n, places) : copied(Float32Array, values, n, places) };
}

/** Colours that come as three planes, (3, h, w). */
export function planesLast(shape: readonly number[]): boolean {
  const [, channels = 0, height = 0, width = 0] = shape;
  return shape.length === 4 && channels === 3 && height >= leastSide && width > 3;
}

/** For each value of an example, pixel by pixel, its place among planes. */
function planePlaces([, channels = 0, height = 0, width = 0]: readonly number[]): Uint32Array {
  const pixels = height * width;
  return Uint32Array.from({ length: channels * pixels }, (_, at) => (at % channels) * pixels + Math.floor(at / channels));
}

function copied<T extends Uint8Array | Float32Array | Float64Array>(
  kind: { readonly BYTES_PER_ELEMENT: number; new (buffer: ArrayBufferLike): T },
  values: NumberValues,
  n: number,
  places: Uint32Array | null,
): T {
  const own = sharable(kind, values.length);
  if (places === null) own.set(values);
  else for (let at = 0; at < own.length; at++) own[at] = values[at - (at % n) + (places[at % n] ?? 0)] ?? 0;
  return own;
}

/** The picture that an example is, where its shape is one's and its values are bytes. */
export function imageOf(shape: readonly number[], kind: OwnFeatures['kind']): ImageShape | null {
  if (kind !== 'bytes') return null;
  const [, a = 0, b = 0, c = 1] = shape;
  if (planesLast(shape)) return { width: shape[3] ?? 0, height: shape[2] ?? 0, channels: 3 };
  const channels = c === 1 || c === 3 ? c : null;
  if (shape.length < 3 || shape.length > 4 || channels === null || a < leastSide || b < leastSide) return null;
  return { width: b, height: a, channels };
}

interface Labels {
  readonly target: Float64Array;
  readonly classNames: readonly string[];
}

/**
 * @param names of the classes, where the file brings them: labels are then places in them
 * @param known of the training part, for a test part
 * @throws DataError for a single class, too many, or one that is not among them
 */
export function readLabels(
  input: string,
  y: ArrayEntry,
  target: OwnChoice['target'],
  names: readonly string[] | null,
  known: readonly string[] | null,
): Labels {
  const values = y.read();
  const place = `array “${y.name}”`;
  if (target === 'number') {
    if (!ArrayBuffer.isView(values)) throw new DataError(input, `${place}: expected numbers to predict, found text.`);
    return { target: checkedNumbers(input, place, values), classNames: [] };
  }
  const words = ArrayBuffer.isView(values) ? Array.from(values as ArrayLike<number>, String) : values;
  const wrong = ArrayBuffer.isView(values) ? (values as Float64Array).findIndex((value) => !Number.isInteger(value)) : -1;
  if (wrong >= 0) throw new DataError(input, `${place}, example ${wrong}: expected the number of a class, found ${words[wrong] ?? ''}.`);
  const classNames = known ?? classesAmong(input, place, words, names);
  const index = new Map(classNames.map((name, at) => [name, at]));
  const own = sharable(Float64Array, words.length);
  words.forEach((word, at) => {
    const label =
      index.get(word) ??
      (/^\d+$/.test(word) && Number(word) < classNames.length && names !== null ? Number(word) : placeAmong(word, known));
    if (label === undefined)
      throw new DataError(input, `${place}, example ${at}: expected one of ${listed(known, names, classNames)}, found ${word}.`);
    own[at] = label;
  });
  return { target: own, classNames };
}

/** A test part counts its classes as training did, whose names may be others. */
function placeAmong(word: string, known: readonly string[] | null): number | undefined {
  const at = Number(word);
  return known !== null && /^\d+$/.test(word) && at < known.length && !known.every((name) => /^-?\d+$/.test(name)) ? at : undefined;
}

function listed(known: readonly string[] | null, names: readonly string[] | null, classNames: readonly string[]): string {
  if (known === null && names !== null) return `0 to ${names.length - 1}, since the file names ${names.length} classes`;
  const shown = classNames.slice(0, 12).join(', ');
  return `the classes of training (${shown}${classNames.length > 12 ? ' …' : ''})`;
}

function classesAmong(input: string, place: string, words: readonly string[], names: readonly string[] | null): readonly string[] {
  const found = [...new Set(words)];
  if (found.length < 2) throw new DataError(input, `${place}: expected at least two classes, found “${found[0] ?? ''}” alone.`);
  if (names && names.length >= 2 && words.every((word) => /^-?\d+$/.test(word))) return names;
  if (found.length > mostCategories) {
    throw new DataError(input, `${place}: expected at most ${mostCategories} classes, found ${found.length}. Is it a number to predict?`);
  }
  const numbers = found.every((word) => /^-?\d+$/.test(word));
  return numbers ? found.sort((a, b) => Number(a) - Number(b)) : found.sort();
}

function checkedNumbers(input: string, place: string, values: NumberValues): Float64Array {
  const own = sharable(Float64Array, values.length);
  own.set(values);
  const at = own.findIndex((value) => !Number.isFinite(value));
  if (at >= 0) throw new DataError(input, `${place}, example ${at}: expected a finite number, found ${String(own[at])}.`);
  if (own.every((value) => value === own[0]))
    throw new DataError(input, `${place}: expected numbers that differ, found ${own[0] ?? ''} for every example.`);
  return own;
}
