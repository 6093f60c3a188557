/**
 * Settings of a sweep ↔ the query of the URL, in one table. Only what differs from the set's defaults is written;
 * nonsense becomes the default and a note that names the parameter, the value and what was expected.
 */
import { msg } from '@lit/localize';
import { datasetNames, normalizations, ranges, toyNames } from '../../session/settings.ts';
import {
  defaultSweeps,
  isSweepModel,
  modelUnfit,
  sweepBudgets,
  sweepRanges,
  type SweepModel,
  type SweepSettings,
} from '../../session/sweep/settings.ts';
import { parseNumber, type Expected, type UrlNote } from '../../ui/router.ts';
import { ordered } from './models.ts';

/** What opens where the URL names no set. */
const firstSet = 'fashion';

type Patch = Partial<SweepSettings>;

/** One parameter: undefined from `parse` means nonsense. */
interface Parameter {
  readonly key: string;
  expected(): Expected;
  parse(text: string, settings: SweepSettings): Patch | undefined;
  print(settings: SweepSettings): string;
}

type FieldOf<T> = { [K in keyof SweepSettings]-?: SweepSettings[K] extends T ? K : never }[keyof SweepSettings];

function number(key: string, field: FieldOf<number>, [low, high]: readonly [number, number], whole = true): Parameter {
  const parse = (text: string): Patch | undefined => {
    const value = parseNumber(text);
    return value === undefined || value < low || value > high || (whole && !Number.isInteger(value)) ? undefined : { [field]: value };
  };
  return { key, expected: () => ({ kind: 'number', low, high, whole }), parse, print: (s) => String(s[field]) };
}

function oneOf<K extends 'toy' | 'storage' | 'normalization'>(key: string, field: K, names: readonly SweepSettings[K][]): Parameter {
  const parse = (text: string): Patch | undefined => {
    const found = names.find((name) => name === text);
    return found === undefined ? undefined : { [field]: found };
  };
  return { key, expected: () => ({ kind: 'one-of', names }), parse, print: (s) => s[field] };
}

function parseClasses(text: string): Patch | undefined {
  if (text === 'all') return { classes: null };
  const [, first, second] = /^(\d)-(\d)$/.exec(text) ?? [];
  return first === undefined || second === undefined || first === second ? undefined : { classes: [Number(first), Number(second)] };
}

/** Models that exist and go with the set; undefined where one does not. */
function parseModels(text: string, settings: SweepSettings): readonly SweepModel[] | undefined {
  const models = ordered(text.split(','));
  const [fewest, most] = sweepRanges.models;
  const good = models.every((model) => isSweepModel(model) && modelUnfit(model, settings) === null);
  return good && models.length >= fewest && models.length <= most ? models : undefined;
}

function parseBudget(text: string): Patch | undefined {
  const [name = '', countText] = text.split(':');
  const budget = sweepBudgets.find((known) => known === name);
  if (budget === undefined) return undefined;
  if (budget === 'stops') return countText === undefined ? { budget } : undefined;
  const [low, high] = sweepRanges[budget];
  const count = parseNumber(countText ?? '');
  return count === undefined || count < low || count > high || !Number.isInteger(count) ? undefined : { budget, [budget]: count };
}

const modelsExpected = (): Expected => ({
  kind: 'said',
  sentence: msg(
    'one to eight of svm, svm-hog (images only), logistic and nets by their units, such as 16 or 512-512, that go with these data were expected, with commas between',
  ),
});

const parameters: readonly Parameter[] = [
  // before the models, which depend on it
  { key: 'own', expected: () => ({ kind: 'known-name' }), parse: (own) => ({ own }), print: (s) => s.own ?? '' },
  oneOf('toy', 'toy', toyNames),
  number('noise', 'noise', ranges.noise, false),
  { key: 'classes', expected: () => ({ kind: 'classes' }), parse: parseClasses, print: (s) => s.classes?.join('-') ?? 'all' },
  number('n', 'n', ranges.n),
  oneOf('storage', 'storage', ['uint8', 'float32']),
  number('test', 'testShare', ranges.testShare, false),
  oneOf('norm', 'normalization', normalizations),
  number('seed', 'seed', ranges.seed),
  number('from', 'mFrom', sweepRanges.m),
  number('to', 'mTo', sweepRanges.m),
  number('points', 'points', sweepRanges.points),
  number('seeds', 'seeds', sweepRanges.seeds),
  number('above', 'seedsAbove', sweepRanges.seeds),
  {
    key: 'models',
    expected: modelsExpected,
    parse: (text, settings) => {
      const models = parseModels(text, settings);
      return models === undefined ? undefined : { models };
    },
    print: (s) => s.models.join(),
  },
  number('alpha', 'learningRate', ranges.learningRate, false),
  {
    key: 'budget',
    expected: () => ({ kind: 'said', sentence: msg('stops, epochs:10 or steps:500, with a number of your own, was expected') }),
    parse: parseBudget,
    print: (s) => (s.budget === 'stops' ? s.budget : `${s.budget}:${s[s.budget]}`),
  },
  {
    key: 'timed',
    expected: modelsExpected,
    parse: (text, settings) => (isSweepModel(text) && modelUnfit(text, settings) === null ? { timed: text } : undefined),
    print: (s) => s.timed,
  },
];

export interface SweepRoute {
  readonly settings: SweepSettings;
  readonly notes: readonly UrlNote[];
}

/** Reads a query such as `set=cats&points=4`. Never throws. */
export function readSweepQuery(query: string): SweepRoute {
  const search = new URLSearchParams(query);
  const notes: UrlNote[] = [];
  const asked = search.get('set');
  const set = datasetNames.find((name) => name === asked) ?? firstSet;
  if (asked !== null && asked !== set) notes.push({ key: 'set', value: asked, expected: { kind: 'one-of', names: datasetNames } });
  const defaults = defaultSweeps[set];
  let settings = defaults;
  for (const [key, value] of search) {
    if (key === 'set') continue;
    const parameter = parameters.find((one) => one.key === key);
    const patch = parameter?.parse(value, settings);
    if (patch) settings = { ...settings, ...patch };
    else notes.push({ key, value, expected: parameter?.expected() ?? { kind: 'known-name' } });
  }
  if (settings.mFrom < settings.mTo) return { settings, notes };
  const key = search.has('from') ? 'from' : 'to';
  const expected: Expected = { kind: 'said', sentence: msg('m from has to be less than m to') };
  return {
    settings: { ...settings, mFrom: defaults.mFrom, mTo: defaults.mTo },
    notes: [...notes, { key, value: search.get(key) ?? '', expected }],
  };
}

/** The shortest query that reads back as these settings; commas and colons stay legible. */
export function writeSweepQuery(settings: SweepSettings): string {
  const search = new URLSearchParams();
  if (settings.set !== firstSet) search.set('set', settings.set);
  for (const parameter of parameters) {
    const value = parameter.print(settings);
    if (value !== parameter.print(defaultSweeps[settings.set])) search.set(parameter.key, value);
  }
  return search.toString().replaceAll('%2C', ',').replaceAll('%3A', ':');
}
