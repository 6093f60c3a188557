/** What the data tests share: the built-in files from the disk, an IDX writer, and a checksum. */
import { fileURLToPath } from 'node:url';
import { expect } from 'vitest';
import type { ByteSource, DatasetRequest } from '../../../src/data/dataset.ts';
import { DataError } from '../../../src/data/errors.ts';
import { nodeSource } from '../../../src/data/node-source.ts';

export const builtIn: ByteSource = nodeSource(fileURLToPath(new URL('../../../src/data/files', import.meta.url)));

export function request(over: Partial<DatasetRequest> & Pick<DatasetRequest, 'set'>): DatasetRequest {
  return { m: 100, seed: 1, testShare: 0.2, normalization: 'unit', ...over };
}

/** A source that notes which files were asked for. */
export function counting(source: ByteSource): ByteSource & { readonly asked: string[] } {
  const asked: string[] = [];
  return {
    asked,
    bytes(file, onProgress, signal) {
      asked.push(file);
      return source.bytes(file, onProgress, signal);
    },
  };
}

/** An IDX file of bytes. */
export function idxOfBytes(shape: readonly number[], values: Uint8Array): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(4 + 4 * shape.length + values.length);
  const view = new DataView(bytes.buffer);
  view.setUint8(2, 0x08);
  view.setUint8(3, shape.length);
  shape.forEach((length, d) => view.setUint32(4 + 4 * d, length));
  bytes.set(values, 4 + 4 * shape.length);
  return bytes;
}

/** FNV-1a, 32 bits. */
export function checksum(bytes: Uint8Array): string {
  let sum = 0x811c9dc5;
  for (const byte of bytes) sum = Math.imul(sum ^ byte, 0x01000193);
  return (sum >>> 0).toString(16).padStart(8, '0');
}

/** True when both hold the same bits; quick where comparing element by element is not. */
export function sameBits(a: ArrayBufferView, b: ArrayBufferView): boolean {
  return Buffer.from(a.buffer, a.byteOffset, a.byteLength).equals(Buffer.from(b.buffer, b.byteOffset, b.byteLength));
}

/** Checks that the call fails with a DataError whose message holds every part. */
export async function expectDataError(call: () => unknown, ...parts: readonly string[]): Promise<void> {
  let thrown: unknown;
  try {
    await call();
  } catch (error) {
    thrown = error;
  }
  expect(thrown).toBeInstanceOf(DataError);
  for (const part of parts) expect((thrown as DataError).message).toContain(part);
}
