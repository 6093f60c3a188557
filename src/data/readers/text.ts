/** Bytes of a text, piece by piece, to its characters: UTF-8, UTF-16 where a mark says so, anything else on demand. */
import { DataError } from '../errors.ts';

/** The bytes are not UTF-8; whoever reads may try again with another encoding. */
export class NotUtf8Error extends DataError {}

export type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1252';

function encodingOf(bytes: Uint8Array): Encoding {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  return bytes[0] === 0xfe && bytes[1] === 0xff ? 'utf-16be' : 'utf-8';
}

export class TextReader {
  readonly #input: string;
  readonly #forced: Encoding | null;
  #decoder: InstanceType<typeof TextDecoder> | null = null;
  #bytes = 0;

  /** @param encoding null: found out, UTF-8 unless a mark says otherwise */
  constructor(input: string, encoding: Encoding | null) {
    this.#input = input;
    this.#forced = encoding;
  }

  /** @throws NotUtf8Error; DataError when there are zero bytes, which no text has */
  push(bytes: Uint8Array): string {
    const encoding = this.#decoder?.encoding ?? this.#forced ?? encodingOf(bytes);
    this.#decoder ??= new TextDecoder(encoding, { fatal: encoding === 'utf-8' });
    if (!encoding.startsWith('utf-16')) {
      const zero = bytes.indexOf(0);
      if (zero >= 0)
        throw new DataError(this.#input, `expected text, found a zero byte at byte ${this.#bytes + zero}. Is it a CSV file, and in UTF-8?`);
    }
    const text = this.#decode(bytes, true);
    this.#bytes += bytes.length;
    return text;
  }

  end(): string {
    return this.#decoder ? this.#decode(new Uint8Array(0), false) : '';
  }

  #decode(bytes: Uint8Array, stream: boolean): string {
    try {
      return this.#decoder?.decode(bytes, { stream }) ?? '';
    } catch (cause) {
      const place = `between bytes ${this.#bytes} and ${this.#bytes + bytes.length}`;
      throw new NotUtf8Error(this.#input, `expected text in UTF-8, found other bytes ${place}. Save it as UTF-8.`, { cause });
    }
  }
}
