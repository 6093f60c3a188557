/** The Compare lab without a page: its store against results in memory, its pictures, its words, and its charts as files. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { comparisonOf } from '../../../src/labs/compare/column.ts';
import { readPicks, writePicks } from '../../../src/labs/compare/compare-query.ts';
import { CompareSession } from '../../../src/labs/compare/compare-session.ts';
import type { NamedFile } from '../../../src/labs/compare/keep-files.ts';
import { forestOf, forestSvg, shareAt } from '../../../src/labs/compare/forest.ts';
import { rooflinePicture, timesPicture } from '../../../src/labs/compare/pictures.ts';
import { compareNotices } from '../../../src/labs/compare/notice-sentences.ts';
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
function open(): { readonly session: CompareSession; readonly queries: string[]; readonly store: ResultStore } {
  const queries: string[] = [];
  const store = new ResultStore();
  const session = new CompareSession({ results: async () => store, setQuery: (query) => void queries.push(query) });
  session.follow('');
  return { session, queries, store };
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

  it('says of what is no result where it belongs, and reads what else was dropped', async () => {
    const { session } = open();
    const binary = file('matrix', '\u0089HDF\r\n');
    await session.openFiles([file('things.csv', 'a,b\n1,2\n'), binary, fileOf('a.txt', bench), file('half.json', 'half')]);
    await settled();
    expect(session.items).toHaveLength(1);
    expect(session.troubles).toMatchObject([
      { kind: 'no-result', id: 'things.csv' },
      { kind: 'no-result', id: 'matrix' },
      { kind: 'unreadable', id: 'half.json' },
      { kind: 'opened' },
    ]);
    expect(compareNotices(session)[1]?.text).toMatch(/^“things[.]csv” is no results file[.] .* Train, Scale or Activations lab/);
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
    const third = open().session;
    await third.openFiles([file('bad.json', text.replace('"kind":"sweep"', '"kind":"swept"'))]);
    await settled();
    expect(third.troubles).toMatchObject([{ sentence: expect.stringMatching(/^bad[.]json, result [12]: kind/) as string }, { count: 1 }]);
    expect(third.items).toMatchObject([{ kept: { name: 'first', brief: { kind: 'bench' } } }]);
  });

  it('knows a result again that it made itself, and keeps what its owner wrote of it', async () => {
    const { session, store } = open();
    await store.keep('race-1', madeUpRace(), 'mine');
    await store.keep('bench-1', bench, bench.machine);
    await store.edit('bench-1', { note: 'on battery' });
    await settled();
    const text = await session.collection();
    await store.edit('bench-1', { note: 'on mains' });
    await session.openFiles([file('all.json', text), fileOf('again.json', { ...madeUpRace(), machine: 'mine' })]);
    await settled();
    expect(session.items?.map(({ id, kept }) => [id, kept?.note]).sort()).toEqual([
      ['bench-1', 'on mains'],
      ['race-1', ''],
    ]);
    expect([...session.picked].sort()).toEqual(['bench-1', 'race-1']);
    // a race that went on is another result
    await session.openFiles([fileOf('on.json', { ...madeUpRace(), machine: 'mine', hiddenRounds: 7 })]);
    await settled();
    expect(session.items).toHaveLength(3);
  });

  it('has what was imported newest first, by when it was kept or taken', async () => {
    const at = (day: number): Result => ({ ...bench, environment: { ...bench.environment, takenAt: `2026-02-0${day}T00:00:00.000Z` } });
    const { session, store } = open();
    for (const day of [1, 2, 3]) await store.keep(`bench-${day}`, at(day), '', Date.UTC(2026, 1, day));
    await settled();
    const text = await session.collection();
    const older = text.replaceAll(/,"keptAt":\d+/g, '');
    expect(older).not.toContain('keptAt');
    for (const content of [text, older]) {
      const other = open().session;
      await other.openFiles([file('all.json', content)]);
      await settled();
      expect(other.items?.map(({ brief }) => brief?.takenAt.slice(8, 10))).toEqual(['03', '02', '01']);
    }
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
