/** Built-in files over `fetch`, for pages and workers: streamed, with progress. Which name is at which URL is handed in. */
import type { ByteSource } from './dataset.ts';
import { DataError } from './errors.ts';
import { readAll } from './readers/gunzip.ts';

type Progress = (loadedBytes: number, totalBytes: number | null) => void;

/** @param urls a base URL that ends in a slash, or the URL of each file by name, as from `file-urls.ts` */
export function fetchSource(urls: string | ReadonlyMap<string, string>): ByteSource {
  return {
    async bytes(file, onProgress, signal) {
      const url = typeof urls === 'string' ? urls + file : urls.get(file);
      if (url === undefined) throw new DataError(file, 'is not among the files of this build.');
      try {
        const response = await fetch(url, { signal: signal ?? null });
        checkResponse(file, response);
        return await readBody(response, onProgress);
      } catch (cause) {
        signal?.throwIfAborted();
        if (cause instanceof DataError) throw cause;
        throw new DataError(file, 'could not be fetched: the connection failed. Try again.', { cause });
      }
    },
  };
}

function checkResponse(file: string, response: Response): void {
  if (!response.ok)
    throw new DataError(file, `could not be fetched: the server answered ${response.status} ${response.statusText}`.trimEnd() + '.');
  // A server that answers every unknown address with the page itself would otherwise look like a damaged file.
  if (response.headers.get('content-type')?.startsWith('text/html')) {
    throw new DataError(file, 'could not be fetched: expected data, found a web page. The file is missing from the server.');
  }
}

async function readBody(response: Response, onProgress: Progress | undefined): Promise<Uint8Array<ArrayBuffer>> {
  const length = Number(response.headers.get('content-length'));
  // What arrives is unpacked where the server packed it for the way; the length is then of something else.
  const totalBytes = length > 0 && !response.headers.has('content-encoding') ? length : null;
  if (response.body === null) return new Uint8Array(await response.arrayBuffer());
  return readAll(response.body, (loadedBytes) => onProgress?.(loadedBytes, totalBytes));
}
