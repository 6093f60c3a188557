/** Tuning records in IndexedDB: read once at the start, written behind. A browser that refuses keeps them for the visit. */
import { openDB, type IDBPDatabase } from 'idb';
import { ShortMemory, type TunerMemory, type TuneRecord } from './tuner.ts';

const store = 'plans';

export class BrowserMemory implements TunerMemory {
  readonly #short = new ShortMemory();
  readonly #database: Promise<IDBPDatabase | null>;
  readonly ready: Promise<void>;

  constructor() {
    this.#database = openDB('downhill', 1, {
      upgrade: (database) => {
        database.createObjectStore(store);
      },
    }).catch(() => null);
    this.ready = this.#load();
  }

  async #load(): Promise<void> {
    const database = await this.#database;
    if (!database) return;
    const [keys, values] = await Promise.all([database.getAllKeys(store), database.getAll(store)]);
    for (const [index, key] of keys.entries()) if (typeof key === 'string') this.#short.set(key, values[index] as TuneRecord);
  }

  get(key: string): TuneRecord | undefined {
    return this.#short.get(key);
  }

  set(key: string, record: TuneRecord): void {
    this.#short.set(key, record);
    // on a full disk it is remembered for the visit alone
    this.#database.then((database) => database?.put(store, record, key)).catch(() => undefined);
  }
}
