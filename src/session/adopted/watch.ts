/**
 * Watches over a race with adopted kernels, from the outside: it reads what the race tells the page, has a judge look
 * between two blocks, and asks the GPU for a sign of life. Where an edited kernel goes wrong it ends the race, and its last
 * message says which kernel, and why. That a race has finished is passed on only when the judge had nothing against it.
 */
import { giveUp } from '../../engine/gpu/give-up.ts';
import type { GpuEngine } from '../../engine/gpu/engine.ts';
import type { Engine, Trainer } from '../../engine/contract.ts';
import { ShaderError } from '../../engine/errors.ts';
import type { Lane } from '../lane.ts';
import type { Divergence, LaneReport, RaceUpdate } from '../protocol.ts';
import type { Race } from '../race.ts';
import type { RaceContext } from '../race-context.ts';
import { checkedSteps } from '../verify.ts';
import { CostPairs, type Pair } from './costs.ts';
import type { EditedGpu } from './edited-gpu.ts';
import { judge } from './judge.ts';
import type { AdoptedKernels, EditedUse, WentWrong } from './protocol.ts';
import { compiledEdits, editedUse } from './used-files.ts';

/** Lanes that part by more are looked at by the judge, relative to J: what `precision.ts` promises at a stable α. */
const promised = { oneLayer: 1e-5, net: 1e-3 };
/** After the judge found nothing wrong, it looks again when they have parted by so many times as much. */
const growth = 4;
/** Without a CPU lane nothing else is compared: the judge looks this often. */
const aloneEveryMs = 2000;
/** And rests so many times as long as it took. */
const restShare = 8;
/** What the GPU complains of may be told by a compiler's error as well, and better, a moment later. */
const complaintMs = 500;
/** In so many parts is the time cut that the GPU has for an answer. */
const ticks = 15;
/** Steps that are done again on the CPU to see whether it stays finite. */
const mostReplayed = 2000;
const mostWords = 300;

export interface WatchParts {
  readonly context: RaceContext;
  readonly gpu: EditedGpu;
  readonly runId: number;
  readonly kernels: AdoptedKernels;
  readonly send: (update: RaceUpdate) => void;
  /** A submission that takes the GPU longer has hung. */
  readonly answerMs: number;
  /** Takes an engine whose device must never be touched again. */
  readonly abandon: (engine: GpuEngine) => void;
}

/** The first part of what a compiler or a GPU says; the rest is its own call stack. */
function plainWords(words: string): string {
  const [first = ''] = words.trim().split(/\n\s*- While /);
  return first.length > mostWords ? `${first.slice(0, mostWords)}…` : first;
}

export class RaceWatch {
  readonly #parts: WatchParts;
  readonly #costs = new CostPairs();
  readonly #abort = new AbortController();
  #race: Race | null = null;
  #over = false;
  #use: EditedUse | null = null;
  #complaint: string | null = null;
  /** The judge has seen this trainer on the whole problem. */
  #judged: Trainer | null = null;
  #judging = false;
  #nextMs = 0;
  /** By how much the lanes have parted at most, and had when the judge looked last. */
  #parted = 0;
  #partedThen = 0;
  /** Waits for the judge. */
  #held: RaceUpdate[] = [];
  #timer: ReturnType<typeof setInterval> | null = null;
  #unanswered = 0;
  #asked = false;

  constructor(parts: WatchParts) {
    this.#parts = parts;
  }

  follow(race: Race): void {
    this.#race = race;
    this.#timer = setInterval(() => this.#tick(), this.#parts.answerMs / ticks);
    void race.ended.then(() => {
      this.#abort.abort();
      if (this.#timer !== null) clearInterval(this.#timer);
      this.#parts.gpu.engine?.device.removeEventListener('uncapturederror', this.#complain);
    });
  }

  /** What this GPU complains of is the edited kernel's doing. */
  listen({ device }: GpuEngine): void {
    device.addEventListener('uncapturederror', this.#complain);
  }

  readonly #complain = (event: GPUUncapturedErrorEvent): void => {
    if (this.#compiled().length === 0) return;
    event.preventDefault();
    this.#complaint ??= event.error.message;
    const words = this.#complaint;
    setTimeout(() => this.#rollBack({ kind: 'refused', words: plainWords(words) }), complaintMs);
  };

  #compiled(): readonly string[] {
    const { engine } = this.#parts.gpu;
    return engine ? compiledEdits(engine) : [];
  }

  /** Edited files that the lane runs, in its steps or beside them. */
  #run(): readonly string[] {
    return this.#use ? [...this.#use.steps, ...this.#use.beside] : [];
  }

  #lane(): Lane | undefined {
    return this.#race?.field?.lanes.find(({ engine }) => engine.kind === 'gpu');
  }

  /** Hands an update on to the page, unless it is the one by which an adopted kernel shows itself wrong. */
  take(update: RaceUpdate): void {
    if (this.#over) return;
    const edited = this.#newUse();
    const pairs = this.#costs.add(update.lanes ?? []);
    const why = this.#run().length > 0 || this.#compiled().length > 0 ? this.#whatIsWrong(update, pairs) : null;
    // a dispatch that the GPU refused left wrong numbers behind
    if (why)
      return this.#rollBack(
        this.#complaint === null || why.kind === 'refused' ? why : { kind: 'refused', words: plainWords(this.#complaint) },
      );
    if (update.divergence && this.#mayBeTheKernels(update.divergence)) return void this.#replay(update, update.divergence);
    this.#askTheJudge(update, pairs);
    const told = edited ? { ...update, edited } : update;
    // an end is told once it is known to be one: what is finished is kept
    if (this.#judging && (update.phase === 'finished' || this.#held.length > 0)) this.#held.push(told);
    else this.#parts.send(told);
  }

  #newUse(): EditedUse | null {
    const lane = this.#lane();
    if (!lane) return null;
    const use = editedUse(lane.trainer, this.#parts.kernels);
    if (JSON.stringify(use) === JSON.stringify(this.#use)) return null;
    this.#use = use;
    return use;
  }

  #whatIsWrong({ failure, notice, lanes = [], divergence }: RaceUpdate, pairs: readonly Pair[]): WentWrong | null {
    if (failure?.kind === 'shader') return { kind: 'refused', words: plainWords(failure.message) };
    if (failure?.kind === 'unexpected') return { kind: 'refused', words: plainWords(failure.message) };
    if (notice?.kind === 'device-lost') return { kind: 'device-lost', words: plainWords(notice.detail) };
    if (this.#run().length === 0) return null;
    if (lanes.some(isWrongGpu) && !lanes.some(({ kind, checked }) => kind === 'cpu' && checked === false)) return this.#firstSteps(pairs);
    const isOfGpu = divergence?.lane === 'gpu' && lanes.some(({ kind }) => kind === 'cpu');
    return isOfGpu && this.#costs.cpuIsStableAt(divergence.step) ? { kind: 'non-finite', atStep: divergence.step } : null;
  }

  #firstSteps(pairs: readonly Pair[]): WentWrong {
    const parted = pairs.find((pair) => apart(pair) > promised.oneLayer * Math.abs(pair.cpu) + 1e-7);
    if (!parted) return { kind: 'first-steps', steps: checkedSteps };
    return { kind: 'cost', atStep: parted.step, gpu: parted.gpu, cpu: parted.cpu };
  }

  /** A race on the GPU alone does not say whether the CPU would have stayed finite. */
  #mayBeTheKernels({ lane }: Divergence): boolean {
    return lane === 'gpu' && this.#run().length > 0 && this.#race?.field?.lanes.length === 1;
  }

  async #replay(update: RaceUpdate, { step }: Divergence): Promise<void> {
    const problem = this.#race?.loaded?.problem;
    let isFinite = false;
    if (problem && step <= mostReplayed) {
      const trainer = await this.#cpu().prepare(problem);
      await trainer.step(step + 1, this.#abort.signal);
      isFinite = (await trainer.costs(0)).every(({ cost }) => Number.isFinite(cost));
      trainer.dispose();
    }
    if (isFinite) return this.#rollBack({ kind: 'non-finite', atStep: step });
    if (!this.#over) this.#parts.send(update);
  }

  /** Whose answer counts: the lane that races, or the fastest there is. */
  #cpu(): Engine {
    const { fast, reference } = this.#parts.context;
    return this.#race?.field?.lanes.find(({ engine }) => engine.kind === 'cpu')?.engine ?? fast.at(-1) ?? reference;
  }

  #askTheJudge({ lanes = [] }: RaceUpdate, pairs: readonly Pair[]): void {
    this.#parted = Math.max(this.#parted, this.#parting(pairs));
    const [race, lane] = [this.#race, this.#lane()];
    if (!race || !lane || this.#judging || this.#run().length === 0 || !lane.checked) return;
    const isAlone = lanes.length === 1 && this.#parts.context.clock() > this.#nextMs;
    if (this.#judged === lane.trainer && !this.#partsMore && !isAlone) return;
    void this.#judgeUntilSure(race, lane);
  }

  get #partsMore(): boolean {
    return this.#parted > growth * this.#partedThen;
  }

  async #judgeUntilSure(race: Race, lane: Lane): Promise<void> {
    const { clock } = this.#parts.context;
    const began = clock();
    this.#judging = true;
    do {
      this.#partedThen = this.#parted;
      await this.#judge(race, lane.trainer);
    } while (this.#partsMore && !this.#over && !this.#abort.signal.aborted);
    this.#judging = false;
    this.#nextMs = clock() + Math.max(aloneEveryMs, restShare * (clock() - began));
    if (this.#over) return;
    for (const update of this.#held.splice(0)) this.#parts.send(update);
  }

  /** By how much the lanes part at most, in what is promised; 0 where they keep to it. */
  #parting(pairs: readonly Pair[]): number {
    const { hidden } = this.#race?.loaded?.problem.model ?? { hidden: [] };
    const relative = hidden.length === 0 ? promised.oneLayer : promised.net;
    const most = pairs.reduce((worst, pair) => Math.max(worst, apart(pair) / (relative * Math.abs(pair.cpu) + 1e-7)), 0);
    return most > 1 ? most : 0;
  }

  /** @param trainer that the lane had when the judge was asked */
  async #judge(race: Race, trainer: Trainer): Promise<void> {
    try {
      const found = await race.visits.ask(async (lane) => {
        const problem = race.loaded?.problem;
        if (lane.trainer !== trainer || !race.field || !problem) return null;
        return { why: await judge(race.field, lane, problem, this.#cpu(), this.#abort.signal) };
      });
      if (!found || this.#abort.signal.aborted) return;
      if (found.why) return this.#rollBack(found.why);
    } catch (error) {
      if (error instanceof ShaderError) return this.#rollBack({ kind: 'refused', words: plainWords(error.message) });
      // the CPU could not do it: what both lanes do is compared all the same
    }
    this.#judged = trainer;
  }

  #tick(): void {
    const { engine } = this.#parts.gpu;
    if (!engine || engine.lost || this.#over) return;
    if (this.#asked) {
      if (++this.#unanswered >= ticks) this.#giveUp(engine);
      return;
    }
    this.#asked = true;
    this.#unanswered = 0;
    const answered = (): void => {
      this.#asked = false;
    };
    engine.device.queue.onSubmittedWorkDone().then(answered, answered);
  }

  #giveUp(engine: GpuEngine): void {
    const seconds = this.#parts.answerMs / 1000;
    if (this.#compiled().length === 0) return;
    this.#parts.abandon(engine);
    this.#rollBack({ kind: 'too-long', seconds });
    giveUp(engine.device, `no answer within ${seconds} s`);
  }

  #rollBack(why: WentWrong): void {
    const race = this.#race;
    if (this.#over || !race) return;
    this.#over = true;
    const files = this.#filesToBlame(why);
    const { send, runId } = this.#parts;
    void race.stop().then(() => {
      send({ runId, phase: 'failed', warming: true, wantsToRun: false, stepsAsked: 0, rollback: { files, why } });
    });
  }

  #filesToBlame(why: WentWrong): readonly string[] {
    const compiled = this.#compiled();
    if (why.kind === 'device-lost' || why.kind === 'too-long') return compiled;
    if (why.kind !== 'refused') return this.#run();
    const named = compiled.filter((file) => why.words.includes(`shaders/${file}:`));
    return named.length > 0 ? named : compiled;
  }
}

function isWrongGpu({ kind, checked }: LaneReport): boolean {
  return kind === 'gpu' && checked === false;
}

/** A number that is none parts from every other. */
function apart({ gpu, cpu }: Pair): number {
  const difference = Math.abs(gpu - cpu);
  return Number.isNaN(difference) ? Number.POSITIVE_INFINITY : difference;
}
