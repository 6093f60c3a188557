/** When a kernel can be adopted in the Kernels lab: only a text that passed, as it stands; and why not, where it cannot. */
import { describe, expect, it } from 'vitest';
import type { Catalogue, GateFinding, KernelFile, RunReport, RunRequest } from '../../../src/session/kernels/protocol.ts';
import { KernelsSession, type Surroundings } from '../../../src/labs/kernels/kernels-session.ts';
import { notAdoptable, type NotAdoptable } from '../../../src/labs/kernels/kernels-state.ts';
import { notAdoptableText } from '../../../src/labs/kernels/words.ts';
import { Adoption } from '../../../src/ui/adoption/adoption.ts';
import { emptyRace } from '../../../src/ui/race-state.ts';

const contract = {
  ...{
    id: 'tiny',
    entryPoint: 'main',
    formula: '',
    twin: '',
    bindings: [],
    sliders: {},
    timed: [{ m: 1 }],
    sizes: [[]],
    libraries: [],
    feature: null,
  },
};
const kernel = (file: string, kind: KernelFile['kind'], trains: boolean): KernelFile => ({
  ...{ file, kind, trains, text: `${file} of the tree`, contracts: [contract], solution: null },
});
const catalogue: Catalogue = {
  files: [kernel('matmul.wgsl', 'kernel', true), kernel('fma.wgsl', 'kernel', false), kernel('lesson/tile.wgsl', 'lesson', false)],
  twins: {},
};
const right: GateFinding = { kind: 'right', trials: 1, compared: 1, largest: 0 };

interface Opened {
  readonly session: KernelsSession;
  readonly adoption: Adoption;
  /** What the worker answers next. */
  gate: GateFinding;
  why(): NotAdoptable | null;
}

async function open(file: string, hasGpu = true): Promise<Opened> {
  const desk = {
    ...{ lab: 'kernels', race: emptyRace, reset: () => undefined, whenAway: () => Promise.resolve(), subscribe: () => () => undefined },
  };
  const adoption = new Adoption(desk);
  const opened = { gate: right };
  const makeClient: Surroundings['makeClient'] = () => ({
    catalogue: () => Promise.resolve(catalogue),
    switchOn: () =>
      Promise.resolve(
        hasGpu ? { kind: 'gpu', name: '', software: true, features: [], offers: [] } : { kind: 'none', why: 'no-webgpu', detail: '' },
      ),
    compile: () => Promise.resolve({ complaints: [], elapsedMs: 1 }),
    run: (_: RunRequest): Promise<RunReport> => Promise.resolve({ gate: opened.gate, time: null }),
    stop: () => Promise.resolve(),
    losses: () => Promise.resolve({ abandoned: 0, lost: 0 }),
  });
  const session = new KernelsSession({
    ...{ makeClient, adoption, setQuery: () => undefined, whenQuiet: () => Promise.resolve(), linkedText: () => Promise.resolve(null) },
    shelf: { all: () => Promise.resolve([]), put: () => undefined, remove: () => undefined },
  });
  session.follow(`file=${file}`);
  while (session.state.processor === null) await new Promise((resolve) => setTimeout(resolve));
  return Object.assign(opened, { session, adoption, why: () => notAdoptable(session.state, session.settings) });
}

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

  it('says so where nothing trains by the file, and where there is no GPU', async () => {
    expect((await open('lesson/tile.wgsl')).why()).toBe('exercise');
    expect((await open('fma.wgsl')).why()).toBe('does-not-train');
    expect((await open('matmul.wgsl', false)).why()).toBe('no-gpu');
    const all: readonly NotAdoptable[] = ['no-gpu', 'exercise', 'does-not-train', 'unedited', 'adopted', 'running', 'not-passed'];
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
