/** Houses: the logarithm of what a house in Lucas County, Ohio, sold for between 1993 and 1998, from its size, age and place. */
import { catalogue } from '../catalogue.ts';
import type { Dataset, DatasetRequest } from '../dataset.ts';
import { DataError } from '../errors.ts';
import type { Column } from '../readers/columns.ts';
import type { Table } from '../readers/csv.ts';
import { Kept, type Files, type SetReader } from '../set-reader.ts';
import { tableDataset } from '../table-dataset.ts';
import { encodeTable, type NumericTable } from '../table.ts';

const file = 'houses.csv.gz';
const targetName = 'log price';

/** By column of the file: its name as a feature and what makes it well-behaved. Columns of words are one-hot encoded. */
const numeric: Readonly<Record<string, readonly [name: string, transform: (value: number) => number]>> = {
  price: [targetName, Math.log],
  yrbuilt: ['year built', (year) => year],
  TLA: ['log living area', Math.log],
  beds: ['bedrooms', (count) => count],
  baths: ['bathrooms', (count) => count],
  halfbaths: ['half bathrooms', (count) => count],
  // 0 stands for unknown in these, which a logarithm could not take.
  frontage: ['√ frontage', Math.sqrt],
  depth: ['√ depth', Math.sqrt],
  garagesqft: ['√ garage area', Math.sqrt],
  rooms: ['rooms', (count) => count],
  lotsize: ['log lot size', Math.log],
  sdate: ['year sold', yearsOf],
  east: ['east', (metres) => metres],
  north: ['north', (metres) => metres],
};

/** `avalue` is an expert's estimate of the answer; `age` and `syear` repeat `yrbuilt` and `sdate`. */
const leftOut = ['avalue', 'age', 'syear'];

export class Houses implements SetReader {
  readonly #table = new Kept<NumericTable>();

  async read(request: DatasetRequest, files: Files): Promise<Dataset> {
    const table = await this.#table.get(() => readTable(files));
    return tableDataset(table, request, { name: 'houses', targetName, attributions: catalogue.houses.attributions });
  }
}

async function readTable(files: Files): Promise<NumericTable> {
  const [bytes, { readCsv }] = await Promise.all([files.read(file), import('../readers/csv.ts')]);
  const table = readCsv(file, bytes);
  const columns = table.columns.filter(({ name }) => !leftOut.includes(name)).map((column) => transform(table, column));
  return encodeTable({ ...table, columns }, { label: targetName, target: 'number', missing: 'median' });
}

function transform(table: Table, column: Column): Column {
  const known = numeric[column.name];
  if (column.kind === 'text') return column;
  if (known === undefined) throw new DataError(table.input, `expected the columns of the Lucas County table, found “${column.name}”.`);
  const [name, change] = known;
  return { ...column, name, values: column.values.map(change) };
}

/** From YYMMDD to years, e.g. 960701 to 1996.5. */
function yearsOf(date: number): number {
  const year = Math.floor(date / 10_000);
  const month = Math.floor(date / 100) % 100;
  const day = date % 100;
  return 1900 + year + (month - 1) / 12 + (day - 1) / 365;
}
