/** Adverts: is this message advertising? How often 57 words and signs occur in 4,601 e-mails of around 1999. */
import { catalogue } from '../catalogue.ts';
import type { Dataset, DatasetRequest } from '../dataset.ts';
import { Kept, type Files, type SetReader } from '../set-reader.ts';
import { tableDataset } from '../table-dataset.ts';
import { encodeTable, type NumericTable } from '../table.ts';

const file = 'adverts.csv.gz';

export class Adverts implements SetReader {
  readonly #table = new Kept<NumericTable>();

  async read(request: DatasetRequest, files: Files): Promise<Dataset> {
    const table = await this.#table.get(() => readTable(files));
    return tableDataset(table, request, { name: 'adverts', targetName: 'spam', attributions: catalogue.adverts.attributions });
  }
}

async function readTable(files: Files): Promise<NumericTable> {
  const [bytes, { readCsv }] = await Promise.all([files.read(file), import('../readers/csv.ts')]);
  const table = encodeTable(readCsv(file, bytes), { label: 'type', target: 'classes', positive: 'spam', missing: 'median' });
  // Frequencies have a long tail; the small constant keeps a word that does not occur at a finite place.
  return { ...table, values: table.values.map((value) => Math.log(0.1 + value)) };
}
