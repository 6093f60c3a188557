/** Settings of the compared nets in the URL: what is written reads back, and nonsense becomes defaults with a note. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { firstZ, readActivationQuery, writeActivationQuery, zRange } from '../../../src/labs/activations/activation-query.ts';
import { activationRanges, activationSets, defaultActivations, trainedOns } from '../../../src/session/activations/settings.ts';
import { toyNames } from '../../../src/session/settings.ts';
import { urlNotice } from '../../../src/ui/url-notes.ts';

const real = ([low, high]: readonly [number, number]) => fc.double({ min: low, max: high, noNaN: true });
const whole = ([low, high]: readonly [number, number]) => fc.integer({ min: low, max: high });

const anySettings = fc.record({
  set: fc.constantFrom(...activationSets),
  toy: fc.constantFrom(...toyNames),
  noise: real(activationRanges.noise),
  m: whole(activationRanges.m),
  depth: whole(activationRanges.depth),
  width: whole(activationRanges.width),
  steps: whole(activationRanges.steps),
  learningRate: real(activationRanges.learningRate),
  seed: whole(activationRanges.seed),
  on: fc.constantFrom(...trainedOns),
});

describe('the query of the Activations lab', () => {
  it('reads back what it wrote', () => {
    fc.assert(
      fc.property(anySettings, real(zRange), (settings, z) => {
        const back = readActivationQuery(writeActivationQuery(settings, z));
        expect(back).toEqual({ settings: { ...settings, noise: settings.noise + 0 }, z: z + 0, notes: [] });
      }),
    );
  });

  it('is empty for what opens first', () => {
    expect(writeActivationQuery(defaultActivations.fashion, firstZ)).toBe('');
  });

  it.each([
    ['set=mnist', 'set'],
    ['depth=1', 'depth'],
    ['depth=13', 'depth'],
    ['width=0', 'width'],
    ['m=3.5', 'm'],
    ['alpha=0', 'alpha'],
    ['on=tpu', 'on'],
    ['z=7', 'z'],
    ['foo=<b>1</b>', 'foo'],
  ])('takes the default for %s, and says so', (query, key) => {
    const { settings, z, notes } = readActivationQuery(query);
    expect(settings).toEqual(defaultActivations.fashion);
    expect(z).toBe(firstZ);
    expect(notes.map((note) => note.key)).toEqual([key]);
    expect(urlNotice(notes)?.text).toContain(key);
  });

  it('never throws', () => {
    fc.assert(fc.property(fc.string(), (query) => void readActivationQuery(query)));
  });
});
