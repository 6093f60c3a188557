/**
 * Sizes that a reader may choose beside the listed shapes: which of a shape's numbers are sizes, how large they may be, and
 * whether buffers and the twin's work stay within reason. Looked at before anything is allocated.
 */
import type { Rules, Shape } from './contract.ts';

/** Most of each size; what is not here is a choice by number and stays as the listed shape has it. */
const mostOf: Readonly<Record<string, number>> = {
  rows: 65535,
  columns: 16384,
  depth: 16384,
  count: 2 ** 24,
  vectors: 2 ** 22,
  threads: 2 ** 20,
  units: 4096,
  inputs: 65536,
  examples: 2 ** 20,
  perSplit: 2 ** 20,
  splits: 64,
  m: 2 ** 20,
  n: 4096,
  chunks: 4096,
  parts: 256,
  batch: 65536,
  words: 4096,
  layers: 16,
  steps: 1024,
  side: 1024,
};

export interface FreeSize {
  readonly name: string;
  readonly most: number;
}

/** What can be chosen at a listed shape, in its order. */
export function freeSizes({ most = {} }: Pick<Rules, 'most'>, shape: Shape): readonly FreeSize[] {
  return Object.keys(shape).flatMap((name) => {
    const limit = most[name] ?? mostOf[name];
    return limit === undefined ? [] : [{ name, most: limit }];
  });
}

/** Room of the device, and the most that the twin has to do. */
export interface Room {
  readonly bytes: number;
  readonly flops: number;
}

const large = (value: number, unit: string): string =>
  value >= 1e9 ? `${(value / 1e9).toFixed(1)} G${unit}` : `${(value / 1e6).toFixed(1)} M${unit}`;

/**
 * A listed shape with other sizes.
 * @param sizes by name; what is left out stays as listed
 * @throws RangeError when a name is no size here, or a value no whole number within its bounds, or all together are too much
 */
export function shapeWith(
  rules: Pick<Rules, 'most' | 'work' | 'bytes'>,
  listed: Shape,
  sizes: Readonly<Record<string, number>>,
  room: Room,
): Shape {
  const free = new Map(freeSizes(rules, listed).map(({ name, most }) => [name, most]));
  for (const [name, value] of Object.entries(sizes)) {
    const most = free.get(name);
    if (most === undefined) throw new RangeError(`${name} is no size of this kernel`);
    if (!Number.isInteger(value) || value < 1 || value > most) {
      throw new RangeError(`${name} = ${value}: a whole number from 1 to ${most} was expected`);
    }
  }
  const shape: Shape = { ...listed, ...sizes };
  const { flops, bytes } = rules.work(shape);
  const needed = Math.max(bytes, rules.bytes?.(shape) ?? 0);
  if (needed > room.bytes) {
    throw new RangeError(
      `its buffers would take ${large(needed, 'B')}, and here at most ${large(room.bytes, 'B')} are taken: choose smaller sizes`,
    );
  }
  if (flops > room.flops) {
    throw new RangeError(
      `it is ${large(flops, 'flop')} of work, and here at most ${large(room.flops, 'flop')} are done in one go, for the twin has to do the same: choose smaller sizes`,
    );
  }
  return shape;
}

/** @param limits of the device; a software GPU must answer before it counts as hung */
export function roomOf({ maxBufferSize, maxStorageBufferBindingSize }: GPUSupportedLimits, software: boolean): Room {
  return { bytes: Math.min(2 ** 28, maxBufferSize, maxStorageBufferBindingSize), flops: software ? 2 ** 29 : 2 ** 31 };
}
