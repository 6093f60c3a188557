/**
 * Reads CSV with a header, piece by piece, into columns of numbers or of words, and refuses what is not a table. A file
 * of any size takes no more memory than its columns: numbers are kept as float64, words as codes. Decoding bytes is
 * `text.ts`'s, turning columns into features `table.ts`'s. Pulls in papaparse: import it only where a table is read.
 */
import Papa from 'papaparse';
import { DataError } from '../errors.ts';
import { listed } from '../listed.ts';
import { ColumnBuilder, isCommaNumber, numberOf, type Column } from './columns.ts';
import { headerOf } from './header.ts';

export interface Table {
  /** What messages call it. */
  readonly input: string;
  readonly rowCount: number;
  readonly columns: readonly Column[];
}

/** So much text is waited for before the separator is guessed. */
const guessFrom = 65_536;
/** Rows of a larger piece outlive the quick collection of what is no longer needed, which takes twice the time. */
const pieceLength = 65_536;
/** A row longer than this is none: a quotation that never ends, or no text at all. */
const longestRow = 16_777_216;

/** Of a name, as much is quoted. */
const quotedLength = 60;
/** For messages about a table that falls into one column. */
const knownSeparators = 'Values are separated by a comma, a semicolon, a tab or a vertical bar; blanks alone do not separate them.';

/** What the library's parser of one piece gives back; its own types leave that open. */
interface Parsed {
  readonly data: readonly (readonly string[])[];
  readonly errors: readonly { readonly type: string; readonly message: string; readonly row?: number }[];
  readonly meta: { readonly cursor: number };
}

interface Shape {
  readonly parser: Papa.Parser;
  readonly separator: string;
}

export class CsvReader {
  readonly #input: string;
  #rest = '';
  /** A row that is not whole is not looked at again before there is as much text again. */
  #parseFrom = guessFrom;
  #shape: Shape | null = null;
  #columns: readonly ColumnBuilder[] | null = null;
  #names: readonly string[] = [];
  #notes: string[] = [];
  /** Rows of the file so far, blank ones included. */
  #fileRows = 0;
  #rowCount = 0;

  /** @param input file name, for messages */
  constructor(input: string) {
    this.#input = input;
  }

  get rowCount(): number {
    return this.#rowCount;
  }

  /** Sentences about what was not read as one may expect; all of them once the end is read. */
  get notes(): readonly string[] {
    return this.#notes;
  }

  /** @throws DataError naming the row when it is ragged or badly quoted */
  push(text: string): void {
    for (let at = 0; at < text.length; at += pieceLength) this.#pushPiece(text.slice(at, at + pieceLength));
  }

  #pushPiece(text: string): void {
    this.#rest += text;
    if (this.#rest.length < this.#parseFrom) return;
    this.#parse(true);
    this.#parseFrom = Math.min(2 * this.#rest.length, longestRow + 1);
    if (this.#rest.length > longestRow) {
      const row = this.#fileRows + 1;
      throw new DataError(
        this.#input,
        `row ${row}: expected its end within ${longestRow} characters, found none. A quotation that opens there may never close.`,
      );
    }
  }

  /**
   * @param leastColumns fewer make no table for whoever reads it
   * @throws DataError also when there is no row under the header
   */
  end(leastColumns = 1): Table {
    if (this.#fileRows === 0 && this.#rest.trim() === '')
      throw new DataError(this.#input, 'expected a table with a header, found an empty file.');
    this.#parse(false);
    if (this.#columns === null || this.#rowCount === 0) {
      throw new DataError(this.#input, `row ${this.#columns ? 2 : 1}: expected at least one row under the header, found the end.`);
    }
    if (this.#columns.length < leastColumns) {
      const name = (this.#names[0] ?? '').slice(0, quotedLength);
      throw new DataError(this.#input, `expected ${leastColumns} columns or more, found one, “${name}”. ${knownSeparators}`);
    }
    this.#noteCommas(this.#columns);
    const columns: Column[] = [];
    for (const builder of this.#columns) columns.push(builder.end());
    return { input: this.#input, rowCount: this.#rowCount, columns };
  }

  #parse(isPiece: boolean): void {
    const { parser } = (this.#shape ??= shapeOf(this.#rest));
    const { data, errors, meta } = parser.parse(this.#rest, 0, isPiece) as Parsed;
    const broken = errors.find(({ type }) => type === 'Quotes');
    if (broken !== undefined) {
      const row = this.#fileRows + (broken.row ?? 0) + 1;
      throw new DataError(this.#input, `row ${row}: expected a closed quotation, found: ${broken.message}.`);
    }
    // the first row is judged by those under it
    if (isPiece && this.#columns === null && data.length < 2 && this.#rest.length <= longestRow) return;
    for (let at = 0; at < data.length; at++) this.#take(data, at);
    this.#rest = isPiece ? this.#rest.slice(meta.cursor) : '';
  }

  #take(rows: Parsed['data'], at: number): void {
    const row = rows[at] ?? [];
    const fileRow = ++this.#fileRows;
    if (row.length === 1 && (row[0] ?? '').trim() === '') return;
    if (this.#columns === null && !this.#begin(row, rows.slice(at + 1))) return;
    this.#add(row, fileRow);
  }

  /** True when the first row is an example already. */
  #begin(first: readonly string[], rows: Parsed['data']): boolean {
    const { names, isExample, note } = headerOf(this.#input, first, rows);
    const mayHoldCommas = this.#shape?.separator !== ',';
    this.#names = names;
    this.#columns = names.map((name) => new ColumnBuilder(name, mayHoldCommas));
    if (note !== null) this.#notes.push(note);
    return isExample;
  }

  #add(row: readonly string[], fileRow: number): void {
    const columns = this.#columns ?? [];
    if (row.length !== columns.length) throw this.#ragged(fileRow, row.length, columns.length);
    // no iterator: this is done for every row of what may be millions
    for (let at = 0; at < columns.length; at++) columns[at]?.add(row[at] ?? '', fileRow);
    this.#rowCount++;
  }

  #noteCommas(columns: readonly ColumnBuilder[]): void {
    const examples = columns.map(({ commaExample }) => commaExample);
    const example = examples.find((one) => one !== null);
    if (!example) return;
    const names = this.#names.filter((_, at) => examples[at] !== null).map((name) => `“${name}”`);
    this.#notes.push(
      `${this.#input}: decimals are written with a comma in ${listed(names)}: “${example}” was read as ${numberOf(example)}.`,
    );
  }

  #ragged(row: number, found: number, expected: number): DataError {
    const { separator } = this.#shape ?? { separator: ',' };
    const hint = expected === 1 ? ` The separator was taken to be “${separator === '\t' ? 'tab' : separator}”. ${knownSeparators}` : '';
    return new DataError(this.#input, `row ${row}: expected ${expected} values as in the header, found ${found}.${hint}`);
  }
}

/** Separator and line ends as the first rows show them. */
function shapeOf(text: string): Shape {
  const head = text.slice(0, guessFrom);
  const { meta } = Papa.parse(head, { preview: 50, skipEmptyLines: true });
  const separator = meta.delimiter === ',' && areCommasDecimal(head) ? ';' : meta.delimiter;
  return { separator, parser: new Papa.Parser({ delimiter: separator, newline: meta.linebreak as '\n' }) };
}

/** Without a header, decimal commas may be as many in each row as commas that separate: semicolons then tell. */
function areCommasDecimal(head: string): boolean {
  const { data } = Papa.parse<readonly string[]>(head, { delimiter: ';', preview: 10, skipEmptyLines: true });
  const [first = [], ...others] = data;
  const isTable = first.length > 1 && others.length > 0 && others.every((row) => row.length === first.length);
  return isTable && first.some((_, at) => others.every((row) => isCommaNumber((row[at] ?? '').trim())));
}

/**
 * A whole file at once, of which every column has to be good.
 * @param bytes the file, unpacked, in UTF-8; the separator is found out
 * @throws DataError naming row and column when it is empty, ragged, badly quoted, or holds NaN, infinity or a stray word
 */
export function readCsv(input: string, bytes: Uint8Array<ArrayBuffer>): Table {
  const reader = new CsvReader(input);
  reader.push(new TextDecoder().decode(bytes));
  const table = reader.end();
  const bad = table.columns.find(({ problem }) => problem !== null);
  if (bad?.problem) throw new DataError(input, bad.problem);
  return table;
}
