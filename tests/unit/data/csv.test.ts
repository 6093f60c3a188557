/** CSV to numbers: types, categories, missing values, and each defect with its message. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readCsv } from '../../../src/data/readers/csv.ts';
import { encodeTable, type NumericTable, type TableOptions } from '../../../src/data/table.ts';
import { expectDataError } from './helpers.ts';

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
