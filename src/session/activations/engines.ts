/**
 * Which engine trains the compared nets, and why: the GPU where it is one, the CPU where there is none or only one made of
 * software, whose turns would make the page wait. Whichever it is has to be right first, on a few examples.
 */
import type { Engine, Problem } from '../../engine/contract.ts';
import { CapacityError, DeviceLostError } from '../../engine/errors.ts';
import { parameterLayout } from '../../engine/layout.ts';
import { stepWork } from '../../engine/work.ts';
import type { GpuKeeper } from '../gpu-access.ts';
import { checkTrainer, expectation } from '../verify.ts';
import { headProblem } from './nets.ts';
import type { TrainingEngine } from './protocol.ts';
import type { TrainedOn } from './settings.ts';

export interface ActivationEngines {
  readonly gpu: Pick<GpuKeeper, 'access' | 'lastLoss'>;
  /** The CPU's WebAssembly engines that this place has: alone, then with threads. */
  readonly fast: readonly Engine[];
  /** The plain CPU engine, for where WebAssembly is missing. */
  readonly reference: Engine;
  /** The float64 reference. */
  readonly truth: Engine;
}

/** Examples of the check, and its learning rate, at which no net runs away. */
const checkedExamples = 8;
const checkedRate = 0.01;
/** Steps below this are over before threads have woken. */
const worthThreadsFlops = 2e8;

interface Candidate {
  readonly engine: Engine;
  readonly why: TrainingEngine['why'];
}

export interface ChosenEngine {
  readonly engine: Engine;
  readonly about: TrainingEngine;
}

/** @param withoutGpu it was given up, whatever the browser offers */
export async function chooseEngine(
  engines: ActivationEngines,
  on: TrainedOn,
  problem: Problem,
  withoutGpu: boolean,
  signal: AbortSignal,
): Promise<ChosenEngine> {
  const { engine: present } = await engines.gpu.access();
  const gpu = present ? { name: present.adapter.description || present.adapter.vendor, software: present.adapter.software } : null;
  const checked = checkProblemOf(problem);
  const expected = await expectation(engines.truth, checked, signal);
  signal.throwIfAborted();
  let refused: TrainingEngine['why'] | null = null;
  for (const { engine, why } of candidates(engines, on, problem, withoutGpu ? null : present, gpu?.software ?? false, withoutGpu)) {
    const outcome = expected ? await tried(engine, checked, expected, signal) : 'right';
    signal.throwIfAborted();
    if (outcome === 'right') return { engine, about: { lane: engine.name, why: refused ?? why, gpu } };
    if (engine.kind === 'gpu') refused = outcome;
  }
  return { engine: engines.reference, about: { lane: engines.reference.name, why: refused ?? 'no-gpu', gpu } };
}

function candidates(
  { fast, reference }: ActivationEngines,
  on: TrainedOn,
  problem: Problem,
  gpu: Engine | null,
  software: boolean,
  lost: boolean,
): readonly Candidate[] {
  const { flopsPerStep } = stepWork(problem, parameterLayout(problem.train.x.n, problem.model), 1);
  const ordered = flopsPerStep > worthThreadsFlops ? [...fast].reverse() : fast;
  const why = on === 'cpu' ? 'asked' : lost ? 'gpu-lost' : gpu === null ? 'no-gpu' : 'software-gpu';
  const cpu = [...ordered, reference].map((engine) => ({ engine, why }) as const);
  if (gpu === null || on === 'cpu' || (on === 'auto' && software)) return cpu;
  return [{ engine: gpu, why: on === 'gpu' ? 'asked' : 'gpu' }, ...cpu];
}

function checkProblemOf(problem: Problem): Problem {
  const head = headProblem(problem, checkedExamples);
  return { ...head, optimizer: { ...head.optimizer, learningRate: checkedRate } };
}

async function tried(
  engine: Engine,
  checked: Problem,
  expected: NonNullable<Awaited<ReturnType<typeof expectation>>>,
  signal: AbortSignal,
): Promise<'right' | 'gpu-wrong' | 'gpu-unfit'> {
  try {
    const trainer = await engine.prepare(checked, expected.from);
    try {
      return (await checkTrainer(checked, expected, trainer, signal)) ? 'right' : 'gpu-wrong';
    } finally {
      trainer.dispose();
    }
  } catch (error) {
    if (error instanceof DeviceLostError) throw error;
    return error instanceof CapacityError ? 'gpu-unfit' : 'gpu-wrong';
  }
}
