/**
 * Which engine trains a model: each that is here does the first steps, is held against float64, and is timed for a moment
 * on a few batches; the fastest right one is taken, for this model and this size of a batch.
 */
import type { FeatureMatrix } from '../../data/dataset.ts';
import type { Engine, LaneName, Problem, Trainer } from '../../engine/contract.ts';
import { batchSizeOf } from '../../engine/layout.ts';
import { CapacityError, DeviceLostError } from '../../engine/errors.ts';
import { readBackFloor } from '../gpu-access.ts';
import { timeSteps } from '../step-time.ts';
import { affordableProblem, checkTrainer, expectation } from '../verify.ts';
import type { SweepHost } from './host.ts';
import type { SweepSample } from './report.ts';
import { training } from './settings.ts';

/** Batches that the short measurement draws from. */
const batchesTried = 4;

export class EnginePicker {
  readonly #host: SweepHost;
  readonly #signal: AbortSignal;
  readonly #picked = new Map<string, LaneName>();
  #floorMs: number | null = null;
  #withoutGpu = false;
  /** Engines that a model on so many examples did not fit. */
  readonly #tooSmall = new Set<string>();

  /** @param done what earlier runs were trained on is not measured again */
  constructor(host: SweepHost, signal: AbortSignal, done: readonly SweepSample[]) {
    this.#host = host;
    this.#signal = signal;
    for (const { model, m, engine } of done) this.#picked.set(keyOf(model, Math.min(m, training.batch)), engine);
  }

  /** From now on there is no GPU, whatever the browser offers. */
  giveUpGpu(): void {
    this.#withoutGpu = true;
  }

  /** This engine cannot hold this model on m examples. */
  exclude(engine: Engine, model: string, m: number): void {
    this.#tooSmall.add(`${engine.name} ${model} ${m}`);
  }

  /** All that are here at present. */
  async engines(): Promise<readonly Engine[]> {
    const { engine } = await this.#host.gpu.access();
    const cpu = this.#host.fast.length > 0 ? this.#host.fast : [this.#host.reference];
    return engine && !this.#withoutGpu ? [engine, ...cpu] : cpu;
  }

  /**
   * @param m examples of the run, the held-out ones included
   * @throws CapacityError when all were excluded
   */
  async pick(model: string, m: number, problem: Problem): Promise<Engine> {
    const key = keyOf(model, Math.min(m, training.batch));
    const all = [...(await this.engines()), this.#host.reference];
    const engines = all.filter(({ name }, at) => all.findIndex((one) => one.name === name) === at && this.#fits(name, model, m));
    const known = engines.find(({ name }) => name === this.#picked.get(key));
    if (known) return known;
    const fast = engines.filter(({ name }) => name !== this.#host.reference.name);
    const found = (await this.#fastest(fast, fewBatches(problem))) ?? engines.find(({ name }) => name === this.#host.reference.name);
    if (!found) throw new CapacityError(`${model} on ${m} examples fits no engine here`);
    if (engines.length === all.length) this.#picked.set(key, found.name);
    return found;
  }

  #fits(engine: LaneName, model: string, m: number): boolean {
    return !this.#tooSmall.has(`${engine} ${model} ${m}`);
  }

  /** Null when none is right. */
  async #fastest(engines: readonly Engine[], problem: Problem): Promise<Engine | null> {
    const checked = affordableProblem(problem);
    const expected = await expectation(this.#host.truth, checked, this.#signal);
    this.#signal.throwIfAborted();
    let best: { readonly engine: Engine; readonly ms: number } | null = null;
    for (const engine of engines) {
      const ms = expected && (await this.#time(engine, problem, checked, expected));
      this.#signal.throwIfAborted();
      if (ms !== null && (!best || ms < best.ms)) best = { engine, ms };
    }
    return best?.engine ?? null;
  }

  /** Milliseconds a step; null where the engine cannot do it or is wrong. */
  async #time(
    engine: Engine,
    problem: Problem,
    checked: Problem,
    expected: NonNullable<Awaited<ReturnType<typeof expectation>>>,
  ): Promise<number | null> {
    let trainer: Trainer | null = null;
    try {
      trainer = await engine.prepare(checked, expected.from);
      if (!(await checkTrainer(checked, expected, trainer, this.#signal))) return null;
      if (checked !== problem) {
        trainer.dispose();
        trainer = await engine.prepare(problem);
      }
      return await timeSteps(trainer, this.#host.clock, engine.kind === 'gpu' ? await this.#floor() : 0, this.#signal);
    } catch (error) {
      if (error instanceof DeviceLostError) throw error;
      return null;
    } finally {
      trainer?.dispose();
    }
  }

  async #floor(): Promise<number> {
    const { engine } = await this.#host.gpu.access();
    this.#floorMs ??= engine ? await readBackFloor(engine.device, this.#host.clock) : 0;
    return this.#floorMs;
  }
}

function keyOf(model: string, batch: number): string {
  return `${model} ${batch}`;
}

/** The same with a few batches of examples: a step costs the same, and less has to be carried about. */
function fewBatches(problem: Problem): Problem {
  const { x, y } = problem.train;
  const m = Math.min(x.m, batchesTried * batchSizeOf(problem));
  const head = { ...x, m, values: x.values.subarray(0, m * x.n) } as FeatureMatrix;
  return { ...problem, train: { x: head, y: y.subarray(0, m) }, test: null };
}
