/** The one door to the built-in sets: from a request to a data set cut to size. What each set does is in `sets/`. */
import type { ByteSource, Dataset, DatasetName, DatasetRequest, LoadProgress } from './dataset.ts';
import { DataError } from './errors.ts';
import type { OwnData } from './own/own-data.ts';
import { gunzip } from './readers/gunzip.ts';
import { sets } from './registry.ts';
import { Kept, type SetReader } from './set-reader.ts';

/**
 * Loads sets and keeps what it has parsed or composed, so that another m, seed or normalisation costs only what is new.
 * The arrays of a `Dataset` may be views of memory that later loads share: read them, never write to them or transfer
 * them. Dropping the loader frees everything.
 */
export class DatasetLoader {
  readonly #source: ByteSource;
  #own: OwnData | null = null;
  readonly #readers = new Map<DatasetName, Kept<SetReader>>();

  constructor(source: ByteSource) {
    this.#source = source;
  }

  /**
   * @throws DataError when the request makes no sense or a file is missing or damaged; nothing loaded before is lost
   * @throws the signal's reason once it is aborted
   */
  async load(request: DatasetRequest, onProgress?: (progress: LoadProgress) => void, signal?: AbortSignal): Promise<Dataset> {
    checkRequest(request);
    signal?.throwIfAborted();
    const read = async (file: string): Promise<Uint8Array<ArrayBuffer>> => {
      const report = onProgress && ((loadedBytes: number, totalBytes: number | null) => onProgress({ file, loadedBytes, totalBytes }));
      const bytes = await this.#source.bytes(file, report, signal);
      return gunzip(file, bytes);
    };
    const reader = await this.#reader(request.set);
    const dataset = await reader.read(request, { read, signal, own: this.#own });
    signal?.throwIfAborted();
    return dataset;
  }

  /** Takes what the user opened, in place of what was opened before. */
  adopt(own: OwnData): void {
    this.#own = own;
  }

  #reader(name: DatasetName): Promise<SetReader> {
    const kept = this.#readers.get(name) ?? new Kept<SetReader>();
    this.#readers.set(name, kept);
    return kept.get(sets[name]);
  }
}

function checkRequest({ set, m, testShare, classes }: DatasetRequest): void {
  if (!(set in sets)) throw new DataError(set, `expected one of ${Object.keys(sets).join(', ')}.`);
  if (m !== 'all' && !(m >= 1 && Number.isFinite(m))) throw new DataError(set, `m: expected 1 or more training examples, found ${m}.`);
  if (!(testShare >= 0 && testShare <= 0.5)) throw new DataError(set, `test share: expected 0 to 0.5, found ${testShare}.`);
  if (classes !== undefined && classes[0] === classes[1])
    throw new DataError(set, `classes: expected two different ones, found ${classes[0]} twice.`);
}
