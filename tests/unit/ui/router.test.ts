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
import { parseNumber, readQuery, writeQuery } from '../../../src/ui/router.ts';

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
