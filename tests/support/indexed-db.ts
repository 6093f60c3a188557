/** A made-up IndexedDB for the tests of one file: files share a process, and the others are to find none. */
import 'fake-indexeddb/auto';
import { indexedDB } from 'fake-indexeddb';
import { afterAll, beforeAll } from 'vitest';

export function withIndexedDb(): void {
  beforeAll(() => {
    Object.defineProperty(globalThis, 'indexedDB', { value: indexedDB, configurable: true, writable: true });
  });
  afterAll(() => {
    Reflect.deleteProperty(globalThis, 'indexedDB');
  });
}
