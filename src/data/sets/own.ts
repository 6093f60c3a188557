/** A file that the user opened, as a set like any other: split, cut to m, scaled. What it holds was made by `own/choose.ts`. */
import type { Dataset, DatasetRequest, Examples } from '../dataset.ts';
import { DataError } from '../errors.ts';
import type { OwnData, OwnPart } from '../own/own-data.ts';
import { fitByteScaling } from '../scaling.ts';
import { trainingCount, type Files, type SetReader } from '../set-reader.ts';
import { split, stratifiedOrder } from '../split.ts';
import { datasetOfParts, type RawPart } from '../table-dataset.ts';
import { fillRow } from '../table.ts';

interface Rows {
  readonly train: Uint32Array;
  readonly test: Uint32Array;
}

export class Own implements SetReader {
  async read(request: DatasetRequest, files: Files): Promise<Dataset> {
    return make(request, files);
  }
}

function make(request: DatasetRequest, files: Files): Dataset {
  const data = opened(request.own ?? '', files);
  const rows = rowsOf(data, request);
  const m = trainingCount(request, rows.train.length);
  const chosen: Rows = { train: rows.train.subarray(0, m), test: rows.test };
  const mAvailable = rows.train.length;
  const ownTest = data.test !== null;
  const test = data.test ?? data.train;
  const { checksum } = data;
  const about = { name: 'own', targetName: data.targetName, attributions: [] } as const;
  if (data.train.features.kind === 'bytes') {
    const train = bytesOf(data.train, data.n, chosen.train);
    return {
      ...about,
      task: data.task,
      train,
      test: bytesOf(test, data.n, chosen.test),
      scaling: fitByteScaling(train.x.values as Uint8Array, data.n, m, request.normalization),
      rescaling: null,
      classNames: data.classNames,
      featureNames: data.featureNames,
      image: data.image,
      targetMean: 0,
      targetScale: 1,
      mAvailable,
      ownTest,
      checksum,
    };
  }
  const parts = datasetOfParts(rawPart(data.train, data.n, chosen.train), rawPart(test, data.n, chosen.test), data, request, about);
  return { ...parts, mAvailable, ownTest, checksum };
}

/** @throws DataError when it is not at hand: after a reload it has to be opened again */
function opened(text: string, { own }: Files): OwnData {
  if (own?.text === text) return own;
  throw new DataError(text.split('*')[1] || 'a file', 'is not open here, and its bytes are not part of a link. Open it again.');
}

/** A file with a test part keeps its split; of another, a share is held out. */
function rowsOf({ train, test, task }: OwnData, { testShare, seed }: DatasetRequest): Rows {
  const classes = task === 'regression' ? new Uint8Array(train.m) : train.target;
  if (test === null) return split(classes, testShare, seed);
  return { train: stratifiedOrder(classes, seed), test: Uint32Array.from({ length: test.m }, (_, row) => row) };
}

function bytesOf({ features, target }: OwnPart, n: number, rows: Uint32Array): Examples {
  const m = rows.length;
  const values = new Uint8Array(m * n);
  if (features.kind === 'bytes') rows.forEach((row, i) => values.set(features.values.subarray(row * n, (row + 1) * n), i * n));
  return { x: { storage: 'uint8', n, m, values }, y: Float32Array.from(rows, (row) => target[row] ?? 0) };
}

function rawPart({ features, target }: OwnPart, n: number, rows: Uint32Array): RawPart {
  const values = new Float64Array(rows.length * n);
  rows.forEach((row, i) => {
    if (features.kind === 'columns') fillRow(features.columns, features.rows[row] ?? 0, values, i * n);
    else values.set(features.values.subarray(row * n, (row + 1) * n), i * n);
  });
  return { values, target: Float64Array.from(rows, (row) => target[row] ?? NaN) };
}
