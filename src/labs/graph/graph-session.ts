/**
 * The store of the Graph lab: settings, the graph and how far one has gone in it, its place in the URL, and the few things
 * that change them. It outlives the lab's elements and draws nothing; arithmetic is `session/graph`'s.
 */
import { makeGraph, studyAt, type ParseText, type Study } from '../../session/graph/study.ts';
import type { LabClock } from '../../ui/lab.ts';
import type { UrlNote } from '../../ui/router.ts';
import { complaintSentence } from './complaint-words.ts';
import { presetSettings, presetOf, readGraphQuery, writeGraphQuery } from './graph-query.ts';
import {
  beginning,
  emptyGraph,
  loopOf,
  partsOf,
  positionAt,
  stepsDone,
  valuesKnown,
  type GraphSettings,
  type GraphState,
} from './graph-state.ts';
import { LoopTimer, type TimeLoop } from './loop-timer.ts';
import { course, valueOfNobody, type PresetName } from './presets.ts';

const stepMs = 900;
const loopStepMs = 450;

export interface Surroundings {
  readonly loadParser: () => Promise<ParseText>;
  readonly setQuery: (query: string, replace?: boolean) => void;
  /** Nothing is to move by itself. */
  readonly still: () => boolean;
  readonly timeLoop: TimeLoop;
  /** Resolves when nothing else computes. */
  readonly whenQuiet: () => Promise<void>;
  readonly clock?: LabClock;
}

export class GraphSession {
  readonly #around: Surroundings;
  readonly #listeners = new Set<() => void>();
  readonly #timer: LoopTimer;
  #parse: ParseText | null = null;
  #settings: GraphSettings = readGraphQuery('').settings;
  #state: GraphState = emptyGraph;
  #notes: readonly UrlNote[] = [];
  #query: string | null = null;
  /** Counts links followed, so that one that took long to open does not come after the next. */
  #opening = 0;
  #tick: ReturnType<typeof setTimeout> | null = null;
  /** What plays stops there: the end of a part. */
  #until = 0;
  /** Typed before there was a parser to read it. */
  #typedEarly: string | null = null;
  /** Played when it was left. */
  #goesOn = false;

  constructor(around: Surroundings) {
    this.#around = around;
    this.#timer = new LoopTimer(around, (timing) => this.#set({ timing }));
  }

  get settings(): GraphSettings {
    return this.#settings;
  }
  get state(): GraphState {
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
    const { settings, notes, placed } = readGraphQuery(query);
    this.#typedEarly = null;
    this.#stop();
    this.#timer.forget();
    this.#notes = notes;
    this.#settings = settings;
    void this.#open(placed);
  }

  /** Tries again to fetch the parser. */
  async reopen(): Promise<void> {
    this.#set({ failure: null });
    await this.#open(true);
  }

  async #open(placed: boolean): Promise<void> {
    const opening = ++this.#opening;
    try {
      this.#parse ??= await this.#around.loadParser();
    } catch (error) {
      return this.#set({ failure: error instanceof Error ? error.message : String(error) });
    }
    if (opening !== this.#opening) return;
    const { complaint } = this.#parse(this.#settings.text);
    if (complaint) {
      const expected = { kind: 'said', sentence: complaintSentence(complaint).replace(/[.]$/, '') } as const;
      this.#notes = [...this.#notes, { key: 'expr', value: this.#settings.text, expected }];
      this.#settings = { ...this.#settings, ...course };
    }
    this.#read(this.#settings.text);
    const typed = this.#typedEarly;
    this.#typedEarly = null;
    if (typed !== null) return this.type(typed);
    if (!placed && !this.#around.still()) this.#play(this.#whole());
  }

  /** What is typed; while it is wrong the graph stays as it is. */
  type(text: string): void {
    if (!this.#parse) this.#typedEarly = text;
    const complaint = this.#parse?.(text).complaint;
    if (!this.#parse || complaint) return this.#set({ complaint: complaint ?? null, draft: text });
    this.#stop();
    this.#notes = [];
    this.#settings = { ...this.#settings, view: 'graph', text, position: valuesKnown };
    this.#read(text);
    // one entry in the history for all that is typed
    this.#write(true);
  }

  choose(preset: PresetName): void {
    if (preset === presetOf(this.#settings) && this.#state.draft === null) return;
    this.#typedEarly = null;
    this.#stop();
    this.#notes = [];
    this.#settings = presetSettings(preset);
    this.#read(this.#settings.text);
    this.#write();
    if (!this.#around.still()) this.#play(this.#whole());
  }

  setValue(name: string, value: number, dragging = false): void {
    this.#around.clock?.changed();
    this.#settings = { ...this.#settings, values: { ...this.#settings.values, [name]: value } };
    const { study, valued } = this.#state;
    if (study) this.#set({ study: this.#studied(study.graph), valued: valued.filter((one) => one !== name) });
    this.#around.clock?.arrived();
    this.#write(dragging);
  }

  change(patch: Partial<Pick<GraphSettings, 'detail' | 'nudge' | 'size' | 'weights' | 'm' | 'timedM'>>, dragging = false): void {
    this.#settings = { ...this.#settings, ...patch };
    if (patch.detail !== undefined) {
      this.#stop();
      this.#settings = { ...this.#settings, position: valuesKnown };
      this.#read(this.#settings.text);
    }
    if (patch.timedM !== undefined) this.#timer.forget();
    this.#set({ loop: loopOf(this.#settings) });
    this.#write(dragging);
  }

  /** Plays on from here through both parts, from the beginning after the end; or pauses. */
  toggle(): void {
    if (this.#state.playing) return this.#pause();
    if (this.#done() >= this.#whole()) this.#go(0);
    this.#play(this.#whole());
  }

  /** Plays the values in, from the beginning when they are all there. */
  forward(): void {
    const { forward } = this.#parts();
    if (this.#state.playing && this.#until === forward) return this.#pause();
    if (this.#done() >= forward) this.#go(0);
    this.#play(forward);
  }

  /** Plays the chain rule, with all values in place, from J when it has come to the end. */
  backward(): void {
    const { forward } = this.#parts();
    const done = this.#done();
    if (this.#state.playing && this.#until === this.#whole() && done >= forward) return this.#pause();
    if (done < forward || done >= this.#whole()) this.#go(forward);
    this.#play(this.#whole());
  }

  step(by: 1 | -1 = 1): void {
    this.#stop();
    this.#go(Math.min(this.#whole(), Math.max(0, this.#done() + by)));
  }

  /** The rest of the part at hand at once. */
  all(): void {
    const { forward } = this.#parts();
    this.#stop();
    this.#go(this.#done() < forward ? forward : this.#whole());
  }

  reset(): void {
    this.#stop();
    this.#go(0);
  }

  time(): void {
    void this.#timer.start(this.#settings.timedM);
  }

  cancelTiming(): void {
    this.#timer.forget();
  }

  dismissNotes(): void {
    this.#notes = [];
    this.#tell();
  }

  /** The lab is no longer to be seen. */
  leave(): void {
    this.#goesOn = this.#state.playing;
    this.#stop();
    this.#timer.forget();
  }

  enter(): void {
    if (this.#goesOn) this.#play(this.#until);
    this.#goesOn = false;
  }

  dispose(): void {
    this.#stop();
    this.#timer.forget();
    this.#listeners.clear();
  }

  /** A right text becomes the graph; inputs without a value get one. */
  #read(text: string): void {
    const statements = this.#parse?.(text).statements;
    if (!statements) return;
    // a single line as a single node would show nothing
    const graph = makeGraph(statements, statements.length > 1 ? this.#settings.detail : 'operations');
    const { values } = this.#settings;
    const valued = this.#settings.view === 'graph' ? graph.inputs.filter((name) => !Object.hasOwn(values, name)) : [];
    const given = Object.fromEntries(valued.map((name) => [name, valueOfNobody]));
    const kept = Object.fromEntries(Object.entries(values).filter(([name]) => graph.inputs.includes(name)));
    this.#settings = { ...this.#settings, values: { ...kept, ...given } };
    this.#set({ study: this.#studied(graph), complaint: null, draft: null, valued, loop: loopOf(this.#settings) });
  }

  #studied(graph: Study['graph']): Study {
    const { values } = this.#settings;
    return studyAt(
      graph,
      graph.inputs.map((name) => values[name] ?? valueOfNobody),
    );
  }

  #parts(): { readonly forward: number; readonly backward: number } {
    return partsOf(this.#settings, this.#state);
  }

  #whole(): number {
    const { forward, backward } = this.#parts();
    return forward + backward;
  }

  #done(): number {
    return stepsDone(this.#settings, this.#state);
  }

  #go(done: number): void {
    const position = positionAt(done, this.#settings.view === 'examples' ? Number.POSITIVE_INFINITY : this.#parts().forward);
    this.#settings = { ...this.#settings, position: done === 0 ? beginning : position };
    this.#write(true);
    this.#tell();
  }

  #play(until: number): void {
    this.#stop();
    this.#until = until;
    if (this.#done() >= until) return;
    this.#set({ playing: true });
    this.#wait();
  }

  #wait(): void {
    this.#tick = setTimeout(
      () => {
        this.#go(this.#done() + 1);
        if (this.#done() < this.#until) this.#wait();
        else this.#pause();
      },
      this.#settings.view === 'examples' ? loopStepMs : stepMs,
    );
  }

  #pause(): void {
    this.#stop();
  }

  #stop(): void {
    if (this.#tick !== null) clearTimeout(this.#tick);
    this.#tick = null;
    if (this.#state.playing) this.#set({ playing: false });
  }

  #write(replace = false): void {
    const query = writeGraphQuery(this.#settings);
    if (query === this.#query) return;
    this.#query = query;
    this.#around.setQuery(query, replace);
  }

  #set(patch: Partial<GraphState>): void {
    this.#state = { ...this.#state, ...patch };
    this.#tell();
  }

  #tell(): void {
    for (const listener of this.#listeners) listener();
  }
}
