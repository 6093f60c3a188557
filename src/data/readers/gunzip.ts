/** Unpacks gzip where there is gzip: the first two bytes decide, never the file's name. Other packings are left to others. */
import { DataError } from '../errors.ts';

/** True when the bytes open with gzip's magic number, 1f 8b. */
export function isGzip(bytes: Uint8Array): boolean {
  return bytes[0] === 0x1f && bytes[1] === 0x8b;
}

/**
 * The bytes unpacked, or the very same bytes when they are not gzip (a server may have unpacked them on the way).
 * @param input file name, for the message
 * @throws DataError when the gzip stream is damaged or cut short
 */
export async function gunzip(input: string, bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer>> {
  if (!isGzip(bytes)) return bytes;
  const { readable, writable } = new DecompressionStream('gzip');
  // Written by hand: piping a Blob costs Node three times as long. What fails here fails again while reading.
  const writer = writable.getWriter();
  writer.write(bytes).catch(() => undefined);
  writer.close().catch(() => undefined);
  try {
    return await readAll(readable);
  } catch (cause) {
    throw new DataError(
      input,
      `expected a whole gzip stream, found ${bytes.length} bytes that are damaged or cut short. Fetch the file again.`,
      { cause },
    );
  }
}

/** Everything that a stream yields, as one array. */
export async function readAll(
  stream: ReadableStream<Uint8Array>,
  onChunk?: (loadedBytes: number) => void,
): Promise<Uint8Array<ArrayBuffer>> {
  const chunks: Uint8Array[] = [];
  let loadedBytes = 0;
  const reader = stream.getReader();
  for (let next = await reader.read(); !next.done; next = await reader.read()) {
    chunks.push(next.value);
    loadedBytes += next.value.length;
    onChunk?.(loadedBytes);
  }
  const bytes = new Uint8Array(loadedBytes);
  let at = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, at);
    at += chunk.length;
  }
  return bytes;
}
