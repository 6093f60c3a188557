/**
 * What sweeps have done, in IndexedDB: a reload can go on from there. One record for each choice of settings, the newest
 * few of them. A browser that refuses throws, and whoever asked says so.
 */
import { openDB, type DBSchema, type IDBPDatabase, type IDBPObjectStore } from 'idb';
import type { SweepProgress } from './report.ts';
import type { SweepSettings } from './settings.ts';

interface Kept {
  readonly key: string;
  /** Milliseconds since 1970. */
  readonly savedAt: number;
  readonly progress: SweepProgress;
}

interface Schema extends DBSchema {
  sweeps: { key: string; value: Kept; indexes: { savedAt: number } };
}

type Store = IDBPObjectStore<Schema, ['sweeps'], 'sweeps', 'readwrite'>;

const mostKept = 12;

export class SweepMemory {
  #database: Promise<IDBPDatabase<Schema>> | null = null;

  #open(): Promise<IDBPDatabase<Schema>> {
    this.#database ??= openDB<Schema>('downhill-sweeps', 1, {
      upgrade: (database) => {
        database.createObjectStore('sweeps', { keyPath: 'key' }).createIndex('savedAt', 'savedAt');
      },
    }).catch((error: unknown) => {
      // there may be room when it is tried again
      this.#database = null;
      throw error;
    });
    return this.#database;
  }

  /** What was done of exactly these settings, or null. */
  async load(settings: SweepSettings): Promise<SweepProgress | null> {
    const kept = await (await this.#open()).get('sweeps', keyOf(settings));
    return kept?.progress ?? null;
  }

  /** The sweep that was saved last, or null. */
  async newest(): Promise<SweepProgress | null> {
    const cursor = await (await this.#open()).transaction('sweeps').store.index('savedAt').openCursor(null, 'prev');
    return cursor?.value.progress ?? null;
  }

  async save(progress: SweepProgress): Promise<void> {
    const database = await this.#open();
    await this.#write(database, (sweeps) => sweeps.put({ key: keyOf(progress.settings), savedAt: Date.now(), progress }));
    const keys = await database.getAllKeysFromIndex('sweeps', 'savedAt');
    for (const key of keys.slice(0, -mostKept)) await database.delete('sweeps', key);
  }

  async forget(settings: SweepSettings): Promise<void> {
    await this.#write(await this.#open(), (sweeps) => sweeps.delete(keyOf(settings)));
  }

  /** Committed at once: a page that is left takes away what still waits for its commit. */
  async #write(database: IDBPDatabase<Schema>, change: (sweeps: Store) => Promise<unknown>): Promise<void> {
    const transaction = database.transaction('sweeps', 'readwrite', { durability: 'relaxed' });
    const changed = change(transaction.store);
    transaction.commit();
    await Promise.all([changed, transaction.done]);
  }
}

/** Settings in a fixed order, so that the same ones have the same key however they came about. */
function keyOf(settings: SweepSettings): string {
  return JSON.stringify(Object.entries(settings).sort(([a], [b]) => (a < b ? -1 : 1)));
}
