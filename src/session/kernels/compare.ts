/** What a kernel left in its buffers beside what its twin says: where they first part, how far, and a map of the error. */
import type { Expected, Region } from './gate/contract.ts';

/** Words behind each buffer's end: a kernel that reaches there is wrong, whatever the device makes of it. */
export const marginWords = 16;
/** What stands in the margin, of buffers that are read and of those that are written: as a float a large number, so that it shows. */
export const marginWord = { read: 0x4640e6b7, write: 0x46a1b2c3 } as const;

export interface Difference {
  /** Name of the region, in its buffer. */
  readonly region: string;
  readonly binding: number;
  /** Row and column in a matrix; in a vector the row is 0. */
  readonly row: number;
  readonly column: number;
  readonly isMatrix: boolean;
  readonly found: number;
  readonly expected: number;
}

/** Largest error of each cell, in tolerances; 1 and less is right. */
export interface ErrorMap {
  readonly region: string;
  readonly rows: number;
  readonly columns: number;
  /** Sizes of the matrix that the cells stand for. */
  readonly matrixRows: number;
  readonly matrixColumns: number;
  readonly cells: Float32Array<ArrayBuffer>;
}

export interface Comparison {
  readonly ok: boolean;
  readonly first: Difference | null;
  readonly wrong: number;
  readonly compared: number;
  /** Largest |found − expected| over the largest |expected| of its region. */
  readonly largest: number;
  /** Of the first matrix that is wrong, or of the first one. */
  readonly map: ErrorMap | null;
}

const mostCells = 48;

interface Tally {
  first: Difference | null;
  wrong: number;
  compared: number;
  largest: number;
  map: ErrorMap | null;
}

function emptyMap(region: Region): ErrorMap {
  const columns = region.columns ?? 1;
  const rows = region.length / columns;
  const [cellRows, cellColumns] = [Math.min(rows, mostCells), Math.min(columns, mostCells)];
  const cells = new Float32Array(cellRows * cellColumns);
  return { region: region.name, rows: cellRows, columns: cellColumns, matrixRows: rows, matrixColumns: columns, cells };
}

function compareRegion(
  region: Region,
  binding: number,
  words: Uint32Array,
  floats: Float32Array,
  values: ArrayLike<number>,
  from: number,
  tally: Tally,
): void {
  const columns = region.columns ?? region.length;
  const isMatrix = region.columns !== undefined && region.columns > 1 && region.length > region.columns;
  let scale = region.size ?? 0;
  for (let i = 0; i < region.length; i++) scale = Math.max(scale, Math.abs(values[from + i] ?? 0));
  const allowed = region.tolerance * scale;
  const map = isMatrix ? emptyMap(region) : null;
  const before = tally.wrong;
  for (let i = 0; i < region.length; i++) {
    const expected = values[from + i] ?? Number.NaN;
    const found = (region.type === 'u32' ? words[from + i] : floats[from + i]) ?? Number.NaN;
    const error = Math.abs(found - expected);
    // also where either is NaN
    const isRight = found === expected || error <= allowed;
    tally.compared++;
    if (scale > 0 && error > tally.largest * scale) tally.largest = error / scale;
    if (Number.isNaN(error) && !isRight) tally.largest = Infinity;
    const [row, column] = [Math.floor(i / columns), i % columns];
    if (map) {
      const cell = Math.floor((row * map.rows) / map.matrixRows) * map.columns + Math.floor((column * map.columns) / map.matrixColumns);
      const size = isRight
        ? allowed > 0
          ? error / allowed
          : 0
        : Math.max(1.001, allowed > 0 && Number.isFinite(error) ? error / allowed : 1e9);
      map.cells[cell] = Math.max(map.cells[cell] ?? 0, size);
    }
    if (isRight) continue;
    tally.wrong++;
    tally.first ??= { region: region.name, binding, row, column, isMatrix, found, expected };
  }
  if (map && (tally.map === null || (tally.wrong > before && tally.wrong - before === tally.wrong))) tally.map = map;
}

/** @param found bytes of each buffer, margin included, by binding */
export function compare(expected: readonly Expected[], found: ReadonlyMap<number, ArrayBuffer>): Comparison {
  const tally: Tally = { first: null, wrong: 0, compared: 0, largest: 0, map: null };
  for (const { binding, values, regions } of expected) {
    const bytes = found.get(binding) ?? new ArrayBuffer(0);
    const [words, floats] = [new Uint32Array(bytes), new Float32Array(bytes)];
    let at = 0;
    for (const region of regions) {
      compareRegion(region, binding, words, floats, values, at, tally);
      at += region.length;
    }
    for (let i = at; i < words.length; i++) {
      if (words[i] === marginWord.write) continue;
      tally.wrong++;
      const place = { region: 'past the end', binding, row: 0, column: i - at, isMatrix: false };
      tally.first ??= { ...place, found: floats[i] ?? 0, expected: new Float32Array(Uint32Array.of(marginWord.write).buffer)[0] ?? 0 };
    }
  }
  const { first, wrong, compared, largest, map } = tally;
  return { ok: wrong === 0, first, wrong, compared, largest, map };
}
