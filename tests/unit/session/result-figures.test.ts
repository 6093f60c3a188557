/** What is made of results: figures, links and summaries and what becomes of damaged ones, tables, differences, distributions. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decidingOf, whyApart } from '../../../src/session/results/comparable.ts';
import { csvText } from '../../../src/session/results/csv.ts';
import { environmentDifferences } from '../../../src/session/results/differences.ts';
import { distributionOf, stacked } from '../../../src/session/results/distribution.ts';
import { ResultFileError } from '../../../src/session/results/errors.ts';
import { fastest, figuresOf, headline, type Figures } from '../../../src/session/results/figures.ts';
import { bringsResult, readFragment, resultFragment, summaryFragment } from '../../../src/session/results/link.ts';
import { madeUpEnvironment } from '../../support/environment.ts';
import { madeUpBench, madeUpRace, madeUpSweep, madeUpTraining } from '../../support/results.ts';

const results = [madeUpBench(), madeUpRace(), madeUpSweep(), madeUpTraining()] as const;
const [bench, race, sweep] = results;

describe('figures', () => {
  it('have speed-ups, times and ceilings of a benchmark, without its peers', () => {
    const figures = figuresOf(bench);
    const [first] = figures.works;
    expect(first?.lanes.map(({ engine, wrong }) => [engine, wrong])).toEqual([
      ['gpu', false],
      ['wasm', false],
      ['reference', true],
    ]);
    expect(first?.speedup).toMatchObject({ ratio: bench.workloads[0]?.speedup?.ratio, against: 'wasm' });
    expect(first && fastest(first, 'cpu')).toMatchObject({ engine: 'wasm', ms: 5.1 });
    expect(headline(figures)).toEqual(bench.score);
    expect(figures.ceilings).toEqual(bench.ceilings);
    expect(figures.curves).toEqual([{ engine: 'gpu', model: 'logistic', points: [[512, 0.5]], law: { fixedMs: 0.4, msPerExample: 1e-4 } }]);
  });

  it('have the speed-up at each m of a sweep, and both its laws', () => {
    const figures = figuresOf(sweep);
    expect(figures.works.map(({ name }) => name)).toEqual(sweep.time.points.map(({ m }) => `m = ${m}`));
    const timed = sweep.time.points.findIndex(({ gpuMs, cpuMs }) => gpuMs !== null && cpuMs !== null);
    const [point, work] = [sweep.time.points[timed], figures.works[timed]];
    expect(work?.speedup?.ratio).toBeCloseTo((point?.cpuMs ?? 0) / (point?.gpuMs ?? 1), 6);
    expect(figures.curves.map(({ engine, law }) => [engine, law?.fixedMs])).toEqual([
      ['gpu', sweep.time.gpu?.fixedMs],
      ['cpu', sweep.time.cpu?.fixedMs],
    ]);
  });

  it.each(results)('of the $kind lead to the same verdict as the result itself', (result) => {
    expect(whyApart(figuresOf(result).deciding, decidingOf(result))).toBeNull();
    expect(whyApart(decidingOf({ ...result, seed: 9 }), decidingOf(result))).toMatchObject({ why: 'seed' });
  });
});

describe('a link', () => {
  it.each(results)('carries a $kind bit by bit', async (result) => {
    const fragment = await resultFragment(result);
    expect(bringsResult(fragment)).toBe(true);
    expect(fragment).toMatch(/^#result=[\w-]+$/);
    expect(await readFragment(fragment, 'the link')).toEqual({ whole: true, result });
  });

  it.each(results)('carries the summary of a $kind in a QR code’s length, to four digits', async (result) => {
    const figures = figuresOf(result);
    const fragment = await summaryFragment(figures);
    expect(fragment.length).toBeLessThan(2000);
    expect(fragment).not.toBe(await resultFragment(result));
    const opened = await readFragment(fragment, 'the link');
    if (opened.whole) throw new Error('a summary is no whole result');
    expect(opened.figures.deciding).toEqual(figures.deciding);
    expect(opened.figures.environment).toMatchObject({ adapter: figures.environment.adapter });
    const times = ({ works }: Figures): readonly number[] => works.flatMap(({ lanes }) => lanes.map(({ ms }) => ms ?? 0));
    times(opened.figures).forEach((ms, at) => expect(ms).toBeCloseTo(times(figures)[at] ?? 0, 2));
  });

  it('that was cut short or changed anywhere says so, and names itself', async () => {
    for (const fragment of [await resultFragment(race), await summaryFragment(figuresOf(bench))]) {
      const start = fragment.indexOf('=') + 1;
      await fc.assert(
        fc.asyncProperty(fc.integer({ min: start, max: fragment.length - 2 }), fc.constantFrom('A', '-', '%', ''), async (at, letter) => {
          const changed = letter === '' ? fragment.slice(0, at) : `${fragment.slice(0, at)}${letter}${fragment.slice(at + 1)}`;
          if (changed === fragment) return;
          await expect(readFragment(changed, 'the link from Anna')).rejects.toThrow(ResultFileError);
          await expect(readFragment(changed, 'the link from Anna')).rejects.toThrow(
            /the link from Anna: expected .* ask for the link again/,
          );
        }),
        { numRuns: 60, seed: 20 },
      );
    }
  });

  it('with a summary that is damaged inside, or of a later schema, is refused at the place', async () => {
    const figures = figuresOf(bench);
    const worse: readonly (readonly [Figures, RegExp])[] = [
      [{ ...figures, deciding: { ...figures.deciding, schema: 2 } }, /newer Downhill/],
      [{ ...figures, machine: 7 as unknown as string }, /machine: expected text/],
      [{ ...figures, score: { ratio: 5, ci95: [1, 2] } }, /score[.]ci95: expected an interval around 5/],
      [
        { ...figures, works: [{ name: 'x', lanes: [], speedup: { ratio: -1, ci95: [0, 1], against: 'wasm' } }] },
        /works\[0\][.]speedup[.]ratio/,
      ],
    ];
    for (const [damaged, said] of worse) {
      await expect(readFragment(await summaryFragment(damaged), 'the link')).rejects.toThrow(said);
    }
  });

  it('that holds far more than a result is given up', async () => {
    const bomb = { ...race, machine: 'x'.repeat(8_500_000) };
    const fragment = await resultFragment(bomb);
    expect(fragment.length).toBeLessThan(60_000);
    await expect(readFragment(fragment, 'the link')).rejects.toThrow(/cannot be unpacked/);
  });

  it('that brings something else is none', () => {
    expect(['', '#top', '#resultx=1', '#/train?m=1'].map(bringsResult)).toEqual([false, false, false, false]);
  });
});

describe('a table of points', () => {
  it.each(results)('has every sample of a $kind', (result) => {
    const lines = csvText(result).trimEnd().split('\r\n');
    expect(lines[0]).toBe('machine,kind,workload,m,seed,engine,measure,index,value');
    const samples =
      JSON.stringify(result)
        .match(/"samples":\[[\d.,e-]+\]/g)
        ?.flatMap((list) => list.match(/[\d.e-]+(?=[,\]])/g) ?? []) ?? [];
    const values = lines.filter((line) => line.includes('ms per step') && !line.includes('median')).map((line) => line.split(',').at(-1));
    if (result.kind !== 'sweep') expect(values).toHaveLength(samples.length);
    expect(values.length).toBeGreaterThan(2);
  });

  it('lets no name become a formula or a column', () => {
    const [, row = ''] = csvText({ ...race, machine: '=HYPERLINK("x"),y' }).split('\r\n');
    expect(row.startsWith(`"'=HYPERLINK(""x""),y",race,`)).toBe(true);
  });
});

describe('places', () => {
  it('differ in what is not the same everywhere, and in nothing else', () => {
    const other = { ...madeUpEnvironment, logicalCores: 64, takenAt: '2027-01-01T00:00:00.000Z', adapter: null };
    expect(environmentDifferences([madeUpEnvironment, madeUpEnvironment])).toEqual([]);
    const found = environmentDifferences([madeUpEnvironment, other]);
    expect(found.map(({ key }) => key)).toEqual(['adapter', 'software', 'logicalCores']);
    expect(found.at(-1)?.values).toEqual([madeUpEnvironment.logicalCores, 64]);
  });
});

describe('thirty machines', () => {
  it('have a median, a middle half, and those that are no faster', () => {
    const ratios = Array.from({ length: 30 }, (_, at) => ({
      ratio: 2 ** (at / 5 - 1),
      ci95: [2 ** (at / 5 - 1.1), 2 ** (at / 5 - 0.9)] as const,
    }));
    const found = distributionOf(ratios);
    expect(found).toMatchObject({ count: 30, least: 0.5, gpuFaster: 24, cpuFaster: 5, even: 1 });
    expect(found?.median).toBeCloseTo((2 ** (14 / 5 - 1) + 2 ** (15 / 5 - 1)) / 2, 9);
    expect(distributionOf([])).toBeNull();
  });

  it('stand on one another where they are alike', () => {
    expect(stacked([1, 1, 100, 1.1], 2)).toEqual([
      { x: expect.closeTo(Math.sqrt(10), 9) as number, height: 1 },
      { x: expect.closeTo(Math.sqrt(10), 9) as number, height: 2 },
      { x: expect.closeTo(10 * Math.sqrt(10), 9) as number, height: 1 },
      { x: expect.closeTo(Math.sqrt(10), 9) as number, height: 3 },
    ]);
    expect(stacked([3, 3], 5)).toEqual([
      { x: 3, height: 1 },
      { x: 3, height: 2 },
    ]);
  });
});
