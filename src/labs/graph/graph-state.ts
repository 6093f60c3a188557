/** What the Graph lab is set to, and what is derived from it. Plain data; who changes it is `graph-session.ts`. */
import type { BenchReport } from '../../session/bench/report.ts';
import {
  exampleSet,
  loopTrace,
  vectorized,
  type Complaint,
  type Detail,
  type Example,
  type LoopMoment,
  type Study,
  type Vectorized,
  type Weights,
} from '../../session/graph/study.ts';
import { course, loopStart } from './presets.ts';

/** How far one has gone: so many steps of the forward part, or all of it and so many of the backward part. */
export interface Position {
  readonly part: 'forward' | 'backward';
  readonly steps: number;
}

/** Everything that stands in the URL. */
export interface GraphSettings {
  /** `examples` shows the loop over m examples; else the graph of `text`. */
  readonly view: 'graph' | 'examples';
  readonly text: string;
  /** Of the inputs, and of those that stood in the text before. */
  readonly values: Readonly<Record<string, number>>;
  readonly detail: Detail;
  /** Which input is nudged; the first one where it names none. */
  readonly nudge: string;
  readonly size: number;
  readonly weights: Weights;
  /** Examples of the loop. */
  readonly m: number;
  /** Examples of the timing. */
  readonly timedM: number;
  readonly position: Position;
}

export const nudgeSizes = [1, 0.1, 0.01, 0.001, 0.0001, 0.000001] as const;
export const timedSizes = [6, 1000, 10_000, 100_000] as const;
/** Values of inputs reach this far on either side of 0. */
export const mostValue = 1e6;

/** All values are there and no derivative: the end of the forward part, however long it is. */
export const valuesKnown: Position = { part: 'backward', steps: 0 };
export const beginning: Position = { part: 'forward', steps: 0 };

const { m, ...weights } = loopStart;

export const defaultGraph: GraphSettings = {
  view: 'graph',
  ...course,
  nudge: '',
  size: 0.001,
  weights,
  m,
  timedM: 10_000,
  position: valuesKnown,
};

/** What the loop over examples shows. */
export interface Loop {
  readonly examples: readonly Example[];
  readonly trace: readonly LoopMoment[];
  readonly vectorized: Vectorized;
}

export function loopOf({ m: count, weights: at }: GraphSettings): Loop {
  const examples = exampleSet(count);
  return { examples, trace: loopTrace(examples, at), vectorized: vectorized(examples, at) };
}

export interface Timing {
  readonly phase: 'idle' | 'running' | 'done' | 'failed';
  /** What it does now, or why it failed. */
  readonly words: string;
  readonly report: BenchReport | null;
}

/** The text as it stands in the field may be wrong; the graph stays that of the last right one. */
export interface GraphState {
  /** Null until the parser is there. */
  readonly study: Study | null;
  readonly complaint: Complaint | null;
  /** What stands in the field while it is wrong. */
  readonly draft: string | null;
  /** Inputs that got a value because nobody gave one. */
  readonly valued: readonly string[];
  readonly loop: Loop;
  readonly playing: boolean;
  readonly timing: Timing;
  /** The parser could not be fetched, and why. */
  readonly failure: string | null;
}

export const emptyGraph: GraphState = {
  study: null,
  complaint: null,
  draft: null,
  valued: [],
  loop: loopOf(defaultGraph),
  playing: false,
  timing: { phase: 'idle', words: '', report: null },
  failure: null,
};

/** How many steps each part has; without a value for J there is nothing to go back from. */
export function partsOf({ view }: GraphSettings, { study, loop }: GraphState): { readonly forward: number; readonly backward: number } {
  if (view === 'examples') return { forward: loop.trace.length - 1, backward: 0 };
  return { forward: study?.steps.forward.length ?? 0, backward: study?.back ? study.steps.backward.length : 0 };
}

/** Steps done of both parts together. */
export function stepsDone(settings: GraphSettings, state: GraphState): number {
  const { forward, backward } = partsOf(settings, state);
  const { part, steps } = settings.position;
  return part === 'forward' ? Math.min(steps, forward) : forward + Math.min(steps, backward);
}

export function positionAt(done: number, forward: number): Position {
  return done < forward ? { part: 'forward', steps: done } : { part: 'backward', steps: done - forward };
}
