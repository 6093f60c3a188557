/**
 * The store of the Kernels lab: what is open, its text, what the compiler, the gate and the clock said, the reader's own
 * copies, and the place in the URL. It outlives the lab's elements and draws nothing; nothing runs before it is asked to.
 */
import type { KernelsClient } from '../../session/kernels/client.ts';
import type { Constants, RunProgress, RunRequest, Switch } from '../../session/kernels/protocol.ts';
import type { AdoptionState } from '../../ui/adoption/adoption-state.ts';
import type { UrlNote } from '../../ui/router.ts';
import { readKernelsQuery, withNeeded, writeKernelsQuery } from './kernels-query.ts';
import {
  contractIn,
  defaultKernels,
  emptyKernels,
  fileOf,
  isEdited,
  notAdoptable,
  passedAfter,
  shapeText,
  timedShape,
  type KernelsSettings,
  type KernelsState,
  type OwnCopy,
} from './kernels-state.ts';
import { addedCopy, type CopyShelf } from './own-copies.ts';

/** After the last key, before the compiler is asked. */
const debounceMs = 60;
const mostPast = 20;
/** Names the fragment in a note. */
const linkKey = 'kernel';

type Client = Pick<KernelsClient, 'catalogue' | 'switchOn' | 'compile' | 'run' | 'stop' | 'losses'>;

export interface AdoptionDesk {
  readonly state: AdoptionState;
  subscribe(listener: () => void): void;
  adopt(file: string, text: string): void;
  takeOut(files: readonly string[]): void;
}

export interface Surroundings {
  readonly makeClient: () => Client;
  readonly shelf: CopyShelf;
  readonly setQuery: (query: string, replace?: boolean) => void;
  /** A kernel that came with the link; null without one. @throws RangeError when it cannot be read */
  readonly linkedText: () => Promise<string | null>;
  readonly whenQuiet: () => Promise<void>;
  /** Where adopted kernels go. */
  readonly adoption: AdoptionDesk;
}

export class KernelsSession {
  readonly #around: Surroundings;
  readonly #listeners = new Set<() => void>();
  #client: Client | null = null;
  #settings: KernelsSettings = defaultKernels;
  #state: KernelsState = emptyKernels;
  #notes: readonly UrlNote[] = [];
  #query: string | null = null;
  /** Copies and the link are read once. */
  #begun = false;
  #timer: ReturnType<typeof setTimeout> | null = null;
  #typedAt = 0;
  #runs = 0;
  /** Features that the worker was asked for last. */
  #switched: string | null = null;
  /** Texts that were changed and not kept as a copy, by file: what was loaded is not lost. */
  readonly #drafts = new Map<string, string>();

  constructor(around: Surroundings) {
    this.#around = around;
    const { adoption } = around;
    this.#state = { ...emptyKernels, adoption: adoption.state };
    adoption.subscribe(() => this.#set({ adoption: adoption.state }));
  }

  get settings(): KernelsSettings {
    return this.#settings;
  }
  get state(): KernelsState {
    return this.#state;
  }
  get notes(): readonly UrlNote[] {
    return this.#notes;
  }

  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  follow(query: string): void {
    if (query === this.#query) return;
    this.#query = query;
    void this.#open(query);
  }

  enter(): void {
    // nothing moves by itself
  }

  leave(): void {
    this.stop();
  }

  dismissNotes(): void {
    this.#notes = [];
    this.#set({});
  }

  /** After the worker broke: another one. */
  restart(): void {
    this.#client = null;
    this.#switched = null;
    this.#set({ failure: null, phase: 'idle', catalogue: null });
    void this.#open(this.#query ?? '');
  }

  #worker(): Client {
    this.#client ??= this.#around.makeClient();
    return this.#client;
  }

  async #open(query: string): Promise<void> {
    try {
      const catalogue = this.#state.catalogue ?? (await this.#worker().catalogue());
      if (query !== this.#query) return;
      const { settings, notes } = readKernelsQuery(query, catalogue);
      this.#notes = notes;
      this.#set({ catalogue });
      this.#settings = withNeeded(settings, catalogue);
      this.#show(this.#drafts.get(settings.file) ?? fileOf(this.#state, settings)?.text ?? '', null);
      if (this.#begun) return await this.#switch();
      this.#begun = true;
      const [copies] = await Promise.all([this.#around.shelf.all(), this.followLink()]);
      this.#set({ copies });
      await this.#switch();
    } catch (error) {
      this.#fail(error);
    }
  }

  /** Asks for the device that the settings want, where it is another one. */
  async #switch(): Promise<void> {
    const wanted = this.#settings.on.join();
    if (wanted === this.#switched) return;
    this.#switched = wanted;
    const processor = await this.#worker().switchOn(this.#settings.on);
    if (wanted !== this.#settings.on.join()) return;
    this.#set({ processor, complaints: null });
    this.#compileSoon(0);
  }

  toggleSwitch(feature: Switch): void {
    const { on } = this.#settings;
    this.stop();
    this.#settings = { ...this.#settings, on: on.includes(feature) ? on.filter((one) => one !== feature) : [...on, feature].sort() };
    this.#writeQuery();
    this.#set({ time: null, gate: null });
    this.#switch().catch((error: unknown) => this.#fail(error));
  }

  /** Shows the kernel that came with the link, if there is one. */
  async followLink(): Promise<void> {
    // what is opened takes it then
    if (this.#state.catalogue === null) return;
    this.#notes = this.#notes.filter(({ key }) => key !== linkKey);
    this.#set({});
    try {
      const text = await this.#around.linkedText();
      if (text === null) return;
      this.#drafts.set(this.#settings.file, text);
      this.#show(text, null);
      this.#set({ fromLink: true });
    } catch {
      const value = '#kernel=…';
      this.#notes = [...this.#notes, { key: linkKey, value, expected: { kind: 'said', sentence: this.unreadable() } }];
      this.#set({});
    }
  }

  /** Set by the lab, which has the words. */
  unreadable: () => string = () => 'unreadable';

  #show(text: string, copy: string | null): void {
    this.stop();
    this.#set({ text, copy, complaints: null, gate: null, time: null, chosen: {}, past: [], fromLink: false, solutionShown: false });
    this.#typedAt = performance.now();
    this.#compileSoon(0);
  }

  openFile(file: string, copy?: string): void {
    const own = this.#state.copies.find(({ name }) => name === copy);
    this.#settings = withNeeded({ ...defaultKernels, file, on: this.#settings.on }, this.#state.catalogue);
    this.#writeQuery();
    const text = own?.text ?? this.#drafts.get(file) ?? fileOf(this.#state, this.#settings)?.text ?? '';
    this.#show(text, own?.name ?? null);
    this.#switch().catch((error: unknown) => this.#fail(error));
  }

  chooseContract(contract: string): void {
    this.stop();
    this.#settings = { ...this.#settings, contract, shape: 0, sizes: {} };
    this.#writeQuery();
    this.#set({ time: null, chosen: {}, past: [] });
  }

  chooseShape(shape: number): void {
    this.stop();
    this.#settings = { ...this.#settings, shape, sizes: {} };
    this.#writeQuery();
    this.#set({ time: null });
  }

  /** One size of the shape that is timed, in the place of the listed one. */
  chooseSize(name: string, value: number): void {
    this.stop();
    this.#settings = { ...this.#settings, sizes: { ...this.#settings.sizes, [name]: value } };
    this.#writeQuery();
    this.#set({ time: null });
  }

  choose(name: string, value: number): void {
    this.#choose({ ...this.#state.chosen, [name]: value });
  }

  /** Every constant as the race has it. */
  unchoose(): void {
    this.#choose({});
  }

  #choose(chosen: Constants): void {
    this.stop();
    this.#set({ chosen, gate: null, time: null });
  }

  #writeQuery(): void {
    this.#query = writeKernelsQuery(this.#settings, contractIn(fileOf(this.#state, this.#settings), this.#settings));
    this.#around.setQuery(this.#query);
  }

  type(text: string): void {
    if (text === this.#state.text) return;
    this.#typedAt = performance.now();
    this.#set({ text, fromLink: false });
    const { copy } = this.#state;
    if (copy === null) {
      if (isEdited(this.#state, this.#settings)) this.#drafts.set(this.#settings.file, text);
      else this.#drafts.delete(this.#settings.file);
    } else this.#keep({ name: copy, file: this.#settings.file, text });
    this.#compileSoon(debounceMs);
  }

  revert(): void {
    this.#drafts.delete(this.#settings.file);
    const text = fileOf(this.#state, this.#settings)?.text ?? '';
    if (text !== this.#state.text) this.type(text);
  }

  showSolution(): void {
    const solution = fileOf(this.#state, this.#settings)?.solution;
    if (!solution) return;
    this.type(solution);
    this.#set({ solutionShown: true });
  }

  /** Has the race run the open text, where that has passed. */
  adopt(): void {
    if (notAdoptable(this.#state, this.#settings) === null) this.#around.adoption.adopt(this.#settings.file, this.#state.text);
  }

  /** The race goes back to the tree's own file. */
  builtIn(): void {
    this.#around.adoption.takeOut([this.#settings.file]);
  }

  toggleVim(): void {
    this.#set({ vim: !this.#state.vim });
  }

  /** The open text as a copy of the reader's own. */
  async copy(): Promise<void> {
    const { file } = this.#settings;
    const { text, copy, copies } = this.#state;
    const own = await addedCopy(this.#around.shelf, file, text, copies);
    this.#list(own);
    // something else was opened meanwhile
    if (file !== this.#settings.file || copy !== this.#state.copy) return;
    this.#drafts.delete(file);
    this.#set({ copy: own.name });
    if (text !== this.#state.text) this.#keep({ ...own, text: this.#state.text });
  }

  #keep(own: OwnCopy): void {
    this.#around.shelf.put(own);
    this.#list(own);
  }

  #list(own: OwnCopy): void {
    const others = this.#state.copies.filter(({ name }) => name !== own.name);
    this.#set({ copies: [...others, own].sort((a, b) => a.name.localeCompare(b.name)) });
  }

  remove(): void {
    const { copies } = this.#state;
    const deleted = copies.find(({ name }) => name === this.#state.copy);
    if (!deleted) return;
    this.#around.shelf.remove(deleted.name);
    this.#set({ deleted, copies: copies.filter((one) => one !== deleted) });
    this.openFile(deleted.file);
  }

  /** The copy that was deleted last is there again, under the next name where its own was taken meanwhile. */
  async undoRemove(): Promise<void> {
    const { deleted, copies } = this.#state;
    if (!deleted) return;
    this.#set({ deleted: null });
    const isBack = await this.#around.shelf.add(deleted);
    const own = isBack ? deleted : await addedCopy(this.#around.shelf, deleted.file, deleted.text, copies);
    this.#list(own);
    if (this.#settings.file === own.file && this.#state.copy === null) this.openFile(own.file, own.name);
  }

  #compileSoon(afterMs: number): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#compile(), afterMs);
  }

  async #compile(): Promise<void> {
    const { file } = this.#settings;
    const { text, processor } = this.#state;
    if (processor?.kind !== 'gpu') return;
    try {
      const report = await this.#worker().compile(file, text);
      // an answer about a text that has changed meanwhile
      if (!report || text !== this.#state.text || file !== this.#settings.file) return;
      this.#set({ complaints: report.complaints, compileMs: performance.now() - this.#typedAt });
    } catch (error) {
      this.#fail(error);
    }
  }

  async run(): Promise<void> {
    const { state, settings } = this;
    const contract = contractIn(fileOf(state, settings), settings);
    if (!contract || state.processor?.kind !== 'gpu' || state.phase !== 'idle') return;
    const run = ++this.#runs;
    this.#set({ phase: 'checking', gate: null, time: null, judged: state.text, firstTimeMs: 0, trial: '', fromLink: false });
    try {
      await this.#around.whenQuiet();
      if (run !== this.#runs) return;
      const { file, shape, sizes } = settings;
      const request = { file, text: state.text, contract: contract.id, shape, sizes, chosen: state.chosen };
      const report = await this.#worker().run(request, (progress) => this.#take(run, request, progress));
      const losses = await this.#worker().losses();
      if (run !== this.#runs) return this.#set(losses);
      // a first time is taken back when another shape is wrong
      const right = report?.gate.kind === 'right';
      const time = right ? (report.time ?? this.#state.time) : null;
      this.#set({ ...losses, phase: 'idle', gate: report?.gate ?? null, time });
      const ms = report?.time?.lanes[0]?.ms?.median;
      if (ms === undefined) return;
      this.#set({
        past: [...this.#state.past, { ms, contract: contract.id, shape: shapeText(timedShape(contract, settings)) }].slice(-mostPast),
      });
    } catch (error) {
      if (run === this.#runs) this.#fail(error);
    }
  }

  #take(run: number, request: RunRequest, progress: RunProgress): void {
    if (run !== this.#runs) return;
    switch (progress.kind) {
      case 'trial':
        return this.#set({ trial: progress.contract });
      case 'checked':
        if (progress.gate.kind !== 'right') this.#set({ time: null });
        // the compiler says more of a whole pipeline than of the text alone
        if (progress.gate.kind === 'not-compiled' && request.text === this.#state.text) this.#set({ complaints: progress.gate.complaints });
        // by now: who stops the clock has passed all the same
        this.#set({ passed: passedAfter(this.#state, request, progress.gate) });
        return this.#set({ phase: 'timing', gate: progress.gate, gateMs: progress.elapsedMs });
      case 'timed':
        return this.#set({ time: progress.time, firstTimeMs: this.#state.firstTimeMs || progress.elapsedMs });
    }
  }

  stop(): void {
    if (this.#state.phase === 'idle') return;
    this.#runs++;
    // a time without a verdict does not stay
    this.#set({ phase: 'idle', ...(this.#state.gate ? {} : { time: null }) });
    this.#client?.stop().catch(() => undefined);
  }

  #fail(error: unknown): void {
    this.#set({ failure: error instanceof Error ? error.message : String(error), phase: 'idle' });
  }

  #set(patch: Partial<KernelsState>): void {
    this.#state = { ...this.#state, ...patch };
    for (const listener of this.#listeners) listener();
  }
}
