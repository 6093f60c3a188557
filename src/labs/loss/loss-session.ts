/**
 * The store of the Loss lab: settings, the paths that follow from them, what the worker has drawn, and the few things that
 * change them. It outlives the lab's elements; its worker does not. Draws nothing itself.
 */
import { descend, isOver, type DescentStep } from '../../session/loss/descent.ts';
import type { LossScene, Shown } from '../../session/loss/protocol.ts';
import {
  defaultLoss,
  lossRanges,
  pointPresets,
  presetRates,
  ratePresets,
  shownCosts,
  type LossCost,
  type LossSettings,
  type PointPreset,
  type RatePreset,
} from '../../session/loss/settings.ts';
import type { LabClock } from '../../ui/lab.ts';
import type { UrlNote } from '../../ui/router.ts';
import { readLossQuery, writeLossQuery } from './loss-query.ts';
import type { Frame } from './loss-wish.ts';
import { stepsAfter } from './pace.ts';

/** What draws; `LossClient` is one. */
export interface Drawer {
  attach(canvas: HTMLCanvasElement): void;
  show(scene: LossScene): void;
  loseDevice(): Promise<void>;
  memory(): Promise<{ readonly buffers: number; readonly bytes: number }>;
  dispose(): void;
}

export interface Surroundings {
  readonly drawer: (onShown: (shown: Shown, isNewest?: boolean) => void, onSpent: () => void, onFailed: (why: string) => void) => Drawer;
  readonly setQuery: (query: string, replace?: boolean) => void;
  readonly requestFrame: (then: (nowMs: number) => void) => number;
  readonly cancelFrame: (id: number) => void;
  /** Movement is not wanted: a run is shown at its end. */
  readonly isStill: () => boolean;
  readonly clock?: LabClock;
}

export interface CostPath {
  readonly cost: LossCost;
  /** The start first; never empty. */
  readonly steps: readonly DescentStep[];
}

/** What a path depends on, and the path. */
interface Known {
  readonly settings: LossSettings;
  readonly steps: readonly DescentStep[];
}

export class LossSession {
  readonly #around: Surroundings;
  readonly #listeners = new Set<() => void>();
  readonly #known = new Map<LossCost, Known>();
  #settings: LossSettings = defaultLoss;
  #notes: readonly UrlNote[] = [];
  #query: string | null = null;
  #drawer: Drawer | null = null;
  #frame: Frame | null = null;
  #shown: Shown | null = null;
  #failure: string | null = null;
  #canvases = 0;
  #running: { readonly frame: number; readonly lastMs: number | null; readonly left: number } | null = null;

  constructor(around: Surroundings) {
    this.#around = around;
  }

  get settings(): LossSettings {
    return this.#settings;
  }
  get notes(): readonly UrlNote[] {
    return this.#notes;
  }
  /** What the worker drew last; null before the first picture. */
  get shown(): Shown | null {
    return this.#shown;
  }
  /** Why nothing is drawn any more, or null. */
  get failure(): string | null {
    return this.#failure;
  }
  /** Changes when another canvas is needed. */
  get canvasNumber(): number {
    return this.#canvases;
  }
  get isRunning(): boolean {
    return this.#running !== null;
  }
  /** For tests. */
  get drawer(): Drawer | null {
    return this.#drawer;
  }

  /** One path for each cost that is shown, as far as they were followed. */
  get paths(): readonly CostPath[] {
    return shownCosts(this.#settings.cost).map((cost) => ({ cost, steps: this.#path(cost) }));
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
    const { settings, notes } = readLossQuery(query);
    this.#notes = notes;
    this.#pause();
    this.#settings = settings;
    this.#draw();
    this.#tell();
  }

  /** @param dragging the change goes on: the address waits for its end, and points may be drawn coarsely */
  change(patch: Partial<LossSettings>, dragging = false): void {
    this.#around.clock?.changed();
    this.#take(patch, dragging);
    if (!dragging) this.#write(false);
  }

  choosePoints(preset: PointPreset): void {
    this.#pause();
    this.change({ points: pointPresets[preset], learningRate: presetRates[preset], w: 0, b: 0, steps: 0 });
  }

  /** From (0, 0), with the α of the preset: its outcome is shown, step by step. */
  chooseRate(preset: RatePreset): void {
    const { learningRate, steps } = ratePresets[preset];
    this.#pause();
    this.change({ learningRate, w: 0, b: 0, steps: 0 });
    this.#run(steps);
  }

  /** Runs until nothing more is to be seen, or pauses; after an end begins anew. */
  toggle(): void {
    if (this.#running) {
      this.#pause();
      this.#write(true);
      return this.#tell();
    }
    const most = lossRanges.steps[1];
    if (this.#settings.steps >= most || this.isOver) this.#take({ steps: 0 });
    this.#run(most - this.#settings.steps);
  }

  step(): void {
    this.#pause();
    this.#take({ steps: Math.min(lossRanges.steps[1], this.#settings.steps + 1) });
    this.#write(true);
  }

  reset(): void {
    this.#pause();
    this.#take({ steps: 0 });
    this.#write(true);
  }

  dismissNotes(): void {
    this.#notes = [];
    this.#tell();
  }

  attach(canvas: HTMLCanvasElement): void {
    this.#drawer?.attach(canvas);
    this.#draw();
  }

  setFrame(frame: Frame): void {
    this.#frame = frame;
    this.#draw();
  }

  /** The lab can be seen: something has to draw. */
  enter(): void {
    if (this.#drawer) return;
    this.#failure = null;
    this.#drawer = this.#around.drawer(
      (shown, isNewest) => {
        this.#shown = shown;
        this.#tell();
        if (isNewest) this.#around.clock?.arrived();
      },
      () => this.#renewCanvas(),
      (why) => {
        this.#failure = why;
        this.#tell();
      },
    );
    this.#canvases++;
  }

  /** Nothing is seen of it: nothing computes, and the worker goes with all that it holds. */
  leave(): void {
    this.#pause();
    this.#drawer?.dispose();
    this.#drawer = null;
    this.#shown = null;
    this.#frame = null;
  }

  /** After a failure: all anew. */
  again(): void {
    this.#drawer?.dispose();
    this.#drawer = null;
    this.enter();
    this.#tell();
  }

  rest(): void {
    this.#pause();
    this.#tell();
  }

  #take(patch: Partial<LossSettings>, dragging = false): void {
    this.#settings = { ...this.#settings, ...patch };
    this.#draw(dragging && patch.points !== undefined);
    this.#tell();
  }

  #path(cost: LossCost): readonly DescentStep[] {
    const settings = this.#settings;
    const { points, w, b, learningRate, steps } = settings;
    const known = this.#known.get(cost);
    const goesOn =
      known?.settings.points === points && known.settings.w === w && known.settings.b === b && known.settings.learningRate === learningRate;
    if (goesOn && known.settings.steps === steps) return known.steps;
    const path = descend(points, cost, { w, b }, learningRate, steps, goesOn ? known.steps : []);
    this.#known.set(cost, { settings, steps: path });
    return path;
  }

  /** Nothing more would be seen of a run. */
  get isOver(): boolean {
    return this.paths.every(({ steps }) => isOver(steps, this.#settings.span) || steps.length <= this.#settings.steps);
  }

  #run(left: number): void {
    if (this.#settings.points.length === 0 || left <= 0) return;
    if (this.#around.isStill()) {
      const { steps } = this.#settings;
      // as far as there is something to see; the path is shorter than asked for where it stopped being finite
      this.#settings = { ...this.#settings, steps: steps + Math.min(left, 400) };
      return this.#end();
    }
    const frame = this.#around.requestFrame((nowMs) => this.#advance(nowMs));
    this.#running = { frame, lastMs: null, left };
    this.#tell();
  }

  #advance(nowMs: number): void {
    const running = this.#running;
    if (!running) return;
    const { steps } = this.#settings;
    const passedMs = running.lastMs === null ? 0 : nowMs - running.lastMs;
    const more = Math.min(running.left, stepsAfter(steps, passedMs));
    if (more > 0) {
      this.#settings = { ...this.#settings, steps: steps + more };
      this.#draw();
    }
    const left = running.left - more;
    if (left <= 0 || (more > 0 && this.isOver)) return this.#end();
    const frame = this.#around.requestFrame((laterMs) => this.#advance(laterMs));
    this.#running = { frame, lastMs: more > 0 || running.lastMs === null ? nowMs : running.lastMs, left };
    if (more > 0) this.#tell();
  }

  #end(): void {
    this.#pause();
    this.#write(true);
    this.#draw();
    this.#tell();
  }

  #pause(): void {
    if (this.#running) this.#around.cancelFrame(this.#running.frame);
    this.#running = null;
  }

  #write(replace: boolean): void {
    const query = writeLossQuery(this.#settings);
    if (query === this.#query) return;
    this.#notes = [];
    this.#query = query;
    this.#around.setQuery(query, replace);
  }

  #renewCanvas(): void {
    this.#canvases++;
    this.#tell();
  }

  #draw(moving = false): void {
    if (!this.#drawer || !this.#frame || this.#settings.points.length === 0) return;
    const { points, cost, view, span, turn, tilt } = this.#settings;
    const tracks = this.paths.map(({ steps }) => Float32Array.from(steps.flatMap((one) => [one.w, one.b, one.cost])));
    this.#drawer.show({ points, costs: shownCosts(cost), view, span, turn, tilt, tracks, ...this.#frame, moving });
  }

  #tell(): void {
    for (const listener of this.#listeners) listener();
  }
}
