/**
 * Settings ↔ the query of the URL, in one table. Only what differs from the data set's defaults is written; nonsense
 * becomes the default and a note that names the parameter, the value and what was expected.
 */
import {
  costNames,
  cpuLanes,
  datasetNames,
  defaultSettings,
  hiddenActivations,
  normalizations,
  optimizerNames,
  outputActivations,
  planChoices,
  ranges,
  toyNames,
  type HiddenLayer,
  type Settings,
} from '../session/settings.ts';
import { fitted } from './model-rules.ts';

export type Expected =
  | { readonly kind: 'number'; readonly low: number; readonly high: number; readonly whole: boolean }
  | { readonly kind: 'one-of'; readonly names: readonly string[] }
  | { readonly kind: 'layers' }
  | { readonly kind: 'units'; readonly wrong: string }
  | { readonly kind: 'layer-count'; readonly wrong: number }
  | { readonly kind: 'a-lane' }
  | { readonly kind: 'classes' }
  | { readonly kind: 'fits-data'; readonly used: string }
  | { readonly kind: 'known-name' }
  /** A lab's own parameter, in the lab's words. */
  | { readonly kind: 'said'; readonly sentence: string };

/** What was wrong with one parameter; the sentence is made where it is shown. */
export interface UrlNote {
  readonly key: string;
  readonly value: string;
  readonly expected: Expected;
}

/** One parameter: undefined from `parse` means nonsense. */
interface Parameter {
  readonly key: string;
  /** What `parse` did not find in this text. */
  expected(text: string): Expected;
  parse(text: string): Partial<Settings> | undefined;
  print(settings: Settings): string;
}

type FieldOf<T> = { [K in keyof Settings]-?: Settings[K] extends T ? K : never }[keyof Settings];

function oneOf<K extends FieldOf<string>>(key: string, field: K, names: readonly Settings[K][]): Parameter {
  const parse = (text: string): Partial<Settings> | undefined => {
    const found = names.find((name) => name === text);
    return found === undefined ? undefined : { [field]: found };
  };
  return { key, expected: () => ({ kind: 'one-of', names }), parse, print: (s) => s[field] };
}

/** A number as people type it; anything else, the empty text included, is undefined. */
export function parseNumber(text: string): number | undefined {
  const trimmed = text.trim().replaceAll(/(\d),(?=\d{3}(\D|$))/g, '$1');
  if (!/^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(trimmed)) return undefined;
  const value = Number(trimmed);
  return Number.isFinite(value) ? value : undefined;
}

function number(key: string, field: FieldOf<number>, range: readonly [number, number], whole: boolean): Parameter {
  const [low, high] = range;
  const parse = (text: string): Partial<Settings> | undefined => {
    const value = parseNumber(text);
    if (value === undefined || value < low || value > high || (whole && !Number.isInteger(value))) return undefined;
    return { [field]: value };
  };
  return { key, expected: () => ({ kind: 'number', low, high, whole }), parse, print: (s) => String(s[field]) };
}

/** `64-relu_10-leaky-relu`; `none` for no hidden layer. */
function parseLayers(text: string): readonly HiddenLayer[] | undefined {
  if (text === 'none') return [];
  const layers: HiddenLayer[] = [];
  for (const part of text.split('_')) {
    const [, unitsText = '', name = ''] = /^(\d+)-([a-z-]+)$/.exec(part) ?? [];
    const units = parseNumber(unitsText);
    const activation = hiddenActivations.find((known) => known === name);
    if (units === undefined || activation === undefined || units < ranges.units[0] || units > ranges.units[1]) return undefined;
    layers.push({ units, activation });
  }
  return layers.length <= ranges.layers[1] ? layers : undefined;
}

/** Which part of a text in the right form is out of range; the form where that is what is wrong. */
function layersExpected(text: string): Expected {
  const parts = text.split('_').map((part) => /^(\d+)-([a-z-]+)$/.exec(part));
  if (parts.some((part) => part === null || !hiddenActivations.some((name) => name === part[2]))) return { kind: 'layers' };
  const [low, high] = ranges.units;
  const wrong = parts.map((part) => part?.[1] ?? '').find((units) => Number(units) < low || Number(units) > high);
  return wrong === undefined ? { kind: 'layer-count', wrong: parts.length } : { kind: 'units', wrong };
}

function parseClasses(text: string): Settings['classes'] | undefined {
  if (text === 'all') return null;
  const [, first, second] = /^(\d)-(\d)$/.exec(text) ?? [];
  return first === undefined || second === undefined || first === second ? undefined : [Number(first), Number(second)];
}

function given<T>(value: T | undefined, make: (value: T) => Partial<Settings>): Partial<Settings> | undefined {
  return value === undefined ? undefined : make(value);
}

/** Every parameter but `set`, which decides the defaults of all others. */
const parameters: readonly Parameter[] = [
  {
    key: 'own',
    expected: () => ({ kind: 'known-name' }),
    parse: (own) => ({ own }),
    print: (s) => s.own ?? '',
  },
  oneOf('toy', 'toy', toyNames),
  number('noise', 'noise', ranges.noise, false),
  {
    key: 'classes',
    expected: () => ({ kind: 'classes' }),
    parse: (text) => given(parseClasses(text), (classes) => ({ classes })),
    print: (s) => s.classes?.join('-') ?? 'all',
  },
  number('n', 'n', ranges.n, true),
  oneOf('storage', 'storage', ['uint8', 'float32']),
  number('m', 'm', ranges.m, true),
  number('test', 'testShare', ranges.testShare, false),
  oneOf('norm', 'normalization', normalizations),
  number('seed', 'seed', ranges.seed, true),
  {
    key: 'hidden',
    expected: layersExpected,
    parse: (text) => given(parseLayers(text), (hidden) => ({ hidden })),
    print: (s) => s.hidden.map((layer) => `${layer.units}-${layer.activation}`).join('_') || 'none',
  },
  oneOf('output', 'output', outputActivations),
  oneOf('cost', 'cost', costNames),
  oneOf('optimiser', 'optimizer', optimizerNames),
  number('alpha', 'learningRate', ranges.learningRate, false),
  number('l2', 'l2', ranges.l2, false),
  number('batch', 'batch', ranges.batch, true),
  number('steps', 'steps', ranges.steps, true),
  {
    key: 'gpu',
    expected: () => ({ kind: 'one-of', names: ['on', 'off'] }),
    parse: (text) => given(({ on: true, off: false } as Record<string, boolean>)[text], (gpu) => ({ gpu })),
    print: (s) => (s.gpu ? 'on' : 'off'),
  },
  {
    key: 'cpu',
    expected: () => ({ kind: 'one-of', names: [...cpuLanes, 'off'] }),
    parse: (text) => {
      if (text === 'off') return { cpu: null };
      return given(
        cpuLanes.find((lane) => lane === text),
        (cpu) => ({ cpu }),
      );
    },
    print: (s) => s.cpu ?? 'off',
  },
  oneOf('plan', 'plan', planChoices),
];

/** The parameter of Train that is no setting of the race: which example is looked inside of. */
const insideKey = 'inside';

export interface Route {
  readonly lab: string;
  /** The settings of the Train lab; its defaults where another lab is open. */
  readonly settings: Settings;
  /** The query of a lab other than Train without its name: only that lab can read it. Of Train: what it looks inside of. */
  readonly labQuery: string;
  readonly notes: readonly UrlNote[];
}

/** Reads a query such as `?set=fashion&m=512`. Never throws. */
export function readQuery(query: string, labs: readonly string[] = ['train']): Route {
  const search = new URLSearchParams(query);
  const notes: UrlNote[] = [];
  const choose = <T extends string>(key: string, names: readonly T[], fallback: T): T => {
    const text = search.get(key);
    const found = names.find((name) => name === text);
    if (text !== null && found === undefined) notes.push({ key, value: text, expected: { kind: 'one-of', names } });
    return found ?? fallback;
  };
  const lab = choose('lab', labs, labs[0] ?? 'train');
  if (lab !== 'train') {
    const labQuery = query
      .replace(/^\?/, '')
      .split('&')
      .filter((part) => part !== '' && !part.startsWith('lab='))
      .join('&');
    return { lab, settings: defaultSettings.cats, labQuery, notes };
  }
  let labQuery = '';
  let settings = defaultSettings[choose('set', datasetNames, 'cats')];
  for (const [key, value] of search) {
    if (key === 'set' || key === 'lab') continue;
    if (key === insideKey) {
      labQuery = `${key}=${value}`;
      continue;
    }
    const parameter = parameters.find((p) => p.key === key);
    const patch = parameter?.parse(value);
    if (patch) settings = { ...settings, ...patch };
    else notes.push({ key, value, expected: parameter?.expected(value) ?? { kind: 'known-name' } });
  }
  return { lab, labQuery, ...fitWithNotes(settings, search, notes) };
}

/** Output and cost that do not fit the data are changed, and a lane is put in where there is none; noted where the URL asked for it. */
function fitWithNotes(settings: Settings, search: URLSearchParams, notes: UrlNote[]): { settings: Settings; notes: readonly UrlNote[] } {
  const fit = fitted(settings);
  for (const key of ['output', 'cost'] as const) {
    const asked = search.get(key);
    if (asked !== null && asked === settings[key] && fit[key] !== asked) {
      notes.push({ key, value: asked, expected: { kind: 'fits-data', used: fit[key] } });
    }
  }
  if (fit.cpu !== settings.cpu) notes.push({ key: 'cpu', value: search.get('cpu') ?? '', expected: { kind: 'a-lane' } });
  return { settings: fit, notes };
}

/** Where a lab other than Train stands. */
export function writeLabQuery(lab: string, labQuery: string): string {
  return `?lab=${lab}${labQuery === '' ? '' : `&${labQuery}`}`;
}

/**
 * The shortest query that reads back as these settings of the Train lab; empty for the first visit's.
 * @param labQuery see `Route`
 */
export function writeQuery(settings: Settings, labQuery = ''): string {
  const search = new URLSearchParams(labQuery);
  if (settings.set !== 'cats') search.set('set', settings.set);
  const defaults = fitted({ ...defaultSettings[settings.set], classes: settings.classes });
  for (const parameter of parameters) {
    const value = parameter.print(settings);
    const ordinary = parameter.key === 'classes' ? 'all' : parameter.print(defaults);
    if (value !== ordinary) search.set(parameter.key, value);
  }
  const text = search.toString();
  return text === '' ? '' : `?${text}`;
}
