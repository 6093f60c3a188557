/** Reading a results file: nothing of it is believed before it was looked at. What a result holds is the schemas' matter. */
import { benchResult } from './bench-schema.ts';
import { ResultFileError, shown } from './errors.ts';
import { raceResult } from './race-schema.ts';
import type { Result } from './result.ts';
import { isObject, type Reader } from './shapes.ts';
import { sweepResult } from './sweep-schema.ts';
import { trainResult } from './train-schema.ts';

const kinds: { readonly [Kind in Result['kind']]: Reader<Extract<Result, { readonly kind: Kind }>> } = {
  bench: benchResult,
  race: raceResult,
  sweep: sweepResult,
  train: trainResult,
};

function isKind(value: unknown): value is Result['kind'] {
  return typeof value === 'string' && Object.hasOwn(kinds, value);
}

function parsed(text: string, file: string): unknown {
  if (text.trim() === '') throw new ResultFileError(file, '', 'a result', 'an empty file');
  try {
    return JSON.parse(text);
  } catch (error) {
    const why = (error instanceof Error ? error.message : String(error)).replace(/\s+/g, ' ');
    throw new ResultFileError(file, '', 'JSON', `text that is none (${why})`);
  }
}

/**
 * @param text what the file holds
 * @param file its name, for the message
 * @throws ResultFileError
 */
export function readResult(text: string, file: string): Result {
  const value = parsed(text, file);
  if (!isObject(value)) throw new ResultFileError(file, '', 'an object', shown(value));
  const { schema, kind } = value;
  if (typeof schema === 'number' && Number.isInteger(schema) && schema > 1) {
    throw new ResultFileError(
      file,
      'schema',
      '1',
      `${schema}, which a newer Downhill wrote`,
      'Open it with a Downhill as new as that one.',
    );
  }
  if (schema !== 1) throw new ResultFileError(file, 'schema', '1', shown(schema));
  if (!isKind(kind)) throw new ResultFileError(file, 'kind', `one of ${Object.keys(kinds).join(', ')}`, shown(kind));
  return kinds[kind](value, { file, path: '' });
}
