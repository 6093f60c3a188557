/** May two results stand side by side? If not, why not. Which numbers are then compared is for whoever shows them. */
import type { Settings } from '../settings.ts';
import type { SweepSettings } from '../sweep/settings.ts';
import type { TrainSettings } from '../train-report.ts';
import type { RaceResult, Result, TrainResult } from './result.ts';

/** Codes, not sentences: those are the page's. `one` and `other` are what differs. */
export type Incomparable =
  | { readonly why: 'kind' | 'schema' | 'precision' | 'seed'; readonly one: string; readonly other: string }
  /** Two files of a user's, of one name and shape, that hold other numbers; `one` and `other` are their checksums. */
  | { readonly why: 'files'; readonly one: string; readonly other: string }
  /** No workload is in both; or the settings of two races, trainings or sweeps differ in `setting`. */
  | { readonly why: 'workload'; readonly one: string; readonly other: string; readonly setting: string | null };

/** What decides every bit of what was computed; of the texts, equal ones mean equal work. */
export interface Deciding {
  readonly schema: number;
  readonly kind: Result['kind'];
  readonly precision: string;
  readonly seed: number;
  /** By name, as JSON. Empty for a benchmark. */
  readonly settings: Readonly<Record<string, string>>;
  /** Of a user's own file; missing for other sets, and where the result is older than it. */
  readonly checksum?: string | undefined;
  /** A benchmark's workloads by name, as JSON; null for other kinds. */
  readonly workloads: Readonly<Record<string, string>> | null;
}

/** What decides which bits are computed from which; lanes, plan and number of steps do not. */
const workloadSettings = [
  ...['set', 'own', 'toy', 'noise', 'classes', 'n', 'storage', 'm', 'testShare', 'normalization'],
  ...['hidden', 'output', 'cost', 'optimizer', 'learningRate', 'l2', 'batch'],
] as readonly (keyof Settings)[];

/** The same of a sweep; which m it visits, with which models and how many seeds, does not. */
const sweepSettings = [
  ...['set', 'own', 'toy', 'noise', 'classes', 'n', 'storage', 'testShare', 'normalization'],
  ...['learningRate', 'budget', 'epochs', 'steps', 'timed'],
] as readonly (keyof SweepSettings)[];

/** The same of a training, beside its model. The first is what is named where an older file does not tell them. */
const trainSettings = [
  ...['normalization', 'set', 'own', 'toy', 'noise', 'classes', 'n', 'storage', 'testShare'],
] as readonly (keyof TrainSettings)[];

/** Of what is there. */
function chosen<T extends object>(from: T, keys: readonly (keyof T & string)[]): Readonly<Record<string, string>> {
  return Object.fromEntries(keys.filter((key) => from[key] !== undefined).map((key) => [key, JSON.stringify(from[key])]));
}

/** Every setting of a model has a line of its own, so that the one that differs is named. */
function modelSettings({ optimizer, ...model }: TrainResult['model']): Readonly<Record<string, string>> {
  const { kind, ...rates } = optimizer;
  const named = { ...model, optimizer: kind, ...rates };
  return chosen(named, Object.keys(named) as readonly (keyof typeof named)[]);
}

/** What the settings came to: last, so that a setting that differs is named before it. */
function dataSettings({ data }: RaceResult | TrainResult): Readonly<Record<string, string>> {
  // the content of a file is compared where both tell it
  return { data: JSON.stringify({ ...data, checksum: undefined }) };
}

function settingsOf(result: Result): Readonly<Record<string, string>> {
  switch (result.kind) {
    case 'bench':
      return {};
    case 'race':
      return { ...chosen(result.settings, workloadSettings), ...dataSettings(result) };
    case 'sweep':
      return chosen(result.settings, sweepSettings);
    case 'train':
      // how often the cost was recorded, and for how many steps, decides nothing
      return { ...(result.settings && chosen(result.settings, trainSettings)), ...modelSettings(result.model), ...dataSettings(result) };
  }
}

export function decidingOf(result: Result): Deciding {
  const { schema, kind, precision, seed } = result;
  const workloads =
    result.kind === 'bench' ? Object.fromEntries(result.workloads.map(({ name, definition }) => [name, JSON.stringify(definition)])) : null;
  const checksum = result.kind === 'bench' ? undefined : result.data.checksum;
  return { schema, kind, precision, seed, settings: settingsOf(result), workloads, ...(checksum === undefined ? {} : { checksum }) };
}

/** Null when they may be compared. */
export function whyApart(one: Deciding, other: Deciding): Incomparable | null {
  for (const why of ['schema', 'kind', 'precision', 'seed'] as const) {
    if (one[why] !== other[why]) return { why, one: String(one[why]), other: String(other[why]) };
  }
  if (one.workloads && other.workloads) return differentWorkloads(one.workloads, other.workloads);
  const setting = Object.keys({ ...one.settings, ...other.settings }).find((key) => one.settings[key] !== other.settings[key]);
  if (setting === undefined) return differentFiles(one.checksum, other.checksum);
  return { why: 'workload', one: one.settings[setting] ?? 'nothing', other: other.settings[setting] ?? 'nothing', setting };
}

/** Null when they may be compared. */
export function whyIncomparable(one: Result, other: Result): Incomparable | null {
  return whyApart(decidingOf(one), decidingOf(other));
}

/** Only where both tell what they hold. */
function differentFiles(one: string | undefined, other: string | undefined): Incomparable | null {
  return one === undefined || other === undefined || one === other ? null : { why: 'files', one, other };
}

/** Two benchmarks need one workload in common, and what has the same name must be the same. */
function differentWorkloads(one: Readonly<Record<string, string>>, other: Readonly<Record<string, string>>): Incomparable | null {
  const shared = Object.keys(one).filter((name) => Object.hasOwn(other, name));
  const unlike = shared.find((name) => one[name] !== other[name]);
  if (unlike !== undefined) return { why: 'workload', one: one[unlike] ?? '', other: other[unlike] ?? '', setting: null };
  const names = (workloads: object): string => Object.keys(workloads).join(', ');
  return shared.length > 0 ? null : { why: 'workload', one: names(one), other: names(other), setting: null };
}
