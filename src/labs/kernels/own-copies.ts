/** The reader's own kernels in IndexedDB: read once, written behind. A browser that refuses keeps them for the visit. */
import { openDB, type IDBPDatabase } from 'idb';
import type { OwnCopy } from './kernels-state.ts';

const store = 'copies';

export interface CopyShelf {
  all(): Promise<readonly OwnCopy[]>;
  put(copy: OwnCopy): void;
  remove(name: string): void;
}

export class BrowserShelf implements CopyShelf {
  readonly #database: Promise<IDBPDatabase | null> = openDB('downhill-kernels', 1, {
    upgrade: (database) => {
      database.createObjectStore(store, { keyPath: 'name' });
    },
  }).catch(() => null);

  async all(): Promise<readonly OwnCopy[]> {
    return ((await (await this.#database)?.getAll(store)) ?? []) as readonly OwnCopy[];
  }

  put(copy: OwnCopy): void {
    this.#database.then((database) => database?.put(store, copy)).catch(() => undefined);
  }

  remove(name: string): void {
    void this.#database.then((database) => database?.delete(store, name));
  }
}
