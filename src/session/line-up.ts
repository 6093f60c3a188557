/**
 * Before the first round: which lanes take part. The CPU comes first, for it has nothing to compile; a GPU that is absent,
 * too small or lost on the way leaves the race to the CPU, and the page is told. A race always has a lane.
 */
import { catalogue } from '../data/catalogue.ts';
import { CapacityError } from '../engine/errors.ts';
import { enterCpu } from './cpu-lanes.ts';
import { meetsLostDevice, type Field } from './field.ts';
import type { Lane } from './lane.ts';
import { readBackFloor } from './gpu-access.ts';
import type { Outbox } from './outbox.ts';
import type { RaceContext } from './race-context.ts';
import type { Settings } from './settings.ts';

/** Devices that may be lost one after the other before the GPU is given up. */
const mostAttempts = 2;

export interface LineUp {
  readonly settings: Settings;
  readonly context: RaceContext;
  readonly outbox: Outbox;
  readonly signal: AbortSignal;
  /** Milliseconds of compiling ahead of the data. */
  readonly compiling: Promise<number>;
  /** Does a lane's first step, when the race wants to run. */
  readonly firstBlock: (lane: Lane) => Promise<void>;
}

/** Pictures of a known size with one output: the kernels can be compiled while the pictures are on their way. */
export async function compileEarly(
  { set, m, hidden, output, batch, gpu, normalization, optimizer }: Settings,
  context: RaceContext,
): Promise<number> {
  const known = set === 'cats' && hidden.length === 0 && output !== 'softmax' && batch === 0 && normalization !== 'standard';
  if (!gpu || !known) return 0;
  const { engine } = await context.gpu.access();
  return engine ? engine.warm('uint8', catalogue.cats.n, m, optimizer) : 0;
}

/** @returns the read-back floor of the GPU, ms; 0 without one */
export async function lineUp(field: Field, line: LineUp): Promise<number> {
  const { settings, outbox, signal } = line;
  const cpuReady = settings.cpu === null ? Promise.resolve() : cpuLane(field, line, settings.cpu);
  const gpuReady = settings.gpu ? gpuLane(field, line, cpuReady) : Promise.resolve(0);
  const [, gpu] = await Promise.allSettled([cpuReady, gpuReady]);
  await cpuReady;
  const floorMs = gpu.status === 'fulfilled' ? gpu.value : await gpuReady;
  if (field.lanes.length === 0 && !signal.aborted) {
    outbox.note({ kind: 'cpu-put-in' });
    await cpuLane(field, line, 'auto');
  }
  return floorMs;
}

async function cpuLane(field: Field, { context, outbox, firstBlock }: LineUp, asked: NonNullable<Settings['cpu']>): Promise<void> {
  const notice = await enterCpu(asked, context, (engine) => field.enter(engine));
  if (notice) outbox.note(notice);
  const lane = field.lanes.find(({ engine }) => engine.kind === 'cpu');
  if (lane) await firstBlock(lane);
}

/** The GPU gets its data while the CPU's threads start, but takes its first step after the CPU has taken its own. */
async function gpuLane(field: Field, line: LineUp, cpuReady: Promise<void>): Promise<number> {
  const { context, outbox, signal } = line;
  let floorMs = 0;
  for (let attempt = 0; attempt < mostAttempts && !signal.aborted; attempt++) {
    try {
      const lost = await meetsLostDevice(async () => {
        floorMs = await enterGpu(field, line, cpuReady);
      });
      if (!lost) return floorMs;
      field.dropGpu();
    } catch (error) {
      field.dropGpu();
      await cpuReady;
      if (!(error instanceof CapacityError) || field.lanes.length === 0) throw error;
      outbox.note({ kind: 'gpu-unfit', message: error.message });
      return 0;
    }
  }
  if (!signal.aborted) outbox.note({ kind: 'device-lost', atStep: 0, recovered: false, detail: context.gpu.lastLoss });
  return 0;
}

async function enterGpu(
  field: Field,
  { settings, context, outbox, compiling, firstBlock }: LineUp,
  cpuReady: Promise<void>,
): Promise<number> {
  const compiledMs = await compiling;
  const access = await context.gpu.access();
  if (!access.engine) {
    outbox.note({ kind: 'gpu-lane-absent', why: access.why });
    return 0;
  }
  const lane = await field.enter(access.engine);
  lane.coldMs = (lane.coldMs ?? 0) + compiledMs;
  const { plan } = settings;
  if (plan !== 'auto' && lane.trainer.plan.name !== plan) outbox.note({ kind: 'plan-unfit', asked: plan, used: lane.trainer.plan.name });
  await cpuReady;
  await firstBlock(lane);
  const floorMs = await readBackFloor(access.engine.device, context.clock);
  outbox.add({ readBackFloorMs: floorMs });
  return floorMs;
}
