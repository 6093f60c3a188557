/** Settings in the URL: what is written reads back, and nonsense becomes defaults with a note. */
import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import {
  datasetNames,
  defaultSettings,
  hiddenActivations,
  normalizations,
  optimizerNames,
  planChoices,
  ranges,
  toyNames,
  type Settings,
} from '../../../src/session/settings.ts';
import { costsFor, fitted, outputsFor, taskOf } from '../../../src/ui/model-rules.ts';
import { parseNumber, readQuery, writeLabQuery, writeQuery } from '../../../src/ui/router.ts';
import { urlNotice } from '../../../src/ui/url-notes.ts';

const real = ([low, high]: readonly [number, number]) => fc.double({ min: low, max: high, noNaN: true });
const whole = ([low, high]: readonly [number, number]) => fc.integer({ min: low, max: high });
const two = fc.tuple(fc.integer({ min: 0, max: 9 }), fc.integer({ min: 0, max: 9 })).filter(([a, b]) => a !== b);

const anySettings: fc.Arbitrary<Settings> = fc
  .record({
    set: fc.constantFrom(...datasetNames),
    toy: fc.constantFrom(...toyNames),
    noise: real(ranges.noise),
    classes: fc.option(two, { nil: null }),
    n: whole(ranges.n),
    storage: fc.constantFrom('uint8', 'float32'),
    m: whole(ranges.m),
    testShare: real(ranges.testShare),
    normalization: fc.constantFrom(...normalizations),
    seed: whole(ranges.seed),
    hidden: fc.array(fc.record({ units: whole(ranges.units), activation: fc.constantFrom(...hiddenActivations) }), {
      maxLength: ranges.layers[1],
    }),
    output: fc.constantFrom('sigmoid', 'softmax', 'linear'),
    cost: fc.constantFrom('cross-entropy', 'squared-error', 'hinge'),
    optimizer: fc.constantFrom(...optimizerNames),
    learningRate: real(ranges.learningRate),
    l2: real(ranges.l2),
    batch: whole(ranges.batch),
    steps: whole(ranges.steps),
    gpu: fc.boolean(),
    cpu: fc.constantFrom('reference', null),
    plan: fc.constantFrom(...planChoices),
  })
  .map(fitted);

describe('the query', () => {
  it('reads back what was written', () => {
    fc.assert(
      fc.property(anySettings, (settings) => {
        const route = readQuery(writeQuery(settings));
        expect(route.settings).toEqual(settings);
        expect(route.notes).toEqual([]);
      }),
      { numRuns: 500 },
    );
  });
  it('writes only what differs from the defaults of the set', () => {
    for (const set of datasetNames) expect(writeQuery(defaultSettings[set])).toBe(set === 'cats' ? '' : `?set=${set}`);
    expect(writeQuery({ ...defaultSettings.cats, m: 500 })).toBe('?m=500');
  });
  it('takes anything without throwing, and always yields settings that fit', () => {
    fc.assert(
      fc.property(fc.string(), fc.webQueryParameters(), (a, b) => {
        for (const query of [a, b, `?set=${a}&m=${b}`, `?hidden=${a}&alpha=${b}&output=linear&cost=${a}`]) {
          const { settings } = readQuery(query);
          const task = taskOf(settings);
          expect(outputsFor(task)).toContain(settings.output);
          expect(costsFor(settings.output, task)).toContain(settings.cost);
        }
      }),
    );
  });
  it('notes the parameter, the value and what was expected', () => {
    const { settings, notes } = readQuery('?set=fashion&m=lots&alpha=-1&hidden=0-relu&hat=1&classes=3-3');
    expect(settings).toEqual(defaultSettings.fashion);
    expect(notes.map(({ key, value }) => `${key}=${value}`)).toEqual(['m=lots', 'alpha=-1', 'hidden=0-relu', 'hat=1', 'classes=3-3']);
    expect(notes[0]?.expected).toEqual({ kind: 'number', low: 1, high: 1_000_000, whole: true });
  });
  it.each([
    ['hidden=100000-relu', { kind: 'units', wrong: '100000' }],
    ['hidden=64-relu_0-tanh', { kind: 'units', wrong: '0' }],
    [`hidden=${Array.from({ length: 13 }, () => '4-relu').join('_')}`, { kind: 'layer-count', wrong: 13 }],
    ['hidden=64-step', { kind: 'layers' }],
    ['hidden=many', { kind: 'layers' }],
  ])('says what is wrong in %s', (query, expected) => expect(readQuery(`?${query}`).notes[0]?.expected).toEqual(expected));
  it('keeps a lane in when both are switched off, and says so', () => {
    const { settings, notes } = readQuery('?gpu=off&cpu=off');
    expect(settings).toMatchObject({ gpu: false, cpu: 'auto' });
    expect(notes).toEqual([{ key: 'cpu', value: 'off', expected: { kind: 'a-lane' } }]);
  });
  it('names the numbers that layers can have', () => {
    const text = (query: string) => urlNotice(readQuery(query).notes)?.text ?? '';
    for (const query of ['?hidden=100000-relu', `?hidden=${Array.from({ length: 13 }, () => '4-relu').join('_')}`]) {
      expect(text(query)).toMatch(/units/);
      expect(text(query)).toContain('1 to 16,384');
      expect(text(query)).toMatch(/layers (go )?up to 12/);
      expect(text(query)).not.toContain('64-relu_10-tanh');
    }
    expect(text('?hidden=100000-relu')).toContain('a layer of 100000 units');
    expect(text('?gpu=off&cpu=off')).toContain('one lane has to race');
  });
  it('changes an output that does not fit the data, and says so', () => {
    const { settings, notes } = readQuery('?set=houses&output=softmax');
    expect(settings.output).toBe('linear');
    expect(notes).toEqual([{ key: 'output', value: 'softmax', expected: { kind: 'fits-data', used: 'linear' } }]);
  });
  it('lets two classes of Fashion end in one probability', () => {
    const { settings, notes } = readQuery('?set=fashion&classes=2-6');
    expect(settings).toMatchObject({ classes: [2, 6], output: 'sigmoid', cost: 'cross-entropy' });
    expect(notes).toEqual([]);
  });
  it('opens the lab that is asked for', () => {
    expect(readQuery('?lab=scale', ['train', 'scale']).lab).toBe('scale');
    expect(readQuery('?lab=moon', ['train', 'scale'])).toMatchObject({ lab: 'train', notes: [{ key: 'lab', value: 'moon' }] });
  });
});

describe('the example that is looked inside of', () => {
  it('is no setting of the race: it is kept beside them as it stands, for the panel to read', () => {
    const route = readQuery('?set=fashion&inside=12-3&m=512');
    expect(route).toMatchObject({ labQuery: 'inside=12-3', settings: { set: 'fashion', m: 512 }, notes: [] });
    expect(readQuery(writeQuery(route.settings, route.labQuery))).toEqual(route);
    expect(readQuery('?inside=nonsense')).toMatchObject({ labQuery: 'inside=nonsense', settings: defaultSettings.cats, notes: [] });
    expect(writeQuery(defaultSettings.cats, 'inside=4')).toBe('?inside=4');
  });
});

describe('numbers as people type them', () => {
  it.each([
    ['12,288', 12288],
    [' 0.005 ', 0.005],
    ['1e-3', 0.001],
    ['.5', 0.5],
    ['1,2', undefined],
    ['', undefined],
    ['12 apples', undefined],
    ['Infinity', undefined],
    ['0x10', undefined],
    ['1e999', undefined],
  ])('%j', (text, value) => expect(parseNumber(text)).toBe(value));
});

describe('the query of another lab', () => {
  it('goes to that lab as it stands, without a note', () => {
    const route = readQuery('?lab=scale&set=toys&models=svm,16&nonsense=%E0%A4%A', ['train', 'scale']);
    expect(route).toEqual({
      lab: 'scale',
      settings: defaultSettings.cats,
      labQuery: 'set=toys&models=svm,16&nonsense=%E0%A4%A',
      notes: [],
    });
  });
  it('comes back with the lab before it', () => {
    expect(writeLabQuery('scale', '')).toBe('?lab=scale');
    expect(readQuery(writeLabQuery('scale', 'set=toys'), ['train', 'scale']).labQuery).toBe('set=toys');
  });
});
