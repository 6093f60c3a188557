/**
 * A race: trainers on the same bits from the same parameters take turns, a block of steps each, never at once. This is
 * its life from loading to its end, with the commands that steer it; the lanes are `field.ts`'s, measuring `harness.ts`'s,
 * looking at what was learned `observer.ts`'s.
 */
import type { Dataset } from '../data/dataset.ts';
import type { Problem } from '../engine/contract.ts';
import { Random, streams } from '../math/rng.ts';
import { Beside } from './beside.ts';
import { turn } from './breathe.ts';
import type { Environment } from './environment.ts';
import { failureOf } from './failure.ts';
import { Field, meetsLostDevice, type RoundCosts } from './field.ts';
import { Harness } from './harness.ts';
import type { Lane } from './lane.ts';
import { compileEarly, lineUp } from './line-up.ts';
import { Observer } from './observer.ts';
import { Outbox, type News } from './outbox.ts';
import { PlanSearch } from './plan-search.ts';
import { PrecisionWatch } from './precision.ts';
import { problemFor, requestFor } from './problem.ts';
import type { RacePhase, RaceUpdate } from './protocol.ts';
import type { RaceReport } from './race-report.ts';
import { dataReport, singleClass } from './reports.ts';
import type { RaceContext } from './race-context.ts';
import type { Settings } from './settings.ts';
import { checkedSteps } from './verify.ts';
import { Visits } from './visits.ts';

export class Race {
  readonly #context: RaceContext;
  readonly #settings: Settings;
  readonly #outbox: Outbox;
  readonly #abort = new AbortController();
  readonly #order: Random;
  readonly #ended: Promise<void>;
  #phase: RacePhase = 'loading';
  #harness: Harness;
  #field: Field | null = null;
  #stepsAsked: number;
  #wantsToRun: boolean;
  #singleSteps = 0;
  /** A pause was asked for last: nothing is to be computed, measurements included. */
  #quiet = false;
  #wake: (() => void) | null = null;
  #hidden = false;
  #floorMs = 0;
  #loaded: { readonly dataset: Dataset; readonly problem: Problem } | null = null;
  /** What is asked of the lane that is shown. */
  readonly visits = new Visits();

  constructor(context: RaceContext, runId: number, settings: Settings, paused: boolean, send: (update: RaceUpdate) => void) {
    this.#context = context;
    this.#settings = settings;
    this.#stepsAsked = settings.steps;
    this.#wantsToRun = !paused;
    this.#order = new Random(settings.seed, streams.blocks);
    this.#harness = this.#newHarness(0);
    this.#outbox = new Outbox(runId, send, context.clock, () => ({
      phase: this.#phase,
      warming: !this.#harness.warm,
      wantsToRun: this.#wantsToRun,
      stepsAsked: this.#stepsAsked,
      lanes: this.#field?.lanes.map((lane) => lane.report(this.#harness, context.ceilings[lane.engine.kind])) ?? [],
    }));
    this.#ended = this.#main();
  }

  #newHarness(readBackFloorMs: number): Harness {
    return new Harness({ clockResolutionMs: this.#context.clockResolutionMs, readBackFloorMs, seed: this.#settings.seed });
  }

  /** Goes on; after the end, as many steps again. */
  run(): void {
    if (this.#phase === 'finished') this.#stepsAsked += this.#settings.steps;
    this.#wantsToRun = true;
    this.#quiet = false;
    this.#wake?.();
  }

  /** At the end too: then nothing more is measured beside. */
  pause(): void {
    this.#wantsToRun = false;
    this.#quiet = true;
  }

  /** One step on each lane, then a pause. */
  stepOnce(): void {
    if (this.#phase === 'finished') this.#stepsAsked++;
    this.#wantsToRun = false;
    this.#quiet = false;
    this.#singleSteps++;
    this.#wake?.();
  }

  setHidden(hidden: boolean): void {
    this.#hidden = hidden;
  }

  /** What was measured so far, every sample of it; null before the first step. Asking takes nothing away. */
  async result(environment: Environment): Promise<RaceReport | null> {
    const { raceReport } = await import('./race-result.ts');
    if (!this.#field || !this.#loaded) return null;
    const { dataset } = this.#loaded;
    return raceReport({ environment, settings: this.#settings, dataset, field: this.#field, harness: this.#harness });
  }

  /** The examples and what is made of them; null before they have come. */
  get loaded(): { readonly dataset: Dataset; readonly problem: Problem } | null {
    return this.#loaded;
  }

  /** Its lanes; null before they are lined up. */
  get field(): Field | null {
    return this.#field;
  }

  /** Resolves when it is over and everything that it took is free. */
  get ended(): Promise<void> {
    return this.#ended;
  }

  get readBackFloorMs(): number {
    return this.#floorMs;
  }

  /** Ends the race wherever it stands; resolves when everything that it took is free. */
  async stop(): Promise<void> {
    this.#outbox.close();
    this.#abort.abort();
    this.#wake?.();
    await this.#ended;
  }

  get #aborted(): boolean {
    return this.#abort.signal.aborted;
  }

  #enter(phase: RacePhase): void {
    if (this.#phase === phase) return;
    this.#phase = phase;
    this.#outbox.flush(true);
  }

  async #main(): Promise<void> {
    try {
      const began = this.#context.clock();
      const compiling = compileEarly(this.#settings, this.#context);
      const dataset = await this.#load();
      const problem = problemFor(dataset, this.#settings);
      this.#loaded = { dataset, problem };
      this.#outbox.add({ data: dataReport(dataset, problem, this.#context.clock() - began) });
      this.#noteData(dataset);
      this.#enter('preparing');
      const search = new PlanSearch(this.#context, problem, this.#settings.plan, this.#abort.signal);
      const field = new Field(problem, await search.start(), this.#context.clock, this.#abort.signal);
      this.#outbox.add(search.news());
      this.#field = field;
      this.#floorMs = await lineUp(field, {
        settings: this.#settings,
        context: this.#context,
        outbox: this.#outbox,
        signal: this.#abort.signal,
        compiling,
        firstBlock: async (lane) => {
          if (this.#wantsToRun) await this.#firstBlock(lane);
        },
      });
      this.#harness = this.#newHarness(this.#floorMs);
      await this.#loop(field, new Observer(this.#context.clock, dataset, problem, field, this.#abort.signal), search, problem);
    } catch (error) {
      if (this.#aborted) return;
      this.#outbox.add({ failure: failureOf(error) });
      this.#enter('failed');
    } finally {
      this.visits.close();
      this.#field?.dispose();
    }
  }

  #load(): Promise<Dataset> {
    this.#outbox.flush(true);
    const onProgress = (loading: NonNullable<RaceUpdate['loading']>): void => {
      this.#outbox.add({ loading });
      this.#outbox.flush();
    };
    return this.#context.loader.load(requestFor(this.#settings), onProgress, this.#abort.signal);
  }

  #noteData(dataset: Dataset): void {
    const only = singleClass(dataset);
    if (only !== null) this.#outbox.note({ kind: 'single-class', className: only });
    const used = dataset.train.x.m;
    if (used < this.#settings.m) this.#outbox.note({ kind: 'm-reduced', asked: this.#settings.m, used });
  }

  /** The very first step of a lane: part of its cold time, sent at once. */
  async #firstBlock(lane: Lane): Promise<void> {
    if (lane.trainer.stepsDone > 0) return;
    await lane.block(1, true, this.#abort.signal);
    if (this.#wantsToRun) this.#phase = 'racing';
    this.#outbox.flush(true);
  }

  async #loop(field: Field, observer: Observer, search: PlanSearch, problem: Problem): Promise<void> {
    const watch = new PrecisionWatch(problem);
    const { steps, seed } = this.#settings;
    const { signal } = this.#abort;
    const beside = new Beside({ context: this.#context, problem, steps, seed, readBackFloorMs: this.#floorMs, signal });
    let checked = false;
    while (await this.#mayGoOn(field, observer, beside)) {
      let costs: RoundCosts = new Map();
      const lost = await meetsLostDevice(async () => {
        costs = await this.#round(field);
        if (!checked && field.stepsDone >= Math.min(checkedSteps, this.#stepsAsked)) {
          await field.check(this.#context.truth);
          checked = true;
        }
        this.#outbox.add(await observer.look(this.#harness));
        await this.visits.serve(field.lanes[0]);
        if (await search.look(field, this.#harness)) this.#harness = this.#newHarness(this.#floorMs);
        this.#outbox.add(search.news());
        if (!this.#hidden) this.#outbox.add(await beside.look(field, this.#harness, search.settled));
        // a trainer made from a later state could not be asked for the first costs
        if (checked) await field.keepState();
      });
      if (this.#aborted) return;
      if (lost) await this.#recover(field);
      const divergence = await field.divergence(costs);
      if (divergence) {
        this.#outbox.add({ divergence });
        this.#enter('diverged');
        return;
      }
      watch.add([...costs.values()][0] ?? [], field.difference.largest);
      const parting = await watch.look(this.#context.truth, this.#abort.signal);
      if (parting) this.#outbox.note(parting);
      this.#tell(field);
      await turn();
    }
  }

  async #round(field: Field): Promise<RoundCosts> {
    if (field.lanes.some((lane) => lane.trainer.stepsDone === 0)) {
      for (const lane of field.lanes) await this.#firstBlock(lane);
      return new Map();
    }
    const single = !this.#wantsToRun;
    const steps = single || field.stepsDone < checkedSteps ? 1 : Math.min(this.#harness.stepsPerBlock, this.#stepsAsked - field.stepsDone);
    const wasHidden = this.#hidden;
    const { costs, times } = await field.round(steps, this.#order);
    if (!single && !this.#aborted) this.#harness.add(steps, times, wasHidden || this.#hidden);
    return costs;
  }

  #tell(field: Field): void {
    const { difference, lanes } = field;
    if (lanes.length > 1) this.#outbox.add({ difference });
    this.#outbox.add({ speedUp: lanes.some((lane) => lane.checked !== true) ? null : this.#harness.speedUp() });
    this.#outbox.flush();
  }

  async #recover(field: Field): Promise<void> {
    const atStep = field.stepsDone;
    const recovered = await field.recover(this.#context.gpu);
    this.#outbox.note({ kind: 'device-lost', atStep, recovered, detail: this.#context.gpu.lastLoss });
    this.#outbox.flush(true);
  }

  /** Waits while paused or finished; false when the race was ended. */
  async #mayGoOn(field: Field, observer: Observer, beside: Beside): Promise<boolean> {
    if (field.lanes.length === 0) {
      this.#enter('finished');
      return false;
    }
    for (;;) {
      if (this.#aborted) return false;
      const finished = field.stepsDone >= this.#stepsAsked;
      if (!finished && this.#wantsToRun) {
        this.#enter('racing');
        return true;
      }
      if (!finished && this.#singleSteps > 0) {
        this.#singleSteps--;
        return true;
      }
      await this.#rest(field, observer, beside, finished ? 'finished' : 'paused');
    }
  }

  async #rest(field: Field, observer: Observer, beside: Beside, phase: 'finished' | 'paused'): Promise<void> {
    const lost = await meetsLostDevice(async () => this.#outbox.add(await observer.lookAtAll()));
    if (this.#aborted) return;
    if (lost) await this.#recover(field);
    this.#singleSteps = Math.min(this.#singleSteps, Math.max(0, this.#stepsAsked - field.stepsDone));
    this.#tell(field);
    this.#phase = phase;
    this.#outbox.flush(true);
    const goesOn = (): boolean => this.#stepsAsked > field.stepsDone && (this.#wantsToRun || this.#singleSteps > 0);
    const woken = new Promise<void>((resolve) => {
      this.#wake = resolve;
      if (this.#aborted || goesOn()) resolve();
    });
    if (phase === 'finished') await this.#finishBeside(field, beside, woken, goesOn);
    while (await meetsLostDevice(() => this.visits.serveUntil(woken, () => field.lanes[0]))) await this.#recover(field);
    this.#wake = null;
  }

  async #finishBeside(field: Field, beside: Beside, woken: Promise<void>, goesOn: () => boolean): Promise<void> {
    const tell = (news: News): Promise<void> => {
      this.#outbox.add(news);
      this.#outbox.flush(true);
      return this.visits.serve(field.lanes[0]);
    };
    const lost = await meetsLostDevice(async () => {
      await this.visits.serve(field.lanes[0]);
      await beside.finish(field, this.#harness, woken, () => goesOn() || this.#hidden || this.#quiet, tell);
    });
    if (lost && !this.#aborted) await this.#recover(field);
  }
}
