/**
 * The store of the Activations lab: settings, z, the state of the nets, their place in the URL, and the few things that change
 * them. It outlives the lab's elements, draws nothing, and computes nothing: that is the worker's.
 */
import type { ActivationUpdate } from '../../session/activations/protocol.ts';
import { defaultActivations, type ActivationSettings } from '../../session/activations/settings.ts';
import type { LabClock } from '../../ui/lab.ts';
import type { UrlNote } from '../../ui/router.ts';
import { firstZ, readActivationQuery, writeActivationQuery } from './activation-query.ts';
import { emptyActivations, isActive, isGoing, reduceActivations, type ActivationAction, type ActivationState } from './activation-state.ts';

/** What steers the worker; `ActivationClient` is one. */
export interface NetTrainer {
  start(settings: ActivationSettings, paused: boolean): Promise<void>;
  pause(): Promise<void>;
  resume(): Promise<void>;
  step(): Promise<void>;
  cancel(): Promise<void>;
  setHidden(hidden: boolean): Promise<void>;
  dispose(): void;
}

export interface Surroundings {
  readonly trainer: (onUpdate: (update: ActivationUpdate) => void) => NetTrainer;
  readonly setQuery: (query: string, replace?: boolean) => void;
  /** Of the file that is open; null: none is. */
  readonly ownSettings?: () => ActivationSettings | null;
  /** Resolves when nothing else computes. */
  readonly whenQuiet: () => Promise<void>;
  readonly clock?: LabClock;
}

export class ActivationSession {
  readonly trainer: NetTrainer;
  readonly #around: Surroundings;
  readonly #listeners = new Set<() => void>();
  #settings: ActivationSettings = defaultActivations.fashion;
  #z = firstZ;
  #notes: readonly UrlNote[] = [];
  #state: ActivationState = emptyActivations;
  #query: string | null = null;
  /** Other settings or another start came meanwhile: what was asked before is of no interest. */
  #turn = 0;
  #isOpen = false;
  /** It begins, or goes on, when the lab is opened. */
  #goesOn = true;

  constructor(around: Surroundings) {
    this.#around = around;
    this.trainer = around.trainer((update) => this.#take(update));
  }

  get settings(): ActivationSettings {
    return this.#settings;
  }
  get z(): number {
    return this.#z;
  }
  get state(): ActivationState {
    return this.#state;
  }
  get notes(): readonly UrlNote[] {
    return this.#notes;
  }

  /** @returns a function that ends the subscription */
  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Takes what stands in the URL; the same text again changes nothing. */
  follow(query: string): void {
    if (query === this.#query) return;
    this.#query = query;
    const before = writeActivationQuery(this.#settings, firstZ);
    const { settings, z, notes } = readActivationQuery(query);
    this.#z = z;
    this.#notes = notes;
    if (writeActivationQuery(settings, firstZ) !== before) this.#adopt(settings);
    else this.#tell();
  }

  /** Another data set brings its own defaults, but for how deep and wide the net is. */
  change(patch: Partial<ActivationSettings>): void {
    const { set, depth, width, on } = this.#settings;
    const basis = patch.set !== undefined && patch.set !== set ? { ...this.#defaults(patch.set), depth, width, on } : this.#settings;
    const settings = { ...basis, ...patch };
    const query = writeActivationQuery(settings, this.#z);
    if (query === writeActivationQuery(this.#settings, this.#z)) return;
    this.#notes = [];
    this.#around.clock?.changed();
    this.#write(query, false);
    this.#adopt(settings);
  }

  #defaults(set: ActivationSettings['set']): ActivationSettings {
    return (set === 'own' ? this.#around.ownSettings?.() : null) ?? defaultActivations[set];
  }

  /** A file was opened: the nets train on it; on what the URL speaks of they begin anew. */
  takeOpened(): void {
    const settings = this.#around.ownSettings?.();
    if (!settings) return;
    if (settings.own === this.#settings.own && this.#settings.set === 'own') this.#adopt(this.#settings);
    else this.change(settings);
  }

  lookAt(z: number, dragging: boolean): void {
    this.#z = z;
    if (!dragging) this.#write(writeActivationQuery(this.#settings, z), true);
    this.#tell();
  }

  /** Runs, pauses or goes on; after an end it begins anew. */
  toggle(): void {
    if (isGoing(this.#state)) return this.#ask(false);
    if (isActive(this.#state)) return this.#ask(true);
    void this.#start(true);
  }

  /** One update of each net, from a pause or from the start; one that runs pauses after it. */
  stepOnce(): void {
    if (!isActive(this.#state)) return void this.#start(false, true);
    this.#dispatch({ type: 'ask', run: false });
    this.#send(this.trainer.step());
  }

  reset(): void {
    this.#turn++;
    this.#goesOn = false;
    this.#dispatch({ type: 'clear' });
    this.#send(this.trainer.cancel());
  }

  dismissNotes(): void {
    this.#notes = [];
    this.#tell();
  }

  /** The lab is no longer to be seen: nothing computes until it is again. */
  leave(): void {
    this.#isOpen = false;
    this.#goesOn ||= isGoing(this.#state);
    if (isGoing(this.#state)) this.#ask(false);
  }

  enter(): void {
    this.#isOpen = true;
    if (!this.#goesOn) return;
    this.#goesOn = false;
    if (!isActive(this.#state)) return void this.#start(true);
    void this.#around.whenQuiet().then(() => {
      if (this.#isOpen && isActive(this.#state) && !this.#state.wantsToRun) this.#ask(true);
    });
  }

  setHidden(hidden: boolean): void {
    this.#send(this.trainer.setHidden(hidden));
  }

  dispose(): void {
    this.trainer.dispose();
    this.#listeners.clear();
  }

  #write(query: string, replace: boolean): void {
    this.#query = query;
    this.#around.setQuery(query, replace);
  }

  /** New settings: the nets begin anew. */
  #adopt(settings: ActivationSettings): void {
    this.#settings = settings;
    if (this.#isOpen) return void this.#start(true);
    this.#turn++;
    this.#goesOn = true;
    this.#dispatch({ type: 'clear' });
    this.#send(this.trainer.cancel());
  }

  async #start(run: boolean, thenStep = false): Promise<void> {
    const turn = ++this.#turn;
    this.#dispatch({ type: 'start', run });
    await this.#around.whenQuiet();
    if (turn !== this.#turn) return;
    this.#send(
      this.trainer.start(this.#settings, !this.#state.wantsToRun).then(() => {
        if (thenStep && turn === this.#turn) return this.trainer.step();
      }),
    );
  }

  #ask(run: boolean): void {
    this.#dispatch({ type: 'ask', run });
    this.#send(run ? this.trainer.resume() : this.trainer.pause());
  }

  /** What the worker says of nets that were cleared away is of no interest. */
  #take(update: ActivationUpdate): void {
    if (this.#state.phase === 'idle') return;
    this.#dispatch({ type: 'update', update });
    if (this.#state.nets.some(({ costs }) => costs.length > 0)) this.#around.clock?.arrived();
  }

  #send(command: Promise<void>): void {
    const turn = this.#turn;
    command.catch((error: unknown) => {
      if (turn === this.#turn) this.#dispatch({ type: 'broken', why: error instanceof Error ? error.message : String(error) });
    });
  }

  #dispatch(action: ActivationAction): void {
    this.#state = reduceActivations(this.#state, action);
    this.#tell();
  }

  #tell(): void {
    for (const listener of this.#listeners) listener();
  }
}
