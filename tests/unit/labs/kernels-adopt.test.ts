/** When a kernel can be adopted in the Kernels lab: only a text that passed, as it stands; and why not, where it cannot. */
import { describe, expect, it } from 'vitest';
import { isOutdated, type NotAdoptable } from '../../../src/labs/kernels/kernels-state.ts';
import { notAdoptableText } from '../../../src/labs/kernels/words.ts';
import { open, right } from '../../support/kernels-lab.ts';

describe('adopting', () => {
  it('takes a text that passed, and asks for another run after a further edit', async () => {
    const { session, adoption, why } = await open('matmul.wgsl');
    expect(why()).toBe('unedited');
    await session.run();
    expect(why()).toBe('unedited');
    session.type('an edit');
    expect(why()).toBe('not-passed');
    session.adopt();
    expect(adoption.kernels).toBeUndefined();
    const running = session.run();
    expect(why()).toBe('running');
    await running;
    expect(why()).toBeNull();
    session.type('another edit');
    expect(why()).toBe('not-passed');
    session.type('an edit');
    expect(why()).toBeNull();
    session.adopt();
    expect(adoption.kernels).toEqual({ 'matmul.wgsl': 'an edit' });
    expect(why()).toBe('adopted');
    session.type('another edit');
    expect(why()).toBe('not-passed');
    session.builtIn();
    expect(adoption.kernels).toBeUndefined();
  });

  it('takes nothing that the gate found wrong, nor what passed for another file', async () => {
    const opened = await open('matmul.wgsl');
    const { session, why } = opened;
    session.type('an edit');
    opened.gate = { kind: 'endless', contract: 'tiny', shape: {}, file: 'matmul.wgsl', line: 1, keyword: 'loop', turns: 65_536 };
    await session.run();
    expect(why()).toBe('not-passed');
    opened.gate = right;
    await session.run();
    expect(why()).toBeNull();
    session.openFile('fma.wgsl');
    session.type('an edit');
    expect(why()).toBe('does-not-train');
  });

  it('takes no text that passed with constants that the race does not have; another constant takes verdict and time back', async () => {
    const { session, why } = await open('matmul.wgsl');
    session.type('right with 32 threads only');
    session.choose('workgroupSize', 32);
    await session.run();
    expect(session.state.gate).toEqual(right);
    expect(why()).toBe('chosen');
    session.choose('workgroupSize', 64);
    expect(session.state).toMatchObject({ gate: null, time: null });
    expect(why()).toBe('chosen');
    session.unchoose();
    expect(why()).toBe('not-passed');
    await session.run();
    expect(why()).toBeNull();
    // what passed as the race has it goes on to count
    session.choose('workgroupSize', 32);
    expect(why()).toBeNull();
  });

  it('takes no text that gives a constant another default, with which alone it passed', async () => {
    const { session, why } = await open('matmul.wgsl');
    const builtIn = session.state.text;
    session.type(builtIn.replace('workgroupSize = 64u', 'workgroupSize = 32u'));
    expect(session.state.text).not.toBe(builtIn);
    await session.run();
    expect(session.state.gate).toEqual(right);
    expect(why()).toBe('chosen');
  });

  it('takes a text that passed where only its clock was stopped', async () => {
    const opened = await open('matmul.wgsl');
    const { session, why } = opened;
    session.type('an edit');
    opened.timing = new Promise(() => undefined);
    void session.run();
    while (session.state.phase !== 'timing') await new Promise((resolve) => setTimeout(resolve));
    session.stop();
    expect(session.state).toMatchObject({ phase: 'idle', gate: right });
    expect(why()).toBeNull();
  });

  it('says so where nothing trains by the file, and where there is no GPU', async () => {
    expect((await open('lesson/tile.wgsl')).why()).toBe('exercise');
    expect((await open('fma.wgsl')).why()).toBe('does-not-train');
    expect((await open('matmul.wgsl', false)).why()).toBe('no-gpu');
    const all: readonly NotAdoptable[] = ['no-gpu', 'exercise', 'does-not-train', 'unedited', 'adopted', 'chosen', 'running', 'not-passed'];
    expect(new Set(all.map(notAdoptableText)).size).toBe(all.length);
  });

  it('tells of a rollback beside its file', async () => {
    const { session, adoption } = await open('matmul.wgsl');
    adoption.adopt('matmul.wgsl', 'an edit');
    expect(session.state.adoption.kernels).toEqual({ 'matmul.wgsl': 'an edit' });
    adoption.rollBack({ files: ['matmul.wgsl'], why: { kind: 'too-long', seconds: 15 } });
    expect(session.state.adoption).toMatchObject({ kernels: {}, rolledBack: { 'matmul.wgsl': { text: 'an edit' } } });
  });
});

it('verdict and times are marked as of the text before as soon as that is changed, and the strip of past runs stays', async () => {
  const { session } = await open('matmul.wgsl');
  session.type('an edit');
  expect(isOutdated(session.state)).toBe(false);
  await session.run();
  expect(isOutdated(session.state)).toBe(false);
  session.type('another edit');
  expect(isOutdated(session.state)).toBe(true);
  expect(session.state.past).toHaveLength(1);
  session.type('an edit');
  expect(isOutdated(session.state)).toBe(false);
  session.type('another edit');
  await session.run();
  expect(isOutdated(session.state)).toBe(false);
  expect(session.state.past).toHaveLength(2);
});
