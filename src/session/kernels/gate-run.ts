/**
 * A kernel's text through its gate: every trial of every contract of its file, a guarded copy first and then the kernel as
 * written, each compared with the twin. Ends at the first thing that is wrong.
 */
import type { Ledger } from '../../engine/gpu/arena.ts';
import { locate } from '../../engine/gpu/kernels.ts';
import type { Comparison } from './compare.ts';
import { constantsOf, type Constants, type Contract, type Shape } from './gate/contract.ts';
import { compile, filesOf, type Edit } from './pipeline.ts';
import type { GateFinding } from './protocol.ts';
import { HungError, TrialRun } from './trial.ts';

export interface GateOptions {
  readonly device: GPUDevice;
  readonly ledger: Ledger;
  readonly edit: Edit | null;
  readonly chosen: Constants;
  readonly seed: number;
}

/** Pipelines of one run by constants and budget, so that trials of the same kind compile once. */
export class Pipelines {
  readonly #options: GateOptions;
  readonly #made = new Map<string, ReturnType<typeof compile>>();

  constructor(options: GateOptions) {
    this.#options = options;
  }

  get(contract: Contract, constants: Constants, guarded: boolean): ReturnType<typeof compile> {
    const key = JSON.stringify([contract.id, Object.entries(constants).sort(), guarded]);
    const known = this.#made.get(key);
    if (known) return known;
    const made = compile(this.#options.device, contract, filesOf(contract, this.#options.edit), constants, guarded);
    this.#made.set(key, made);
    return made;
  }
}

type Step = Exclude<GateFinding, { readonly kind: 'right' }> | { readonly kind: 'fine'; readonly comparison: Comparison };

async function tryOne(options: GateOptions, pipelines: Pipelines, contract: Contract, shape: Shape, constants: Constants): Promise<Step> {
  const { device, ledger, edit, seed } = options;
  const where = { contract: contract.id, shape };
  const given = contract.make(shape, constants, seed);
  const guarded = await pipelines.get(contract, given.constants, true);
  if (!guarded.compiled) return { kind: 'not-compiled', complaints: guarded.complaints };
  let run: TrialRun | null = null;
  try {
    run = new TrialRun(device, ledger, contract, given);
    const loop = await run.guarded(guarded.compiled);
    if (loop) return { kind: 'endless', ...where, keyword: loop.keyword, ...locate(filesOf(contract, edit), loop.line) };
    const inCopy = await run.compare();
    if (!inCopy.ok) return { kind: 'wrong', ...where, comparison: inCopy };
    const written = await pipelines.get(contract, given.constants, false);
    if (!written.compiled) return { kind: 'not-compiled', complaints: written.complaints };
    run.reset();
    await run.run(written.compiled, 1);
    const comparison = await run.compare();
    return comparison.ok ? { kind: 'fine', comparison } : { kind: 'wrong', ...where, comparison };
  } catch (error) {
    if (error instanceof RangeError || (error instanceof Error && error.name === 'CapacityError')) {
      return { kind: 'refused', ...where, words: error.message };
    }
    if (error instanceof HungError) return { kind: 'hung', ...where, words: error.message };
    throw error;
  } finally {
    run?.dispose();
  }
}

/** @param tell called before each trial */
export async function passGate(
  contracts: readonly Contract[],
  options: GateOptions,
  pipelines = new Pipelines(options),
  tell: (contract: Contract, shape: Shape) => void = () => undefined,
): Promise<GateFinding> {
  let [trials, compared, largest] = [0, 0, 0];
  for (const contract of contracts) {
    if (contract.feature && !options.device.features.has(contract.feature)) continue;
    for (const trial of contract.trials) {
      tell(contract, trial.shape);
      const step = await tryOne(options, pipelines, contract, trial.shape, constantsOf(contract, trial, options.chosen));
      if (step.kind !== 'fine') return step;
      trials++;
      compared += step.comparison.compared;
      largest = Math.max(largest, step.comparison.largest);
    }
  }
  return { kind: 'right', trials, compared, largest };
}
