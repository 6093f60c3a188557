/**
 * What passes between the page and the worker of a sweep: types only. The page starts, pauses and ends; the worker tells
 * what it does and what is new, and the page draws when it likes.
 */
import type { OwnData } from '../../data/own/own-data.ts';
import type { SweepAbout, SweepLaws, SweepProgress, SweepSample, SweepTime } from './report.ts';
import type { SweepModel, SweepSettings } from './settings.ts';
import type { StorageTrouble } from '../storage-trouble.ts';

export type { Crossover, SweepAbout, SweepLaw, SweepLaws, SweepProgress, SweepReport, SweepSample, SweepTime } from './report.ts';
export type { SweepBudget, SweepModel, SweepSettings } from './settings.ts';
export type { Scored } from './report.ts';

/** loading → running ⇄ paused → finished; cancelled and failed are ends too, and what was found stays. */
export type SweepPhase = 'loading' | 'running' | 'paused' | 'finished' | 'cancelled' | 'failed';

/** What is being done at present. */
export type SweepTask =
  | { readonly kind: 'loading'; readonly file: string; readonly loadedBytes: number; readonly totalBytes: number | null }
  | { readonly kind: 'time'; readonly m: number }
  | { readonly kind: 'train'; readonly model: SweepModel; readonly m: number; readonly seed: number };

/** What a reader should know; the page makes the sentences. */
export type SweepNotice =
  /** The set has fewer training examples than were asked for. */
  | { readonly kind: 'm-reduced'; readonly asked: number; readonly used: number }
  /** Values of m that were left out: so few hold no training example of this class, or no held-out one at all. */
  | {
      readonly kind: 'too-few';
      readonly sizes: readonly number[];
      readonly className: string;
      readonly found: number;
      readonly needed: number;
    }
  /** Runs of this model that no engine here can hold were left out: those on so many examples, smallest first. */
  | { readonly kind: 'too-large'; readonly model: SweepModel; readonly sizes: readonly number[]; readonly why: string }
  | { readonly kind: 'device-lost'; readonly recovered: boolean; readonly detail: string }
  | { readonly kind: 'no-gpu'; readonly why: string; readonly detail: string }
  /** This m does not fit this lane, or a step there takes too long: its time is the law's. */
  | { readonly kind: 'not-timed'; readonly lane: 'gpu' | 'cpu'; readonly from: number; readonly why: 'memory' | 'slow' }
  /** Points were discarded because the tab was hidden, and taken again. */
  | { readonly kind: 'hidden'; readonly discarded: number }
  /** The browser keeps nothing: what is found is lost with the page. */
  | { readonly kind: 'not-kept'; readonly why: StorageTrouble };

export interface SweepUpdate {
  readonly phase: SweepPhase;
  readonly done: number;
  readonly count: number;
  /** From the speeds seen so far; null until there are some. */
  readonly secondsLeft: number | null;
  readonly task: SweepTask | null;
  readonly times?: readonly SweepTime[];
  readonly samples?: readonly SweepSample[];
  readonly laws?: SweepLaws;
  readonly notice?: SweepNotice;
  /** What was wrong, in words, with the phase `failed`. */
  readonly failure?: string;
  /** Once the data are there. */
  readonly about?: SweepAbout;
}

export interface SweepWorker {
  /** Takes a file that the user opened, for sweeps on the set `own`. */
  adopt(own: OwnData): void;
  /** @param from what an earlier visit has done of these settings; null: nothing */
  start(settings: SweepSettings, from: SweepProgress | null, onUpdate: (update: SweepUpdate) => void): Promise<void>;
  pause(): void;
  resume(): void;
  /** Ends it where it stands; resolves when everything that it took is free. */
  cancel(): Promise<void>;
  setHidden(hidden: boolean): void;
  /** For tests. */
  loseDevice(): Promise<void>;
  memory(): Promise<{ readonly buffers: number; readonly bytes: number }>;
}
