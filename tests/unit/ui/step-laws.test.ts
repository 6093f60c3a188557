/** Laws that a sweep found, told to the lab that races: only for the very same data and model, and never believed blindly. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { defaultSettings, type Settings } from '../../../src/session/settings.ts';
import { defaultSweeps } from '../../../src/session/sweep/settings.ts';
import { lawsFor, rememberLaws } from '../../../src/ui/step-laws.ts';
import { madeLaws } from '../../support/sweep-fixture.ts';

describe('laws of a step', () => {
  const stored = new Map<string, string>();

  beforeEach(() => {
    stored.clear();
    vi.stubGlobal('localStorage', {
      getItem: (key: string) => stored.get(key) ?? null,
      setItem: (key: string, value: string) => void stored.set(key, value),
    });
  });

  afterEach(() => {
    vi.unstubAllGlobals();
  });

  const softmax: Settings = { ...defaultSettings.fashion, hidden: [] };
  const cats = defaultSettings.cats;

  it('are found for the model and the data that they are of', () => {
    rememberLaws(defaultSweeps.fashion, madeLaws(defaultSweeps.fashion));
    expect(lawsFor(softmax)?.gpu).toEqual({ fixedMs: 0.31, msPerExample: 0.0002 });
    expect(lawsFor(defaultSettings.fashion)).toBeNull();
    expect(lawsFor({ ...softmax, classes: [2, 6], output: 'sigmoid' })).toBeNull();
    expect(lawsFor({ ...softmax, batch: 32 })).toBeNull();
    expect(lawsFor(cats)).toBeNull();
  });

  it.each([
    ['svm', { ...cats, output: 'linear', cost: 'hinge' }],
    ['16-8', { ...cats, hidden: [16, 8].map((units) => ({ units, activation: 'relu' }) as const) }],
    ['logistic', cats],
  ] as const)('of %s', (timed, settings) => {
    rememberLaws({ ...defaultSweeps.cats, timed }, madeLaws(defaultSweeps.cats));
    expect(lawsFor(settings)?.cpu?.fixedMs).toBe(0.01);
  });

  it('of Synthetic go by n and storage', () => {
    rememberLaws(defaultSweeps.synthetic, madeLaws(defaultSweeps.synthetic));
    expect(lawsFor(defaultSettings.synthetic)).not.toBeNull();
    expect(lawsFor({ ...defaultSettings.synthetic, n: 100 })).toBeNull();
  });

  it.each(['', 'null', '[1]', '{"cats all logistic":{"gpu":{"fixedMs":"x"}}}', '{"cats all logistic":null}'])('survive %j', (text) => {
    stored.set('downhill.laws', text);
    expect(lawsFor(cats)?.gpu ?? null).toBeNull();
    rememberLaws(defaultSweeps.cats, madeLaws(defaultSweeps.cats));
    expect(lawsFor(cats)?.gpu?.fixedMs).toBe(0.31);
  });
});
