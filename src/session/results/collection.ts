/** Many results in one file, with what their owner wrote beside them; and reading a file that holds one result or many. */
import { ResultFileError, shown } from './errors.ts';
import { readResult } from './read.ts';
import type { Result } from './result.ts';
import { count, flag, isObject, optional, text as textOf } from './shapes.ts';

const moment = optional(count(0));

export interface Filed {
  readonly result: Result;
  readonly name: string;
  readonly note: string;
  readonly pinned: boolean;
  /** When it was kept, milliseconds since 1970; missing where a file is older than it, and in a file of one result. */
  readonly keptAt?: number | undefined;
}

/** As it was read from a file. */
export interface ReadFiled extends Filed {
  /** Its place in the file, counted from 1. */
  readonly place: number;
}

export interface FiledResults {
  readonly results: readonly ReadFiled[];
  /** Of each result in a collection that cannot be used, what is wrong with it. */
  readonly damaged: readonly ResultFileError[];
}

const kind = 'collection';

/** Of a class there may be hundreds; more is no honest file. */
const mostResults = 5000;

export function collectionText(results: readonly Filed[]): string {
  return `${JSON.stringify({ schema: 1, kind, results })}\n`;
}

function asCollection(text: string): Readonly<Record<string, unknown>> | null {
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) && value['kind'] === kind ? value : null;
  } catch {
    // the reader of a single result says what is wrong
    return null;
  }
}

function filed(value: unknown, file: string): Filed {
  const place = { file, path: '' };
  if (!isObject(value)) throw new ResultFileError(file, '', 'an object', shown(value));
  return {
    result: readResult(JSON.stringify(value['result'] ?? null), file),
    name: textOf(value['name'], { ...place, path: 'name' }),
    note: textOf(value['note'], { ...place, path: 'note' }),
    pinned: flag(value['pinned'], { ...place, path: 'pinned' }),
    keptAt: moment(value['keptAt'], { ...place, path: 'keptAt' }),
  };
}

function readEach(results: readonly unknown[], file: string): FiledResults {
  const found: ReadFiled[] = [];
  const damaged: ResultFileError[] = [];
  for (const [at, one] of results.entries()) {
    try {
      found.push({ ...filed(one, `${file}, result ${at + 1}`), place: at + 1 });
    } catch (error) {
      if (!(error instanceof ResultFileError)) throw error;
      damaged.push(error);
    }
  }
  return { results: found, damaged };
}

/**
 * @param text what the file holds: a result, or a collection of them, of which the damaged ones are told beside the others
 * @throws ResultFileError, which names the file, where nothing of it can be used
 */
export function readFiled(text: string, file: string): FiledResults {
  const collection = asCollection(text);
  if (!collection) return { results: [{ result: readResult(text, file), name: '', note: '', pinned: false, place: 1 }], damaged: [] };
  const { schema, results } = collection;
  if (schema !== 1) {
    const newer = typeof schema === 'number' && schema > 1 ? ', which a newer Downhill wrote' : '';
    throw new ResultFileError(file, 'schema', '1', `${shown(schema)}${newer}`, 'Open it with a Downhill as new as that one.');
  }
  if (!Array.isArray(results) || results.length > mostResults) {
    throw new ResultFileError(file, 'results', `a list of at most ${mostResults}`, shown(results));
  }
  return readEach(results, file);
}
