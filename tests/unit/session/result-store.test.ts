/** Results that are kept: through reloads, in a browser that keeps nothing or is full, and when what was kept is damaged. */
import { openDB } from 'idb';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ResultFileError } from '../../../src/session/results/errors.ts';
import { ResultStore } from '../../../src/session/results/store.ts';
import { madeUpBench, madeUpRace, madeUpSweep } from '../../support/results.ts';
import { withIndexedDb } from '../../support/indexed-db.ts';

const race = madeUpRace();

withIndexedDb();

describe('kept results', () => {
  let store: ResultStore;

  beforeEach(() => {
    store = new ResultStore();
  });

  afterEach(async () => {
    vi.restoreAllMocks();
    await store.close();
    indexedDB.deleteDatabase('downhill-results');
  });

  /** As after a reload. */
  async function again(): Promise<ResultStore> {
    await store.close();
    store = new ResultStore();
    return store;
  }

  it('are there after a reload, newest first and pinned before all, with name and note', async () => {
    vi.spyOn(Date, 'now').mockReturnValueOnce(1).mockReturnValueOnce(2).mockReturnValueOnce(3);
    for (const [id, result] of Object.entries({ race, bench: madeUpBench(), sweep: madeUpSweep() })) {
      expect(await store.keep(id, result, result.machine)).toBe(true);
    }
    await store.edit('race', { pinned: true, name: '<b>first</b>', note: 'on battery' });
    const list = await (await again()).list();
    expect(list.map(({ id }) => id)).toEqual(['race', 'sweep', 'bench']);
    expect(list[0]).toMatchObject({ name: '<b>first</b>', note: 'on battery', brief: { kind: 'race', set: race.settings.set } });
    expect(await store.load('race', 'race')).toEqual(race);
    expect(store.trouble).toBeNull();
  });

  it('of a run that went on are replaced, and stay what their owner made of them', async () => {
    await store.keep('a', race, 'x');
    await store.edit('a', { name: 'mine', pinned: true });
    await store.keep('a', { ...race, hiddenRounds: 3 }, 'x');
    expect(await store.list()).toMatchObject([{ name: 'mine', pinned: true, brief: { machine: 'x' } }]);
    expect(await store.load('a', 'a')).toMatchObject({ hiddenRounds: 3, machine: 'x' });
  });

  it('lose nothing of what their owner changes in one go, nor when the run goes on meanwhile', async () => {
    await store.keep('a', race, 'x');
    await Promise.all([
      store.edit('a', { name: 'mine' }),
      store.edit('a', { note: 'on battery' }),
      store.keep('a', { ...race, hiddenRounds: 3 }, 'x'),
      store.edit('a', { pinned: true }),
    ]);
    expect(await (await again()).list()).toMatchObject([{ name: 'mine', note: 'on battery', pinned: true }]);
    expect(await store.load('a', 'a')).toMatchObject({ hiddenRounds: 3 });
  });

  it('are deleted, and put back', async () => {
    await store.keep('a', race, '');
    const [entry] = await store.list();
    const result = await store.load('a', 'a');
    await store.delete('a');
    expect(await store.list()).toEqual([]);
    expect(await store.load('a', 'a')).toBeNull();
    if (!entry || !result) throw new Error('nothing was kept');
    await store.restore({ ...entry, note: 'back' }, result);
    expect(await (await again()).list()).toMatchObject([{ id: 'a', note: 'back' }]);
  });

  it('stay for the visit where the disk is full, and say why', async () => {
    await store.keep('a', race, '');
    let told = 0;
    store.subscribe(() => told++);
    const full = vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(() => {
      throw new DOMException('the disk is full', 'QuotaExceededError');
    });
    expect(await store.keep('b', madeUpBench(), 'y')).toBe(false);
    expect(store.trouble).toEqual({ isFull: true, words: 'the disk is full' });
    expect(told).toBe(1);
    expect((await store.list()).map(({ id }) => id).sort()).toEqual(['a', 'b']);
    expect(await store.load('b', 'b')).toMatchObject({ kind: 'bench', machine: 'y' });
    await store.edit('b', { note: 'still here' });
    full.mockRestore();
    expect((await (await again()).list()).map(({ id }) => id)).toEqual(['a']);
  });

  it('stay for the visit where there is no IndexedDB', async () => {
    vi.stubGlobal('indexedDB', undefined);
    const other = new ResultStore();
    expect(await other.keep('a', race, '')).toBe(false);
    expect(other.trouble).not.toBeNull();
    expect(await other.list()).toHaveLength(1);
    await other.delete('a');
    expect(await other.list()).toEqual([]);
    vi.unstubAllGlobals();
  });

  it('are looked at again when they are read', async () => {
    await store.keep('a', race, '');
    const database = await openDB('downhill-results', 1);
    await database.put('texts', '{"schema":1,"kind":"race"}', 'a');
    database.close();
    await expect(store.load('a', 'my race')).rejects.toThrow(ResultFileError);
    await expect(store.load('a', 'my race')).rejects.toThrow(/^my race: /);
    expect(await store.list()).toHaveLength(1);
  });
});
