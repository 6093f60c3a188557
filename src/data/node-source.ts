/** Built-in files from the disk, for Node: tests, measurements and the terminal. Pages use `fetch-source.ts`. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ByteSource } from './dataset.ts';
import { DataError } from './errors.ts';

/** @param folder where the files lie, e.g. the path of `src/data/files` */
export function nodeSource(folder: string): ByteSource {
  return {
    async bytes(file, onProgress, signal) {
      try {
        const buffer = await readFile(join(folder, file), { signal });
        // A copy with a buffer of its own: Node may hand out a part of a shared pool.
        const bytes = new Uint8Array(buffer);
        onProgress?.(bytes.length, bytes.length);
        return bytes;
      } catch (cause) {
        signal?.throwIfAborted();
        throw new DataError(file, `could not be read from ${folder}.`, { cause });
      }
    },
  };
}
