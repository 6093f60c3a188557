/** May two results stand side by side? If not, why not. Which numbers are then compared is for whoever shows them. */
import type { Settings } from '../settings.ts';
import type { SweepSettings } from '../sweep/settings.ts';
import type { BenchResult, RaceResult, Result, SweepResult, TrainResult } from './result.ts';

/** Codes, not sentences: those are the page's. `one` and `other` are what differs. */
export type Incomparable =
  | { readonly why: 'kind' | 'schema' | 'precision' | 'seed'; readonly one: string; readonly other: string }
  /** No workload is in both; or the settings of two races, trainings or sweeps differ in `setting`. */
  | { readonly why: 'workload'; readonly one: string; readonly other: string; readonly setting: string | null };

/** What decides which bits are computed from which; lanes, plan and number of steps do not. */
const workloadSettings = [
  ...['set', 'toy', 'noise', 'classes', 'n', 'storage', 'm', 'testShare', 'normalization'],
  ...['hidden', 'output', 'cost', 'optimizer', 'learningRate', 'l2', 'batch'],
] as readonly (keyof Settings)[];

/** The same of a sweep; which m it visits, with which models and how many seeds, does not. */
const sweepSettings = [
  ...['set', 'toy', 'noise', 'classes', 'n', 'storage', 'testShare', 'normalization'],
  ...['learningRate', 'budget', 'epochs', 'steps', 'timed'],
] as readonly (keyof SweepSettings)[];

/** Null when they may be compared. */
export function whyIncomparable(one: Result, other: Result): Incomparable | null {
  for (const why of ['schema', 'kind', 'precision', 'seed'] as const) {
    if (one[why] !== other[why]) return { why, one: String(one[why]), other: String(other[why]) };
  }
  if (one.kind === 'bench' && other.kind === 'bench') return differentWorkloads(one, other);
  if (one.kind === 'race' && other.kind === 'race') return differentRaces(one, other);
  if (one.kind === 'sweep' && other.kind === 'sweep') return differentSweeps(one, other);
  if (one.kind === 'train' && other.kind === 'train') return differentTrainings(one, other);
  return { why: 'kind', one: one.kind, other: other.kind };
}

/** Two benchmarks need one workload in common, and what has the same name must be the same. */
function differentWorkloads({ workloads }: BenchResult, other: BenchResult): Incomparable | null {
  let shared = 0;
  for (const { name, definition } of workloads) {
    const match = other.workloads.find((workload) => workload.name === name);
    if (!match) continue;
    const [own, others] = [JSON.stringify(definition), JSON.stringify(match.definition)];
    if (own !== others) return { why: 'workload', one: own, other: others, setting: null };
    shared++;
  }
  const names = (result: Pick<BenchResult, 'workloads'>): string => result.workloads.map(({ name }) => name).join(', ');
  return shared > 0 ? null : { why: 'workload', one: names({ workloads }), other: names(other), setting: null };
}

function differentRaces(one: RaceResult, other: RaceResult): Incomparable | null {
  const setting = workloadSettings.find((key) => JSON.stringify(one.settings[key]) !== JSON.stringify(other.settings[key]));
  if (setting !== undefined) {
    return { why: 'workload', one: JSON.stringify(one.settings[setting]), other: JSON.stringify(other.settings[setting]), setting };
  }
  const size = ({ data }: RaceResult): string => JSON.stringify(data);
  return size(one) === size(other) ? null : { why: 'workload', one: size(one), other: size(other), setting: 'data' };
}

function differentSweeps({ settings: one }: SweepResult, { settings: other }: SweepResult): Incomparable | null {
  const setting = sweepSettings.find((key) => JSON.stringify(one[key]) !== JSON.stringify(other[key]));
  if (setting === undefined) return null;
  return { why: 'workload', one: JSON.stringify(one[setting]), other: JSON.stringify(other[setting]), setting };
}

/** How often the cost was recorded, and for how many steps, decides nothing. */
function differentTrainings(one: TrainResult, other: TrainResult): Incomparable | null {
  const setting = (['data', 'model'] as const).find((key) => JSON.stringify(one[key]) !== JSON.stringify(other[key]));
  if (setting === undefined) return null;
  return { why: 'workload', one: JSON.stringify(one[setting]), other: JSON.stringify(other[setting]), setting };
}
