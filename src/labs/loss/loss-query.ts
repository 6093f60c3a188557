/**
 * Settings of the Loss lab ↔ the query of the URL, in one table. Only what differs from the defaults is written; nonsense
 * becomes the default and a note that names the parameter, the value and what was expected.
 */
import { msg, str } from '@lit/localize';
import { costChoices, defaultLoss, lossRanges, viewChoices, type LabPoint, type LossSettings } from '../../session/loss/settings.ts';
import { integer } from '../../ui/format.ts';
import { parseNumber, type Expected, type UrlNote } from '../../ui/router.ts';

type Patch = Partial<LossSettings>;

/** One parameter: undefined from `parse` means nonsense. */
interface Parameter {
  readonly key: string;
  expected(): Expected;
  parse(text: string): Patch | undefined;
  print(settings: LossSettings): string;
}

type FieldOf<T> = { [K in keyof LossSettings]: LossSettings[K] extends T ? K : never }[keyof LossSettings];

function number(key: string, field: FieldOf<number>, [low, high]: readonly [number, number], whole = false): Parameter {
  const parse = (text: string): Patch | undefined => {
    const value = parseNumber(text);
    return value === undefined || value < low || value > high || (whole && !Number.isInteger(value)) ? undefined : { [field]: value };
  };
  return { key, expected: () => ({ kind: 'number', low, high, whole }), parse, print: (s) => String(Number(s[field].toPrecision(6))) };
}

function oneOf<K extends 'cost' | 'view'>(key: K, names: readonly LossSettings[K][]): Parameter {
  const parse = (text: string): Patch | undefined => {
    const found = names.find((name) => name === text);
    return found === undefined ? undefined : { [key]: found };
  };
  return { key, expected: () => ({ kind: 'one-of', names }), parse, print: (s) => s[key] };
}

/** `-1.5:0,2:1` is x = −1.5 with y = 0 and x = 2 with y = 1; `none` is no point. */
function parsePoints(text: string): readonly LabPoint[] | undefined {
  if (text === 'none') return [];
  const parts = text.split(',');
  const points: LabPoint[] = [];
  for (const part of parts) {
    const [, xText = '', yText] = /^([^:]+):([01])$/.exec(part) ?? [];
    const x = parseNumber(xText);
    if (x === undefined || x < lossRanges.x[0] || x > lossRanges.x[1]) return undefined;
    points.push({ x, y: yText === '1' ? 1 : 0 });
  }
  return points.length <= lossRanges.points[1] ? points : undefined;
}

const parameters: readonly Parameter[] = [
  {
    key: 'points',
    expected: () => ({
      kind: 'said',
      sentence: msg(
        str`up to ${integer(lossRanges.points[1])} points such as -1.5:0,2:1 (x from ${lossRanges.x[0]} to ${lossRanges.x[1]}, then y), or none, were expected`,
      ),
    }),
    parse: (text) => {
      const points = parsePoints(text);
      return points && { points };
    },
    print: ({ points }) => points.map(({ x, y }) => `${Number(x.toPrecision(6))}:${y}`).join(',') || 'none',
  },
  number('w', 'w', lossRanges.start),
  number('b', 'b', lossRanges.start),
  number('alpha', 'learningRate', lossRanges.learningRate),
  number('steps', 'steps', lossRanges.steps, true),
  oneOf('cost', costChoices),
  oneOf('view', viewChoices),
  number('span', 'span', lossRanges.span),
  number('z', 'z', lossRanges.z),
  number('turn', 'turn', lossRanges.turn),
  number('tilt', 'tilt', lossRanges.tilt),
];

export interface LossRoute {
  readonly settings: LossSettings;
  readonly notes: readonly UrlNote[];
}

/** Reads a query such as `alpha=0.1&cost=both`. Never throws. */
export function readLossQuery(query: string): LossRoute {
  const notes: UrlNote[] = [];
  let settings = defaultLoss;
  for (const [key, value] of new URLSearchParams(query)) {
    const parameter = parameters.find((one) => one.key === key);
    const patch = parameter?.parse(value);
    if (patch) settings = { ...settings, ...patch };
    else notes.push({ key, value, expected: parameter?.expected() ?? { kind: 'known-name' } });
  }
  return { settings, notes };
}

/** The shortest query that reads back as these settings; commas and colons stay legible. */
export function writeLossQuery(settings: LossSettings): string {
  const search = new URLSearchParams();
  for (const parameter of parameters) {
    const value = parameter.print(settings);
    if (value !== parameter.print(defaultLoss)) search.set(parameter.key, value);
  }
  return search.toString().replaceAll('%2C', ',').replaceAll('%3A', ':');
}
