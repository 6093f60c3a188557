/** The Compare lab without a page: its store against results in memory, its pictures, its words, and its charts as files. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { comparisonOf } from '../../../src/labs/compare/column.ts';
import { readPicks, writePicks } from '../../../src/labs/compare/compare-query.ts';
import { CompareSession, type NamedFile } from '../../../src/labs/compare/compare-session.ts';
import { forestOf, forestSvg, shareAt } from '../../../src/labs/compare/forest.ts';
import { rooflinePicture, timesPicture } from '../../../src/labs/compare/pictures.ts';
import { letterOf, ratioWords, reasonWords } from '../../../src/labs/compare/words.ts';
import type { Result } from '../../../src/session/results/result.ts';
import { ResultStore } from '../../../src/session/results/store.ts';
import { resultText } from '../../../src/session/results/write.ts';
import { fileSize, pictureSvg } from '../../../src/ui/charts/svg-file.ts';
import { madeUpBench, madeUpRace, madeUpSweep } from '../../support/results.ts';

const file = (name: string, text: string): NamedFile => ({ name, size: text.length, text: async () => text });
const fileOf = (name: string, result: Result): NamedFile => file(name, resultText(result, result.machine));
const bench = madeUpBench();
const settled = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 5));

/** There is no IndexedDB here, so the store has its memory only. */
function open(): { readonly session: CompareSession; readonly queries: string[] } {
  const queries: string[] = [];
  const store = new ResultStore();
  const session = new CompareSession({ results: async () => store, setQuery: (query) => void queries.push(query) });
  session.follow('');
  return { session, queries };
}

describe('the store of the Compare lab', () => {
  it('reads files, compares them in their order, and has the choice in the address', async () => {
    const { session, queries } = open();
    await session.openFiles([fileOf('a.json', bench), fileOf('b.json', { ...bench, machine: 'b' }), fileOf('r.json', madeUpRace())]);
    await settled();
    expect(session.items).toHaveLength(3);
    const { columns, together, found } = comparisonOf(session);
    expect(columns.map(({ letter }) => letter)).toEqual(['A', 'B', 'C']);
    expect(together.map(({ name }) => name)).toEqual([bench.machine, 'b']);
    expect(found.apart).toMatchObject([{ at: 2, reason: { why: 'kind' } }]);
    expect(readPicks(queries.at(-1) ?? '')).toEqual(session.picked);
  });

  it('never crashes on a damaged file, names it, and loses nothing of what was open', async () => {
    const text = resultText(bench, bench.machine);
    await fc.assert(
      fc.asyncProperty(fc.nat(text.length - 1), fc.integer({ min: 1, max: 60 }), fc.string({ maxLength: 3 }), async (at, removed, put) => {
        const { session } = open();
        await session.openFiles([fileOf('first.json', bench)]);
        await session.openFiles([file('damaged.json', text.slice(0, at) + put + text.slice(at + removed))]);
        await settled();
        const bad = session.troubles.filter(({ kind }) => kind === 'unreadable');
        for (const one of bad) expect(one).toMatchObject({ sentence: expect.stringMatching(/^damaged[.]json/) as string });
        expect(session.items?.length).toBe(bad.length > 0 ? 1 : session.items?.length);
        expect(comparisonOf(session).columns[0]?.name).toBe(bench.machine);
      }),
      { seed: 3, numRuns: 25 },
    );
  });

  it('reads its own collection again, with names and notes; of a damaged one it names the result', async () => {
    const { session } = open();
    await session.openFiles([fileOf('a.json', bench), fileOf('s.json', madeUpSweep())]);
    await settled();
    const [id = ''] = session.picked;
    await session.edit(id, { name: 'first', note: 'on battery' });
    await settled();
    const text = await session.collection();
    const other = open().session;
    await other.openFiles([file('all.json', text)]);
    await settled();
    expect(other.items?.map(({ kept }) => kept?.note).sort()).toEqual(['', 'on battery']);
    await other.openFiles([file('bad.json', text.replace('"kind":"sweep"', '"kind":"swept"'))]);
    expect(other.troubles).toMatchObject([{}, { sentence: expect.stringMatching(/^bad[.]json, result [12]: kind/) as string }]);
  });
});

describe('what the Compare lab shows', () => {
  const color = (name: string): string => (name === 'card' ? '#ffffff' : '#000000');

  it('has charts as files in which nothing of a name is markup', async () => {
    const { session } = open();
    await session.openFiles([fileOf('a.json', { ...bench, machine: '<script>&"' }), fileOf('b.json', bench)]);
    await settled();
    const comparison = comparisonOf(session);
    const forest = forestOf(comparison);
    expect(forest.groups.map(({ rows }) => rows.length)).toEqual([2, 2, 2, 2, 2]);
    const pictures = [timesPicture(comparison.together), rooflinePicture(comparison.together)];
    const files = [forestSvg(forest, color), ...pictures.flatMap((picture) => (picture ? [pictureSvg(picture, fileSize, color)] : []))];
    expect(files).toHaveLength(3);
    for (const svg of files) expect(svg).not.toMatch(/NaN|<script|undefined/);
    expect(files[0]).toContain('&lt;script&gt;&amp;&quot;');
  });

  it('has 1 in its place on the axis, and the winner’s factor above it', () => {
    expect(shareAt(1, { from: 0.1, to: 10, ticks: [] })).toBeCloseTo(0.5, 9);
    expect(ratioWords({ ratio: 0.5, ci95: [0.4, 0.6] })).toMatchObject({ winner: 'cpu', figure: '2.0×' });
    expect(ratioWords({ ratio: 1.1, ci95: [0.9, 1.2] })).toMatchObject({ winner: null, figure: 'no measurable difference' });
    expect(reasonWords({ why: 'seed', one: '1', other: '2' })).toBe('it has another seed: 2, and not 1');
    expect(letterOf(29)).toBe('AD');
    expect(readPicks(writePicks(['a:b', 'c&d']))).toEqual(['a:b', 'c&d']);
  });
});
