/** `downhill compare` from its arguments to its exit code, with files that are right, unlike, later, damaged and missing. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, afterEach, describe, expect, it, vi } from 'vitest';
import { letterOf } from '../../src/cli/compare-table.ts';
import { main } from '../../src/cli/downhill.ts';
import { collectionText } from '../../src/session/results/collection.ts';
import type { Result } from '../../src/session/results/result.ts';
import { resultText } from '../../src/session/results/write.ts';
import { madeUpBench, madeUpRace, madeUpSweep } from '../support/results.ts';

const folder = mkdtempSync(join(tmpdir(), 'downhill-compare-'));

function fileOf(name: string, content: Result | string): string {
  const path = join(folder, name);
  writeFileSync(path, typeof content === 'string' ? content : resultText(content, content.machine));
  return path;
}

async function compare(...args: readonly string[]): Promise<{ readonly code: number; readonly out: string; readonly err: string }> {
  const said = { out: '', err: '' };
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => Boolean((said.out += String(text))));
  vi.spyOn(process.stderr, 'write').mockImplementation((text) => Boolean((said.err += String(text))));
  const code = await main(['compare', ...args]);
  vi.restoreAllMocks();
  return { code, ...said };
}

describe('downhill compare', () => {
  const bench = madeUpBench();
  const other: Result = {
    ...bench,
    machine: 'a\u001b[2Jlaptop',
    environment: { ...bench.environment, logicalCores: 64, takenAt: '2026-03-01T00:00:00.000Z' },
  };
  const [one, two] = [fileOf('one.json', bench), fileOf('two.json', other)];
  const race = fileOf('race.json', madeUpRace());

  afterEach(() => vi.restoreAllMocks());
  afterAll(() => rmSync(folder, { recursive: true }));

  it('lays two machines side by side: speed-ups with intervals, times, and in what the places differ', async () => {
    const { code, out } = await compare(one, two);
    expect(code).toBe(0);
    expect(out).toMatch(/logistic 12288×209 +A +2[.]\d+× \(\d/);
    expect(out).toMatch(/\n +B +2[.]\d+× .* 2[.]0\d* \(gpu\) .*\(wasm\) +WRONG: reference/);
    expect(out).toMatch(/logicalCores:\n {2}A .*\n {2}B {2}64\n/);
    expect(out).not.toContain('\u001b');
    expect(out).not.toContain('takenAt');
  });

  it('gives programs the same as JSON, to a file or to standard output', async () => {
    const path = join(folder, 'out.json');
    const { out } = await compare(one, two, '--json', '-');
    expect((await compare(one, two, '--json', path)).out).toContain('score');
    expect(readFileSync(path, 'utf8')).toBe(out);
    const read = JSON.parse(out) as { works: { name: string; cells: unknown[] }[]; together: string[]; differences: { key: string }[] };
    expect(read).toMatchObject({ schema: 1, kind: 'comparison', together: [one, two], notComparable: [] });
    expect(read.works.map(({ name }) => name)).toEqual(bench.workloads.map(({ name }) => name));
    expect(read.works[0]?.cells).toMatchObject([{ file: one, speedup: bench.workloads[0]?.speedup && { against: 'wasm' } }, { file: two }]);
    expect(read.differences.map(({ key }) => key)).toEqual(['logicalCores']);
  });

  it('says why something is not comparable, shows the rest, and exits with 1', async () => {
    const { code, out } = await compare(one, race, two);
    expect(code).toBe(1);
    expect(out).toContain(`B (${race}) is not comparable with A: the kind differs: bench there, race here.`);
    expect(out).toMatch(/logistic 12288×209 +A .*\n +C /);
    const sweep = madeUpSweep();
    const larger = { ...sweep, settings: { ...sweep.settings, learningRate: 0.25 } };
    const sweeps = await compare(fileOf('s.json', sweep), fileOf('t.json', larger));
    expect(sweeps.code).toBe(1);
    expect(sweeps.out).toContain('the work differs in learningRate');
  });

  it('refuses what it cannot use with 2, and names it', async () => {
    const missing = join(folder, 'missing.json');
    expect(await compare(one, missing)).toMatchObject({ code: 2, out: '', err: expect.stringContaining(missing) as string });
    expect(await compare(one)).toMatchObject({ code: 2, err: expect.stringContaining('two or more results') as string });
    expect(await compare()).toMatchObject({ code: 2 });
    const later = fileOf('later.json', resultText(bench).replace('"schema": 1', '"schema": 3'));
    expect(await compare(later, one)).toMatchObject({
      code: 2,
      err: expect.stringMatching(/later[.]json: schema: .*newer Downhill/) as string,
    });
  });

  it('takes every result of a collection, and names a damaged one in it', async () => {
    const filed = { name: '', note: '', pinned: false };
    const all = collectionText([
      { ...filed, result: other },
      { ...filed, result: bench, name: 'mine' },
      { ...filed, result: madeUpRace() },
    ]);
    const path = fileOf('all.json', all);
    const whole = await compare(one, path);
    expect(whole.code).toBe(1);
    expect(whole.out).toMatch(new RegExp(`B +${path}, result 1 .*\n *C +${path}, result 2 \\(mine\\)`));
    expect(whole.out).toContain(`D (${path}, result 3) is not comparable with A: the kind differs`);
    expect(
      (
        await compare(
          fileOf(
            'two-of-them.json',
            collectionText([
              { ...filed, result: bench },
              { ...filed, result: other },
            ]),
          ),
        )
      ).code,
    ).toBe(0);
    const damaged = fileOf('damaged-all.json', all.replace('"kind":"race"', '"kind":"raced"'));
    const rest = await compare(one, damaged);
    expect(rest).toMatchObject({ code: 1, err: expect.stringMatching(/damaged-all[.]json, result 3: kind: expected/) as string });
    expect(rest.out).toMatch(/\n +C /);
  });

  it('never crashes on a damaged file, and always names it', async () => {
    const text = resultText(bench, 'x');
    await fc.assert(
      fc.asyncProperty(fc.nat(text.length - 1), fc.nat(40), fc.string({ maxLength: 3 }), async (at, removed, put) => {
        const damaged = fileOf('damaged.json', text.slice(0, at) + put + text.slice(at + removed));
        const { code, err } = await compare(one, damaged);
        expect([0, 1, 2]).toContain(code);
        if (code === 2) expect(err).toMatch(/^\S*damaged[.]json: .*expected/);
        else expect(err).toBe('');
      }),
      { seed: 7, numRuns: 60 },
    );
  });

  it('has letters for any number of files', () => {
    expect([0, 25, 26, 51, 52].map(letterOf)).toEqual(['A', 'Z', 'AA', 'AZ', 'BA']);
  });
});
