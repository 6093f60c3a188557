/**
 * The store of the Scale lab: settings, the state of the sweep, its place in the URL and its memory, and the few things
 * that change them. It outlives the lab's elements, draws nothing, and computes nothing: that is the worker's.
 */
import { makeReport } from '../../session/sweep/make-report.ts';
import { storageTrouble } from '../../session/storage-trouble.ts';
import type { SweepProgress, SweepReport, SweepUpdate } from '../../session/sweep/protocol.ts';
import { plannedRuns, defaultSweeps, quickSweep, type SweepSettings } from '../../session/sweep/settings.ts';
import type { UrlNote } from '../../ui/router.ts';
import { rememberLaws } from '../../ui/step-laws.ts';
import { readSweepQuery, writeSweepQuery } from './sweep-query.ts';
import { emptySweep, hasPoints, isActive, isGoing, reduceSweep, type SweepAction, type SweepState } from './sweep-state.ts';

/** While runs come in quickly, what was done is kept this often. */
const saveIntervalMs = 1000;

/** What steers the worker; `SweepClient` is one. */
export interface Sweeper {
  readonly progress: SweepProgress | null;
  start(settings: SweepSettings, from: SweepProgress | null): Promise<void>;
  pause(): Promise<void>;
  resume(): Promise<void>;
  cancel(): Promise<void>;
  setHidden(hidden: boolean): Promise<void>;
  report(): SweepReport | null;
  dispose(): void;
}

/** What outlives a reload; `SweepMemory` is one. */
export interface Keeper {
  load(settings: SweepSettings): Promise<SweepProgress | null>;
  save(progress: SweepProgress): Promise<void>;
  forget(settings: SweepSettings): Promise<void>;
}

export interface Surroundings {
  readonly sweeper: (onUpdate: (update: SweepUpdate) => void) => Sweeper;
  readonly keeper: Keeper;
  readonly setQuery: (query: string, replace?: boolean) => void;
  /** Of the file that is open; null: none is. */
  readonly ownSettings?: () => SweepSettings | null;
  /** Resolves when nothing else computes. */
  readonly whenQuiet: () => Promise<void>;
  /** A sweep was done to its end. */
  readonly keepResult: (report: SweepReport) => void;
}

export class SweepSession {
  readonly sweeper: Sweeper;
  readonly #around: Surroundings;
  readonly #listeners = new Set<() => void>();
  #settings: SweepSettings = defaultSweeps.fashion;
  #notes: readonly UrlNote[] = [];
  #state: SweepState = emptySweep;
  #query: string | null = null;
  /** Other settings or another start came meanwhile: what was asked before is of no interest. */
  #turn = 0;
  #saveTimer: ReturnType<typeof setTimeout> | null = null;
  /** Where the lab was left while it ran, it goes on when it is opened again. */
  #goesOn = false;
  /** Comings and goings so far: what was meant for an earlier one is of no interest. */
  #visit = 0;
  /** True between Run and the moment when the worker is asked. */
  #isStarting = false;

  constructor(around: Surroundings) {
    this.#around = around;
    this.sweeper = around.sweeper((update) => this.#take(update));
  }

  get settings(): SweepSettings {
    return this.#settings;
  }
  get state(): SweepState {
    return this.#state;
  }
  get notes(): readonly UrlNote[] {
    return this.#notes;
  }
  /** Everything that these settings ask for is done. */
  get isWhole(): boolean {
    return this.#state.times.length + this.#state.samples.length >= plannedRuns(this.#settings);
  }

  /** @returns a function that ends the subscription */
  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Takes what stands in the URL; the same text again changes nothing. */
  follow(query: string): void {
    if (query === this.#query) return;
    const isFirst = this.#query === null;
    this.#query = query;
    const { settings, notes } = readSweepQuery(query);
    const changed = isFirst || writeSweepQuery(settings) !== writeSweepQuery(this.#settings);
    this.#notes = notes;
    if (changed) this.#adopt(settings);
    else this.#tell();
  }

  /** Another data set brings its own defaults. A sweep under way ends; what it found is kept for when its settings come back. */
  change(patch: Partial<SweepSettings>): void {
    const basis = patch.set !== undefined && patch.set !== this.#settings.set ? this.#defaults(patch.set) : this.#settings;
    const settings = { ...basis, ...patch };
    const query = writeSweepQuery(settings);
    if (query === writeSweepQuery(this.#settings)) return;
    this.#notes = [];
    this.#query = query;
    this.#around.setQuery(query);
    this.#adopt(settings);
  }

  #defaults(set: SweepSettings['set']): SweepSettings {
    return (set === 'own' ? this.#around.ownSettings?.() : null) ?? defaultSweeps[set];
  }

  choose(preset: 'quick' | 'whole'): void {
    const { set, classes, toy, noise, n, storage } = this.#settings;
    const whole = { ...this.#defaults(set), classes, toy, noise, n, storage };
    this.change(preset === 'quick' ? quickSweep(whole) : whole);
  }

  /** Runs, pauses or resumes; after an end begins anew, after a break goes on. */
  toggle(): void {
    const { phase } = this.#state;
    if (isGoing(this.#state)) return this.#ask(false);
    if (isActive(this.#state)) return this.#ask(true);
    void this.#start(phase !== 'finished');
  }

  cancel(): void {
    if (!isActive(this.#state)) return;
    if (this.#isStarting) {
      this.#turn++;
      this.#isStarting = false;
      const { done, count } = this.#state;
      this.#dispatch({ type: 'update', update: { phase: 'cancelled', done, count, secondsLeft: null, task: null } });
    }
    this.#send(this.sweeper.cancel());
  }

  /** Forgets what was found, here and for later. */
  reset(): void {
    this.#turn++;
    this.#dispatch({ type: 'clear' });
    this.#dropSave();
    this.#send(this.sweeper.cancel());
    this.#keep(this.#around.keeper.forget(this.#settings));
  }

  goOn(): void {
    void this.#start(true);
  }

  startAnew(): void {
    void this.#start(false);
  }

  /** Points of an earlier sweep stay on show, and nothing more is asked. */
  acceptOffer(): void {
    this.#state = { ...this.#state, offered: false };
    this.#tell();
  }

  dismissNotes(): void {
    this.#notes = [];
    this.#tell();
  }

  /** The lab is no longer to be seen: nothing computes until it is again. */
  leave(): void {
    this.#visit++;
    this.#goesOn ||= isGoing(this.#state);
    if (isGoing(this.#state)) this.#ask(false);
    this.#saveNow();
  }

  enter(): void {
    if (!this.#goesOn) return;
    const visit = ++this.#visit;
    void this.#around.whenQuiet().then(() => {
      if (visit !== this.#visit) return;
      this.#goesOn = false;
      if (isActive(this.#state) && !this.#state.wantsToRun) this.#ask(true);
    });
  }

  setHidden(hidden: boolean): void {
    this.#send(this.sweeper.setHidden(hidden));
    if (hidden) this.#saveNow();
  }

  report(): SweepReport | null {
    const { phase, about } = this.#state;
    if (phase !== 'idle' || !about) return this.sweeper.report();
    // what an earlier visit found, before anything goes on
    const { times, samples, laws } = this.#state;
    return makeReport({ settings: this.#settings, times, samples, laws }, about, plannedRuns(this.#settings));
  }

  dispose(): void {
    this.#dropSave();
    this.sweeper.dispose();
    this.#listeners.clear();
  }

  /** New settings: nothing is shown but what an earlier visit found with the very same. */
  #adopt(settings: SweepSettings): void {
    this.#saveNow();
    const turn = ++this.#turn;
    this.#settings = settings;
    this.#goesOn = false;
    this.#dispatch({ type: 'clear' });
    this.#send(this.sweeper.cancel());
    this.#keep(
      this.#around.keeper.load(settings).then((progress) => {
        if (progress && turn === this.#turn && hasPoints({ ...emptySweep, ...progress })) this.#dispatch({ type: 'offer', progress });
      }),
    );
  }

  /** @param keep goes on from the points that are shown */
  async #start(keep: boolean): Promise<void> {
    const turn = ++this.#turn;
    const { times, samples, laws, about } = this.#state;
    const settings = this.#settings;
    const from = keep && hasPoints(this.#state) ? { settings, times, samples, laws, about } : null;
    this.#dispatch({ type: 'start', keep: from !== null, count: plannedRuns(settings) });
    this.#isStarting = true;
    await this.#around.whenQuiet();
    if (turn !== this.#turn) return;
    this.#isStarting = false;
    this.#send(this.sweeper.start(settings, from));
    // a pause that was asked for meanwhile
    if (!this.#state.wantsToRun) this.#send(this.sweeper.pause());
  }

  #ask(run: boolean): void {
    this.#dispatch({ type: 'ask', run });
    this.#send(run ? this.sweeper.resume() : this.sweeper.pause());
  }

  /** What the worker says of a sweep that was cleared away is of no interest. */
  #take(update: SweepUpdate): void {
    if (this.#state.phase === 'idle') return;
    const { phase } = this.#state;
    this.#dispatch({ type: 'update', update });
    if (update.laws) rememberLaws(this.#settings, update.laws);
    const news = update.times !== undefined || update.samples !== undefined;
    if (update.phase === 'finished' && phase !== 'finished') this.#keepResult();
    if (update.phase !== 'running' && (news || update.phase !== phase)) this.#saveNow();
    else if (news) this.#saveTimer ??= setTimeout(() => this.#saveNow(), saveIntervalMs);
  }

  #saveNow(): void {
    this.#dropSave();
    const { progress } = this.sweeper;
    if (progress && this.#state.phase !== 'idle' && hasPoints({ ...emptySweep, ...progress }))
      this.#keep(this.#around.keeper.save(progress));
  }

  #keepResult(): void {
    const report = this.report();
    if (report) this.#around.keepResult(report);
  }

  #dropSave(): void {
    if (this.#saveTimer !== null) clearTimeout(this.#saveTimer);
    this.#saveTimer = null;
  }

  /** A browser that keeps nothing is no failure: the person is told once. */
  #keep(work: Promise<void>): void {
    work.catch((error: unknown) => {
      this.#dispatch({ type: 'notice', notice: { kind: 'not-kept', why: storageTrouble(error) } });
    });
  }

  #send(command: Promise<void>): void {
    const turn = this.#turn;
    command.catch((error: unknown) => {
      if (turn === this.#turn) this.#dispatch({ type: 'broken', why: error instanceof Error ? error.message : String(error) });
    });
  }

  #dispatch(action: SweepAction): void {
    this.#state = reduceSweep(this.#state, action);
    this.#tell();
  }

  #tell(): void {
    for (const listener of this.#listeners) listener();
  }
}
