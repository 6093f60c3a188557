/** When a kernel can be adopted in the Kernels lab: only a text that passed, as it stands; and why not, where it cannot. */
import { describe, expect, it } from 'vitest';
import type {
  Catalogue,
  GateFinding,
  KernelFile,
  RunProgress,
  RunReport,
  RunRequest,
  TimeReport,
} from '../../../src/session/kernels/protocol.ts';
import { KernelsSession, type Surroundings } from '../../../src/labs/kernels/kernels-session.ts';
import { isOutdated, notAdoptable, type NotAdoptable } from '../../../src/labs/kernels/kernels-state.ts';
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

const timeOf = (name: string): TimeReport => ({
  ...{ contract: 'tiny', shape: { m: 1 }, work: { flops: 1, bytes: 1 }, ceilings: null, cpuCeilings: {} },
  lanes: [{ name, kind: 'edited', ms: { median: 1, low: 1, high: 1 }, blocks: 5, dispatchesPerBlock: 1, ratio: null, why: null }],
  ...{ readBackFloorMs: 0, clockResolutionMs: 0 },
});

interface Opened {
  readonly session: KernelsSession;
  readonly adoption: Adoption;
  /** What the worker answers next. */
  gate: GateFinding;
  /** How long the clock takes. */
  timing: Promise<void>;
  why(): NotAdoptable | null;
}

async function open(file: string, hasGpu = true): Promise<Opened> {
  const desk = {
    ...{ lab: 'kernels', race: emptyRace, reset: () => undefined, whenAway: () => Promise.resolve(), subscribe: () => () => undefined },
  };
  const adoption = new Adoption(desk);
  const opened = { gate: right, timing: Promise.resolve() };
  const makeClient: Surroundings['makeClient'] = () => ({
    catalogue: () => Promise.resolve(catalogue),
    switchOn: () =>
      Promise.resolve(
        hasGpu ? { kind: 'gpu', name: '', software: true, features: [], offers: [] } : { kind: 'none', why: 'no-webgpu', detail: '' },
      ),
    compile: () => Promise.resolve({ complaints: [], elapsedMs: 1 }),
    run: async ({ text }: RunRequest, tell: (progress: RunProgress) => void): Promise<RunReport> => {
      tell({ kind: 'checked', gate: opened.gate, elapsedMs: 1 });
      await opened.timing;
      return { gate: opened.gate, time: opened.gate.kind === 'right' ? timeOf(text) : null };
    },
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
    opened.gate = { kind: 'endless', contract: 'tiny', shape: {}, file: 'matmul.wgsl', line: 1, keyword: 'loop' };
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
