/** The compared nets as the page shows them, and how messages change them. Pure: the same messages give the same state. */
import type {
  ActivationNotice,
  ActivationPhase,
  ActivationUpdate,
  Activity,
  ComparedActivation,
  GradientProbe,
  NetDivergence,
  NetNews,
  StepCost,
  TrainingEngine,
} from '../../session/activations/protocol.ts';
import { comparedActivations } from '../../session/activations/settings.ts';

export interface NetState {
  readonly activation: ComparedActivation;
  /** Updates done. */
  readonly step: number;
  readonly costs: readonly StepCost[];
  readonly probes: readonly GradientProbe[];
  readonly activity: Activity | null;
  readonly diverged: NetDivergence | null;
}

export interface ActivationState {
  /** `idle`: nothing was started since the settings changed. */
  readonly phase: ActivationPhase | 'idle';
  /** What a press of Run or Pause last asked for. */
  readonly wantsToRun: boolean;
  readonly nets: readonly NetState[];
  readonly engine: TrainingEngine | null;
  /** Null until the data are known. */
  readonly data: NonNullable<ActivationUpdate['data']> | null;
  readonly notices: readonly ActivationNotice[];
  readonly failure: string | null;
}

export type ActivationAction =
  | { readonly type: 'clear' }
  | { readonly type: 'start'; readonly run: boolean }
  /** Run or Pause was pressed: the page shows it before the worker has heard of it. */
  | { readonly type: 'ask'; readonly run: boolean }
  | { readonly type: 'update'; readonly update: ActivationUpdate }
  /** What computed is gone. */
  | { readonly type: 'broken'; readonly why: string };

const newNet = (activation: ComparedActivation): NetState => {
  return { activation, step: 0, costs: [], probes: [], activity: null, diverged: null };
};

export const emptyActivations: ActivationState = {
  phase: 'idle',
  wantsToRun: false,
  nets: comparedActivations.map(newNet),
  engine: null,
  data: null,
  notices: [],
  failure: null,
};

/** A worker is at it, or waits for a word. */
export function isActive({ phase }: ActivationState): boolean {
  return phase === 'loading' || phase === 'running' || phase === 'paused';
}

/** It computes, as far as the person who presses buttons is concerned. */
export function isGoing(state: ActivationState): boolean {
  return state.wantsToRun && isActive(state);
}

/** Updates that every net which is still finite has done; of all when none is. */
export function stepsDone({ nets }: ActivationState): number {
  const living = nets.filter(({ diverged }) => diverged === null);
  return living.length > 0 ? Math.min(...living.map(({ step }) => step)) : Math.max(...nets.map(({ step }) => step));
}

function withNews(net: NetState, news: NetNews | undefined): NetState {
  if (!news) return net;
  return {
    activation: net.activation,
    step: news.step,
    costs: [...net.costs, ...news.costs],
    probes: [...net.probes, ...news.probes],
    activity: news.activity ?? net.activity,
    diverged: news.diverged ?? net.diverged,
  };
}

function updated(state: ActivationState, update: ActivationUpdate): ActivationState {
  const { phase, nets, engine, notice, data, failure } = update;
  return {
    phase,
    wantsToRun: phase === 'finished' || phase === 'failed' ? false : state.wantsToRun,
    nets: nets
      ? state.nets.map((net) =>
          withNews(
            net,
            nets.find(({ activation }) => activation === net.activation),
          ),
        )
      : state.nets,
    engine: engine ?? state.engine,
    data: data ?? state.data,
    notices: notice ? [...state.notices.filter(({ kind }) => kind !== notice.kind), notice] : state.notices,
    failure: failure ?? state.failure,
  };
}

export function reduceActivations(state: ActivationState, action: ActivationAction): ActivationState {
  switch (action.type) {
    case 'clear':
      return emptyActivations;
    case 'start':
      return { ...emptyActivations, phase: 'loading', wantsToRun: action.run };
    case 'ask':
      return { ...state, wantsToRun: action.run };
    case 'update':
      return updated(state, action.update);
    case 'broken':
      return { ...state, phase: 'failed', wantsToRun: false, failure: action.why };
  }
}
