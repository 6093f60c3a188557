/**
 * Settings of the compared nets, and z, ↔ the query of the URL, in one table. Only what differs from the set's defaults is
 * written; nonsense becomes the default and a note that names the parameter, the value and what was expected.
 */
import {
  activationRanges,
  activationSets,
  defaultActivations,
  trainedOns,
  type ActivationSettings,
} from '../../session/activations/settings.ts';
import { toyNames } from '../../session/settings.ts';
import { parseNumber, type Expected, type UrlNote } from '../../ui/router.ts';

const firstSet = 'fashion';

/** Where the curves are looked at until someone drags; the range of the picture. */
export const firstZ = 1;
export const zRange = [-6, 6] as const;

type Patch = Partial<ActivationSettings>;

/** One parameter: undefined from `parse` means nonsense. */
interface Parameter {
  readonly key: string;
  readonly expected: Expected;
  parse(text: string): Patch | undefined;
  print(settings: ActivationSettings): string;
}

function numberIn(text: string, [low, high]: readonly [number, number], whole: boolean): number | undefined {
  const value = parseNumber(text);
  return value === undefined || value < low || value > high || (whole && !Number.isInteger(value)) ? undefined : value;
}

function number(key: string, field: keyof typeof activationRanges, whole = true): Parameter {
  const range = activationRanges[field];
  const [low, high] = range;
  return {
    key,
    expected: { kind: 'number', low, high, whole },
    parse: (text) => {
      const value = numberIn(text, range, whole);
      return value === undefined ? undefined : { [field]: value };
    },
    print: (settings) => String(settings[field]),
  };
}

function oneOf<K extends 'toy' | 'on'>(key: K, names: readonly ActivationSettings[K][]): Parameter {
  return {
    key,
    expected: { kind: 'one-of', names },
    parse: (text) => {
      const found = names.find((name) => name === text);
      return found === undefined ? undefined : { [key]: found };
    },
    print: (settings) => settings[key],
  };
}

const parameters: readonly Parameter[] = [
  { key: 'own', expected: { kind: 'known-name' }, parse: (own) => ({ own }), print: ({ own }) => own ?? '' },
  oneOf('toy', toyNames),
  number('noise', 'noise', false),
  number('m', 'm'),
  number('depth', 'depth'),
  number('width', 'width'),
  number('steps', 'steps'),
  number('alpha', 'learningRate', false),
  number('seed', 'seed'),
  oneOf('on', trainedOns),
];

export interface ActivationRoute {
  readonly settings: ActivationSettings;
  readonly z: number;
  readonly notes: readonly UrlNote[];
}

/** Reads a query such as `set=toys&depth=4`. Never throws. */
export function readActivationQuery(query: string): ActivationRoute {
  const search = new URLSearchParams(query);
  const notes: UrlNote[] = [];
  const asked = search.get('set');
  const set = activationSets.find((name) => name === asked) ?? firstSet;
  if (asked !== null && asked !== set) notes.push({ key: 'set', value: asked, expected: { kind: 'one-of', names: activationSets } });
  let settings = defaultActivations[set];
  let z = firstZ;
  for (const [key, value] of search) {
    if (key === 'set') continue;
    if (key === 'z') {
      const found = numberIn(value, zRange, false);
      z = found ?? firstZ;
      if (found === undefined) notes.push({ key, value, expected: { kind: 'number', low: zRange[0], high: zRange[1], whole: false } });
      continue;
    }
    const parameter = parameters.find((one) => one.key === key);
    const patch = parameter?.parse(value);
    if (patch) settings = { ...settings, ...patch };
    else notes.push({ key, value, expected: parameter?.expected ?? { kind: 'known-name' } });
  }
  return { settings, z, notes };
}

/** The shortest query that reads back as these. */
export function writeActivationQuery(settings: ActivationSettings, z: number): string {
  const search = new URLSearchParams();
  if (settings.set !== firstSet) search.set('set', settings.set);
  for (const parameter of parameters) {
    const value = parameter.print(settings);
    if (value !== parameter.print(defaultActivations[settings.set])) search.set(parameter.key, value);
  }
  if (z !== firstZ) search.set('z', String(z));
  return search.toString();
}
