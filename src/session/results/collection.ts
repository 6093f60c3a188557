/** Many results in one file, with what their owner wrote beside them; and reading a file that holds one result or many. */
import { ResultFileError, shown } from './errors.ts';
import { readResult } from './read.ts';
import type { Result } from './result.ts';
import { flag, isObject, text as textOf } from './shapes.ts';

export interface Filed {
  readonly result: Result;
  readonly name: string;
  readonly note: string;
  readonly pinned: boolean;
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
  };
}

/**
 * @param text what the file holds: a result, or a collection of them
 * @throws ResultFileError, which names the file, and the result in it where there are many
 */
export function readFiled(text: string, file: string): readonly Filed[] {
  const collection = asCollection(text);
  if (!collection) return [{ result: readResult(text, file), name: '', note: '', pinned: false }];
  const { schema, results } = collection;
  if (schema !== 1) {
    const newer = typeof schema === 'number' && schema > 1 ? ', which a newer Downhill wrote' : '';
    throw new ResultFileError(file, 'schema', '1', `${shown(schema)}${newer}`, 'Open it with a Downhill as new as that one.');
  }
  if (!Array.isArray(results) || results.length > mostResults) {
    throw new ResultFileError(file, 'results', `a list of at most ${mostResults}`, shown(results));
  }
  return results.map((one: unknown, at) => filed(one, `${file}, result ${at + 1}`));
}
