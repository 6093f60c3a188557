/**
 * One run of a sweep: a model trained on some examples until its budget ends it, and then asked about examples that it
 * never saw. Which examples is `data.ts`'s, which engine `engines.ts`'s.
 */
import type { Dataset, Examples, FeatureMatrix } from '../../data/dataset.ts';
import type { Clock, Engine, Model, Parameters, Problem, Trainer } from '../../engine/contract.ts';
import { batchesPerEpoch } from '../../engine/layout.ts';
import { turn } from '../breathe.ts';
import { firstNonFinite } from '../first-non-finite.ts';
import { score } from '../insight.ts';
import { endingOf, Patience } from './budget.ts';
import type { Gate } from './gate.ts';
import type { SweepSample } from './report.ts';
import type { SweepSettings } from './settings.ts';

/** Steps between two looks at the gate are so many that they take about this long. */
const breathMs = 100;
/** Training examples that the training score is taken from, at the most. */
const mostScored = 10_000;

export interface RunHost {
  readonly clock: Clock;
  readonly gate: Gate;
  readonly isHidden: () => boolean;
}

export type RunOutcome = Pick<SweepSample, 'test' | 'train' | 'steps' | 'seconds' | 'ended' | 'diverged'>;

/** Trains and scores; whoever asks catches a lost device and does it again. */
export async function trainRun(
  engine: Engine,
  problem: Problem,
  { task, test }: Pick<Dataset, 'task' | 'test'>,
  settings: SweepSettings,
  host: RunHost,
): Promise<RunOutcome> {
  const trainer = await engine.prepare(problem);
  let learned: Learned;
  try {
    learned = await learn(trainer, problem, settings, host);
  } finally {
    trainer.dispose();
  }
  const { parameters, steps, seconds, ended, divergedAt } = learned;
  const diverged = divergedAt === null ? null : { learningRate: problem.optimizer.learningRate, step: divergedAt };
  if (!parameters || diverged) return { test: null, train: null, steps, seconds, ended: 'diverged', diverged };
  await host.gate.pass();
  const scores = await scoresOf(engine, problem, parameters, test, task === 'regression');
  if (Number.isFinite(scores.test) && Number.isFinite(scores.train)) return { ...scores, steps, seconds, ended, diverged };
  // the cost of the last step was still that of the parameters before it
  const atEnd = { learningRate: problem.optimizer.learningRate, step: steps };
  return { test: null, train: null, steps, seconds, ended: 'diverged', diverged: atEnd };
}

interface Learned {
  /** Those that count: the best by the held-out cost, or the last. */
  readonly parameters: Parameters | null;
  readonly steps: number;
  readonly seconds: number;
  readonly ended: SweepSample['ended'];
  readonly divergedAt: number | null;
}

async function learn(trainer: Trainer, problem: Problem, settings: SweepSettings, host: RunHost): Promise<Learned> {
  const { stepsPerLook, mostSteps, watches } = endingOf(settings, batchesPerEpoch(problem));
  const pace = new Pace(host);
  const patience = new Patience();
  let best: Parameters | null = null;
  const end = (ended: SweepSample['ended'], parameters: Parameters | null, divergedAt: number | null = null): Learned => {
    return { parameters, steps: trainer.stepsDone, seconds: pace.seconds(trainer.stepsDone), ended, divergedAt };
  };
  while (trainer.stepsDone < mostSteps) {
    const bad = await pace.step(trainer, Math.min(stepsPerLook, mostSteps - trainer.stepsDone));
    if (bad !== null) return end('diverged', null, bad);
    if (!watches) continue;
    const cost = await pace.timed(() => trainer.cost('test'));
    if (!Number.isFinite(cost)) return end('diverged', null, trainer.stepsDone);
    const seen = patience.look(cost);
    if (seen === 'best') best = await trainer.parameters();
    if (seen === 'stop') return end('stopped', best);
  }
  return watches ? end('cap', best) : end('budget', await trainer.parameters());
}

/** Steps in breaths, each timed; what was timed while the tab was hidden counts for nothing but the steps. */
class Pace {
  readonly #host: RunHost;
  #visible = { ms: 0, steps: 0 };
  #all = { ms: 0, steps: 0 };
  #looksMs = 0;

  constructor(host: RunHost) {
    this.#host = host;
  }

  /** @returns the first step whose cost is no number, or null */
  async step(trainer: Trainer, count: number): Promise<number | null> {
    let left = count;
    while (left > 0) {
      await this.#host.gate.pass();
      const steps = Math.min(left, this.#breath());
      const before = trainer.stepsDone;
      const hidden = this.#host.isHidden();
      const ms = await this.#clocked(() => trainer.step(steps));
      for (const sum of hidden || this.#host.isHidden() ? [this.#all] : [this.#all, this.#visible]) {
        sum.ms += ms;
        sum.steps += steps;
      }
      const bad = firstNonFinite(await trainer.costs(before));
      // commands wait for a turn of the thread, which engines on this one do not give
      await turn();
      if (bad !== null) return bad;
      left -= steps;
    }
    return null;
  }

  async timed<T>(work: () => Promise<T>): Promise<T> {
    let value: T | undefined;
    this.#looksMs += await this.#clocked(async () => {
      value = await work();
    });
    return value as T;
  }

  /** Of so many steps at the speed that was seen, and of the looks. */
  seconds(steps: number): number {
    const sum = this.#visible.steps > 0 ? this.#visible : this.#all;
    return (sum.steps > 0 ? (steps * sum.ms) / sum.steps + this.#looksMs : 0) / 1000;
  }

  #breath(): number {
    const { ms, steps } = this.#all;
    return steps === 0 ? 1 : Math.max(1, Math.min(2048, Math.floor((breathMs * steps) / Math.max(ms, 1e-3))));
  }

  async #clocked(work: () => Promise<void>): Promise<number> {
    const began = this.#host.clock();
    await work();
    return this.#host.clock() - began;
  }
}

async function scoresOf(
  engine: Engine,
  problem: Problem,
  parameters: Parameters,
  test: Examples,
  regression: boolean,
): Promise<{ readonly test: number; readonly train: number }> {
  const none = new Float32Array(0);
  // an optimiser without moments: nothing but the parameters is to be brought back
  const optimizer = { ...problem.optimizer, kind: 'gradient-descent' as const };
  const some = head(problem.train, mostScored);
  const asked: Problem = { ...problem, train: some, test: null, optimizer, batchSize: 'all' };
  const trainer = await engine.prepare(asked, { step: 0, parameters, moment1: none, moment2: none });
  try {
    return {
      test: scoreOf(problem.model, regression, test.y, await trainer.predict(test.x)),
      train: scoreOf(problem.model, regression, some.y, await trainer.predict('train')),
    };
  } finally {
    trainer.dispose();
  }
}

function scoreOf(model: Model, regression: boolean, y: Float32Array, yHat: Float32Array): number {
  return score(model, regression, y, yHat).score;
}

/** The first examples, at most so many. */
function head({ x, y }: Examples, most: number): Examples {
  const m = Math.min(x.m, most);
  return { x: { ...x, m, values: x.values.subarray(0, m * x.n) } as FeatureMatrix, y: y.subarray(0, m) };
}
