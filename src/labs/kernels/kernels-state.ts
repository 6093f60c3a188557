/** What the Kernels lab knows at one moment. Types, and what is derived from them; pure. */
import type {
  Catalogue,
  Complaint,
  Constants,
  ContractInfo,
  GateFinding,
  KernelFile,
  Processor,
  RunRequest,
  Shape,
  Switch,
  TimeReport,
} from '../../session/kernels/protocol.ts';
import { changedOverrides } from '../../session/kernels/overrides.ts';
import { nothingAdopted, type AdoptionState } from '../../ui/adoption/adoption-state.ts';

/** A kernel of the reader's own: a copy of a file of the tree, under a name. */
export interface OwnCopy {
  readonly name: string;
  /** File of the tree whose contract it keeps. */
  readonly file: string;
  readonly text: string;
}

/** One run that was right, in the strip of the last ones. */
export interface PastRun {
  readonly ms: number;
  readonly contract: string;
  /** As `shapeText` has it. */
  readonly shape: string;
}

export interface KernelsSettings {
  readonly file: string;
  /** Id of the contract that is timed; empty: the file's first. */
  readonly contract: string;
  /** Index into the contract's shapes. */
  readonly shape: number;
  /** Sizes in the place of that shape's, by name. */
  readonly sizes: Shape;
  /** Features that are switched on. */
  readonly on: readonly Switch[];
}

export interface KernelsState {
  readonly catalogue: Catalogue | null;
  readonly processor: Processor | null;
  readonly text: string;
  /** Which copy is open; null: the tree's own file. */
  readonly copy: string | null;
  readonly copies: readonly OwnCopy[];
  /** The copy that was deleted last, as long as it can be had back. */
  readonly deleted: OwnCopy | null;
  /** Null: not looked at yet, or nothing compiles here. */
  readonly complaints: readonly Complaint[] | null;
  /** From the last key to what the compiler said. */
  readonly compileMs: number;
  readonly phase: 'idle' | 'checking' | 'timing';
  readonly trial: string;
  readonly gate: GateFinding | null;
  readonly gateMs: number;
  /** The text that gate and times are about. */
  readonly judged: string;
  /** The text that passed gate and guard last with the constants that the race has, and the file that it was for. */
  readonly passed: { readonly file: string; readonly text: string } | null;
  readonly adoption: AdoptionState;
  readonly time: TimeReport | null;
  readonly firstTimeMs: number;
  readonly chosen: Constants;
  readonly past: readonly PastRun[];
  readonly failure: string | null;
  readonly abandoned: number;
  readonly lost: number;
  readonly fromLink: boolean;
  readonly vim: boolean;
  readonly solutionShown: boolean;
}

export const firstFile = 'matmul.wgsl';

export const defaultKernels: KernelsSettings = { file: firstFile, contract: '', shape: 0, sizes: {}, on: [] };

export const emptyKernels: KernelsState = {
  catalogue: null,
  processor: null,
  text: '',
  copy: null,
  copies: [],
  deleted: null,
  complaints: null,
  compileMs: 0,
  phase: 'idle',
  trial: '',
  gate: null,
  gateMs: 0,
  judged: '',
  passed: null,
  adoption: nothingAdopted,
  time: null,
  firstTimeMs: 0,
  chosen: {},
  past: [],
  failure: null,
  abandoned: 0,
  lost: 0,
  fromLink: false,
  vim: false,
  solutionShown: false,
};

export function fileOf({ catalogue }: KernelsState, { file }: KernelsSettings): KernelFile | null {
  return catalogue?.files.find((one) => one.file === file) ?? null;
}

export function contractIn(file: KernelFile | null, { contract }: KernelsSettings): ContractInfo | null {
  return file?.contracts.find(({ id }) => id === contract) ?? file?.contracts[0] ?? null;
}

/** The shape that is timed: the listed one, with the reader's sizes in it. */
export function timedShape(contract: ContractInfo | null, { shape, sizes }: KernelsSettings): Shape {
  return { ...contract?.timed[shape], ...sizes };
}

/** The text differs from the tree's. */
export function isEdited(state: KernelsState, settings: KernelsSettings): boolean {
  const file = fileOf(state, settings);
  return file !== null && file.text !== state.text;
}

/** Why the open text cannot be adopted now; null: it can be. */
export type NotAdoptable = 'no-gpu' | 'exercise' | 'does-not-train' | 'unedited' | 'adopted' | 'chosen' | 'running' | 'not-passed';

export function notAdoptable(state: KernelsState, settings: KernelsSettings): NotAdoptable | null {
  const file = fileOf(state, settings);
  if (state.processor?.kind !== 'gpu') return 'no-gpu';
  if (file?.kind === 'lesson') return 'exercise';
  if (!file?.trains) return 'does-not-train';
  if (!isEdited(state, settings)) return 'unedited';
  if (state.adoption.kernels[file.file] === state.text) return 'adopted';
  if (state.passed?.file === file.file && state.passed.text === state.text) return null;
  if (hasChosen(state) || hasRewritten(state, settings, state.text)) return 'chosen';
  return state.phase === 'idle' ? 'not-passed' : 'running';
}

/** Some constant is not what the race has. */
export function hasChosen({ chosen }: Pick<KernelsState, 'chosen'>): boolean {
  return Object.keys(chosen).length > 0;
}

/** The text gives an `override` another default, with which it is then checked. */
function hasRewritten(state: KernelsState, settings: Pick<KernelsSettings, 'file'>, text: string): boolean {
  const builtIn = state.catalogue?.files.find(({ file }) => file === settings.file)?.text ?? '';
  return Object.keys(changedOverrides(text, builtIn)).length > 0;
}

/** What passed, after one more verdict. */
export function passedAfter(state: KernelsState, request: RunRequest, gate: GateFinding): KernelsState['passed'] {
  const { passed } = state;
  const { file, text } = request;
  if (hasChosen(request) || hasRewritten(state, request, text)) return passed;
  if (gate.kind === 'right') return { file, text };
  return passed?.file === file && passed.text === text ? null : passed;
}

/** Gate and times are of a text that has been changed since. */
export function isOutdated({ gate, time, judged, text }: KernelsState): boolean {
  return (gate !== null || time !== null) && judged !== text;
}

export function shapeText(shape: Readonly<Record<string, number>>): string {
  return Object.entries(shape)
    .map(([name, value]) => `${name} ${value.toLocaleString('en')}`)
    .join(', ');
}
