/** From the state of a race to the curves of its chart. Pure. */
import { msg } from '@lit/localize';
import type { Curve } from '../../ui/charts/curves.ts';
import { emptySeries, type RaceState, type Series } from '../../ui/race-state.ts';

export type Against = 'step' | 'clock';

export interface TimeUnit {
  readonly name: string;
  readonly perSecond: number;
}

/** Milliseconds as long as the whole race is short. */
export function timeUnit(race: RaceState): TimeUnit {
  const longest = Math.max(0, ...race.lanes.map(({ series }) => series.seconds.at(-1) ?? 0));
  return longest < 2 ? { name: msg('ms'), perSecond: 1000 } : { name: msg('seconds'), perSecond: 1 };
}

/**
 * Tests first, then CPU, then GPU on top. Against the step both engines' curves lie on each other when all is well, so
 * the CPU's is drawn broad and the GPU's narrow: both are seen.
 */
export function costCurves(race: RaceState, against: Against, unit: TimeUnit): readonly Curve[] {
  const x = (series: Series): readonly number[] =>
    against === 'step' ? series.step : unit.perSecond === 1 ? series.seconds : series.seconds.map((s) => s * unit.perSecond);
  const lanes = race.lanes
    .toSorted((a, b) => a.report.kind.localeCompare(b.report.kind))
    .map(({ report: { kind }, series }): Curve => ({
      id: kind,
      label: kind === 'gpu' ? 'GPU' : 'CPU',
      color: kind,
      dashed: false,
      width: against === 'step' && kind === 'cpu' && race.lanes.length > 1 ? 6 : 2.4,
      x: x(series),
      y: series.cost,
    }));
  const first = race.lanes.find(({ report }) => report.kind === 'gpu') ?? race.lanes[0];
  // A curve without points holds the place of the test until its first comes, so that the chart need not be made anew.
  const waiting = first ? [{ lane: first.report.lane, series: emptySeries }] : [];
  const tests = (race.tests.length > 0 ? race.tests : waiting).map(({ lane, series }): Curve => ({
    id: `test-${lane}`,
    label: race.tests.length < 2 ? msg('test') : lane === 'gpu' ? msg('GPU test') : msg('CPU test'),
    color: lane === 'gpu' ? 'gpu' : 'cpu',
    dashed: true,
    width: 1.6,
    x: x(series),
    y: series.cost,
  }));
  return [...tests, ...lanes];
}
