/** Adverts: is this message advertising? How often 57 words and signs occur in 4,601 e-mails of around 1999. */
import type { Attribution, Dataset, DatasetRequest } from '../dataset.ts';
import { Kept, type Files, type SetReader } from '../set-reader.ts';
import { tableDataset } from '../table-dataset.ts';
import { encodeTable, type NumericTable } from '../table.ts';

export const advertsAttributions: readonly Attribution[] = [
  { source: 'Spambase, UCI Machine Learning Repository, doi:10.24432/C53G6X', authors: 'M. Hopkins, E. Reeber, G. Forman, J. Suermondt', licence: 'CC-BY-4.0' },
];

const file = 'adverts.csv.gz';

export class Adverts implements SetReader {
  readonly #table = new Kept<NumericTable>();

  async read(request: DatasetRequest, files: Files): Promise<Dataset> {
    const table = await this.#table.get(() => readTable(files));
    return tableDataset(table, request, { name: 'adverts', targetName: 'spam', attributions: advertsAttributions });
  }
}

async function readTable(files: Files): Promise<NumericTable> {
  const [bytes, { readCsv }] = await Promise.all([files.read(file), import('../readers/csv.ts')]);
  const table = encodeTable(readCsv(file, bytes), { label: 'type', target: 'classes', positive: 'spam', missing: 'median' });
  // Frequencies have a long tail; the small constant keeps a word that does not occur at a finite place.
  return { ...table, values: table.values.map((value) => Math.log(0.1 + value)) };
}
