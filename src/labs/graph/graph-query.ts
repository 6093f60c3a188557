/**
 * Settings of the Graph lab ↔ the query of the URL, in one table. Only what differs from the preset is written; nonsense
 * becomes the default and a note. Whether the expression can be read shows only when the parser is there.
 */
import { msg, str } from '@lit/localize';
import { mostExamples } from '../../session/graph/study.ts';
import { parseNumber, type Expected, type UrlNote } from '../../ui/router.ts';
import { beginning, defaultGraph, mostValue, nudgeSizes, timedSizes, type GraphSettings, type Position } from './graph-state.ts';
import { course, logistic, presetNames, type PresetName } from './presets.ts';

type Patch = Partial<GraphSettings>;

/** One parameter: undefined from `parse` means nonsense. */
interface Parameter {
  readonly key: string;
  expected(): Expected;
  parse(text: string, basis: GraphSettings): Patch | undefined;
  /** Null: nothing to be written. */
  print(settings: GraphSettings, basis: GraphSettings): string | null;
}

const loopRange = [1, mostExamples] as const;
/** Steps that a position may name; one past the end is taken as the end. */
const mostSteps = 999;

/** What stands before anything else is set: a preset, or an expression of one's own. */
function basisOf(name: PresetName | null): GraphSettings {
  if (name === 'examples') return { ...defaultGraph, view: 'examples', position: beginning };
  if (name === null) return { ...defaultGraph, values: {} };
  return { ...defaultGraph, ...(name === 'logistic' ? logistic : course) };
}

export function presetOf({ view, text }: GraphSettings): PresetName | null {
  if (view === 'examples') return 'examples';
  if (text === course.text) return 'course';
  return text === logistic.text ? 'logistic' : null;
}

export function presetSettings(name: PresetName): GraphSettings {
  return basisOf(name);
}

function parseValues(text: string): Readonly<Record<string, number>> | undefined {
  const values: Record<string, number> = {};
  for (const part of text.split(',')) {
    const [, name = '', number = ''] = /^([\p{L}_$][\p{L}\d_$]*):(.+)$/u.exec(part) ?? [];
    const value = parseNumber(number);
    if (name === '' || value === undefined || Math.abs(value) > mostValue) return undefined;
    values[name] = value;
  }
  return values;
}

function parsePosition(text: string): Position | undefined {
  const [, part, count = ''] = /^([fb])(\d{1,3})$/.exec(text) ?? [];
  const steps = Number(count);
  if (part === undefined || steps > mostSteps) return undefined;
  return { part: part === 'f' ? 'forward' : 'backward', steps };
}

const said = (sentence: string): Expected => ({ kind: 'said', sentence });
const same = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other);

/** One of a few numbers. */
function choice(key: string, field: 'size' | 'timedM', options: readonly number[]): Parameter {
  return {
    key,
    expected: () => ({ kind: 'one-of', names: options.map(String) }),
    parse: (text) => {
      const value = parseNumber(text);
      return value !== undefined && options.includes(value) ? { [field]: value } : undefined;
    },
    print: (settings, basis) => (settings[field] === basis[field] ? null : String(settings[field])),
  };
}

const parameters: readonly Parameter[] = [
  {
    key: 'values',
    expected: () =>
      said(msg(str`names with numbers from −${mostValue} to ${mostValue}, such as a:5,b:-0.3, with commas between, were expected`)),
    parse: (text, basis) => {
      const values = parseValues(text);
      return values && { values: { ...basis.values, ...values } };
    },
    print: ({ view, values }, basis) => {
      if (view === 'examples') return null;
      const changed = Object.entries(values).filter(([name, value]) => basis.values[name] !== value);
      return changed.length === 0 ? null : changed.map(([name, value]) => `${name}:${String(value)}`).join(',');
    },
  },
  {
    key: 'nodes',
    expected: () => ({ kind: 'one-of', names: ['operations', 'lines'] }),
    parse: (text) => (text === 'operations' || text === 'lines' ? { detail: text } : undefined),
    print: ({ detail }, basis) => (detail === basis.detail ? null : detail),
  },
  {
    key: 'nudge',
    expected: () => said(msg('the name of an input was expected')),
    parse: (text) => (/^[\p{L}_$][\p{L}\d_$]*$/u.test(text) ? { nudge: text } : undefined),
    print: ({ nudge }) => (nudge === '' ? null : nudge),
  },
  choice('size', 'size', nudgeSizes),
  {
    key: 'weights',
    expected: () => said(msg('three numbers, w₁,w₂,b, with commas between, were expected')),
    parse: (text) => {
      const [w1, w2, b, ...more] = text.split(',').map((part) => parseNumber(part));
      if (w1 === undefined || w2 === undefined || b === undefined || more.length > 0) return undefined;
      return [w1, w2, b].some((value) => Math.abs(value) > mostValue) ? undefined : { weights: { w1, w2, b } };
    },
    print: ({ weights }, basis) => (same(weights, basis.weights) ? null : [weights.w1, weights.w2, weights.b].join()),
  },
  {
    key: 'm',
    expected: () => ({ kind: 'number', low: loopRange[0], high: loopRange[1], whole: true }),
    parse: (text) => {
      const m = parseNumber(text);
      return m !== undefined && Number.isInteger(m) && m >= loopRange[0] && m <= loopRange[1] ? { m } : undefined;
    },
    print: ({ m }, basis) => (m === basis.m ? null : String(m)),
  },
  choice('timed', 'timedM', timedSizes),
  {
    key: 'at',
    expected: () => said(msg('f and how many steps forward, such as f2, or b and how many backward, such as b3, was expected')),
    parse: (text) => {
      const position = parsePosition(text);
      return position && { position };
    },
    print: ({ position }, basis) => (same(position, basis.position) ? null : `${position.part === 'forward' ? 'f' : 'b'}${position.steps}`),
  },
];

export interface GraphRoute {
  readonly settings: GraphSettings;
  readonly notes: readonly UrlNote[];
  /** The link says where one stands, so nothing moves by itself. */
  readonly placed: boolean;
}

/** Reads a query such as `preset=logistic&at=b3`. Never throws. */
export function readGraphQuery(query: string): GraphRoute {
  const search = new URLSearchParams(query);
  const notes: UrlNote[] = [];
  const asked = search.get('preset');
  const found = presetNames.find((name) => name === asked);
  if (asked !== null && !found) notes.push({ key: 'preset', value: asked, expected: { kind: 'one-of', names: presetNames } });
  const text = found === 'examples' ? null : search.get('expr');
  const basis = text === null ? basisOf(found ?? 'course') : { ...basisOf(null), text };
  let settings = basis;
  for (const [key, value] of search) {
    if (key === 'preset' || key === 'expr') continue;
    const parameter = parameters.find((one) => one.key === key);
    const patch = parameter?.parse(value, basis);
    if (patch) settings = { ...settings, ...patch };
    else notes.push({ key, value, expected: parameter?.expected() ?? { kind: 'known-name' } });
  }
  if (settings.view === 'examples' && settings.position.part === 'backward') settings = { ...settings, position: basis.position };
  return { settings, notes, placed: search.has('at') };
}

/** The shortest query that reads back as these settings; commas and colons stay legible. */
export function writeGraphQuery(settings: GraphSettings): string {
  const preset = presetOf(settings);
  const basis = basisOf(preset);
  const search = new URLSearchParams();
  if (preset === null) search.set('expr', settings.text);
  else if (preset !== 'course') search.set('preset', preset);
  for (const parameter of parameters) {
    const value = parameter.print(settings, basis);
    if (value !== null) search.set(parameter.key, value);
  }
  return search.toString().replaceAll('%2C', ',').replaceAll('%3A', ':');
}
