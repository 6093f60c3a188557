/** May two results stand side by side? If not, why not. Which numbers are then compared is for whoever shows them. */
import type { Settings } from '../settings.ts';
import type { SweepSettings } from '../sweep/settings.ts';
import type { Result } from './result.ts';

/** Codes, not sentences: those are the page's. `one` and `other` are what differs. */
export type Incomparable =
  | { readonly why: 'kind' | 'schema' | 'precision' | 'seed'; readonly one: string; readonly other: string }
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

function chosen<T extends object>(from: T, keys: readonly (keyof T & string)[]): Readonly<Record<string, string>> {
  return Object.fromEntries(keys.map((key) => [key, JSON.stringify(from[key])]));
}

function settingsOf(result: Result): Readonly<Record<string, string>> {
  switch (result.kind) {
    case 'bench':
      return {};
    case 'race':
      // what the settings came to last, so that a setting that differs is named before it
      return { ...chosen(result.settings, workloadSettings), ...chosen(result, ['data']) };
    case 'sweep':
      return chosen(result.settings, sweepSettings);
    case 'train':
      // how often the cost was recorded, and for how many steps, decides nothing
      return chosen(result, ['data', 'model']);
  }
}

export function decidingOf(result: Result): Deciding {
  const { schema, kind, precision, seed } = result;
  const workloads =
    result.kind === 'bench' ? Object.fromEntries(result.workloads.map(({ name, definition }) => [name, JSON.stringify(definition)])) : null;
  return { schema, kind, precision, seed, settings: settingsOf(result), workloads };
}

/** Null when they may be compared. */
export function whyApart(one: Deciding, other: Deciding): Incomparable | null {
  for (const why of ['schema', 'kind', 'precision', 'seed'] as const) {
    if (one[why] !== other[why]) return { why, one: String(one[why]), other: String(other[why]) };
  }
  if (one.workloads && other.workloads) return differentWorkloads(one.workloads, other.workloads);
  const setting = Object.keys({ ...one.settings, ...other.settings }).find((key) => one.settings[key] !== other.settings[key]);
  if (setting === undefined) return null;
  return { why: 'workload', one: one.settings[setting] ?? 'nothing', other: other.settings[setting] ?? 'nothing', setting };
}

/** Null when they may be compared. */
export function whyIncomparable(one: Result, other: Result): Incomparable | null {
  return whyApart(decidingOf(one), decidingOf(other));
}

/** Two benchmarks need one workload in common, and what has the same name must be the same. */
function differentWorkloads(one: Readonly<Record<string, string>>, other: Readonly<Record<string, string>>): Incomparable | null {
  const shared = Object.keys(one).filter((name) => Object.hasOwn(other, name));
  const unlike = shared.find((name) => one[name] !== other[name]);
  if (unlike !== undefined) return { why: 'workload', one: one[unlike] ?? '', other: other[unlike] ?? '', setting: null };
  const names = (workloads: object): string => Object.keys(workloads).join(', ');
  return shared.length > 0 ? null : { why: 'workload', one: names(one), other: names(other), setting: null };
}
