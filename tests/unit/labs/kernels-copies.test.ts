/** The reader's own copies of kernels, in two tabs and after they were deleted; and kernels that come with a link. */
import { afterEach, describe, expect, it } from 'vitest';
import { BrowserShelf } from '../../../src/labs/kernels/own-copies.ts';
import { open, type Opened } from '../../support/kernels-lab.ts';
import { withIndexedDb } from '../../support/indexed-db.ts';

withIndexedDb();

const file = 'matmul.wgsl';

async function texts(): Promise<Readonly<Record<string, string>>> {
  return Object.fromEntries((await new BrowserShelf().all()).map(({ name, text }) => [name, text]));
}

const tab = (): Promise<Opened> => open(file, true, { shelf: new BrowserShelf() });

describe('copies', () => {
  afterEach(async () => {
    const shelf = new BrowserShelf();
    for (const { name } of await shelf.all()) shelf.remove(name);
    expect(await shelf.all()).toEqual([]);
  });

  it('of two tabs have names of their own', async () => {
    const [one, other] = [await tab(), await tab()];
    one.session.type('of one tab');
    await one.session.copy();
    other.session.type('of the other');
    await other.session.copy();
    expect([one.session.state.copy, other.session.state.copy]).toEqual(['matmul-1', 'matmul-2']);
    other.session.type('of the other, changed');
    expect(await texts()).toEqual({ 'matmul-1': 'of one tab', 'matmul-2': 'of the other, changed' });
  });

  it('take in what was typed while they were written', async () => {
    const { session } = await tab();
    session.type('a kernel');
    const kept = session.copy();
    session.type('a kernel, changed');
    await kept;
    expect(session.state).toMatchObject({ copy: 'matmul-1', text: 'a kernel, changed' });
    expect(await texts()).toEqual({ 'matmul-1': 'a kernel, changed' });
  });

  it('that were deleted can be had back, under another name where theirs was taken meanwhile', async () => {
    const { session } = await tab();
    session.type('dear');
    await session.copy();
    session.remove();
    expect(session.state).toMatchObject({ copy: null, copies: [], deleted: { name: 'matmul-1' } });
    expect(await texts()).toEqual({});
    await session.undoRemove();
    expect(session.state).toMatchObject({ copy: 'matmul-1', text: 'dear', deleted: null });
    session.remove();
    session.type('another');
    await session.copy();
    await session.undoRemove();
    expect(await texts()).toEqual({ 'matmul-1': 'another', 'matmul-2': 'dear' });
    expect(session.state).toMatchObject({ copy: 'matmul-1', text: 'another' });
  });
});

describe('a link', () => {
  it('that is followed later brings its kernel too, which does not run; one that cannot be read is said once', async () => {
    let linked: () => Promise<string | null> = () => Promise.resolve(null);
    const { session } = await open(file, true, { linkedText: () => linked() });
    session.type('a text of the reader');
    linked = () => Promise.resolve('a text of a friend');
    await session.followLink();
    expect(session.state).toMatchObject({ text: 'a text of a friend', fromLink: true, phase: 'idle', gate: null });
    linked = () => Promise.reject(new RangeError('unreadable'));
    await session.followLink();
    await session.followLink();
    expect(session.notes.map(({ key }) => key)).toEqual(['kernel']);
    expect(session.state.text).toBe('a text of a friend');
    linked = () => Promise.resolve(null);
    await session.followLink();
    expect(session.notes).toEqual([]);
  });

  it('is not followed again when the worker is started anew: what was typed since stays', async () => {
    const { session } = await open(file, true, { linkedText: () => Promise.resolve('a text of a friend') });
    session.type('a text of a friend, changed');
    session.restart();
    while (session.state.catalogue === null) await new Promise((resolve) => setTimeout(resolve));
    await new Promise((resolve) => setTimeout(resolve));
    expect(session.state.text).toBe('a text of a friend, changed');
  });
});
