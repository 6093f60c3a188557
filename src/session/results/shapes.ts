/**
 * Readers of values that came out of a file: small functions that either answer a value of their type or throw with the
 * path at which they stand. What a results file looks like is put together from them elsewhere.
 */
import { ResultFileError, shown } from './errors.ts';

export interface Place {
  readonly file: string;
  readonly path: string;
}

/** @throws ResultFileError */
export type Reader<T> = (value: unknown, place: Place) => T;

export function fail({ file, path }: Place, expected: string, found: string): never {
  throw new ResultFileError(file, path, expected, found);
}

export function inside({ file, path }: Place, key: string | number): Place {
  if (typeof key === 'number') return { file, path: `${path}[${key}]` };
  return { file, path: path === '' ? key : `${path}.${key}` };
}

export const text: Reader<string> = (value, place) => (typeof value === 'string' ? value : fail(place, 'text', shown(value)));

/** Text that is not empty. */
export const name: Reader<string> = (value, place) =>
  typeof value === 'string' && value !== '' ? value : fail(place, 'a name', shown(value));

export const flag: Reader<boolean> = (value, place) => (typeof value === 'boolean' ? value : fail(place, 'true or false', shown(value)));

/** A day and a time as `Date.prototype.toISOString` writes them. */
export const moment: Reader<string> = (value, place) => {
  const reads = typeof value === 'string' && /^\d{4}-\d\d-\d\dT[\d:.]+Z$/.test(value) && Number.isFinite(Date.parse(value));
  return reads ? value : fail(place, 'a moment such as 2026-01-31T12:00:00.000Z', shown(value));
};

function numbers(expected: string, fits: (value: number) => boolean): Reader<number> {
  return (value, place) =>
    typeof value === 'number' && Number.isFinite(value) && fits(value) ? value : fail(place, expected, shown(value));
}

export const finite = numbers('a number', () => true);
export const positive = numbers('a number above 0', (value) => value > 0);
export const notNegative = numbers('a number of 0 or more', (value) => value >= 0);
export const between = (low: number, high: number): Reader<number> =>
  numbers(`a number from ${low} to ${high}`, (value) => value >= low && value <= high);
export const wholeBetween = (low: number, high: number): Reader<number> =>
  numbers(`a whole number from ${low} to ${high}`, (value) => Number.isSafeInteger(value) && value >= low && value <= high);
/** A whole number of at least `low`. */
export const count = (low: number): Reader<number> =>
  numbers(`a whole number of ${low} or more`, (value) => Number.isSafeInteger(value) && value >= low);

export function oneOf<T extends string | number>(values: readonly T[]): Reader<T> {
  const expected = values.length === 1 ? JSON.stringify(values[0]) : `one of ${values.join(', ')}`;
  return (value, place) => values.find((one) => one === value) ?? fail(place, expected, shown(value));
}

export function nullable<T>(reader: Reader<T>): Reader<T | null> {
  return (value, place) => (value === null ? null : reader(value, place));
}

/** A field that may be missing. */
export function optional<T>(reader: Reader<T>): Reader<T | undefined> {
  return (value, place) => (value === undefined ? undefined : reader(value, place));
}

/** Numbers that JSON cannot hold are written as null. */
export function nullAsNaN(reader: Reader<number>): Reader<number> {
  return (value, place) => (value === null ? Number.NaN : reader(value, place));
}

export const notFiniteAsNull = nullAsNaN(finite);

export function list<T>(reader: Reader<T>, least = 0): Reader<readonly T[]> {
  const expected = least === 0 ? 'a list' : `a list of ${least} or more`;
  return (value, place) =>
    Array.isArray(value) && value.length >= least
      ? value.map((item: unknown, index) => reader(item, inside(place, index)))
      : fail(place, expected, shown(value));
}

/** Two of a kind. */
export function pair<T>(reader: Reader<T>): Reader<readonly [T, T]> {
  return (value, place) => {
    if (!Array.isArray(value) || value.length !== 2) return fail(place, 'a list of 2', shown(value));
    return [reader(value[0], inside(place, 0)), reader(value[1], inside(place, 1))];
  };
}

/** Low and high of an interval. */
export const interval: Reader<readonly [number, number]> = (value, place) => {
  const [low, high] = pair(finite)(value, place);
  return low <= high ? [low, high] : fail(place, 'the lower end first', `[${low}, ${high}]`);
};

/** An object whose fields are whole numbers of 0 or more, whatever their names. */
export const countsByName: Reader<Readonly<Record<string, number>>> = (value, place) => {
  if (!isObject(value)) return fail(place, 'an object', shown(value));
  return Object.fromEntries(Object.entries(value).map(([key, field]) => [key, count(0)(field, inside(place, key))]));
};

export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** An object with these fields; those that it has beside them are left out. */
export function shape<T extends object>(fields: { readonly [Key in keyof T]-?: Reader<T[Key]> }): Reader<T> {
  const entries = Object.entries<Reader<unknown>>(fields);
  return (value, place) => {
    if (!isObject(value)) return fail(place, 'an object', shown(value));
    const read = entries.map(([key, reader]) => [key, reader(Object.hasOwn(value, key) ? value[key] : undefined, inside(place, key))]);
    return Object.fromEntries(read.filter(([, field]) => field !== undefined)) as T;
  };
}

/** A reader and what must hold between the parts of what it read. */
export function where<T>(reader: Reader<T>, check: (value: T, place: Place) => void): Reader<T> {
  return (value, place) => {
    const read = reader(value, place);
    check(read, place);
    return read;
  };
}
