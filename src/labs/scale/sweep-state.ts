/** The state of a sweep as the page shows it, and how messages change it. Pure: the same messages give the same state. */
import type {
  SweepAbout,
  SweepLaws,
  SweepNotice,
  SweepPhase,
  SweepProgress,
  SweepSample,
  SweepTask,
  SweepTime,
  SweepUpdate,
} from '../../session/sweep/protocol.ts';

export interface SweepState {
  /** `idle`: none was started since the settings changed. */
  readonly phase: SweepPhase | 'idle';
  /** What a press of Run or Pause last asked for. */
  readonly wantsToRun: boolean;
  readonly done: number;
  readonly count: number;
  readonly secondsLeft: number | null;
  readonly task: SweepTask | null;
  readonly times: readonly SweepTime[];
  readonly samples: readonly SweepSample[];
  readonly laws: SweepLaws | null;
  readonly notices: readonly SweepNotice[];
  readonly failure: string | null;
  /** Null until the data are known. */
  readonly about: SweepAbout | null;
  /** True while what is shown comes from an earlier visit and nobody has decided what is to become of it. */
  readonly offered: boolean;
}

export type SweepAction =
  | { readonly type: 'clear' }
  /** What an earlier visit has done of these settings. */
  | { readonly type: 'offer'; readonly progress: SweepProgress }
  /** `keep`: it goes on from what is shown. */
  | { readonly type: 'start'; readonly keep: boolean; readonly count: number }
  /** Run or Pause was pressed: the page shows it before the worker has heard of it. */
  | { readonly type: 'ask'; readonly run: boolean }
  | { readonly type: 'update'; readonly update: SweepUpdate }
  | { readonly type: 'notice'; readonly notice: SweepNotice }
  /** What computed is gone. */
  | { readonly type: 'broken'; readonly why: string };

export const emptySweep: SweepState = {
  phase: 'idle',
  wantsToRun: false,
  done: 0,
  count: 0,
  secondsLeft: null,
  task: null,
  times: [],
  samples: [],
  laws: null,
  notices: [],
  failure: null,
  about: null,
  offered: false,
};

/** Something is shown. */
export function hasPoints({ times, samples }: SweepState): boolean {
  return times.length > 0 || samples.length > 0;
}

/** A worker is at it, or waits for a word. */
export function isActive({ phase }: SweepState): boolean {
  return phase === 'loading' || phase === 'running' || phase === 'paused';
}

/** It computes, as far as the person who presses buttons is concerned. */
export function isGoing(state: SweepState): boolean {
  return state.wantsToRun && (state.phase === 'loading' || state.phase === 'running');
}

const sampleKey = ({ model, m, seed }: SweepSample): string => `${model}|${m}|${seed}`;

/** Those that are new take the place of those they replace. */
function merged<T>(before: readonly T[], news: readonly T[], keyOf: (one: T) => string | number): readonly T[] {
  const all = new Map(before.map((one) => [keyOf(one), one]));
  for (const one of news) all.set(keyOf(one), one);
  return [...all.values()];
}

/** One notice of a kind, for each lane or model that it speaks of; a later one takes the place of the earlier. */
function withNotice(notices: readonly SweepNotice[], notice: SweepNotice): readonly SweepNotice[] {
  return merged(notices, [notice], subjectOf);
}

function subjectOf(notice: SweepNotice): string {
  switch (notice.kind) {
    case 'not-timed':
      return `${notice.kind} ${notice.lane}`;
    case 'too-large':
      return `${notice.kind} ${notice.model}`;
    default:
      return notice.kind;
  }
}

function update(state: SweepState, message: SweepUpdate): SweepState {
  const { phase, done, count, secondsLeft, task, times, samples, laws, notice, failure, about } = message;
  return {
    ...state,
    phase,
    done,
    count,
    secondsLeft,
    task,
    times: times ? [...merged(state.times, times, ({ m }) => m)].sort((a, b) => a.m - b.m) : state.times,
    samples: samples ? merged(state.samples, samples, sampleKey) : state.samples,
    laws: laws ?? state.laws,
    notices: notice ? withNotice(state.notices, notice) : state.notices,
    failure: failure ?? state.failure,
    about: about ?? state.about,
  };
}

export function reduceSweep(state: SweepState, action: SweepAction): SweepState {
  switch (action.type) {
    case 'clear':
      return emptySweep;
    case 'offer': {
      const { times, samples, laws, about = null } = action.progress;
      return { ...emptySweep, times, samples, laws, about, offered: true };
    }
    case 'start': {
      const { times, samples, laws, about } = state;
      const kept = action.keep ? { times, samples, laws, about, done: samples.length + times.length } : {};
      return { ...emptySweep, ...kept, count: action.count, phase: 'loading', wantsToRun: true };
    }
    case 'ask':
      return { ...state, wantsToRun: action.run };
    case 'update':
      return update(state, action.update);
    case 'notice':
      return { ...state, notices: withNotice(state.notices, action.notice) };
    case 'broken':
      return { ...state, phase: 'failed', task: null, wantsToRun: false, failure: action.why };
  }
}
