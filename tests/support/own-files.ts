/** Files as a user would open them: from the fixtures that other tools wrote, or made here. */
import { readFileSync } from 'node:fs';
import type { OwnFile } from '../../src/data/own/open.ts';

const folder = new URL('../fixtures/own/', import.meta.url);

export function fixtureBytes(name: string): Uint8Array<ArrayBuffer> {
  return new Uint8Array(readFileSync(new URL(name, folder)));
}

export function fileOf(path: string, content: Uint8Array<ArrayBuffer> | string): OwnFile {
  return { path, blob: new Blob([content]) };
}

export const fixture = (name: string): OwnFile => fileOf(name, fixtureBytes(name));

/** A file of NumPy's with float64 values, row-major. */
export function npyOf(values: readonly number[], shape: readonly number[]): Uint8Array<ArrayBuffer> {
  const header = `{'descr': '<f8', 'fortran_order': False, 'shape': (${shape.join(', ')},), }`;
  const start = [0x93, ...Buffer.from('NUMPY'), 1, 0, header.length, 0, ...Buffer.from(header)];
  return new Uint8Array([...start, ...new Uint8Array(Float64Array.from(values).buffer)]);
}
