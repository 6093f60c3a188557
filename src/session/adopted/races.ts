/** Races with adopted kernels: each is an ordinary race whose GPU compiles the edited texts, with a watch over it. */
import type { GpuEngine } from '../../engine/gpu/engine.ts';
import type { RaceStart, RaceUpdate } from '../protocol.ts';
import { Race } from '../race.ts';
import type { RaceContext } from '../race-context.ts';
import type { Settings } from '../settings.ts';
import { EditedGpu } from './edited-gpu.ts';
import { RaceWatch } from './watch.ts';

/** A GPU that leaves a submission unanswered for so long is given up. */
const mostAnswerMs = 15_000;

export class AdoptedRaces {
  readonly #mostAnswerMs: number;
  /** Engines whose device did not answer: never touched again, and never let go of. */
  readonly #abandoned: GpuEngine[] = [];

  constructor(answerMs = mostAnswerMs) {
    this.#mostAnswerMs = answerMs;
  }

  /** Devices that did not answer so far. */
  get abandoned(): number {
    return this.#abandoned.length;
  }

  /** A race that ends by itself, with a last message that says why, when an adopted kernel goes wrong in it. */
  begin(context: RaceContext, runId: number, settings: Settings, how: RaceStart, send: (update: RaceUpdate) => void): Race {
    const { paused, kernels = {} } = how;
    const gpu = new EditedGpu(context.gpu, kernels, (engine) => watch.listen(engine));
    const watch = new RaceWatch({
      context,
      gpu,
      runId,
      kernels,
      send,
      answerMs: this.#mostAnswerMs,
      abandon: (engine) => this.#abandoned.push(engine),
    });
    const race = new Race({ ...context, gpu }, runId, settings, paused, (update) => watch.take(update));
    watch.follow(race);
    return race;
  }
}
