/** CSV to numbers: types, categories, missing values, and each defect with its message. */
import fc from 'fast-check';
import Papa from 'papaparse';
import { afterEach, describe, expect, test, vi } from 'vitest';
import type { Column } from '../../../src/data/readers/columns.ts';
import { CsvReader, readCsv } from '../../../src/data/readers/csv.ts';
import { encodeTable, type NumericTable, type TableOptions } from '../../../src/data/table.ts';
import { expectDataError } from './helpers.ts';

afterEach(() => {
  vi.restoreAllMocks();
});

const read = (text: string): ReturnType<typeof readCsv> => readCsv('t.csv', new TextEncoder().encode(text));
const encode = (text: string, over: Partial<TableOptions> = {}): NumericTable =>
  encodeTable(read(text), { label: 'y', target: 'classes', missing: 'median', ...over });

describe('readCsv', () => {
  test('gives back any table of numbers', () => {
    const cell = fc.double({ noNaN: true, noDefaultInfinity: true });
    const tables = fc
      .integer({ min: 1, max: 4 })
      .chain((width) => fc.array(fc.array(cell, { minLength: width, maxLength: width }), { minLength: 1, maxLength: 6 }));
    fc.assert(
      fc.property(tables, fc.constantFrom(',', ';', '\t'), fc.constantFrom('\n', '\r\n'), (rows, separator, end) => {
        const names = (rows[0] ?? []).map((_, at) => `c${at}`);
        const table = read([names, ...rows].map((row) => row.join(separator)).join(end));
        expect(table.rowCount).toBe(rows.length);
        // CSV has no −0.
        const read0 = table.columns.map((column) => (column.kind === 'number' ? Array.from(column.values, (value) => value + 0) : []));
        expect(read0).toEqual(names.map((_, at) => rows.map((row) => Number(row[at]) + 0)));
      }),
    );
  });

  test('takes quoted cells, blank lines and a byte-order mark', () => {
    const table = read('\ufeffname,y\n"a, ""b""",1\n\nc,2\n');
    expect(table.columns.map(({ name }) => name)).toEqual(['name', 'y']);
    expect(table.columns[0]).toMatchObject({ kind: 'text', codes: Int32Array.of(0, 1), categories: ['a, "b"', 'c'] });
  });

  test.each([
    ['an empty file', '', ['t.csv', 'empty file']],
    ['a header alone', 'a,b\n', ['row 2', 'at least one row']],
    ['a short row', 'a,b\n1,2\n3\n', ['row 3', 'expected 2', 'found 1']],
    ['a long row', 'a,b\n1,2,3\n', ['row 2', 'expected 2', 'found 3']],
    ['a name twice', 'a,a\n1,2\n', ['row 1', '“a” twice']],
    ['NaN', 'a,b\n1,2\nNaN,3\n', ['row 3', 'column “a”', 'finite', '“NaN”']],
    ['infinity', 'a,b\n1,2\n4,-inf\n', ['row 3', 'column “b”', 'finite', '“-inf”']],
    ['a number too large', 'a,b\n1,1e999\n', ['row 2', 'column “b”', '“1e999”']],
    ['a word among numbers', 'a,b\n1,2\n2,2\n\nx,3\n', ['row 5', 'column “a”', 'expected a number', '“x”']],
    ['a column without values', 'a,b\n1,\n2,NA\n', ['column “b”', 'none at all']],
    ['an open quotation', 'a,b\n1,"2\n', ['quotation']],
  ])('names %s', async (_, text, parts) => {
    await expectDataError(() => read(text), ...parts);
  });
});

function readNoted(text: string): { readonly columns: readonly Column[]; readonly rowCount: number; readonly notes: readonly string[] } {
  const reader = new CsvReader('t.csv');
  reader.push(text);
  return { ...reader.end(), notes: reader.notes };
}

const numbersOf = (column: Column | undefined): readonly number[] => (column?.kind === 'number' ? [...column.values] : []);

describe('decimal commas', () => {
  test('are read where they do not separate, and that is said', () => {
    const { columns, notes } = readNoted('a;b;c\n0,5;1;x\n-1,25e2;2,5;y\n;,5;z\n3;4;x\n');
    expect(numbersOf(columns[0])).toEqual([0.5, -125, NaN, 3]);
    expect(numbersOf(columns[1])).toEqual([1, 2.5, 0.5, 4]);
    expect(columns.map(({ problem }) => problem)).toEqual([null, null, null]);
    expect(notes).toEqual(['t.csv: decimals are written with a comma in “a”, “b”: “0,5” was read as 0.5.']);
  });

  test('are read in a column that begins with whole numbers, however long', () => {
    const whole = Array.from({ length: 1500 }, (_, i) => `${i};x`).join('\n');
    const { columns, notes } = readNoted(`a;b\n${whole}\n0,5;y\n`);
    expect(numbersOf(columns[0]).at(-1)).toBe(0.5);
    expect(columns[0]?.problem).toBeNull();
    expect(notes).toHaveLength(1);
  });

  const long = (last: string): string => `a;b\n${Array.from({ length: 1500 }, (_, i) => `${i},5;1`).join('\n')}\n${last};2\n`;
  test.each([
    ['beside points', 'a;b\n1.5;1\n0,5;2\n', 'row 3, column “a”: expected a number, found “0,5”. Decimals are written with a point.'],
    ['with points between thousands', 'a;b\n1.234,5;1\n2.234,5;2\n', 'row 2, column “a”: expected a number, found “1.234,5”. Decimals'],
    ['in quotes where a comma separates', 'a,b\n"0,5",1\n"1,5",2\n', 'row 2, column “a”: expected a number, found “0,5”. Decimals'],
    ['beside a word', 'a;b\n0,5;1\n1,5;2\nx;3\n', 'row 4, column “a”: expected a number, found “x”.'],
    ['beside a point far below', long('1.500'), 'row 2, column “a”: expected a number, found “0,5”. Decimals are written with a point.'],
    ['beyond all numbers', 'a;b\n0,5;1\n1,5e999;2\n', 'row 3, column “a”: expected a finite number, found “1,5e999”.'],
  ])('%s are named, and never become categories', (_, text, sentence) => {
    const { columns, notes } = readNoted(text);
    expect(columns[0]?.kind).toBe('number');
    expect(columns[0]?.problem).toContain(sentence);
    if (!text.includes('e999')) expect(notes).toEqual([]);
  });
});

describe('the first row', () => {
  test.each([
    ['numbers above numbers', '5.1,3,1\n4.9,3,0\n4.7,,1\n', 3],
    ['the same number twice', '1,1,0\n2,1,1\n', 2],
    ['a word that comes again', '5.1,red,a\n4.9,blue,b\n4.8,red,a\n4.7,red,b\n', 4],
    ['decimal commas', '0,5;2;1\n1,5;3;0\n', 2],
    ['decimal commas, as many as semicolons', '0,5;1,5;1\n1,5;2,5;0\n2,5;1,5;0\n', 3],
    ['rows longer than a piece', `${Array.from({ length: 3 }, (_, i) => `${'0'.repeat(70_000)}${i},${i % 2}`).join('\n')}\n`, 3],
  ])('is an example: %s', (_, text, rowCount) => {
    const table = readNoted(text);
    expect(table.rowCount).toBe(rowCount);
    expect(table.columns.slice(0, 2).map(({ name }) => name)).toEqual(['column 1', 'column 2']);
    expect(table.notes[0]).toContain('t.csv: no header was found');
  });

  test.each([
    ['words', 'a,b\n1,2\n', null],
    ['years under which there are numbers, beside a name', 'country,2019,2020\nde,1,2\nfr,3,4\n', '“2019”, “2020”'],
    ['places of columns', '0,1,2\n5,6,7\n8,9,1\n', '“0”, “1”, “2”'],
    ['numbers above words', '7,8\nu,1\nv,2\n', '“7”, “8”'],
  ])('is the header: %s', (_, text, numbers) => {
    const { columns, notes } = readNoted(text);
    expect(columns[0]?.name).toBe(text.split(',')[0]);
    if (numbers === null) expect(notes).toEqual([]);
    else expect(notes[0]).toContain(`taken for the header, though there are numbers in it: ${numbers}.`);
  });
});

test('a row without end is given up, and is looked at seldom while it grows', async () => {
  const Parser = Papa.Parser;
  let looks = 0;
  vi.spyOn(Papa, 'Parser').mockImplementation(function counting(config) {
    const parser = new Parser(config);
    const { parse } = parser;
    parser.parse = (...given): unknown => {
      looks++;
      return parse(...given) as unknown;
    };
    return parser;
  });
  const reader = new CsvReader('t.csv');
  reader.push('a,b\n1,2\n');
  await expectDataError(() => reader.push('1'.repeat(17_000_000)), 't.csv', 'row 3', 'end within 16777216 characters');
  // twice as much each time, where 260 pieces come
  expect(looks).toBeLessThan(20);
});

test('one column alone names the separators that are known', async () => {
  const reader = new CsvReader('t.csv');
  reader.push('a b y\n1.5 2 0\n2.5 1 1\n');
  await expectDataError(() => reader.end(2), 't.csv', 'found one, “a b y”', 'semicolon', 'blanks alone do not');
  await expectDataError(() => read('a b\n1,5 2\n'), 'row 2', 'taken to be “,”', 'semicolon');
});

describe('encodeTable', () => {
  test('one-hot encodes words, and counts and keeps what is missing', () => {
    const table = encode('size,colour,y\n1,red,no\nNA,blue,yes\n3,,no\n4,red,yes\n');
    expect(table.featureNames).toEqual(['size', 'colour = blue', 'colour = red']);
    expect(table.missing).toEqual([
      { column: 'size', count: 1 },
      { column: 'colour', count: 1 },
    ]);
    expect([...table.values]).toEqual([1, 0, 1, NaN, 1, 0, 3, NaN, NaN, 4, 0, 1]);
    expect([...table.target]).toEqual([0, 1, 0, 1]);
    expect(table.classNames).toEqual(['no', 'yes']);
  });

  test('leaves rows out when asked to, and rows without a label always', () => {
    const text = 'a,y\n1,no\nNA,yes\n3,\n4,yes\n';
    expect(encode(text, { missing: 'omit' })).toMatchObject({ m: 2, omittedRows: 2 });
    expect(encode(text)).toMatchObject({ m: 3, omittedRows: 1 });
  });

  test('orders numeric classes by number and lets the positive one be chosen', () => {
    expect(encode('a,y\n1,10\n2,9\n3,2\n').classNames).toEqual(['2', '9', '10']);
    const chosen = encode('a,y\n1,no\n2,yes\n', { positive: 'no' });
    expect(chosen.classNames).toEqual(['yes', 'no']);
    expect([...chosen.target]).toEqual([1, 0]);
  });

  const many = Array.from({ length: 101 }, (_, i) => `w${i},${i % 2}`).join('\n');
  test.each([
    ['a label that is not there', 'a,b\n1,2\n', {}, ['“y”', '“a”, “b”']],
    ['a single class', 'a,y\n1,no\n2,no\n', {}, ['column “y”', 'two classes', '“no” alone']],
    ['a constant column', 'a,b,y\n1,5,no\n2,5,yes\n', {}, ['column “b”', '“5” in every row']],
    ['a constant word', 'a,b,y\n1,w,no\n2,w,yes\n', {}, ['column “b”', '“w” in every row']],
    ['too many categories', `a,y\n${many}`, {}, ['column “a”', 'at most 100', 'found 101']],
    ['a label that is no number', 'a,y\n1,no\n2,yes\n', { target: 'number' }, ['column “y”', 'numbers to predict', '“no”']],
    ['a positive class that is not there', 'a,y\n1,no\n2,yes\n', { positive: 'maybe' }, ['“maybe”', '“no” and “yes”']],
    ['no column but the label', 'y\n1\n2\n', {}, ['beside “y”']],
    ['missing values in every row', 'a,b,y\nNA,1,no\n2,NA,yes\n', { missing: 'omit' }, ['found none in 2 rows']],
  ] as const)('names %s', async (_, text, over, parts) => {
    await expectDataError(() => encode(text, over), ...parts);
  });
});
