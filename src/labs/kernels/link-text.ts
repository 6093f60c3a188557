/** A kernel's text in the fragment of the URL: packed, in letters that links keep. Nothing is unpacked beyond a stated size. */

/** Letters of a fragment, and characters of a kernel: far beyond those of the tree. */
const mostLetters = 24_000;
const mostCharacters = 100_000;
const key = 'kernel=';

async function through(
  bytes: Uint8Array<ArrayBuffer>,
  stream: CompressionStream | DecompressionStream,
  most: number,
): Promise<Uint8Array<ArrayBuffer> | null> {
  const reader = new Blob([bytes]).stream().pipeThrough(stream).getReader();
  const parts: BlobPart[] = [];
  let length = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    length += value.byteLength;
    if (length > most) {
      await reader.cancel();
      return null;
    }
    parts.push(value);
  }
  return new Uint8Array(await new Blob(parts).arrayBuffer());
}

/** @returns null when the text is too long for a link */
export async function packText(text: string): Promise<string | null> {
  const packed = await through(new TextEncoder().encode(text), new CompressionStream('deflate-raw'), mostCharacters);
  if (!packed) return null;
  const letters = btoa(String.fromCharCode(...packed))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '');
  return letters.length > mostLetters ? null : `${key}${letters}`;
}

/** @returns null where the fragment holds no kernel, 'unreadable' where it holds what cannot be one */
export async function unpackText(fragment: string): Promise<string | null> {
  const text = fragment.replace(/^#/, '');
  if (!text.startsWith(key)) return null;
  const letters = text.slice(key.length);
  if (letters.length > mostLetters || !/^[\w-]+$/.test(letters)) throw new RangeError('unreadable');
  try {
    const bytes = Uint8Array.from(atob(letters.replaceAll('-', '+').replaceAll('_', '/')), (letter) => letter.charCodeAt(0));
    const unpacked = await through(bytes, new DecompressionStream('deflate-raw'), mostCharacters);
    if (unpacked) return new TextDecoder('utf-8', { fatal: true }).decode(unpacked);
  } catch {
    // said below
  }
  throw new RangeError('unreadable');
}
