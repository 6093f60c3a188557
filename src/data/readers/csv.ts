/**
 * Reads CSV with a header, piece by piece, into columns of numbers or of words, and refuses what is not a table. A file
 * of any size takes no more memory than its columns: numbers are kept as float64, words as codes. Decoding bytes is
 * `text.ts`'s, turning columns into features `table.ts`'s. Pulls in papaparse: import it only where a table is read.
 */
import Papa from 'papaparse';
import { DataError } from '../errors.ts';
import { ColumnBuilder, type Column } from './columns.ts';

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
  #shape: Shape | null = null;
  #columns: readonly ColumnBuilder[] | null = null;
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

  /** @throws DataError naming the row when it is ragged or badly quoted */
  push(text: string): void {
    for (let at = 0; at < text.length; at += pieceLength) this.#pushPiece(text.slice(at, at + pieceLength));
  }

  #pushPiece(text: string): void {
    this.#rest += text;
    if (this.#shape === null && this.#rest.length < guessFrom) return;
    this.#parse(true);
    if (this.#rest.length > longestRow) {
      const row = this.#fileRows + 1;
      throw new DataError(
        this.#input,
        `row ${row}: expected its end within ${longestRow} characters, found none. A quotation that opens there may never close.`,
      );
    }
  }

  /** @throws DataError also when there is no row under the header */
  end(): Table {
    if (this.#fileRows === 0 && this.#rest.trim() === '')
      throw new DataError(this.#input, 'expected a table with a header, found an empty file.');
    this.#parse(false);
    if (this.#columns === null || this.#rowCount === 0) {
      throw new DataError(this.#input, `row ${this.#columns ? 2 : 1}: expected at least one row under the header, found the end.`);
    }
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
    for (const row of data) this.#take(row);
    this.#rest = isPiece ? this.#rest.slice(meta.cursor) : '';
  }

  #take(row: readonly string[]): void {
    const fileRow = ++this.#fileRows;
    if (row.length === 1 && (row[0] ?? '').trim() === '') return;
    if (this.#columns === null) {
      this.#columns = checkHeader(this.#input, row).map((name) => new ColumnBuilder(name));
      return;
    }
    const columns = this.#columns;
    if (row.length !== columns.length) throw this.#ragged(fileRow, row.length, columns.length);
    // no iterator: this is done for every row of what may be millions
    for (let at = 0; at < columns.length; at++) columns[at]?.add(row[at] ?? '', fileRow);
    this.#rowCount++;
  }

  #ragged(row: number, found: number, expected: number): DataError {
    const { separator } = this.#shape ?? { separator: ',' };
    const hint = expected === 1 ? ` The separator was taken to be “${separator === '\t' ? 'tab' : separator}”.` : '';
    return new DataError(this.#input, `row ${row}: expected ${expected} values as in the header, found ${found}.${hint}`);
  }
}

/** Separator and line ends as the first rows show them. */
function shapeOf(text: string): Shape {
  const { meta } = Papa.parse(text.slice(0, guessFrom), { preview: 50 });
  const separator = meta.delimiter;
  return { separator, parser: new Papa.Parser({ delimiter: separator, newline: meta.linebreak as '\n' }) };
}

function checkHeader(input: string, row: readonly string[]): readonly string[] {
  const names = row.map((name, at) => name.replace(/^\ufeff/, '').trim() || `column ${at + 1}`);
  const twice = names.find((name, at) => names.indexOf(name) !== at);
  if (twice !== undefined) throw new DataError(input, `row 1: expected a different name for each column, found “${twice}” twice.`);
  return names;
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
