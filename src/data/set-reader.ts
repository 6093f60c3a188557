/** What a built-in set is to the loader, and the little that all sets share: how they get at files, and what they keep. */
import type { Dataset, DatasetRequest } from './dataset.ts';
import type { OwnData } from './own/own-data.ts';

/** Built-in files on behalf of one load: with its progress and its way to stop. */
export interface Files {
  /**
   * The file, unpacked where it is gzip.
   * @throws DataError when it cannot be had
   */
  read(file: string): Promise<Uint8Array<ArrayBuffer>>;
  readonly signal: AbortSignal | undefined;
  /** What the user opened last, or null. */
  readonly own: OwnData | null;
}

/** One set, with what it has parsed or composed so far. */
export interface SetReader {
  /** @throws DataError; the signal's reason when it is aborted */
  read(request: DatasetRequest, files: Files): Promise<Dataset>;
}

/** A value made once and kept. When making it fails or is stopped, the next to ask tries again. */
export class Kept<T> {
  #promise: Promise<T> | undefined;

  async get(make: () => Promise<T>): Promise<T> {
    for (let shared = this.#promise; shared !== undefined; shared = this.#promise) {
      try {
        return await shared;
      } catch {
        // Whoever started it has the error or stopped it; that is no reason to fail this caller.
        if (this.#promise === shared) this.#promise = undefined;
      }
    }
    const own = make();
    this.#promise = own;
    try {
      return await own;
    } catch (error) {
      if (this.#promise === own) this.#promise = undefined;
      throw error;
    }
  }
}

/** How many training examples a request means, where `available` could be had. */
export function trainingCount(request: DatasetRequest, available: number): number {
  return request.m === 'all' ? available : Math.max(1, Math.min(Math.floor(request.m), available));
}
