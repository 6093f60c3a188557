/**
 * A kernel's text through its gate: every trial of every contract of its file, a guarded copy first and then the kernel as
 * written, each compared with the twin. Ends at the first thing that is wrong.
 */
import type { Ledger } from '../../engine/gpu/arena.ts';
import { locate } from '../../engine/gpu/kernels.ts';
import type { Comparison } from './compare.ts';
import type { GuardedLoop } from './guard.ts';
import { constantsOf, type Constants, type Contract, type GateCase, type Shape } from './gate/contract.ts';
import { compile, filesOf, type Edit } from './pipeline.ts';
import type { GateFinding } from './protocol.ts';
import { HungError, TrialRun, turnsAllowed } from './trial.ts';

export interface GateOptions {
  readonly device: GPUDevice;
  readonly ledger: Ledger;
  readonly edit: Edit | null;
  readonly chosen: Constants;
  readonly seed: number;
}

type Compiling = ReturnType<typeof compile>;

/** Pipelines of one device that outlive a run, so that the same text compiles once; the oldest go. */
export class PipelineShelf {
  readonly #made = new Map<string, Compiling>();

  get(key: string, make: () => Compiling): Compiling {
    const known = this.#made.get(key);
    if (known) {
      this.#made.delete(key);
      this.#made.set(key, known);
      return known;
    }
    const made = make();
    this.#made.set(key, made);
    made.catch(() => this.#made.delete(key));
    for (const oldest of this.#made.keys()) {
      if (this.#made.size <= mostKept) break;
      this.#made.delete(oldest);
    }
    return made;
  }
}

const mostKept = 64;

/** Pipelines of one text, by contract and constants. */
export class Pipelines {
  readonly #options: GateOptions;
  readonly #shelf: PipelineShelf;

  constructor(options: GateOptions, shelf = new PipelineShelf()) {
    this.#options = options;
    this.#shelf = shelf;
  }

  get(contract: Contract, constants: Constants, guarded: boolean): Compiling {
    const { device, edit } = this.#options;
    const files = filesOf(contract, edit);
    const key = keyOf([contract.id, files.at(-1)?.file, edit?.file, edit?.text, constants, guarded]);
    return this.#shelf.get(key, () => compile(device, contract, files, constants, guarded));
  }
}

/** Two lists of the same values have the same, whatever the order of constants. */
export function keyOf(parts: readonly unknown[]): string {
  return JSON.stringify(parts, (_, value: unknown) =>
    typeof value === 'object' && value !== null && !Array.isArray(value) ? Object.fromEntries(Object.entries(value).sort()) : value,
  );
}

type Step = Exclude<GateFinding, { readonly kind: 'right' }> | { readonly kind: 'fine'; readonly comparison: Comparison };

/** @param twice a second dispatch on what the first left, as the clock does many of: a loop may have no end only then */
async function tryOne(
  options: GateOptions,
  pipelines: Pipelines,
  contract: Contract,
  shape: Shape,
  constants: Constants,
  twice: boolean,
): Promise<Step> {
  const { device, ledger, edit, seed } = options;
  const where = { contract: contract.id, shape };
  let run: TrialRun | null = null;
  try {
    const given = withOneAnswer(contract.make(shape, constants, seed));
    const most = device.limits.maxComputeWorkgroupsPerDimension;
    if (given.groups.some((groups) => groups > most)) {
      throw new RangeError(`it takes ${given.groups.join(' × ')} workgroups, and this GPU takes at most ${most} in a row`);
    }
    // both at once: a compiler uses one core for one pipeline
    const [guarding, writing] = [true, false].map((guard) => pipelines.get(contract, given.constants, guard)) as [Compiling, Compiling];
    writing.catch(() => null);
    const guarded = await guarding;
    if (!guarded.compiled) {
      // nothing can be written, and so no turns counted, where vertices are placed
      if (contract.draw && (await writing).compiled)
        throw new RangeError('a loop in a vertex shader cannot be guarded against having no end');
      return { kind: 'not-compiled', complaints: guarded.complaints };
    }
    run = new TrialRun(device, ledger, contract, shape, given);
    const endless = (loop: GuardedLoop): Step => {
      const place = locate(filesOf(contract, edit), loop.line);
      return { kind: 'endless', ...where, keyword: loop.keyword, turns: turnsAllowed(given), ...place };
    };
    const loop = await run.guarded(guarded.compiled);
    if (loop) return endless(loop);
    const inCopy = await run.compare();
    if (!inCopy.ok) return { kind: 'wrong', ...where, comparison: inCopy };
    const later = twice ? await run.guarded(guarded.compiled) : null;
    if (later) return endless(later);
    const written = await writing;
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

/** The twin is asked once. */
function withOneAnswer(given: GateCase): GateCase {
  let answer: ReturnType<GateCase['expected']> | null = null;
  return { ...given, expected: () => (answer ??= given.expected()) };
}

export function runsOn({ features }: GPUDevice, { feature }: Contract): boolean {
  return feature === undefined || features.has(feature);
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
    if (!runsOn(options.device, contract)) continue;
    for (const trial of contract.trials) {
      tell(contract, trial.shape);
      const step = await tryOne(
        options,
        pipelines,
        contract,
        trial.shape,
        constantsOf(contract, trial, options.chosen),
        trial === contract.trials.at(-1),
      );
      if (step.kind !== 'fine') return step;
      trials++;
      compared += step.comparison.compared;
      largest = Math.max(largest, step.comparison.largest);
    }
  }
  return { kind: 'right', trials, compared, largest };
}
