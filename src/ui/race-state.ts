/**
 * What the page knows of a race: a pure fold of the worker's messages. Series grow, speeds and insights replace the last
 * ones, and the last speed-up stays as a ghost beside the race that follows. Knows neither the worker nor an element.
 */
import type { EditedUse } from '../session/adopted/protocol.ts';
import type {
  Ceilings,
  DataReport,
  Divergence,
  EndToEnd,
  Failure,
  Insight,
  LaneName,
  LaneReport,
  RaceNotice,
  RacePhase,
  RaceUpdate,
  SpeedUp,
  TuningReport,
  Verdict,
} from '../session/protocol.ts';

/** Points of one curve; three arrays of one length. */
export interface Series {
  readonly step: readonly number[];
  readonly cost: readonly number[];
  readonly seconds: readonly number[];
}

export interface Lane {
  readonly report: LaneReport;
  readonly series: Series;
}

export interface TestSeries {
  readonly lane: LaneName;
  readonly series: Series;
}

/** The speed-up of an earlier race, and the m that it was measured at. */
export interface Ghost {
  readonly speedUp: SpeedUp;
  readonly m: number;
}

export interface RaceState {
  readonly runId: number;
  readonly phase: RacePhase;
  readonly warming: boolean;
  /** What a press of Run or Pause last asked for. */
  readonly wantsToRun: boolean;
  readonly stepsAsked: number;
  readonly loading: RaceUpdate['loading'] | null;
  readonly data: DataReport | null;
  readonly lanes: readonly Lane[];
  readonly tests: readonly TestSeries[];
  readonly speedUp: SpeedUp | null;
  readonly ghost: Ghost | null;
  readonly difference: { readonly largest: number; readonly steps: number } | null;
  readonly readBackFloorMs: number | null;
  readonly insight: Insight | null;
  readonly tuning: TuningReport | null;
  /** The machine's, and so kept from race to race. */
  readonly ceilings: Ceilings | null;
  readonly endToEnd: EndToEnd | null;
  readonly verdict: Verdict | null;
  readonly divergence: Divergence | null;
  readonly failure: Failure | null;
  readonly notices: readonly RaceNotice[];
  /** Adopted kernels that it runs; null where none is adopted. */
  readonly edited: EditedUse | null;
  /** True from a start until the first message about lanes: what is shown belongs to the race before. */
  readonly stale: boolean;
}

export type RaceAction =
  /** `keep`: the data stay the same, so that curves and pictures may stay until new ones come. */
  | { readonly type: 'start'; readonly keep: boolean; readonly paused: boolean }
  /** Run or Pause was pressed: the page shows it before the worker has heard of it. */
  | { readonly type: 'ask'; readonly run: boolean }
  | { readonly type: 'update'; readonly update: RaceUpdate }
  /** What computed is gone: the race at hand ends where it stands. */
  | { readonly type: 'broken' };

/** A curve longer than this is thinned to half; it is far more than a screen has columns. */
export const seriesLimit = 6000;

export const emptySeries: Series = { step: [], cost: [], seconds: [] };

export const emptyRace: RaceState = {
  runId: 0,
  phase: 'loading',
  warming: true,
  wantsToRun: true,
  stepsAsked: 0,
  loading: null,
  data: null,
  lanes: [],
  tests: [],
  speedUp: null,
  ghost: null,
  difference: null,
  readBackFloorMs: null,
  insight: null,
  tuning: null,
  ceilings: null,
  endToEnd: null,
  verdict: null,
  divergence: null,
  failure: null,
  notices: [],
  edited: null,
  stale: false,
};

type Points = LaneReport['points'];

/** Adds points whose step is past the last one; thins evenly when the curve is too long, first and last stay. */
export function extend(series: Series, points: Points): Series {
  const last = series.step.at(-1) ?? -1;
  const fresh = points.filter((p) => p.step > last);
  if (fresh.length === 0) return series;
  return thin({
    step: [...series.step, ...fresh.map((p) => p.step)],
    cost: [...series.cost, ...fresh.map((p) => p.cost)],
    seconds: [...series.seconds, ...fresh.map((p) => p.seconds)],
  });
}

function thin(series: Series): Series {
  const count = series.step.length;
  if (count <= seriesLimit) return series;
  const keep = (_: number, i: number): boolean => i % 2 === 0 || i === count - 1;
  return { step: series.step.filter(keep), cost: series.cost.filter(keep), seconds: series.seconds.filter(keep) };
}

function start(state: RaceState, keep: boolean, paused: boolean): RaceState {
  const ghost = state.speedUp && state.data && !state.stale ? { speedUp: state.speedUp, m: state.data.m } : state.ghost;
  const kept = keep ? { data: state.data, lanes: state.lanes, tests: state.tests, insight: state.insight } : {};
  const { runId, ceilings } = state;
  return { ...emptyRace, runId, ceilings, wantsToRun: !paused, ghost: keep ? ghost : null, stale: true, ...kept };
}

function mergeLanes(state: RaceState, reports: readonly LaneReport[]): readonly Lane[] {
  return reports.map((report) => {
    const before = state.stale ? undefined : state.lanes.find((lane) => lane.report.lane === report.lane);
    return { report, series: extend(before?.series ?? emptySeries, report.points) };
  });
}

function mergeTests(tests: readonly TestSeries[], points: NonNullable<RaceUpdate['testPoints']>): readonly TestSeries[] {
  const names = new Set([...tests.map((t) => t.lane), ...points.map((p) => p.lane)]);
  return [...names].map((lane) => {
    const before = tests.find((t) => t.lane === lane)?.series ?? emptySeries;
    return {
      lane,
      series: extend(
        before,
        points.filter((p) => p.lane === lane),
      ),
    };
  });
}

/** One notice of a kind; a later one takes the place of the earlier. */
function withNotice(notices: readonly RaceNotice[], notice: RaceNotice): readonly RaceNotice[] {
  const at = notices.findIndex(({ kind }) => kind === notice.kind);
  return at < 0 ? [...notices, notice] : notices.with(at, notice);
}

function update(state: RaceState, message: RaceUpdate): RaceState {
  const fresh = state.stale && message.lanes !== undefined;
  const tests = fresh ? [] : state.tests;
  const merge: Partial<{ -readonly [K in keyof RaceState]: RaceState[K] }> = {};
  if (message.lanes) merge.lanes = mergeLanes(state, message.lanes);
  if (message.testPoints) merge.tests = mergeTests(tests, message.testPoints);
  else if (fresh) merge.tests = tests;
  if (message.loading) merge.loading = message.loading;
  if (message.data) Object.assign(merge, { data: message.data, loading: null });
  if (message.speedUp !== undefined) merge.speedUp = message.speedUp;
  if (message.difference) merge.difference = message.difference;
  if (message.readBackFloorMs !== undefined) merge.readBackFloorMs = message.readBackFloorMs;
  if (message.insight) merge.insight = message.insight;
  if (message.tuning) merge.tuning = message.tuning;
  if (message.ceilings) merge.ceilings = message.ceilings;
  if (message.endToEnd) merge.endToEnd = message.endToEnd;
  if (message.verdict) merge.verdict = message.verdict;
  if (message.divergence) merge.divergence = message.divergence;
  if (message.edited) merge.edited = message.edited;
  if (message.failure) merge.failure = message.failure;
  if (message.notice) merge.notices = withNotice(state.notices, message.notice);
  const { runId, phase, warming, wantsToRun, stepsAsked } = message;
  return { ...state, ...merge, runId, phase, warming, wantsToRun, stepsAsked, stale: state.stale && !fresh };
}

/** Messages of a run older than the one shown change nothing. */
export function reduceRace(state: RaceState, action: RaceAction): RaceState {
  switch (action.type) {
    case 'start':
      return start(state, action.keep, action.paused);
    case 'ask':
      return { ...state, wantsToRun: action.run };
    case 'update':
      return action.update.runId < state.runId ? state : update(state, action.update);
    case 'broken':
      return { ...state, phase: 'failed', wantsToRun: false };
  }
}

export function laneOf(state: RaceState, kind: 'gpu' | 'cpu'): Lane | undefined {
  return state.lanes.find((lane) => lane.report.kind === kind);
}

/** Steps that every lane has done. */
export function stepsDone(state: RaceState): number {
  return state.lanes.length === 0 ? 0 : Math.min(...state.lanes.map((lane) => lane.report.step));
}
