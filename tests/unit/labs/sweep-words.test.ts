/** What the Scale lab says and draws: headlines, sentences about bands, names of models, and pictures whose parts are in range. */
import { describe, expect, it } from 'vitest';
import type { SweepLaws } from '../../../src/session/sweep/report.ts';
import { plannedRuns, defaultSweeps, type SweepSettings } from '../../../src/session/sweep/settings.ts';
import { inkShare, modelName, ordered, parseUnits, slotsOf } from '../../../src/labs/scale/models.ts';
import { sweepNotices } from '../../../src/labs/scale/notice-sentences.ts';
import { gainText, lawText, listed, quantile, shortTime, sizeInterval } from '../../../src/labs/scale/numbers.ts';
import { bestWithin, scorePicture, secondsPicture } from '../../../src/labs/scale/score-picture.ts';
import {
  adviceSentence,
  bandsSentence,
  budgetSentence,
  divergedSentence,
  scoreHeadline,
  scoreSentences,
  timeHeadline,
  timeSentences,
} from '../../../src/labs/scale/sentences.ts';
import { emptySweep } from '../../../src/labs/scale/sweep-state.ts';
import { timePicture } from '../../../src/labs/scale/time-picture.ts';
import { madeLaws, madeSample, madeSamples, madeTimes } from '../../support/sweep-fixture.ts';

const fashion = defaultSweeps.fashion;

describe('models', () => {
  it('find their slots', () => {
    expect([...slotsOf(['16', '128', '512-512'])]).toEqual([
      ['small', '16'],
      ['medium', '128'],
      ['large', '512-512'],
    ]);
    expect([...slotsOf(['128'])]).toEqual([['medium', '128']]);
    expect([...slotsOf(['600-300', '20'])]).toEqual([
      ['small', '20'],
      ['large', '600-300'],
    ]);
    expect([...slotsOf(['8', '16', '64', '128', '512'])].map(([, net]) => net)).toEqual(['8', '64', '512']);
  });
  it('have names that tell them apart', () => {
    const models = ['svm', 'svm-hog', 'logistic', '8', '16', '64', '128'];
    const names = models.map((model) => modelName(model, { ...fashion, models }));
    expect(new Set(names).size).toBe(models.length);
    expect(modelName('logistic', defaultSweeps.houses)).toBe('linear regression');
    expect(modelName('logistic', { ...fashion, classes: [2, 6] })).toBe('logistic regression');
  });
  it('go from grey to ink', () => {
    const shares = ordered(['512-512', 'svm', '16']).map((model) => inkShare(model, ['512-512', 'svm', '16']));
    expect(shares).toEqual(shares.toSorted((a, b) => a - b));
    expect(shares.at(-1)).toBe(1);
  });
  it.each([
    ['512 · 512', '512-512'],
    ['64', '64'],
    ['32, 16', '32-16'],
    ['64x64', '64-64'],
    ['', undefined],
    ['0', undefined],
    ['5000', undefined],
    ['8-8-8-8-8', undefined],
    ['svm', undefined],
  ])('read %j as %s', (text, model) => expect(parseUnits(text)).toBe(model));
  it('come to so many runs', () => expect(plannedRuns(fashion)).toBe(8 + 5 * (3 * 5 + 5 * 3)));
});

describe('numbers', () => {
  it('of times', () => {
    expect([0.31, 0.0002, 0.000042, 12.34, 2500].map(shortTime)).toEqual(['0.31 ms', '0.20 µs', '42 ns', '12 ms', '2.5 s']);
    expect(lawText({ fixedMs: 0.31, msPerExample: 0.0002, largestDeviation: 0, from: 1, to: 2 })).toBe('0.31 ms + 0.20 µs · m');
    expect(lawText({ fixedMs: 0, msPerExample: 0.0002, largestDeviation: 0, from: 1, to: 2 })).toBe('0.20 µs · m');
  });
  it('of gains and intervals', () => {
    expect([gainText(0.118, 'accuracy'), gainText(-0.004, 'accuracy'), gainText(0, 'accuracy'), gainText(0.117, 'R²')]).toEqual([
      '+11.8 pt',
      '−0.4 pt',
      '±0.0 pt',
      '+0.12',
    ]);
    expect(sizeInterval([1310, 1560])).toBe('1,310 – 1,560');
    expect(sizeInterval([1310, Number.POSITIVE_INFINITY])).toBe('from 1,310 on');
    expect([listed([]), listed(['a']), listed(['a', 'b', 'c'])]).toEqual(['', 'a', 'a, b and c']);
  });
  it('between samples', () => expect([quantile([3, 1, 2], 0.5), quantile([0, 10], 0.05)]).toEqual([2, 0.5]));
});

describe('the headline of times', () => {
  const figureOf = (crossover: SweepLaws['crossover']): string => {
    const { figure, words } = timeHeadline(madeLaws(fashion, { crossover }), true);
    return `${figure} | ${words}`;
  };
  it('is m*', () =>
    expect(figureOf({ kind: 'crossing', m: 1429, ci95: [1310, 1560], inside: true, faster: 'gpu' })).toBe(
      'm* = 1,430 | From here on the GPU wins (95 % CI 1,310 – 1,560).',
    ));
  it('says where the fit would put it', () => {
    const far = figureOf({ kind: 'crossing', m: 212_345, ci95: [160_000, 320_000], inside: false, faster: 'gpu' });
    expect(far).toMatch(/^CPU ahead \| No crossover from m = 100 to 60,000: the CPU .* m ≈ 212,000 .*nothing was measured/);
    expect(figureOf({ kind: 'crossing', m: 12, ci95: [5, 20], inside: false, faster: 'gpu' })).toMatch(/^GPU ahead \| No crossover/);
  });
  it.each(['gpu', 'cpu', 'unclear', 'one-lane', 'few'] as const)('has a sentence for %s', (reason) => {
    expect(figureOf({ kind: 'none', reason })).toMatch(/.+ \| .+\.$/);
  });
  it('waits', () => expect(timeHeadline(null, false).waiting).toBe(true));
});

describe('sentences', () => {
  const samples = madeSamples(fashion);
  it('of the gain of the last tenfold', () => {
    const { figure, words } = scoreHeadline(fashion, samples, 'accuracy', true);
    expect(figure).toMatch(/^\+\d+\.\d pt$/);
    expect(words).toMatch(/^Large net, from m = [\d,]+ to 60,000\.$/);
  });
  it('of what was found, the bands last', () => {
    const sentences = scoreSentences(fashion, samples, 'accuracy');
    expect(sentences[0]).toMatch(/^The last tenfold of data, m = 6,000 to 60,000: large net \+/);
    expect(sentences.at(-1)).toContain('5 seeds up to m = 1,000, 3 above');
    expect(sentences.join(' ')).toContain('large net leads clear of all bands from m = ');
  });
  it('of a toss-up', () => {
    const few: SweepSettings = { ...fashion, models: ['logistic', '16'] };
    const overlapping = ['logistic', '16'].flatMap((model) => [0.5, 0.6].map((score, seed) => madeSample(model, 100, seed, score)));
    expect(scoreSentences(few, overlapping, 'accuracy').join(' ')).toContain('A toss-up at m = 100: softmax regression and ');
  });
  it('of bands with one number of seeds', () => {
    expect(bandsSentence({ ...fashion, seeds: 2, seedsAbove: 2 })).toContain('Bands: 2 seeds a point');
    expect(bandsSentence({ ...fashion, mTo: 900 })).toContain('Bands: 5 seeds a point');
  });
  it('of runs that diverged', () => {
    const sentence = divergedSentence(fashion, [
      madeSample('16', 100, 0, null),
      madeSample('16', 100, 1, null),
      madeSample('128', 250, 0, null),
    ]);
    expect(sentence).toContain('small net at m = 100 with α = 0.001, 2 runs; medium net at m = 250');
    expect(divergedSentence(fashion, samples)).toBeNull();
  });
  it('of what ten seconds buy', () => {
    const sentence = adviceSentence(fashion, samples, 'accuracy');
    expect(sentence).toMatch(/best choice is the .* on m = [\d,]+: \d\d\.\d % in /);
    expect(bestWithin(samples, 10)?.band.seconds).toBeLessThanOrEqual(10);
    expect(adviceSentence(fashion, [madeSample('16', 60_000, 0, 0.9)], 'accuracy')).toContain('No run took 10 s or less');
  });
  it.each(['stops', 'epochs', 'steps'] as const)('of the budget %s, with its numbers', (budget) => {
    expect(budgetSentence({ ...fashion, budget })).toMatch(/α = 0\.001, batches of 128\. .*\d/);
  });
  it('of the laws', () => {
    const sentences = timeSentences(fashion, madeTimes(fashion), madeLaws(fashion)).join(' ');
    expect(sentences).toContain('softmax regression on all m examples');
    expect(sentences).toContain('GPU = 0.31 ms + 0.20 µs · m');
    expect(sentences).not.toContain('Dashed');
    const short = madeLaws({ ...fashion, mTo: 3000 });
    expect(timeSentences(fashion, madeTimes(fashion), short).join(' ')).toContain('Dashed');
  });
});

describe('notices', () => {
  const of = (change: Partial<typeof emptySweep>) => sweepNotices({ settings: fashion, state: { ...emptySweep, ...change }, notes: [] });
  it.each([
    [{ kind: 'm-reduced', asked: 9000, used: 800 }, '800'],
    [{ kind: 'too-few', sizes: [10, 20], className: 'bag', found: 1, needed: 2 }, '“bag”'],
    [{ kind: 'device-lost', recovered: true, detail: 'gone.' }, '(gone)'],
    [{ kind: 'device-lost', recovered: false, detail: '' }, 'CPU alone'],
    [{ kind: 'no-gpu', why: 'no-adapter', detail: '' }, 'adapter'],
    [{ kind: 'no-gpu', why: 'something new', detail: '' }, 'something new'],
    [{ kind: 'not-timed', lane: 'gpu', from: 30_000, why: 'memory' }, '30,000'],
    [{ kind: 'not-timed', lane: 'cpu', from: 30_000, why: 'slow' }, 'too long'],
    [{ kind: 'hidden', discarded: 2 }, '2 points'],
    [{ kind: 'not-kept', why: { isFull: false, words: 'private mode' } }, 'sweep (private mode), so what it finds is only in this page'],
    [{ kind: 'not-kept', why: { isFull: true, words: 'QuotaExceeded' } }, 'sweep (the disk space that it gives this page is full)'],
  ] as const)('have a sentence for %j', (notice, named) => {
    expect(
      of({ notices: [notice] })
        .map(({ text }) => text)
        .join(' '),
    ).toContain(named);
  });
  it('offer what an earlier visit did', () => {
    const [offer] = of({ samples: madeSamples(fashion).slice(0, 31), offered: true });
    expect(offer).toMatchObject({ id: 'earlier', action: 'Go on', otherAction: 'Start anew' });
    expect(offer?.text).toContain('31 of 158 runs');
  });
  it('offer a smaller rate after a divergence', () => {
    const [notice] = of({ samples: [madeSample('16', 100, 0, null)] });
    expect(notice).toMatchObject({ id: 'diverged', tone: 'bad', action: 'Use α = 0.0001' });
  });
});

describe('pictures', () => {
  it('of times hold every point and the crossover', () => {
    const picture = timePicture(fashion, madeTimes(fashion), madeLaws(fashion));
    expect(picture?.layers.filter(({ kind }) => kind === 'dots')).toHaveLength(2);
    expect(picture?.layers.some(({ kind }) => kind === 'span')).toBe(true);
    for (const layer of picture?.layers ?? []) {
      if (layer.kind !== 'dots' && layer.kind !== 'line') continue;
      for (const y of layer.y) expect(y).toBeGreaterThan(picture?.y.from ?? 0);
      for (const x of layer.x) expect(x).toBeLessThan(picture?.x.to ?? 0);
    }
  });
  it('of times are dashed beyond what was measured, up to a crossover nearby', () => {
    const far = { kind: 'crossing', m: 200_000, ci95: [150_000, 300_000], inside: false, faster: 'gpu' } as const;
    const picture = timePicture(fashion, madeTimes(fashion), madeLaws(fashion, { crossover: far }));
    expect(picture?.x.to).toBeGreaterThan(200_000);
    expect(picture?.layers.filter((layer) => layer.kind === 'line' && layer.dashed)).toHaveLength(2);
  });
  it('of scores have a band, a line and a name a model', () => {
    const picture = scorePicture(fashion, madeSamples(fashion), 'accuracy');
    expect(picture?.layers.filter(({ kind }) => kind === 'band')).toHaveLength(5);
    expect(picture?.layers.filter(({ kind }) => kind === 'line')).toHaveLength(5);
    expect(picture?.labels.map(({ text }) => text)).toEqual(['linear SVM', 'softmax', 'small net', 'medium net', 'large net']);
  });
  it('mark what diverged, and wait for the first score', () => {
    expect(scorePicture(fashion, [madeSample('16', 100, 0, null)], 'accuracy')).toBeNull();
    expect(secondsPicture(fashion, [], 'accuracy')).toBeNull();
    const picture = scorePicture(fashion, [...madeSamples(fashion), madeSample('16', 100, 9, null)], 'accuracy');
    expect(picture?.layers.find(({ kind }) => kind === 'crosses')).toMatchObject({ x: [100] });
  });
  it('of seconds have a line at the limit', () => {
    const picture = secondsPicture(fashion, madeSamples(fashion), 'accuracy');
    expect(picture?.layers.find(({ kind }) => kind === 'span')).toMatchObject({ at: 10 });
  });
});
