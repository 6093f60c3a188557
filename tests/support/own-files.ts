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
