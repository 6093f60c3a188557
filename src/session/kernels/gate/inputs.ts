/** Seeded inputs of the gate: random values of every kind that a buffer holds, and what is left of a trace. */
import { Random, streams } from '../../../math/rng.ts';
import type { Region, Values } from './contract.ts';

export type Floats = Float32Array<ArrayBuffer>;

/** Drawn anew so often and then repeated: large inputs are there at once. A prime, so that no row or tile repeats in step with it. */
const period = 65_521;

function filled<Kind extends Values>(values: Kind, draw: () => number): Kind {
  const end = Math.min(period, values.length);
  for (let at = 0; at < end; at++) values[at] = draw();
  for (let at = end; at < values.length; at *= 2) values.copyWithin(at, 0, at);
  return values;
}

/** Independent draws for each buffer: seeds that differ by the buffer's number. */
export function normals(count: number, seed: number, deviation = 1, mean = 0): Floats {
  const random = new Random(seed, streams.noise);
  return filled(new Float32Array(count), () => mean + deviation * random.normal());
}

export function positives(count: number, seed: number, deviation = 1): Floats {
  return normals(count, seed, deviation).map((value) => Math.abs(value) + 0.1 * deviation);
}

export function below(count: number, seed: number, limit: number): Floats {
  const random = new Random(seed, streams.noise);
  return filled(new Float32Array(count), () => random.below(limit));
}

export function randomWords(count: number, seed: number): Uint32Array<ArrayBuffer> {
  const random = new Random(seed, streams.noise);
  return filled(new Uint32Array(count), () => random.word());
}

export function randomBytes(count: number, seed: number): Uint8Array<ArrayBuffer> {
  const random = new Random(seed, streams.noise);
  return filled(new Uint8Array(count), () => random.below(256));
}

/** Values of X, of the same spread as far as products go: bytes are 0 … 255. */
export function features(storage: 'uint8' | 'float32', count: number, seed: number): Floats | Uint8Array<ArrayBuffer> {
  return storage === 'uint8' ? randomBytes(count, seed) : normals(count, seed);
}

/** Root mean square of a feature, so that weights can be scaled to give z of about 1. */
export const sizeOfFeature = { uint8: 147.5, float32: 1 } as const;

/** What a buffer holds before a kernel writes it: nothing that it could be right by accident. */
export function unwritten(count: number): Floats {
  return new Float32Array(count).fill(-77.25);
}

/** A trace (`shaders/lib/trace.wgsl`): steps done, the next one's number, two spare words, sixteen penalties, the ring. */
export function makeTrace(steps: number, stepsNow: number, penalties: readonly number[], ring: number): Uint32Array<ArrayBuffer> {
  const words = new Uint32Array(20 + ring);
  words.set([steps, stepsNow, 7, 9]);
  const floats = new Float32Array(words.buffer);
  floats.fill(-5.5, 20);
  floats.set(penalties, 4);
  return words;
}

export const traceRegions = (ring: number, tolerance: number): readonly Region[] => [
  { name: 'steps', length: 4, type: 'u32', tolerance: 0 },
  { name: 'penalties', length: 16, type: 'f32', tolerance },
  { name: 'costs', length: ring, type: 'f32', tolerance },
];

/** A trace as numbers, to be changed by a twin. */
export function traceValues(trace: Uint32Array<ArrayBuffer>): Float64Array {
  const floats = new Float32Array(trace.buffer);
  return Float64Array.from(trace, (word, at) => (at < 4 ? word : (floats[at] ?? 0)));
}

/** Sections one behind the other. */
export function joined(...parts: readonly Floats[]): Floats {
  const all = new Float32Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

export function numbers(values: Values): Float64Array<ArrayBuffer> {
  return Float64Array.from(values);
}

export function region(name: string, length: number, tolerance: number, columns?: number): Region {
  return { name, length, type: 'f32', tolerance, ...(columns ? { columns } : {}) };
}
