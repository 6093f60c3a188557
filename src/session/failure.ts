/** From an error to what the page is told: which kind, and the error's own words. */
import { DataError } from '../data/errors.ts';
import { CapacityError, DeviceLostError, ProblemError, ShaderError } from '../engine/errors.ts';
import type { Failure } from './protocol.ts';

export function failureOf(error: unknown): Failure {
  const message = error instanceof Error ? error.message : String(error);
  if (error instanceof DataError) return { kind: 'data', message };
  if (error instanceof ProblemError) return { kind: 'problem', message };
  if (error instanceof CapacityError || error instanceof RangeError || error instanceof DeviceLostError)
    return { kind: 'capacity', message };
  if (error instanceof ShaderError) return { kind: 'shader', message };
  return { kind: 'unexpected', message };
}
