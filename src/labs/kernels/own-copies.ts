/** The reader's own kernels in IndexedDB: read once, written behind. A browser that refuses keeps them for the visit. */
import { openDB, type IDBPDatabase } from 'idb';
import type { OwnCopy } from './kernels-state.ts';

const store = 'copies';

export interface CopyShelf {
  all(): Promise<readonly OwnCopy[]>;
  /** Writes it where no other has its name, in this tab or in another. @returns whether it did */
  add(copy: OwnCopy): Promise<boolean>;
  put(copy: OwnCopy): void;
  remove(name: string): void;
}

/** A new copy, written under the first free name: the file's own with a number. */
export async function addedCopy(shelf: CopyShelf, file: string, text: string, known: readonly OwnCopy[]): Promise<OwnCopy> {
  const stem = file.replace(/^.*\//, '').replace(/[.]wgsl$/, '');
  const taken = new Set(known.map(({ name }) => name));
  for (let number = 1; ; number++) {
    const own = { name: `${stem}-${number}`, file, text };
    if (!taken.has(own.name) && (await shelf.add(own))) return own;
  }
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

  async add(copy: OwnCopy): Promise<boolean> {
    const database = await this.#database;
    if (!database) return true;
    try {
      await database.add(store, copy);
      return true;
    } catch (error) {
      // a full disk is no reason to try the next name
      return !(error instanceof Error && error.name === 'ConstraintError');
    }
  }

  put(copy: OwnCopy): void {
    this.#database.then((database) => database?.put(store, copy)).catch(() => undefined);
  }

  remove(name: string): void {
    void this.#database.then((database) => database?.delete(store, name));
  }
}
