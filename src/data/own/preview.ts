/** What a user sees of a file before anything of it is used: first rows, columns and their types, classes, a few pictures. */
import type { Column } from '../readers/columns.ts';
import { mostCategories, presentCategories, distinctNumbers } from '../table.ts';
import { imageOf, planesLast } from './array-part.ts';
import type { ArrayEntry } from './arrays.ts';
import type { DecodePicture } from './folders.ts';
import type { Opened } from './open.ts';
import type { OwnChoice } from './own-data.ts';
import { allRows, columnTarget, suggest, testPair, unfitColumns } from './suggest.ts';

const shownRows = 8;
const shownPictures = 24;
const shownSide = 48;

export interface ColumnPreview {
  readonly name: string;
  readonly kind: Column['kind'];
  readonly missing: number;
  /** Different words; null for numbers. */
  readonly categories: number | null;
  readonly low: number;
  readonly high: number;
  /** What it would be as a label. */
  readonly target: OwnChoice['target'];
  /** Why it can be no feature, or null. */
  readonly unfit: string | null;
}

export type OwnPreview = { readonly name: string; readonly notes: readonly string[]; readonly suggestion: OwnChoice } & (
  | {
      readonly kind: 'table';
      readonly rowCount: number;
      readonly columns: readonly ColumnPreview[];
      readonly rows: readonly (readonly string[])[];
    }
  | {
      readonly kind: 'arrays';
      readonly arrays: readonly { readonly name: string; readonly shape: readonly number[]; readonly type: string }[];
    }
  | { readonly kind: 'pictures'; readonly count: number; readonly testCount: number | null; readonly classNames: readonly string[] }
);

export function previewOf(opened: Opened): OwnPreview {
  const { contents, name, notes } = opened;
  const common = { name, notes, suggestion: suggest(opened) };
  switch (contents.kind) {
    case 'table': {
      const { table } = contents;
      const unfit = new Map(unfitColumns(table, '').map(({ name: column, why }) => [column, why]));
      const every = allRows(table.rowCount);
      const columns = table.columns.map((column) => columnPreview(column, every, unfit.get(column.name) ?? null));
      const rows = Array.from({ length: Math.min(shownRows, table.rowCount) }, (_, row) =>
        table.columns.map((column) => cellText(column, row)),
      );
      return { ...common, kind: 'table', rowCount: table.rowCount, columns, rows };
    }
    case 'arrays':
      return { ...common, kind: 'arrays', arrays: contents.arrays.map(({ name: array, shape, type }) => ({ name: array, shape, type })) };
    case 'pictures': {
      const { train, test, classNames } = contents.folders;
      return { ...common, kind: 'pictures', count: train.length, testCount: test?.length ?? null, classNames };
    }
  }
}

function columnPreview(column: Column, rows: Uint32Array, unfit: string | null): ColumnPreview {
  const common = { name: column.name, kind: column.kind, missing: column.missing, target: columnTarget(column, rows), unfit };
  if (column.kind === 'text') return { ...common, categories: column.categories.length, low: NaN, high: NaN };
  let [low, high] = [Infinity, -Infinity];
  for (const value of column.values) {
    if (value < low) low = value;
    if (value > high) high = value;
  }
  return { ...common, categories: null, low, high };
}

function cellText(column: Column, row: number): string {
  if (column.kind === 'text') return column.categories[column.codes[row] ?? -1] ?? '';
  const value = column.values[row] ?? NaN;
  return Number.isNaN(value) ? '' : String(Number(value.toPrecision(8)));
}

export interface ClassCount {
  readonly name: string;
  readonly count: number;
}

/** RGBA. */
export interface SheetPicture {
  readonly label: string;
  readonly width: number;
  readonly height: number;
  readonly pixels: Uint8ClampedArray<ArrayBuffer>;
}

export interface Look {
  /** Null where a number is to be predicted, or nothing is chosen yet. */
  readonly balance: readonly ClassCount[] | null;
  readonly sheet: readonly SheetPicture[];
  /** Pictures that were tried for the sheet, and the paths of those that cannot be decoded. */
  readonly tried: number;
  readonly undecoded: readonly string[];
  /** Of arrays: that of the features of the test part, where there is one. */
  readonly testArray: string | null;
}

const noSheet = { sheet: [], tried: 0, undecoded: [], testArray: null } as const;

/** How the classes of a choice lie, and what its first pictures look like. Never throws: a preview shows what there is. */
export async function lookAt(opened: Opened, choice: OwnChoice, decode: DecodePicture | null): Promise<Look> {
  const { contents } = opened;
  switch (contents.kind) {
    case 'table': {
      const column = contents.table.columns.find(({ name }) => name === choice.label);
      return { balance: column && choice.target === 'classes' ? balanceOfColumn(column) : null, ...noSheet };
    }
    case 'arrays':
      return lookAtArrays(contents.arrays, choice);
    case 'pictures': {
      const { train, classNames } = contents.folders;
      const counts = classNames.map((name, label) => ({ name, count: train.filter((one) => one.label === label).length }));
      return { balance: counts, ...(decode ? await sheetOfFiles(contents.folders, decode) : noSheet) };
    }
  }
}

function balanceOfColumn(column: Column): readonly ClassCount[] | null {
  const rows = allRows(column.kind === 'text' ? column.codes.length : column.values.length);
  const names = column.kind === 'text' ? presentCategories(column, rows) : distinctNumbers(column, rows).filter((value) => value !== 'NaN');
  if (names.length > mostCategories) return null;
  const counts = new Map<number, number>();
  const cells = column.kind === 'text' ? column.codes : column.values;
  for (const cell of cells) counts.set(cell, (counts.get(cell) ?? 0) + 1);
  const keyOf = (name: string): number => (column.kind === 'text' ? column.categories.indexOf(name) : Number(name));
  return names.map((name) => ({ name, count: counts.get(keyOf(name)) ?? 0 }));
}

function lookAtArrays(arrays: readonly ArrayEntry[], choice: OwnChoice): Look {
  const [x, y] = [choice.features, choice.label].map((name) => arrays.find((one) => one.name === name));
  const testArray = x && y ? (testPair({ x, y }, arrays, true)?.x.name ?? null) : null;
  try {
    const words = y && choice.target === 'classes' ? Array.from<number | string, string>(y.read() as readonly string[], String) : [];
    const counts = new Map<string, number>();
    for (const word of words) if (counts.size <= mostCategories) counts.set(word, (counts.get(word) ?? 0) + 1);
    const balance = [...counts]
      .map(([name, count]) => ({ name, count }))
      .sort((a, b) => a.name.localeCompare(b.name, 'en', { numeric: true }));
    const isShown = balance.length > 0 && balance.length <= mostCategories;
    return { ...noSheet, balance: isShown ? balance : null, sheet: x ? sheetOfArray(x, words) : [], testArray };
  } catch {
    // what cannot be read is refused with its sentence when it is used
    return { balance: null, ...noSheet, testArray };
  }
}

function sheetOfArray(x: ArrayEntry, labels: readonly string[]): readonly SheetPicture[] {
  const image = x.type === 'uint8' ? imageOf(x.shape, 'bytes') : null;
  if (!image) return [];
  const values = x.read() as Uint8Array;
  const { width, height, channels } = image;
  const count = width * height;
  const layout = planesLast(x.shape) ? { pixel: 1, channel: count } : { pixel: channels, channel: channels === 3 ? 1 : 0 };
  return Array.from({ length: Math.min(shownPictures, x.shape[0] ?? 0) }, (_, example) => ({
    label: labels[example] ?? '',
    width,
    height,
    pixels: rgba(values.subarray(example * count * channels), count, layout),
  }));
}

/** How far apart the values of a picture lie, from pixel to pixel and from red to green to blue. */
interface Layout {
  readonly pixel: number;
  readonly channel: number;
}

function rgba(values: Uint8Array, count: number, layout: Layout): Uint8ClampedArray<ArrayBuffer> {
  const pixels = new Uint8ClampedArray(4 * count);
  for (let at = 0; at < count; at++) {
    for (let channel = 0; channel < 3; channel++) pixels[4 * at + channel] = values[at * layout.pixel + channel * layout.channel] ?? 0;
    pixels[4 * at + 3] = 255;
  }
  return pixels;
}

async function sheetOfFiles(
  {
    train,
    classNames,
  }: {
    readonly train: readonly { readonly file: { readonly path: string; read(): Promise<Uint8Array> }; readonly label: number }[];
    readonly classNames: readonly string[];
  },
  decode: DecodePicture,
): Promise<Omit<Look, 'balance'>> {
  const step = Math.max(1, Math.floor(train.length / shownPictures));
  const sheet: SheetPicture[] = [];
  const undecoded: string[] = [];
  for (let at = 0; at < train.length && sheet.length < shownPictures; at += step) {
    const one = train[at];
    if (!one) break;
    try {
      const pixels = rgba(await decode(await one.file.read(), shownSide), shownSide * shownSide, { pixel: 3, channel: 1 });
      sheet.push({ label: classNames[one.label] ?? '', width: shownSide, height: shownSide, pixels });
    } catch {
      undecoded.push(one.file.path);
    }
  }
  return { ...noSheet, sheet, tried: sheet.length + undecoded.length, undecoded };
}
