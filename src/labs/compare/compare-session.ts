/**
 * The store of the Compare lab: what this browser keeps, what was opened beside it, which of them are compared, and the few
 * things that change that. It outlives the lab's elements and draws nothing.
 */
import { briefOf, type Brief } from '../../session/results/brief.ts';
import { collectionText, type Filed } from '../../session/results/collection.ts';
import { figuresOf, type Figures } from '../../session/results/figures.ts';
import { bringsResult, readFragment } from '../../session/results/link.ts';
import type { Result } from '../../session/results/result.ts';
import type { Edit, KeptResult, ResultStore } from '../../session/results/store.ts';
import type { StorageTrouble } from '../../session/storage-trouble.ts';
import { nextPicks, readPicks, writePicks } from './compare-query.ts';
import { hashOf, keepFiled, NoResultError, readNamed, type NamedFile } from './keep-files.ts';

/** One line of the list. */
export interface Item {
  readonly id: string;
  /** Null of what was opened from a link and is kept nowhere. */
  readonly kept: KeptResult | null;
  /** Null of a summary, whose figures say it all. */
  readonly brief: Brief | null;
}

/** A result that is compared, or looked at. */
export interface Loaded {
  readonly figures: Figures;
  /** Null where only a summary came. */
  readonly result: Result | null;
}

export type Trouble =
  | { readonly kind: 'unreadable'; readonly id: string; readonly sentence: string }
  | { readonly kind: 'gone' | 'no-result'; readonly id: string }
  | { readonly kind: 'opened'; readonly id: string; readonly count: number }
  | { readonly kind: 'deleted'; readonly id: string; readonly name: string };

export interface Surroundings {
  readonly results: () => Promise<ResultStore>;
  readonly setQuery: (query: string, replace?: boolean) => void;
}

export class CompareSession {
  readonly #around: Surroundings;
  readonly #listeners = new Set<() => void>();
  #store: ResultStore | null = null;
  #kept: readonly KeptResult[] | null = null;
  #picked: readonly string[] = [];
  #focus: string | null = null;
  #query: string | null = null;
  readonly #opened = new Map<string, Loaded>();
  readonly #loaded = new Map<string, Loaded>();
  #troubles: readonly Trouble[] = [];
  #deleted: { readonly entry: KeptResult; readonly result: Result } | null = null;
  /** The fragment that was read last: the same again is no news. */
  #fragment = '';
  #turn = 0;
  /** Files that are being read, and how many of them are done. */
  #reading: { readonly done: number; readonly count: number } | null = null;

  constructor(around: Surroundings) {
    this.#around = around;
    void around.results().then((store) => {
      this.#store = store;
      store.subscribe(() => void this.#refresh());
      return this.#refresh();
    });
  }

  /** Null until the browser has answered. */
  get items(): readonly Item[] | null {
    if (this.#kept === null) return null;
    const opened = [...this.#opened].map(([id, { result }]): Item => ({ id, kept: null, brief: result && briefOf(result) }));
    return [...opened, ...this.#kept.map((kept): Item => ({ id: kept.id, kept, brief: kept.brief }))];
  }

  /** In the order in which they were chosen: the first is what the others are held against. */
  get picked(): readonly string[] {
    return this.#picked;
  }

  get focus(): string | null {
    return this.#focus ?? this.#picked.at(-1) ?? null;
  }

  get troubles(): readonly Trouble[] {
    return this.#troubles;
  }

  get reading(): { readonly done: number; readonly count: number } | null {
    return this.#reading;
  }

  /** Why nothing outlives this visit, or null. */
  get unkept(): StorageTrouble | null {
    return this.#store?.trouble ?? null;
  }

  loaded(id: string): Loaded | null {
    return this.#opened.get(id) ?? this.#loaded.get(id) ?? null;
  }

  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  enter(): void {
    void this.#refresh();
  }

  leave(): void {
    // nothing of it computes
  }

  /** Takes what stands in the URL; the same text again changes nothing. */
  follow(query: string): void {
    if (query === this.#query) return;
    this.#query = query;
    this.#picked = readPicks(query);
    void this.#load();
    this.#tell();
  }

  /** Takes a result that the link brought; anything else in the fragment is of no interest. */
  async followFragment(fragment: string, name: string): Promise<void> {
    if (fragment === this.#fragment || !bringsResult(fragment)) return;
    this.#fragment = fragment;
    try {
      const opened = await readFragment(fragment, name);
      const id = `link-${hashOf(fragment)}`;
      const loaded = opened.whole
        ? { figures: figuresOf(opened.result), result: opened.result }
        : { figures: opened.figures, result: null };
      this.#opened.set(id, loaded);
      this.#focus = id;
      this.#choose([...this.#picked.filter((one) => one !== id), id], true);
    } catch (error) {
      this.#trouble({ kind: 'unreadable', id: name, sentence: sentenceOf(error) });
    }
  }

  pick(id: string, on: boolean): void {
    this.#focus = id;
    this.#choose(nextPicks(this.#picked, id, on));
  }

  pickOnly(ids: readonly string[]): void {
    this.#focus = null;
    this.#choose(ids);
  }

  /** Shows what there is to know of one, compared or not. */
  look(id: string): void {
    this.#focus = id;
    void this.#load();
    this.#tell();
  }

  async edit(id: string, edit: Edit): Promise<void> {
    await this.#store?.edit(id, edit);
  }

  async remove(id: string): Promise<void> {
    if (this.#opened.delete(id)) return this.#drop(id);
    const entry = this.#kept?.find((one) => one.id === id);
    const result = await this.#read(id).catch(() => null);
    await this.#store?.delete(id);
    this.#loaded.delete(id);
    this.#drop(id);
    if (!entry || !result) return;
    this.#deleted = { entry, result };
    this.#trouble({ kind: 'deleted', id: 'deleted', name: entry.name || entry.brief.machine });
  }

  async undoRemove(): Promise<void> {
    const deleted = this.#deleted;
    this.#deleted = null;
    this.dismiss('deleted');
    if (deleted) await this.#store?.restore(deleted.entry, deleted.result);
  }

  /** Keeps what came by a link. */
  async keepOpened(id: string): Promise<void> {
    const result = this.#opened.get(id)?.result;
    if (!result || !this.#store) return;
    const filed = { result, name: '', note: '', pinned: false };
    const keptId = await keepFiled(this.#store, await this.#store.list(), filed, false);
    this.#opened.delete(id);
    this.#focus = keptId;
    this.#choose(
      this.#picked.map((one) => (one === id ? keptId : one)),
      true,
    );
  }

  /** Keeps and compares what these files hold; a file or a result in it that cannot be read is named, and the others go on. */
  async openFiles(files: readonly NamedFile[]): Promise<void> {
    const store = (this.#store ??= await this.#around.results());
    const ids: string[] = [];
    const kept = await store.list();
    for (const [done, file] of files.entries()) {
      this.#reading = { done, count: files.length };
      this.#tell();
      try {
        const { results, damaged } = await readNamed(file);
        for (const filed of results) ids.push(await keepFiled(store, kept, filed, results.length + damaged.length > 1));
        for (const { message } of damaged) this.#trouble({ kind: 'unreadable', id: message, sentence: message });
      } catch (error) {
        const id = file.name;
        this.#trouble(error instanceof NoResultError ? { kind: 'no-result', id } : { kind: 'unreadable', id, sentence: sentenceOf(error) });
      }
      // a long row of files leaves others a turn
      await new Promise((resolve) => setTimeout(resolve));
    }
    this.#reading = null;
    await this.#refresh();
    if (ids.length === 0) return;
    this.#focus = null;
    this.#choose([...new Set([...this.#picked, ...ids])]);
    this.#trouble({ kind: 'opened', id: 'opened', count: ids.length });
  }

  /** Every kept result in one file, with names and notes. */
  async collection(): Promise<string> {
    const filed: Filed[] = [];
    for (const { id, name, note, pinned, keptAt } of this.#kept ?? []) {
      try {
        const result = await this.#read(id);
        if (result) filed.push({ result, name, note, pinned, keptAt });
      } catch (error) {
        this.#trouble({ kind: 'unreadable', id, sentence: sentenceOf(error) });
      }
    }
    return collectionText(filed);
  }

  dismiss(id: string): void {
    this.#troubles = this.#troubles.filter((one) => one.id !== id);
    this.#tell();
  }

  #drop(id: string): void {
    if (this.#focus === id) this.#focus = null;
    this.#choose(this.#picked.filter((one) => one !== id));
  }

  #choose(ids: readonly string[], replace = false): void {
    this.#picked = ids;
    this.#query = writePicks(ids.filter((id) => !this.#opened.has(id)));
    this.#around.setQuery(this.#query, replace);
    void this.#load();
    this.#tell();
  }

  async #read(id: string): Promise<Result | null> {
    const name = this.#kept?.find((one) => one.id === id)?.name;
    return (await this.#store?.load(id, name || id)) ?? null;
  }

  /** Reads what is compared or looked at and is not here yet. */
  async #load(): Promise<void> {
    if (this.#kept === null) return;
    const turn = ++this.#turn;
    const { focus } = this;
    for (const id of new Set([...this.#picked, ...(focus === null ? [] : [focus])])) {
      if (this.loaded(id)) continue;
      const loaded = await this.#loadOne(id);
      if (loaded) this.#loaded.set(id, loaded);
      if (turn !== this.#turn) return;
    }
    this.#tell();
  }

  async #loadOne(id: string): Promise<Loaded | null> {
    try {
      const result = await this.#read(id);
      if (result) return { result, figures: figuresOf(result) };
      this.#unpick({ kind: 'gone', id });
    } catch (error) {
      this.#unpick({ kind: 'unreadable', id, sentence: sentenceOf(error) });
    }
    return null;
  }

  #unpick(trouble: Trouble): void {
    this.#picked = this.#picked.filter((id) => id !== trouble.id);
    if (this.#focus === trouble.id) this.#focus = null;
    this.#trouble(trouble);
  }

  async #refresh(): Promise<void> {
    const store = this.#store;
    // while files are read there is news with each; it is looked at when all are in
    if (!store || this.#reading) return;
    this.#kept = await store.list();
    // a run that went on has new figures
    for (const { id } of this.#kept) if (!this.#picked.includes(id)) this.#loaded.delete(id);
    const [newest] = this.#kept;
    if (this.#picked.length === 0 && this.#focus === null && newest) this.#focus = newest.id;
    await this.#load();
    this.#tell();
  }

  #trouble(trouble: Trouble): void {
    this.#troubles = [...this.#troubles.filter(({ id }) => id !== trouble.id), trouble];
    this.#tell();
  }

  #tell(): void {
    for (const listener of this.#listeners) listener();
  }
}

function sentenceOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
