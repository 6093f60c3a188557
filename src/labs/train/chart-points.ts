/** The numbers behind the charts of the lab, for those who save them. Fetched when they are. Pure. */
import type { Insight } from '../../session/protocol.ts';
import type { Points } from '../../ui/charts/points-csv.ts';
import type { RaceState } from '../../ui/race-state.ts';
import { segmentName } from './names.ts';

/** A row a lane's time, then one each part of its step and of its run from end to end. */
export function speedPoints({ lanes, endToEnd }: RaceState): Points {
  const steps = lanes.flatMap(({ report: { lane, stepMs, profile, gigabytesPerSecond, gigaflopsPerSecond } }) => [
    ...(stepMs
      ? [
          [lane, 'step, median', stepMs.median],
          [lane, 'step, 5th percentile', stepMs.p5],
          [lane, 'step, 95th percentile', stepMs.p95],
        ]
      : []),
    ...(profile?.segments ?? []).map(({ name, ms }) => [lane, segmentName(name), Number.isNaN(ms) ? null : ms]),
    ...(profile ? [[lane, segmentName('overhead'), profile.overheadMs]] : []),
    [lane, 'GB/s', gigabytesPerSecond],
    [lane, 'GFLOP/s', gigaflopsPerSecond],
  ]);
  const runs = (endToEnd?.lanes ?? []).flatMap(({ lane, uploadMs, stepsMs, readBackMs, totalMs }) => [
    [lane, 'run, upload', uploadMs],
    [lane, 'run, steps', stepsMs],
    [lane, 'run, read-back', readBackMs],
    [lane, 'run, all', totalMs],
  ]);
  return { head: ['lane', 'measure', 'ms, or as named'], rows: [...steps, ...runs] };
}

/** The weights that are shown by name. */
export function weightPoints({ weights }: Insight): Points {
  return { head: ['feature', 'w'], rows: weights.kind === 'named' ? weights.items.map(({ name, weight }) => [name, weight]) : [] };
}
