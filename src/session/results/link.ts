/**
 * Results in the fragment of a link, which no server ever sees: a whole result, or a summary without its samples that is
 * small enough for a QR code. Both are packed with a checksum, so that a link that was cut short is known as one.
 */
import { ResultFileError } from './errors.ts';
import type { Figures } from './figures.ts';
import { figures } from './figures-schema.ts';
import { readResult } from './read.ts';
import type { Result } from './result.ts';
import { isObject } from './shapes.ts';

/** What a link or a file held: a result with all its samples, or a summary. */
export type Opened = { readonly whole: true; readonly result: Result } | { readonly whole: false; readonly figures: Figures };

/** Beyond this many characters programs that pass links on cut them. */
export const mostLinkLength = 30_000;

const keys = { result: true, summary: false } as const;

/** Nothing that is honest grows to this size; a small link may hold much air. */
const mostBytes = 8_000_000;

const wayOut = 'It was cut short or changed on its way: ask for the link again, or for the file.';

async function piped(
  bytes: Uint8Array<ArrayBuffer>,
  through: ReadableWritablePair<Uint8Array<ArrayBuffer>, BufferSource>,
): Promise<Uint8Array<ArrayBuffer>> {
  const reader = new Blob([bytes]).stream().pipeThrough(through).getReader();
  const parts: Uint8Array<ArrayBuffer>[] = [];
  let sizeBytes = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    parts.push(value);
    sizeBytes += value.length;
    if (sizeBytes > mostBytes) {
      await reader.cancel();
      throw new RangeError(`more than ${mostBytes} bytes`);
    }
  }
  return new Uint8Array(await new Blob(parts).arrayBuffer());
}

function toBase64Url(bytes: Uint8Array): string {
  let binary = '';
  for (const byte of bytes) binary += String.fromCharCode(byte);
  return btoa(binary).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '');
}

function fromBase64Url(text: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (letter) => letter.charCodeAt(0));
}

async function packed(value: unknown): Promise<string> {
  const bytes = new TextEncoder().encode(JSON.stringify(value));
  return toBase64Url(await piped(bytes, new CompressionStream('deflate')));
}

/** @returns `#result=…`, whatever its length */
export async function resultFragment(result: Result): Promise<string> {
  return `#result=${await packed(result)}`;
}

/** Four digits are all that a summary's figures bear; whole numbers stay whole. */
function rounded(_key: string, value: unknown): unknown {
  return typeof value === 'number' && !Number.isInteger(value) ? Number(value.toPrecision(4)) : value;
}

/** @returns `#summary=…` */
export async function summaryFragment(of: Figures): Promise<string> {
  return `#summary=${await packed(JSON.parse(JSON.stringify(of, rounded)))}`;
}

/** Whether a fragment means to bring a result. */
export function bringsResult(fragment: string): boolean {
  return /^#(result|summary)=/.test(fragment);
}

/**
 * @param name what the link is called in a message
 * @throws ResultFileError
 */
export async function readFragment(fragment: string, name: string): Promise<Opened> {
  const [, key = '', packedText = ''] = /^#(result|summary)=(.*)$/s.exec(fragment) ?? [];
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(await piped(fromBase64Url(packedText), new DecompressionStream('deflate')));
  } catch {
    throw new ResultFileError(name, '', 'a packed result', `${packedText.length} letters that cannot be unpacked`, wayOut);
  }
  if (keys[key as keyof typeof keys]) return { whole: true, result: readResult(text, name) };
  return { whole: false, figures: readSummary(text, name) };
}

function readSummary(text: string, name: string): Figures {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new ResultFileError(name, '', 'JSON', 'text that is none', wayOut);
  }
  const schema = isObject(value) && isObject(value['deciding']) ? value['deciding']['schema'] : 1;
  if (typeof schema === 'number' && Number.isInteger(schema) && schema > 1) {
    const found = `${schema}, which a newer Downhill wrote`;
    throw new ResultFileError(name, 'schema', '1', found, 'Open it with a Downhill as new as that one.');
  }
  return figures(value, { file: name, path: '' });
}
