/** Columns of a table as they grow, a cell at a time: numbers as float64, words as codes. What a row is, others know. */
import { sharable } from '../sharable.ts';

interface ColumnAbout {
  readonly name: string;
  /** Cells without a value. */
  readonly missing: number;
  /** Why the column cannot be used, in a sentence that names row and column; null when it can. */
  readonly problem: string | null;
}

/** Cells that are missing hold NaN. */
export interface NumberColumn extends ColumnAbout {
  readonly kind: 'number';
  readonly values: Float64Array;
}

/** Cells that are missing hold −1, others the index of their category. */
export interface TextColumn extends ColumnAbout {
  readonly kind: 'text';
  readonly codes: Int32Array;
  /** In the order of their first appearance. */
  readonly categories: readonly string[];
}

export type Column = NumberColumn | TextColumn;

const missingMarks = new Set(['', 'NA', 'N/A', 'n/a', 'na', '?', 'null', 'NULL']);
/** A number with a decimal comma, its thousands perhaps apart. */
const commaNumber = /^[+-]?(?:\d[\d.]*)?,\d+(?:e[+-]?\d+)?$/i;
const notFinite = /^[+-]?(nan|inf|infinity)$/i;
/** After so many cells it is settled whether a column holds numbers or words. */
const settledAfter = 1000;
/** Past this a column of words names its rows, and its words are of no use. */
const mostWords = 10_000;
/** Of a cell, as much is quoted. */
const quotedLength = 60;

/** Decimals are written with a comma. */
export function isCommaNumber(cell: string): boolean {
  return cell.includes(',') && commaNumber.test(cell);
}

/** NaN where it is none. */
export function numberOf(cell: string): number {
  if (cell === '') return NaN;
  const value = Number(cell);
  return Number.isNaN(value) && isCommaNumber(cell) ? Number(cell.replace(',', '.')) : value;
}

/** Nothing stands there, or a word for that. */
export function isMissing(cell: string): boolean {
  return missingMarks.has(cell);
}

interface Slip {
  readonly row: number;
  readonly cell: string;
}

export class ColumnBuilder {
  readonly #name: string;
  readonly #mayHoldCommas: boolean;
  #count = 0;
  #missing = 0;
  #words = 0;
  #firstWord: Slip | null = null;
  #firstEndless: Slip | null = null;
  #firstComma: Slip | null = null;
  /** A decimal point, or one between thousands: commas beside it cannot be understood. */
  #firstPoint: Slip | null = null;
  #values: Float64Array | null = new Float64Array(settledAfter);
  #codes: Int32Array | null = new Int32Array(settledAfter);
  #index: Map<string, number> = new Map();
  #tooMany = false;

  /** @param mayHoldCommas decimals may be written with a comma, since it does not separate */
  constructor(name: string, mayHoldCommas = false) {
    this.#name = name;
    this.#mayHoldCommas = mayHoldCommas;
  }

  /** @param row of the file, for messages */
  add(text: string, row: number): void {
    const at = this.#count++;
    if (at === settledAfter) this.#settle();
    const value = text === '' ? NaN : Number(text);
    const values = this.#values;
    // the usual case first: a number in a column of numbers
    const isPlain = value - value === 0 && value !== 0 && !(this.#mayHoldCommas && this.#firstPoint === null && text.includes('.'));
    if (this.#codes === null && values !== null && at < values.length && isPlain) {
      values[at] = value;
      return;
    }
    this.#addAny(text.trim(), row, at);
  }

  #addAny(cell: string, row: number, at: number): void {
    const value = numberOf(cell);
    const isNumber = Number.isFinite(value);
    const isAbsent = !isNumber && isMissing(cell);
    if (isAbsent) this.#missing++;
    else this.#see(cell, value, row);
    if (this.#values) {
      if (at >= this.#values.length) this.#values = grown(this.#values, new Float64Array(2 * at));
      this.#values[at] = isNumber ? value : NaN;
    }
    if (this.#codes && !this.#tooMany) {
      if (at >= this.#codes.length) this.#codes = grown(this.#codes, new Int32Array(2 * at));
      this.#codes[at] = isAbsent ? -1 : this.#code(cell);
    }
  }

  /** Keeps the first of each kind that may be none of this column. */
  #see(cell: string, value: number, row: number): void {
    const isNumber = Number.isFinite(value);
    const hasComma = isCommaNumber(cell);
    const hasPoint = cell.includes('.') && (isNumber || hasComma);
    if (isNumber && !hasComma && !hasPoint) return;
    const slip = { row, cell: cell.slice(0, quotedLength) };
    if (hasComma) this.#firstComma ??= slip;
    if (hasPoint) this.#firstPoint ??= slip;
    if (isNumber || (hasComma && Number.isNaN(value))) return;
    if (Number.isNaN(value) && !notFinite.test(cell)) {
      this.#words++;
      this.#firstWord ??= slip;
    } else this.#firstEndless ??= slip;
  }

  #code(cell: string): number {
    const known = this.#index.get(cell);
    if (known !== undefined) return known;
    const code = this.#index.size;
    if (code >= mostWords) {
      this.#tooMany = true;
      this.#index = new Map();
      if (this.#values === null) this.#codes = new Int32Array(0);
      return -1;
    }
    this.#index.set(cell, code);
    return code;
  }

  get #isText(): boolean {
    return this.#words > 0 && this.#words >= (this.#count - this.#missing) / 2;
  }

  /** Mostly numbers: whatever is not one is a slip, and not a category. A column without a value so far stays open. */
  #settle(): void {
    if (this.#missing === this.#count - 1) return;
    if (this.#isText) this.#values = null;
    else this.#codes = null;
  }

  end(): Column {
    const about = { name: this.#name, missing: this.#missing };
    const isText = this.#values === null || (this.#codes !== null && this.#isText);
    const count = this.#count;
    if (isText && this.#codes) {
      const codes = sharable(Int32Array, this.#tooMany ? 0 : count);
      codes.set(this.#codes.subarray(0, codes.length));
      this.#codes = null;
      return { kind: 'text', ...about, problem: this.#textProblem(), codes, categories: [...this.#index.keys()] };
    }
    const values = sharable(Float64Array, count);
    values.set((this.#values ?? new Float64Array(count)).subarray(0, count));
    this.#values = null;
    return { kind: 'number', ...about, problem: this.#numberProblem(), values };
  }

  /** A cell with a decimal comma, where the column is written so; null where it is not. */
  get commaExample(): string | null {
    return this.#mayHoldCommas && this.#words === 0 && this.#firstPoint === null ? (this.#firstComma?.cell ?? null) : null;
  }

  #textProblem(): string | null {
    return this.#tooMany
      ? `column “${this.#name}”: expected numbers or categories, found more than ${mostWords} different words. Leave the column out.`
      : null;
  }

  #numberProblem(): string | null {
    if (this.#missing === this.#count) return `column “${this.#name}”: expected values, found none at all. Leave the column out.`;
    const word = this.#firstWord;
    if (word !== null) return `row ${word.row}, column “${this.#name}”: expected a number, found “${word.cell}”.`;
    const comma = this.#firstComma;
    if (comma !== null && this.commaExample === null) {
      return `row ${comma.row}, column “${this.#name}”: expected a number, found “${comma.cell}”. Decimals are written with a point.`;
    }
    const endless = this.#firstEndless;
    return endless && `row ${endless.row}, column “${this.#name}”: expected a finite number, found “${endless.cell}”.`;
  }
}

function grown<T extends Float64Array | Int32Array>(from: T, to: T): T {
  (to as Float64Array).set(from);
  return to;
}
