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
  try {
    const unpacked = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip'));
    return new Uint8Array(await new Response(unpacked).arrayBuffer());
  } catch (cause) {
    throw new DataError(input, `expected a whole gzip stream, found ${bytes.length} bytes that are damaged or cut short. Fetch the file again.`, { cause });
  }
}
