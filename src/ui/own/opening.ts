/**
 * The store of an opening: what is being read, what it looks like, what is chosen of it. It draws nothing; what was open
 * before stays open until a choice is used.
 */
import { CancelledError, OwnClient } from '../../session/own/client.ts';
import { KeepError, deleteKept, keepSet, keptFor, listKept, type KeptSet, type SetFiles } from '../../session/own/kept.ts';
import type { LoadProgress, Look, OwnChoice, OwnData, OwnFile, OwnPreview } from '../../session/own/protocol.ts';

export type OpeningPhase = 'asking' | 'reading' | 'preview' | 'making';

export interface OpeningState {
  readonly phase: OpeningPhase;
  readonly progress: LoadProgress | null;
  /** A sentence about what went wrong last, or null. */
  readonly error: string | null;
  readonly preview: OwnPreview | null;
  readonly choice: OwnChoice | null;
  readonly look: Look | null;
  readonly testName: string | null;
  readonly kept: readonly KeptSet[];
  /** The file is to be kept when it is used. */
  readonly keep: boolean;
  /** The last file was not kept: for want of room, or because the browser keeps nothing. */
  readonly notKept: { readonly name: string; readonly isFull: boolean } | null;
}

const atRest: OpeningState = {
  phase: 'asking',
  progress: null,
  error: null,
  preview: null,
  choice: null,
  look: null,
  testName: null,
  kept: [],
  keep: false,
  notKept: null,
};

export class Opening {
  readonly #client = new OwnClient();
  readonly #onChange: () => void;
  readonly #onUse: (data: OwnData) => void;
  #state = atRest;
  #files: readonly OwnFile[] = [];
  #testFiles: readonly OwnFile[] = [];
  /** What was asked before a newer wish is of no interest. */
  #turn = 0;

  constructor(onChange: () => void, onUse: (data: OwnData) => void) {
    this.#onChange = onChange;
    this.#onUse = onUse;
  }

  get state(): OpeningState {
    return this.#state;
  }
  /** Files of a folder are many, and are not kept one by one. */
  get canKeep(): boolean {
    return this.#files.length > 0 && [...this.#files, ...this.#testFiles].every(({ path }) => !path.includes('/'));
  }

  async refreshKept(): Promise<void> {
    this.#set({ kept: await listKept() });
  }

  /** @param line what a link speaks of, where these files may be that: then nothing is asked */
  open(files: readonly OwnFile[], line: string | null): Promise<void> {
    return this.#openSet({ train: files, test: [] }, line);
  }

  async #openSet({ train: files, test }: SetFiles, line: string | null): Promise<void> {
    const turn = ++this.#turn;
    if (files.length === 0) return;
    this.#files = files;
    this.#testFiles = test;
    const { kept } = this.#state;
    this.#set({ ...atRest, kept, phase: 'reading' });
    const again = line === null ? null : await this.#again(files, test, line);
    if (turn !== this.#turn) return;
    if (again) return this.#use(again);
    const why = this.#state.error;
    await this.#attempt(turn, 'asking', async () => {
      const preview = await this.#client.open(files, this.#hear(turn));
      if (turn !== this.#turn) return;
      this.#set({ phase: 'preview', preview, choice: preview.suggestion, progress: null, error: why });
      await this.#look(turn);
      if (test.length === 0 || turn !== this.#turn) return;
      const testName = await this.#client.openTest(test, this.#hear(turn));
      if (turn === this.#turn) this.#set({ testName });
    });
  }

  /** Null when it is not what the link speaks of; the sentence that says why stays. */
  async #again(files: readonly OwnFile[], test: readonly OwnFile[], line: string): Promise<OwnData | null> {
    try {
      return await this.#client.reopen(files, test.length > 0 ? test : null, line, this.#hear(this.#turn));
    } catch (error) {
      if (!(error instanceof CancelledError)) this.#set({ error: sentence(error) });
      return null;
    }
  }

  openKept(kept: KeptSet, line: string | null): Promise<void> {
    return this.#openSet(kept, line);
  }

  /** Opens the kept set that a link speaks of; of several of one name, the newest that has its shape. */
  async openKeptFor(line: string): Promise<void> {
    const turn = this.#turn;
    const [newest, ...older] = await keptFor(line);
    if (!newest || turn !== this.#turn) return;
    let meant = newest;
    for (const one of older.length > 0 ? [newest, ...older] : []) {
      if (!(await this.#fits(one, line))) continue;
      meant = one;
      break;
    }
    if (turn === this.#turn) await this.#openSet(meant, line);
  }

  async #fits({ train, test }: SetFiles, line: string): Promise<boolean> {
    try {
      await this.#client.reopen(train, test, line, () => undefined);
      return true;
    } catch {
      return false;
    }
  }

  async openTest(files: readonly OwnFile[]): Promise<void> {
    const turn = ++this.#turn;
    this.#set({ phase: 'making', error: null });
    await this.#attempt(turn, 'preview', async () => {
      const testName = await this.#client.openTest(files.length > 0 ? files : null, this.#hear(turn));
      if (turn !== this.#turn) return;
      this.#testFiles = files;
      this.#set({ phase: 'preview', testName, progress: null });
    });
  }

  async chooseLabel(label: string): Promise<void> {
    const turn = ++this.#turn;
    await this.#attempt(turn, 'preview', async () => {
      const choice = await this.#client.suggest(label);
      if (turn === this.#turn) await this.#chosen(choice, turn);
    });
  }

  async change(patch: Partial<OwnChoice>): Promise<void> {
    const { choice } = this.#state;
    if (choice) await this.#chosen({ ...choice, ...patch }, ++this.#turn);
  }

  async #chosen(choice: OwnChoice, turn: number): Promise<void> {
    this.#set({ choice, error: null });
    await this.#look(turn);
  }

  async #look(turn: number): Promise<void> {
    const { choice } = this.#state;
    if (!choice) return;
    const look = await this.#client.look(choice);
    if (turn === this.#turn) this.#set({ look });
  }

  async use(): Promise<void> {
    const { choice, keep } = this.#state;
    if (!choice) return;
    const turn = ++this.#turn;
    this.#set({ phase: 'making', error: null, progress: null });
    await this.#attempt(turn, 'preview', async () => {
      const data = await this.#client.choose(choice, this.#hear(turn));
      if (turn !== this.#turn) return;
      if (keep) await this.#keep();
      this.#use(data);
    });
  }

  #use(data: OwnData): void {
    this.#turn++;
    // with its worker go the copies that were made of the file
    this.#client.cancel();
    const { kept, notKept } = this.#state;
    this.#set({ ...atRest, kept, notKept });
    this.#onUse(data);
  }

  setKeep(keep: boolean): void {
    this.#set({ keep });
  }

  async #keep(): Promise<void> {
    try {
      await keepSet({ train: this.#files, test: this.#testFiles });
    } catch (error) {
      if (!(error instanceof KeepError)) throw error;
      this.#set({ notKept: { name: error.message, isFull: error.isFull } });
    }
    await this.refreshKept();
  }

  async delete({ id }: KeptSet): Promise<void> {
    await deleteKept(id);
    await this.refreshKept();
  }

  /** Ends what is read at the moment. */
  cancel(): void {
    this.#turn++;
    this.#client.cancel();
    // a file that was given up is not held on to
    this.#files = this.#testFiles = [];
    const { kept } = this.#state;
    this.#set({ ...atRest, kept });
  }

  #hear(turn: number): (progress: LoadProgress) => void {
    return (progress) => {
      if (turn === this.#turn) this.#set({ progress });
    };
  }

  async #attempt(turn: number, back: OpeningPhase, work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      if (turn !== this.#turn || error instanceof CancelledError) return;
      this.#set({ phase: back, error: sentence(error), progress: null });
    }
  }

  #set(news: Partial<OpeningState>): void {
    this.#state = { ...this.#state, ...news };
    this.#onChange();
  }
}

function sentence(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
