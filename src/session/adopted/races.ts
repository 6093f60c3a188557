/** Races with adopted kernels: each is an ordinary race whose GPU compiles the edited texts, with a watch over it. */
import type { GpuEngine } from '../../engine/gpu/engine.ts';
import type { RaceStart, RaceUpdate } from '../protocol.ts';
import { Race } from '../race.ts';
import type { RaceContext } from '../race-context.ts';
import type { Settings } from '../settings.ts';
import { EditedGpu } from './edited-gpu.ts';
import { ProvenGpu } from './proven-gpu.ts';
import { RaceWatch } from './watch.ts';

export interface Patience {
  /** A GPU that leaves a submission unanswered for so long is given up. */
  readonly answerMs: number;
  /** So long may the next one take for its first computation. */
  readonly proofMs: number;
}

const usual: Patience = { answerMs: 15_000, proofMs: 4000 };

export class AdoptedRaces {
  readonly #patience: Patience;
  /** Engines whose device did not answer: never touched again, and never let go of. */
  readonly #abandoned: GpuEngine[] = [];
  #proven: ProvenGpu | null = null;

  constructor(patience = usual) {
    this.#patience = patience;
  }

  /** Devices that did not answer so far. */
  get abandoned(): number {
    return this.#abandoned.length;
  }

  /** A race that, with adopted kernels, ends by itself when one of them goes wrong in it; a last message says why. */
  begin(context: RaceContext, runId: number, settings: Settings, how: RaceStart, send: (update: RaceUpdate) => void): Race {
    const { paused, kernels } = how;
    const { answerMs, proofMs } = this.#patience;
    if (this.#abandoned.length > 0) this.#proven ??= new ProvenGpu(context.gpu, proofMs);
    const keeper = this.#proven ?? context.gpu;
    if (!kernels) return new Race({ ...context, gpu: keeper }, runId, settings, paused, send);
    const gpu = new EditedGpu(keeper, kernels, (engine) => watch.listen(engine));
    const abandon = (engine: GpuEngine): void => {
      this.#abandoned.push(engine);
    };
    const watch = new RaceWatch({ context, gpu, runId, kernels, send, answerMs, abandon });
    const race = new Race({ ...context, gpu }, runId, settings, paused, (update) => watch.take(update));
    watch.follow(race);
    return race;
  }
}
