/**
 * The page's store: settings, the state of the race, the machine and the URL, and the few things that change them. Sends
 * commands to the worker through the client; draws nothing and knows no element, so that it can start before they load.
 * The race is the Train lab's: while another lab is open it rests, and of that lab it holds the query and no more.
 */
import { SessionClient, WorkerBrokenError } from '../session/client.ts';
import type { OwnData } from '../session/own/protocol.ts';
import type { MachineReport, RacePhase, RaceReport, RaceUpdate } from '../session/protocol.ts';
import { defaultSettings, type Settings } from '../session/settings.ts';
import type { Adoption } from './adoption/adoption.ts';
import { fitted } from './model-rules.ts';
import type { Inside } from './lab.ts';
import { ResultKeeper } from './result-keeper.ts';
import { emptyRace, reduceRace, type RaceAction, type RaceState } from './race-state.ts';
import { readQuery, writeLabQuery, writeQuery, type UrlNote } from './router.ts';

/** While a slider moves, races start again at most this often. */
const dragIntervalMs = 120;

/** Messages come once a frame; the page follows this often, which the eye takes for continuous, and leaves the rest to the race. */
const renderIntervalMs = 32;

type Listener = () => void;

export class RaceSession {
  readonly #client: SessionClient;
  readonly #labs: readonly string[];
  readonly #listeners = new Set<Listener>();
  #settings: Settings;
  #lab: string;
  /** By lab, so that one that is opened again stands where it was left. */
  readonly #labQueries = new Map<string, string>();
  #notes: readonly UrlNote[];
  #race: RaceState = emptyRace;
  #machine: MachineReport | null = null;
  #crash: string | null = null;
  /** Kernels that races run in the place of the tree's; null until the Kernels lab was open. */
  adopted: Adoption | null = null;
  /** Where finished races go. */
  readonly results = new ResultKeeper(() => this.#tell());
  /** True between the first move of a slider and its release: one entry in the history for the whole drag. */
  #dragging = false;
  #timer: ReturnType<typeof setTimeout> | null = null;
  #lastStartMs = Number.NEGATIVE_INFINITY;
  #tellTimer: ReturnType<typeof setTimeout> | null = null;
  #lastTellMs = Number.NEGATIVE_INFINITY;
  /** Run, pause and step commands that the worker has not taken yet: until then its messages speak of the time before. */
  #asking = 0;
  /** Counts what else is being measured: meanwhile a race that starts waits. */
  #resting = 0;
  /** Lets the race go on when Train is opened again; null while Train is open, and before its race was ever started. */
  #away: Promise<() => void> | null = null;
  #begun = false;
  /** The newest start: the worker has a race to command only when it has taken it. */
  #started: Promise<void> = Promise.resolve();

  constructor(labs: readonly string[]) {
    this.#labs = labs;
    const route = readQuery(location.search, labs);
    ({ lab: this.#lab, settings: this.#settings, notes: this.#notes } = route);
    this.#labQueries.set(route.lab, route.labQuery);
    this.#client = new SessionClient((update) => this.#take(update));
    if (this.#lab === 'train') this.#start();
    this.#client.machine().then(
      (machine) => {
        this.#machine = machine;
        this.#tell();
      },
      (error: unknown) => this.#fail(error),
    );
    addEventListener('popstate', this.#followUrl);
    document.addEventListener('visibilitychange', this.#tellVisibility);
  }

  get settings(): Settings {
    return this.#settings;
  }
  get lab(): string {
    return this.#lab;
  }
  get race(): RaceState {
    return this.#race;
  }
  get machine(): MachineReport | null {
    return this.#machine;
  }
  /** The race that is shown is that of the settings at hand. */
  get isCurrent(): boolean {
    return this.#timer === null && !this.#race.stale;
  }
  get notes(): readonly UrlNote[] {
    return this.#notes;
  }
  /** What went wrong in the worker itself, or null. */
  get crash(): string | null {
    return this.#crash;
  }

  /** Where what the race has inside can be asked for. */
  get inside(): Inside {
    return this.#client;
  }

  /** @returns a function that ends the subscription */
  subscribe(listener: Listener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Takes a file that the user opened. @param settings that race on it; null: another lab is open */
  adopt(own: OwnData, settings: Settings | null): void {
    this.#send(this.#client.adopt(own));
    if (settings === null) return;
    if (this.#settings.own === own.text) this.#start();
    else this.change(settings);
  }

  /** Takes new settings and races again with them. Another data set brings its own defaults, the lanes stay. */
  change(patch: Partial<Settings>, dragging = false): void {
    const { gpu, cpu, plan } = this.#settings;
    const basis =
      patch.set !== undefined && patch.set !== this.#settings.set ? { ...defaultSettings[patch.set], gpu, cpu, plan } : this.#settings;
    const settings = fitted({ ...basis, ...patch });
    const before = writeQuery(this.#settings);
    const keep = sameData(this.#settings, settings);
    this.#settings = settings;
    this.#notes = [];
    if (dragging && this.#dragging) this.#soon(keep);
    else if (writeQuery(settings) !== before || !dragging) this.#now(keep, this.#dragging);
    this.#dragging = dragging;
    this.#tell();
  }

  goTo(lab: string): void {
    if (lab === this.#lab || !this.#labs.includes(lab)) return;
    this.#open(lab);
    history.pushState(null, '', location.pathname + this.#query());
    this.#tell();
  }

  /** What stands in the URL of a lab, beside the settings of the race, or stood there when it was left: for that lab to read. */
  labQuery(lab: string): string {
    return this.#labQueries.get(lab) ?? '';
  }

  /** @param replace the change belongs to the last one: it is no entry of its own in the history */
  setLabQuery(lab: string, labQuery: string, replace = false): void {
    if (lab !== this.#lab || labQuery === this.labQuery(lab)) return;
    this.#labQueries.set(lab, labQuery);
    history[replace ? 'replaceState' : 'pushState'](null, '', location.pathname + this.#query());
    this.#tell();
  }

  /** Resolves when nothing of the race is computed any more, for a lab that was opened in its place. */
  async whenAway(): Promise<void> {
    await this.#away;
  }

  /** Takes back what was asked last, in every phase; goes on for as many steps again at the end, and starts anew after a fault. */
  toggle(): void {
    const { phase, wantsToRun } = this.#race;
    if (hasFailed(phase)) this.#start();
    else if (!wantsToRun || (phase === 'finished' && this.#asking === 0)) this.#ask(true, () => this.#client.run());
    else this.#ask(false, () => this.#client.pause());
  }

  /** One step more, wherever it stands; the first of a new race after a fault. */
  stepOnce(): void {
    if (hasFailed(this.#race.phase)) this.#start(true);
    this.#ask(false, () => this.#client.stepOnce());
  }

  /** Back to step 0, waiting. */
  reset(paused = true): void {
    this.#start(paused);
  }

  /**
   * Nothing computes any more when this resolves: a race is paused, and one that starts meanwhile waits.
   * @returns what lets the race go on, if it was running
   */
  async rest(): Promise<() => void> {
    const { wantsToRun } = this.#race;
    const started = this.#started;
    this.#resting++;
    const goOn = (): void => {
      this.#resting--;
      if (wantsToRun && started === this.#started && this.#race.phase === 'paused') this.#ask(true, () => this.#client.run());
    };
    if (!this.#begun) return goOn;
    // after its end too, where more is measured beside it
    if (!hasFailed(this.#race.phase)) this.#ask(false, () => this.#client.pause());
    await new Promise<void>((resolve) => {
      const end = this.subscribe(() => settle());
      const settle = (): void => {
        if (this.#crash === null && !isStill(this.#race.phase)) return;
        end();
        resolve();
      };
      settle();
    });
    return goOn;
  }

  /** What the race has measured so far, for a file; null before its first step. */
  async result(): Promise<RaceReport | null> {
    try {
      return await this.#client.result();
    } catch (error) {
      this.#fail(error);
      return null;
    }
  }

  dismissNotes(): void {
    this.#notes = [];
    this.#tell();
  }

  /** For tests: what computes fails with an error that nothing catches. */
  breakDown(): Promise<void> {
    return this.#client.breakDown();
  }

  /** For tests: the device goes as it would in a crash of the driver. */
  loseDevice(): Promise<void> {
    return this.#client.loseDevice();
  }

  /** For tests: live buffers and bytes of the GPU. */
  memory(): Promise<{ readonly buffers: number; readonly bytes: number }> {
    return this.#client.memory();
  }

  dispose(): void {
    removeEventListener('popstate', this.#followUrl);
    document.removeEventListener('visibilitychange', this.#tellVisibility);
    if (this.#timer !== null) clearTimeout(this.#timer);
    if (this.#tellTimer !== null) clearTimeout(this.#tellTimer);
    this.#client.dispose();
    this.#listeners.clear();
  }

  #query(): string {
    return this.#lab === 'train' ? writeQuery(this.#settings, this.labQuery('train')) : writeLabQuery(this.#lab, this.labQuery(this.#lab));
  }

  /** Train's race rests while another lab is open, and begins when Train is opened first. */
  #open(lab: string): void {
    this.#lab = lab;
    if (lab !== 'train') {
      if (this.#begun) this.#away ??= this.rest();
      return;
    }
    const away = this.#away;
    if (!this.#begun) this.#start();
    void away?.then((goOn) => {
      if (this.#lab !== 'train' || this.#away !== away) return;
      this.#away = null;
      goOn();
    });
  }

  #now(keep: boolean, replace: boolean): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    const url = location.pathname + this.#query();
    if (replace) history.replaceState(null, '', url);
    else if (url !== location.pathname + location.search) history.pushState(null, '', url);
    this.#start(false, keep);
  }

  #soon(keep: boolean): void {
    if (this.#timer !== null) return;
    const wait = Math.max(0, this.#lastStartMs + dragIntervalMs - performance.now());
    this.#timer = setTimeout(() => this.#now(keep, true), wait);
  }

  #start(asked = false, keep = true): void {
    const paused = asked || this.#resting > 0;
    this.#begun = true;
    this.#lastStartMs = performance.now();
    this.#dispatch({ type: 'start', keep, paused });
    this.#crash = null;
    this.#started = this.#client.start(this.#settings, { paused, kernels: this.adopted?.kernels });
    this.#send(this.#started);
    this.#client.broken.catch((error: unknown) => this.#fail(error));
  }

  readonly #followUrl = (): void => {
    const { lab, settings, labQuery, notes } = readQuery(location.search, this.#labs);
    this.#labQueries.set(lab, labQuery);
    this.#notes = notes;
    const changed = lab === 'train' && writeQuery(settings) !== writeQuery(this.#settings);
    const keep = sameData(this.#settings, settings);
    if (changed) this.#settings = settings;
    const [begun, away] = [this.#begun, this.#away];
    this.#open(lab);
    if (changed && begun) this.#restart(away, keep);
    else this.#tell();
  };

  /** At once, or when the lab that was open meanwhile has let go. */
  #restart(away: Promise<unknown> | null, keep: boolean): void {
    if (away === null) return this.#start(false, keep);
    void away.then(() => {
      if (this.#lab === 'train') this.#start(false, keep);
    });
    this.#tell();
  }

  readonly #tellVisibility = (): void => this.#send(this.#client.setHidden(document.hidden));

  /** Commands go to the race that was shown when they were given, and to none that started since. */
  #ask(run: boolean, command: () => Promise<void>): void {
    const started = this.#started;
    this.#asking++;
    this.#dispatch({ type: 'ask', run });
    this.#tell();
    const taken = started.then(() => (started === this.#started ? command() : undefined));
    this.#send(taken.finally(() => this.#asking--));
  }

  #take(update: RaceUpdate): void {
    if (update.rollback) return this.adopted?.rollBack(update.rollback);
    const { wantsToRun } = this.#race;
    this.#dispatch({ type: 'update', update: this.#asking > 0 ? { ...update, wantsToRun } : update });
  }

  #dispatch(action: RaceAction): void {
    const { phase, lanes } = this.#race;
    this.#race = reduceRace(this.#race, action);
    // shown once it is kept: who leaves then leaves nothing behind
    if (this.#race.phase === 'finished' && phase !== 'finished') return void this.#keepRace().finally(() => this.#tell());
    if (this.#race.phase !== phase || this.#race.lanes.length !== lanes.length) this.#tell();
    else this.#tellSoon();
  }

  /** One that goes on after its end is the same race. */
  async #keepRace(): Promise<void> {
    const id = `race-${performance.timeOrigin + this.#lastStartMs}`;
    const report = await this.result();
    if (report) await this.results.keep(id, report);
  }

  #send(command: Promise<void>): void {
    command.catch((error: unknown) => this.#fail(error));
  }

  #fail(error: unknown): void {
    this.#crash = error instanceof Error ? error.message : String(error);
    if (error instanceof WorkerBrokenError) this.#dispatch({ type: 'broken' });
    this.#tell();
  }

  #tellSoon(): void {
    this.#tellTimer ??= setTimeout(() => this.#tell(), Math.max(0, this.#lastTellMs + renderIntervalMs - performance.now()));
  }

  #tell(): void {
    if (this.#tellTimer !== null) clearTimeout(this.#tellTimer);
    this.#tellTimer = null;
    this.#lastTellMs = performance.now();
    for (const listener of this.#listeners) listener();
  }
}

/** Nothing is computed as long as it stays there. */
function isStill(phase: RacePhase): boolean {
  return phase === 'paused' || phase === 'finished' || hasFailed(phase);
}

/** Ends from which nothing goes on. */
function hasFailed(phase: RacePhase): boolean {
  return phase === 'diverged' || phase === 'failed';
}

/** Same examples in kind: what is drawn of the last race may stay until the next one speaks. */
function sameData(a: Settings, b: Settings): boolean {
  return a.set === b.set && a.toy === b.toy && a.n === b.n && a.own === b.own && a.classes?.join() === b.classes?.join();
}
