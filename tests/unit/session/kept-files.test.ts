/** Files that are kept in the browser: those of one name do not meet, and a line finds the set that it means again. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { reopenOwn } from '../../../src/data/own/reopen.ts';
import { deleteKept, KeepError, keepSet, keptFor, listKept, namesOf, type KeptSet, type SetFiles } from '../../../src/session/own/kept.ts';
import { readOwn } from '../../../src/session/own/read-own.ts';
import { keptName } from '../../../src/ui/own/kept-name.ts';
import { fileOf } from '../../support/own-files.ts';
import { FakeFolder } from '../../support/private-files.ts';

const csv = (count: number, by = 1): string =>
  `x,y\n${Array.from({ length: count }, (_, i) => `${i * by},${i % 2 ? 'yes' : 'no'}`).join('\n')}\n`;
const setOf = (train: string, test?: string, name = 'data.csv'): SetFiles => ({
  train: [fileOf(name, train)],
  test: test === undefined ? [] : [fileOf(name, test)],
});
const lineOf = async ({ train, test }: SetFiles): Promise<string> =>
  (await readOwn({ files: train, test: test.length > 0 ? test : null, label: 'y' }, { decode: null })).text;
const textOf = ({ train, test }: SetFiles): Promise<readonly string[]> => Promise.all([...train, ...test].map(({ blob }) => blob.text()));

describe('kept files', () => {
  let isFull = false;

  beforeEach(() => {
    const root = new FakeFolder(() => isFull);
    isFull = false;
    vi.stubGlobal('navigator', { storage: { getDirectory: () => Promise.resolve(root) } });
  });
  afterEach(() => vi.unstubAllGlobals());

  it('of a training and a test part of one name are both there, and opened again as what they were', async () => {
    const files = setOf(csv(40), csv(10));
    const line = await lineOf(files);
    await keepSet(files);
    const [kept, ...more] = await keptFor(line);
    if (!kept) throw new Error('nothing was kept');
    expect(more).toEqual([]);
    expect(await textOf(kept)).toEqual([csv(40), csv(10)]);
    const data = await reopenOwn({ files: kept.train, test: kept.test }, line, { decode: null });
    expect([data.train.m, data.test?.m]).toEqual([40, 10]);
    expect(keptName(kept, [kept])).toBe('data.csv, tested on data.csv');
  });

  it('of one name are one set where they are the same, and stay beside each other where not', async () => {
    const asLong = csv(40).replace('39,', '38,');
    for (const one of [csv(40), csv(30), csv(40), csv(40, 2), asLong]) await keepSet(setOf(one));
    const all = await listKept();
    expect((await Promise.all(all.map(textOf))).flat().sort()).toEqual([csv(40), csv(30), csv(40, 2), asLong].sort());
    expect(new Set(all.map(({ id }) => id)).size).toBe(4);
    expect(keptName(all[0] as KeptSet, all)).toMatch(/^data[.]csv, kept /);
    const [one] = all;
    if (one) await deleteKept(one.id);
    expect(await listKept()).toHaveLength(3);
    await keepSet(setOf(csv(20)));
    expect(await listKept()).toHaveLength(4);
  });

  it('of several arrays come in the order in which the line names them', async () => {
    await keepSet({ train: [fileOf('x.npy', 'x'), fileOf('y.npy', 'y')], test: [] });
    expect(await keptFor('binary*y.npy*4x2**y*x*cm*1*')).toEqual([]);
    const [kept] = await keptFor('binary*y.npy + x.npy*4x2**y*x*cm*1*');
    expect(kept && namesOf(kept.train)).toBe('y.npy + x.npy');
  });

  it('of an earlier version, which lie beside the folders, are there too', async () => {
    const root = await navigator.storage.getDirectory();
    const handle = await (await root.getDirectoryHandle('own-files', { create: true })).getFileHandle('old.csv', { create: true });
    await new Blob([csv(40)]).stream().pipeTo(await handle.createWritable());
    await keepSet(setOf(csv(40), undefined, 'new.csv'));
    expect((await listKept()).map(({ train }) => namesOf(train))).toEqual(['new.csv', 'old.csv']);
    expect(await keptFor(await lineOf(setOf(csv(40), undefined, 'old.csv')))).toHaveLength(1);
  });

  it('are not half there where the disk is full', async () => {
    await keepSet(setOf(csv(40)));
    isFull = true;
    await expect(keepSet(setOf(csv(30), csv(10)))).rejects.toThrow(KeepError);
    expect(await listKept()).toHaveLength(1);
  });
});

describe('two files of one name that are opened at once', () => {
  it('are told apart by the shape that the link speaks of, whichever comes first', async () => {
    const [train, test] = [fileOf('data.csv', csv(40)), fileOf('data.csv', csv(10))];
    const line = await lineOf({ train: [train], test: [test] });
    for (const files of [
      [train, test],
      [test, train],
    ]) {
      const data = await reopenOwn({ files, test: null }, line, { decode: null });
      expect([data.train.m, data.test?.m]).toEqual([40, 10]);
    }
    await expect(reopenOwn({ files: [train], test: null }, line, { decode: null })).rejects.toThrow('expected its test file “data.csv”');
  });
});
