/**
 * Every result that was finished or imported in this browser, in IndexedDB: the text of its file, and beside it what its
 * owner made of it. A browser that keeps nothing, or no more, has it for the visit, and the reason is told.
 */
import { openDB, type DBSchema, type IDBPDatabase } from 'idb';
import { storageTrouble, type StorageTrouble } from '../storage-trouble.ts';
import { briefOf, type Brief } from './brief.ts';
import { readResult } from './read.ts';
import type { Report, Result } from './result.ts';
import { resultText } from './write.ts';

export interface KeptResult {
  readonly id: string;
  /** Milliseconds since 1970. */
  readonly keptAt: number;
  /** What its owner calls it; empty where it was given no name. */
  readonly name: string;
  readonly note: string;
  readonly pinned: boolean;
  readonly brief: Brief;
}

export type Edit = Partial<Pick<KeptResult, 'name' | 'note' | 'pinned'>>;

interface Schema extends DBSchema {
  entries: { key: string; value: KeptResult };
  /** By the same id: a list of many entries must not read all their samples. */
  texts: { key: string; value: string };
}

interface Held {
  readonly entry: KeptResult;
  readonly text: string;
}

/** A page that is left takes away what still waits for its commit. */
const atOnce = { durability: 'relaxed' } as const;

/** Pinned ones first, then the newest. */
export function inOrder(entries: readonly KeptResult[]): readonly KeptResult[] {
  return [...entries].sort((a, b) => Number(b.pinned) - Number(a.pinned) || b.keptAt - a.keptAt || (a.id < b.id ? 1 : -1));
}

export class ResultStore {
  #database: Promise<IDBPDatabase<Schema>> | null = null;
  /** What the browser did not take. */
  readonly #held = new Map<string, Held>();
  readonly #listeners = new Set<() => void>();
  #trouble: StorageTrouble | null = null;
  /** The newest of the changes, which are done one after the other: each begins with what the one before has left. */
  #change: Promise<unknown> = Promise.resolve();

  /** Why results do not outlive this visit; null as long as they do. */
  get trouble(): StorageTrouble | null {
    return this.#trouble;
  }

  /** @returns a function that ends the subscription */
  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /**
   * Keeps what was finished, and never throws. The same id again, of a run that went on, replaces the result and leaves
   * name, note and pin as they are.
   * @param keptAt when it was finished, milliseconds since 1970
   * @returns whether it outlives this visit
   */
  async keep(id: string, report: Report | Result, machine: string, keptAt = Date.now()): Promise<boolean> {
    const result = { ...report, machine } as Result;
    const text = resultText(result, machine);
    return this.#inTurn(async () => {
      const before = await this.#entry(id);
      const entry: KeptResult = { name: '', note: '', pinned: false, ...before, id, keptAt, brief: briefOf(result) };
      return this.#write(id, { entry, text });
    });
  }

  async list(): Promise<readonly KeptResult[]> {
    const held = [...this.#held.values()].map(({ entry }) => entry);
    const kept = await this.#try(async (database) => await database.getAll('entries'), []);
    return inOrder([...held, ...kept.filter(({ id }) => !this.#held.has(id))]);
  }

  /**
   * The whole result, looked at again as if it came out of a file; null where there is none.
   * @throws ResultFileError when what the browser kept is damaged
   */
  async load(id: string, name: string): Promise<Result | null> {
    const held = this.#held.get(id)?.text;
    const text = held ?? (await this.#try(async (database) => await database.get('texts', id), undefined));
    return text === undefined ? null : readResult(text, name);
  }

  edit(id: string, edit: Edit): Promise<void> {
    return this.#inTurn(async () => {
      const entry = await this.#entry(id);
      const held = this.#held.get(id);
      const text = held?.text ?? (await this.#try(async (database) => await database.get('texts', id), undefined));
      if (entry && text !== undefined) await this.#write(id, { entry: { ...entry, ...edit }, text });
    });
  }

  delete(id: string): Promise<void> {
    return this.#inTurn(async () => {
      this.#held.delete(id);
      await this.#try(async (database) => {
        const change = database.transaction(['entries', 'texts'], 'readwrite', atOnce);
        const deleted = [change.objectStore('entries').delete(id), change.objectStore('texts').delete(id)];
        change.commit();
        await Promise.all([...deleted, change.done]);
      }, undefined);
    });
  }

  /** Puts back what was deleted. */
  async restore(entry: KeptResult, result: Result): Promise<void> {
    await this.#inTurn(() => this.#write(entry.id, { entry, text: resultText(result, result.machine) }));
  }

  async close(): Promise<void> {
    await this.#try((database) => Promise.resolve(database.close()), undefined);
    this.#listeners.clear();
  }

  /** Does `work` after all that was asked for before, and tells of it. */
  async #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const done = this.#change.then(work);
    this.#change = done.catch(() => undefined);
    try {
      return await done;
    } finally {
      this.#tell();
    }
  }

  async #entry(id: string): Promise<KeptResult | undefined> {
    return this.#held.get(id)?.entry ?? (await this.#try(async (database) => await database.get('entries', id), undefined));
  }

  /** Once something is taken again, so is what was refused before. */
  async #write(id: string, held: Held): Promise<boolean> {
    this.#held.set(id, held);
    const done = await this.#put(id, held);
    if (done) for (const [other, refused] of [...this.#held]) if (!(await this.#put(other, refused))) break;
    return done;
  }

  async #put(id: string, { entry, text }: Held): Promise<boolean> {
    const done = await this.#try(async (database) => {
      const change = database.transaction(['entries', 'texts'], 'readwrite', atOnce);
      const written = [change.objectStore('entries').put(entry), change.objectStore('texts').put(text, id)];
      change.commit();
      await Promise.all([...written, change.done]);
      return true;
    }, false);
    if (done) this.#held.delete(id);
    if (done && this.#held.size === 0) this.#trouble = null;
    return done;
  }

  async #try<T>(work: (database: IDBPDatabase<Schema>) => Promise<T>, otherwise: T): Promise<T> {
    try {
      return await work(await this.#open());
    } catch (error) {
      this.#trouble = storageTrouble(error);
      return otherwise;
    }
  }

  /** What could not be opened once is tried again: there may be room by then. */
  #open(): Promise<IDBPDatabase<Schema>> {
    this.#database ??= openDB<Schema>('downhill-results', 1, {
      upgrade: (database) => {
        database.createObjectStore('entries', { keyPath: 'id' });
        database.createObjectStore('texts');
      },
    }).catch((error: unknown) => {
      this.#database = null;
      throw error;
    });
    return this.#database;
  }

  #tell(): void {
    for (const listener of this.#listeners) listener();
  }
}
