/** Settings of a sweep in the URL: what is written reads back, and nonsense becomes defaults with a note. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { datasetNames, normalizations, ranges, toyNames } from '../../../src/session/settings.ts';
import { defaultSweeps, modelUnfit, sweepBudgets, sweepRanges, type SweepSettings } from '../../../src/session/sweep/settings.ts';
import { ordered } from '../../../src/labs/scale/models.ts';
import { readSweepQuery, writeSweepQuery } from '../../../src/labs/scale/sweep-query.ts';
import { urlNotice } from '../../../src/ui/url-notes.ts';

const real = ([low, high]: readonly [number, number]) => fc.double({ min: low, max: high, noNaN: true });
const whole = ([low, high]: readonly [number, number]) => fc.integer({ min: low, max: high });
const two = fc.tuple(fc.integer({ min: 0, max: 9 }), fc.integer({ min: 0, max: 9 })).filter(([a, b]) => a !== b);
const net = fc.array(fc.integer({ min: 1, max: 4096 }), { minLength: 1, maxLength: 4 }).map((units) => units.join('-'));
const model = fc.oneof(fc.constantFrom('svm', 'svm-hog', 'logistic'), net);

const anySettings: fc.Arbitrary<SweepSettings> = fc
  .record({
    set: fc.constantFrom(...datasetNames),
    classes: fc.option(two, { nil: null }),
    toy: fc.constantFrom(...toyNames),
    noise: real(ranges.noise),
    n: whole(ranges.n),
    storage: fc.constantFrom('uint8', 'float32'),
    testShare: real(ranges.testShare),
    normalization: fc.constantFrom(...normalizations),
    seed: whole(ranges.seed),
    mFrom: fc.integer({ min: 10, max: 5000 }),
    mTo: fc.integer({ min: 5001, max: 1_000_000 }),
    points: whole(sweepRanges.points),
    seeds: whole(sweepRanges.seeds),
    seedsAbove: whole(sweepRanges.seeds),
    models: fc.array(model, { minLength: 1, maxLength: 6 }),
    learningRate: real(ranges.learningRate),
    budget: fc.constantFrom(...sweepBudgets),
    epochs: whole(sweepRanges.epochs),
    steps: whole(sweepRanges.steps),
    timed: model,
  })
  .map(({ models, ...rest }): SweepSettings => {
    const { set, budget } = rest;
    const fit = ordered(models.filter((one) => modelUnfit(one, { set }) === null));
    const { epochs, steps, timed } = defaultSweeps[set];
    return {
      ...rest,
      models: fit.length > 0 ? fit : ['logistic'],
      timed: modelUnfit(rest.timed, { set }) === null ? rest.timed : timed,
      ...(budget !== 'epochs' && { epochs }),
      ...(budget !== 'steps' && { steps }),
    };
  });

describe('the query of a sweep', () => {
  it('reads back what was written', () => {
    fc.assert(
      fc.property(anySettings, (settings) => {
        const { settings: read, notes } = readSweepQuery(writeSweepQuery(settings));
        expect(read).toEqual(settings);
        expect(notes).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });

  it('is empty for the first set’s defaults, and legible', () => {
    expect(writeSweepQuery(defaultSweeps.fashion)).toBe('');
    expect(writeSweepQuery({ ...defaultSweeps.toys, models: ['svm', '512-512'], budget: 'epochs', epochs: 5 })).toBe(
      'set=toys&models=svm,512-512&budget=epochs:5',
    );
  });

  it.each([
    ['set=dogs', 'set', 'one of cats'],
    ['points=2', 'points', '3 … 24'],
    ['points=4.5', 'points', 'whole number'],
    ['models=svm,foo', 'models', 'one to eight'],
    ['models=', 'models', 'one to eight'],
    ['set=houses&models=svm', 'models', 'go with these data'],
    ['set=toys&timed=svm-hog', 'timed', 'go with these data'],
    ['budget=epochs', 'budget', 'epochs:10'],
    ['budget=stops:3', 'budget', 'epochs:10'],
    ['from=5000&to=400', 'from', 'less than m to'],
    ['to=50', 'to', 'less than m to'],
    ['classes=3-3', 'classes', 'two different classes'],
    ['hidden=64-relu', 'hidden', 'no setting of this name'],
    ['%E0%A4%A=1', '�', 'no setting of this name'],
  ])('says what is wrong with %s', (query, key, expectation) => {
    const { settings, notes } = readSweepQuery(query);
    expect(notes.map((note) => note.key).join()).toContain(key);
    expect(urlNotice(notes)?.text).toContain(expectation);
    expect(settings.mFrom).toBeLessThan(settings.mTo);
    expect(settings.models).toEqual(defaultSweeps[settings.set].models);
  });

  it('never throws', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(readSweepQuery(text).settings.models.length).toBeGreaterThan(0);
      }),
    );
  });
});
