/** What is timed beside an edited kernel: the same file as the tree has it, its rivals of the same family, and the CPU's lanes. */
import type { Ledger } from '../../engine/gpu/arena.ts';
import type { WasmEngine } from '../../engine/cpu/wasm/engine.ts';
import type { Rates } from '../protocol.ts';
import { compare } from './compare.ts';
import { constantsOf, type Contract, type Shape, type Trial } from './gate/contract.ts';
import { contracts } from './gate/table.ts';
import { lessons } from './lessons.ts';
import { keyOf, passGate, Pipelines, runsOn, type GateOptions, type PipelineShelf } from './gate-run.ts';
import type { GateFinding, LaneTime, TimeReport } from './protocol.ts';
import { isResolved, ratioOf, spreadOf, timeInRounds, type LaneBlocks, type RoundOptions, type TimedLane } from './rounds.ts';
import { TrialRun } from './trial.ts';

export interface TimingOptions extends RoundOptions {
  readonly device: GPUDevice;
  readonly ledger: Ledger;
  readonly shelf: PipelineShelf;
  readonly gate: GateOptions;
  readonly software: boolean;
  /** The CPU's fast lanes that this place has. */
  readonly wasm: readonly WasmEngine[];
  /** Asked for once the first time stands. */
  readonly ceilings: () => Promise<Rates | null>;
  readonly cpuCeilings: () => Promise<Readonly<Record<string, Rates>>>;
}

export interface Subject {
  readonly contract: Contract;
  readonly shape: Shape;
}

export interface Lane extends TimedLane {
  readonly kind: LaneTime['kind'];
  readonly threads?: number;
  dispose(): void;
}

/** What cannot be timed, and why. */
function untimed(lane: Pick<LaneTime, 'name' | 'kind' | 'threads'>, why: string): LaneTime {
  return { ...lane, ms: null, blocks: 0, dispatchesPerBlock: 0, ratio: null, overPlain: null, why };
}

interface Rival {
  readonly name: string;
  readonly kind: 'tree' | 'plain';
  /** Kernels that run one after another. */
  readonly contracts: readonly Contract[];
}

/** Rivals that are timed: of the same family, in the tree's own text; beside an exercise, its solution and its plain way. */
function rivalsOf(contract: Contract, device: GPUDevice): readonly Rival[] {
  const lesson = lessons.find((one) => one.contract.id === contract.id);
  if (lesson) {
    const solution = { ...contract, id: 'solution', files: contract.files.map(({ file }) => ({ file, code: lesson.solution })) };
    return [
      { name: 'solution', kind: 'tree', contracts: [solution] },
      { name: 'plain', kind: 'plain', contracts: lesson.plain },
    ];
  }
  const own = contract.family ? contracts.filter(({ family }) => family === contract.family) : [contract];
  return own.filter((rival) => runsOn(device, rival)).map((rival) => ({ name: rival.id, kind: 'tree', contracts: [rival] }));
}

/** The trials whose shapes, with these constants, are computed by the very pipeline that is timed; the timed shape last. */
function trialsOfPipeline(subject: Subject, { gate: { chosen }, seed, software }: TimingOptions): readonly Trial[] {
  const { contract } = subject;
  const timed = timedTrial(subject, software);
  const constantsOfPipeline = (trial: Trial): string =>
    keyOf([contract.make(trial.shape, constantsOf(contract, trial, chosen), seed).constants]);
  const wanted = constantsOfPipeline(timed);
  const alike = contract.trials.map((trial) => ({ ...timed, shape: trial.shape })).filter((trial) => constantsOfPipeline(trial) === wanted);
  return [...alike, timed];
}

function timedTrial({ contract, shape }: Subject, software: boolean): Trial {
  return { shape, constants: (software && contract.onSoftware?.(shape)) || {} };
}

/** Begins to compile what a run needs first, and runs nothing: whoever presses Run a moment later finds it there. */
export function compileAhead(subject: Subject, { gate, shelf, software }: Pick<TimingOptions, 'gate' | 'shelf' | 'software'>): void {
  const { contract, shape } = subject;
  const pipelines = new Pipelines(gate, shelf);
  const { constants } = contract.make(shape, constantsOf(contract, timedTrial(subject, software), gate.chosen), gate.seed);
  for (const guarded of [true, false]) pipelines.get(contract, constants, guarded).catch(() => null);
}

/** Checks one where it is timed and gives it a lane; what is wrong instead. */
export async function laneOf(
  kind: 'edited' | 'tree',
  subject: Subject,
  trials: readonly Trial[],
  gate: GateOptions,
  options: TimingOptions,
): Promise<Lane | { readonly finding: GateFinding }> {
  const { contract } = subject;
  const pipelines = new Pipelines(gate, options.shelf);
  const finding = await passGate([{ ...contract, trials }], gate, pipelines);
  if (finding.kind !== 'right') return { finding };
  const given = contract.make(subject.shape, constantsOf(contract, timedTrial(subject, options.software), gate.chosen), options.seed);
  const { compiled } = await pipelines.get(contract, given.constants, false);
  if (!compiled) return { finding };
  const run = new TrialRun(options.device, options.ledger, contract, subject.shape, given);
  return {
    name: contract.id,
    kind,
    before: () => run.reset(),
    run: (times) => run.run(compiled, times),
    dispose: () => run.dispose(),
  };
}

/** The edited kernel, right at the timed shape and at every small one that its pipeline serves. */
export function editedLane(subject: Subject, options: TimingOptions): ReturnType<typeof laneOf> {
  let trials: readonly Trial[];
  try {
    trials = trialsOfPipeline(subject, options);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    const { contract, shape } = subject;
    return Promise.resolve({ finding: { kind: 'refused', contract: contract.id, shape, words: error.message } });
  }
  return laneOf('edited', subject, trials, options.gate, options);
}

/** One lane of a rival's kernels; none where one of them is wrong. */
async function rivalLane({ name, kind, contracts: own }: Rival, shape: Shape, options: TimingOptions): Promise<Lane | LaneTime> {
  const gate = { ...options.gate, edit: null, chosen: {} };
  const parts: Lane[] = [];
  const dispose = (): void => parts.forEach((part) => part.dispose());
  for (const contract of own) {
    const one = { contract, shape };
    const lane = await laneOf('tree', one, [timedTrial(one, options.software)], gate, options);
    if ('finding' in lane) {
      dispose();
      return untimed({ name, kind }, lane.finding.kind);
    }
    parts.push(lane);
  }
  const run = async (times: number): Promise<void> => {
    // submitted in a row and awaited once: no kernel waits for the page
    await Promise.all(parts.map((part) => part.run(times)));
  };
  const before = async (): Promise<void> => {
    for (const part of parts) await part.before?.();
  };
  return { name, kind, before, run, dispose };
}

/** A twin that takes longer is timed once, and not in turns. */
const mostTwinMs = 250;

/** The twin itself, plain TypeScript in float64, and the wasm lanes that have the same job, checked against it. */
async function cpuLanes({ contract, shape }: Subject, options: TimingOptions): Promise<readonly (Lane | LaneTime)[]> {
  const { clock, seed, signal } = options;
  const given = contract.make(shape, constantsOf(contract, { shape }, {}), seed);
  const began = clock();
  const expected = given.expected();
  const twinMs = clock() - began;
  const lanes: (Lane | LaneTime)[] = contract.wasm ? [] : [untimed({ name: 'wasm', kind: 'cpu' }, 'no-counterpart')];
  for (const engine of options.wasm) {
    const about = { name: engine.name, kind: 'cpu', threads: engine.threads } as const;
    if (signal.aborted || !contract.wasm) break;
    try {
      const beside = await contract.wasm(engine, shape, given);
      const { job } = beside;
      await job.run(1);
      const bytes = beside.found();
      if (
        compare(
          expected.filter(({ binding }) => bytes.has(binding)),
          bytes,
        ).ok
      ) {
        lanes.push({ ...about, before: () => (job.reset(), job.rouse()), run: (times) => job.run(times), dispose: () => job.dispose() });
        continue;
      }
      job.dispose();
      lanes.push(untimed(about, 'wrong'));
    } catch (error) {
      // a page that gives no memory or no threads has one lane fewer
      lanes.push(untimed(about, error instanceof Error ? error.message : String(error)));
    }
  }
  const about = { name: contract.twin, kind: 'cpu' } as const;
  const run = (times: number): Promise<void> => {
    for (let time = 0; time < times; time++) given.expected();
    return Promise.resolve();
  };
  if (twinMs <= mostTwinMs) return [...lanes, { ...about, run, dispose: () => undefined }];
  const ms = { median: twinMs, low: twinMs, high: twinMs };
  return [...lanes, { ...about, ms, blocks: 1, dispatchesPerBlock: 1, ratio: null, overPlain: null, why: 'once' }];
}

function reportOf(lanes: readonly Lane[], blocks: readonly LaneBlocks[], { seed, clockResolutionMs }: RoundOptions): readonly LaneTime[] {
  const [edited] = blocks;
  const plain = blocks[lanes.findIndex(({ kind }) => kind === 'plain')];
  const isClear = (one: LaneBlocks | undefined): one is LaneBlocks => !!one && one.ms.length > 1 && isResolved(one, clockResolutionMs);
  return lanes.map(({ name, kind, threads }, index) => {
    const own = blocks[index];
    const known = own && own.ms.length > 0;
    return {
      ...{ name, kind, ...(threads ? { threads } : {}), why: null },
      ms: known ? spreadOf(own) : null,
      blocks: own?.ms.length ?? 0,
      dispatchesPerBlock: own?.times ?? 0,
      ratio: index > 0 && isClear(own) && isClear(edited) ? ratioOf(own, edited, seed) : null,
      overPlain: (kind === 'edited' || kind === 'tree') && isClear(own) && isClear(plain) ? ratioOf(own, plain, seed) : null,
    };
  });
}

function isLane(lane: Lane | LaneTime): lane is Lane {
  return 'run' in lane;
}

type Known = Pick<TimeReport, 'ceilings' | 'cpuCeilings'>;

function timeReport(
  { contract, shape }: Subject,
  all: readonly (Lane | LaneTime)[],
  blocks: readonly LaneBlocks[],
  known: Known,
  options: RoundOptions,
): TimeReport {
  const timed = all.filter(isLane);
  const reports = reportOf(timed, blocks, options);
  return {
    ...{ contract: contract.id, shape, work: contract.work(shape), ...known },
    lanes: all.map((lane) => (isLane(lane) ? (reports[timed.indexOf(lane)] ?? untimed(lane, 'stopped')) : lane)),
    readBackFloorMs: options.floorMs,
    clockResolutionMs: options.clockResolutionMs,
  };
}

const nothing: Known = { ceilings: null, cpuCeilings: {} };

/** A few blocks of the edited kernel alone. */
export async function firstTime(subject: Subject, edited: Lane, options: TimingOptions): Promise<TimeReport> {
  return timeReport(subject, [edited], await timeInRounds([edited], { ...options, budgetMs: 0 }), nothing, options);
}

/** The edited kernel and all others, in turns. */
export async function timeInTurns(
  subject: Subject,
  edited: Lane,
  options: TimingOptions,
  tell: (report: TimeReport) => void,
): Promise<TimeReport> {
  const lanes: (Lane | LaneTime)[] = [edited];
  try {
    const known = { ceilings: await options.ceilings(), cpuCeilings: subject.contract.wasm ? await options.cpuCeilings() : {} };
    for (const rival of rivalsOf(subject.contract, options.device)) {
      if (options.signal.aborted) break;
      lanes.push(await rivalLane(rival, subject.shape, options));
    }
    lanes.push(...(await cpuLanes(subject, options)));
    const report = (blocks: readonly LaneBlocks[]): TimeReport => timeReport(subject, lanes, blocks, known, options);
    return report(await timeInRounds(lanes.filter(isLane), options, (blocks) => tell(report(blocks))));
  } finally {
    for (const lane of lanes) if (isLane(lane) && lane !== edited) lane.dispose();
  }
}
