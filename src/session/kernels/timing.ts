/** What is timed beside an edited kernel: the same file as the tree has it, its rivals of the same family, and the CPU. */
import type { Ledger } from '../../engine/gpu/arena.ts';
import type { Rates } from '../protocol.ts';
import { contractsOfFile } from './catalogue.ts';
import { constantsOf, type Constants, type Contract, type Shape } from './gate/contract.ts';
import { contracts } from './gate/table.ts';
import { lessons } from './lessons.ts';
import { passGate, Pipelines, type GateOptions } from './gate-run.ts';
import type { GateFinding, LaneTime, RunRequest, TimeReport } from './protocol.ts';
import { isResolved, ratioOf, spreadOf, timeInRounds, type LaneBlocks, type RoundOptions, type TimedLane } from './rounds.ts';
import { TrialRun } from './trial.ts';

export interface TimingOptions extends RoundOptions {
  readonly device: GPUDevice;
  readonly ledger: Ledger;
  /** Asked for once the first time stands. */
  readonly ceilings: () => Promise<Rates | null>;
  readonly pipelines: Pipelines;
  readonly gate: GateOptions;
}

interface Lane extends TimedLane {
  readonly kind: LaneTime['kind'];
  readonly why: string | null;
  dispose(): void;
}

/** Rivals that are timed: of the same family, in the tree's own text; beside an exercise, its solution. */
function rivalsOf(contract: Contract, device: GPUDevice): readonly Contract[] {
  const lesson = lessons.find((one) => one.contract.id === contract.id);
  if (lesson) return [{ ...contract, id: 'solution', files: contract.files.map(({ file }) => ({ file, code: lesson.solution })) }];
  const own = contract.family ? contracts.filter(({ family }) => family === contract.family) : [contract];
  return own.filter(({ feature }) => !feature || device.features.has(feature));
}

/** Checks one at this shape and gives it a lane; a reason instead where it is wrong. */
async function laneOf(
  kind: 'edited' | 'tree',
  contract: Contract,
  shape: Shape,
  chosen: Constants,
  options: TimingOptions,
  pipelines: Pipelines,
): Promise<Lane | { readonly finding: GateFinding }> {
  const at = { ...contract, trials: [{ shape }] };
  const finding = await passGate([at], { ...options.gate, chosen }, pipelines);
  if (finding.kind !== 'right') return { finding };
  const given = contract.make(shape, constantsOf(contract, { shape }, chosen), options.seed);
  const { compiled } = await pipelines.get(contract, given.constants, false);
  if (!compiled) return { finding };
  const run = new TrialRun(options.device, options.ledger, contract, given);
  return {
    name: contract.id,
    kind,
    why: null,
    before: () => run.reset(),
    run: (times) => run.run(compiled, times),
    dispose: () => run.dispose(),
  };
}

/** The twin itself: plain TypeScript in float64. */
function twinLane(contract: Contract, shape: Shape, seed: number): Lane {
  const given = contract.make(shape, constantsOf(contract, { shape }, {}), seed);
  return {
    name: contract.twin,
    kind: 'cpu',
    why: null,
    run: (times) => {
      for (let time = 0; time < times; time++) given.expected();
      return Promise.resolve();
    },
    dispose: () => undefined,
  };
}

function reportOf(lanes: readonly Lane[], blocks: readonly LaneBlocks[], { seed, clockResolutionMs }: RoundOptions): readonly LaneTime[] {
  const [edited] = blocks;
  const isClear = (one: LaneBlocks | undefined): one is LaneBlocks => !!one && one.ms.length > 1 && isResolved(one, clockResolutionMs);
  return lanes.map(({ name, kind, why }, index) => {
    const own = blocks[index];
    const known = own && own.ms.length > 0;
    return {
      ...{ name, kind, why },
      ms: known ? spreadOf(own) : null,
      blocks: own?.ms.length ?? 0,
      dispatchesPerBlock: own?.times ?? 0,
      ratio: index > 0 && isClear(own) && isClear(edited) ? ratioOf(own, edited, seed) : null,
    };
  });
}

/** @returns what is wrong at this shape instead of times, where something is */
export async function timeKernel(
  request: RunRequest,
  options: TimingOptions,
  tell: (report: TimeReport) => void,
): Promise<TimeReport | { readonly finding: GateFinding }> {
  const contract = contractsOfFile(request.file).find(({ id }) => id === request.contract);
  const shape = contract?.timed[request.shape];
  if (!contract || !shape) throw new RangeError(`${request.file} has no contract ${request.contract} with a shape ${request.shape}`);
  const { chosen } = request;
  const edited = await laneOf('edited', contract, shape, chosen, options, options.pipelines);
  if ('finding' in edited) return edited;
  const lanes: Lane[] = [edited];
  const wrong: LaneTime[] = [];
  try {
    const alone = await timeInRounds([edited], { ...options, budgetMs: 0 });
    let ceilings: Rates | null = null;
    const report = (blocks: readonly LaneBlocks[]): TimeReport => ({
      contract: contract.id,
      shape,
      work: contract.work(shape),
      lanes: [...reportOf(lanes, blocks, options), ...wrong],
      ceilings,
      readBackFloorMs: options.floorMs,
      clockResolutionMs: options.clockResolutionMs,
    });
    tell(report(alone));
    ceilings = await options.ceilings();
    const tree = new Pipelines({ ...options.gate, edit: null, chosen: {} });
    for (const rival of rivalsOf(contract, options.device)) {
      if (options.signal.aborted) break;
      const lane = await laneOf('tree', rival, shape, {}, { ...options, gate: { ...options.gate, edit: null } }, tree);
      if (!('finding' in lane)) lanes.push(lane);
      else wrong.push({ name: rival.id, kind: 'tree', ms: null, blocks: 0, dispatchesPerBlock: 0, ratio: null, why: lane.finding.kind });
    }
    lanes.push(twinLane(contract, shape, options.seed));
    return report(await timeInRounds(lanes, options, (blocks) => tell(report(blocks))));
  } finally {
    for (const lane of lanes) lane.dispose();
  }
}
