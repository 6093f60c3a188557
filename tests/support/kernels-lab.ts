/** The Kernels lab's store with a worker that answers at once, for unit tests. */
import { Adoption } from '../../src/ui/adoption/adoption.ts';
import { emptyRace } from '../../src/ui/race-state.ts';
import { KernelsSession, type Surroundings } from '../../src/labs/kernels/kernels-session.ts';
import { notAdoptable, type NotAdoptable } from '../../src/labs/kernels/kernels-state.ts';
import type {
  Catalogue,
  GateFinding,
  KernelFile,
  RunProgress,
  RunReport,
  RunRequest,
  TimeReport,
} from '../../src/session/kernels/protocol.ts';

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
  ...{ file, kind, trains, text: `${file} of the tree: override workgroupSize = 64u;`, contracts: [contract], solution: null },
});
const catalogue: Catalogue = {
  files: [kernel('matmul.wgsl', 'kernel', true), kernel('fma.wgsl', 'kernel', false), kernel('lesson/tile.wgsl', 'lesson', false)],
  twins: {},
};
export const right: GateFinding = { kind: 'right', trials: 1, compared: 1, largest: 0 };

const timeOf = (name: string): TimeReport => ({
  ...{ contract: 'tiny', shape: { m: 1 }, work: { flops: 1, bytes: 1 }, ceilings: null, cpuCeilings: {} },
  lanes: [
    { name, kind: 'edited', ms: { median: 1, low: 1, high: 1 }, blocks: 5, dispatchesPerBlock: 1, ratio: null, overPlain: null, why: null },
  ],
  ...{ readBackFloorMs: 0, clockResolutionMs: 0 },
});

export interface Opened {
  readonly session: KernelsSession;
  readonly adoption: Adoption;
  /** What the worker answers next. */
  gate: GateFinding;
  /** How long the clock takes. */
  timing: Promise<void>;
  why(): NotAdoptable | null;
}

export async function open(file: string, hasGpu = true, others: Partial<Pick<Surroundings, 'shelf' | 'linkedText'>> = {}): Promise<Opened> {
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
    shelf: { all: () => Promise.resolve([]), add: () => Promise.resolve(true), put: () => undefined, remove: () => undefined },
    ...others,
  });
  session.follow(`file=${file}`);
  while (session.state.processor === null) await new Promise((resolve) => setTimeout(resolve));
  return Object.assign(opened, { session, adoption, why: () => notAdoptable(session.state, session.settings) });
}
