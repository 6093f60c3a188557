/** From an error to what the page is told: which kind, and the error's own words. */
import { DataError } from '../data/errors.ts';
import { CapacityError, ProblemError, ShaderError } from '../engine/errors.ts';
import type { Failure } from './protocol.ts';

export function failureOf(error: unknown): Failure {
  const message = error instanceof Error ? error.message : String(error);
  if (error instanceof DataError) return { kind: 'data', message };
  if (error instanceof ProblemError) return { kind: 'problem', message };
  // what engines' arrays throw when memory is short; other range errors are mistakes of ours
  const allocation = error instanceof RangeError && /array (buffer )?(allocation|length)|typed array length/i.test(message);
  if (error instanceof CapacityError || allocation) return { kind: 'capacity', message };
  if (error instanceof ShaderError) return { kind: 'shader', message };
  return { kind: 'unexpected', message };
}
