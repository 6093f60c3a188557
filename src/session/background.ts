/**
 * What is measured beside a race, once its speeds are known, between its blocks: the machine's ceilings, what a run costs
 * end to end, and what a step costs whatever m is. A job at a time, with a rest after each; the race goes on meanwhile.
 */
import type { Problem } from '../engine/contract.ts';
import { batchSizeOf } from '../engine/layout.ts';
import { GpuEngine } from '../engine/gpu/engine.ts';
import { throwIfLost } from '../engine/gpu/loss.ts';
import { cpuCeiling, gpuCeiling } from './ceilings.ts';
import { endToEnd, type LaneTimes } from './end-to-end.ts';
import type { Field } from './field.ts';
import type { Harness } from './harness.ts';
import type { Lane } from './lane.ts';
import type { News } from './outbox.ts';
import type { RaceContext } from './race-context.ts';
import { sharesOf } from './shares.ts';
import { smallerProblem, timeSteps } from './step-time.ts';
import { fixedCost, verdictOf } from './verdict.ts';

/** Rounds that are counted before anything else is measured, and the rest after each job. */
const roundsBefore = 8;
const restMs = 400;
/** How often the transfers of a lane are measured. */
const mostTransfers = 7;
const fewestTransfers = 3;
const transferBudgetMs = 300;
/** Between two tellings of what changes with every block. */
const tellMs = 1000;

export interface BackgroundOptions {
  readonly context: Pick<RaceContext, 'clock' | 'clockResolutionMs' | 'fast' | 'ceilings'>;
  readonly problem: Problem;
  /** Steps of a run from end to end. */
  readonly steps: number;
  readonly seed: number;
  readonly readBackFloorMs: number;
  readonly signal: AbortSignal;
}

interface GpuSide {
  readonly lane: Lane;
  readonly engine: GpuEngine;
}

function gpuOf(field: Field): GpuSide | null {
  for (const lane of field.lanes) if (lane.engine instanceof GpuEngine) return { lane, engine: lane.engine };
  return null;
}

type Transfers = ReadonlyMap<string, Pick<LaneTimes, 'uploadMs' | 'readBackMs'>>;

export class Background {
  readonly #options: BackgroundOptions;
  #transfers: Transfers | null = null;
  /** The GPU's time of a step at a smaller m; null when it cannot be had. */
  #smaller: { readonly m: number; readonly ms: number } | null | undefined;
  #ceilingsTold = false;
  #nextMs = 0;
  #nextTellMs = 0;

  constructor(options: BackgroundOptions) {
    this.#options = options;
  }

  /** One job, if it is time for one; and what is new. @param settled the GPU's plan will stay */
  async look(field: Field, harness: Harness, settled: boolean): Promise<News> {
    const { clock } = this.#options.context;
    if (!harness.warm || harness.rounds < roundsBefore || this.#options.signal.aborted) return {};
    if (clock() >= this.#nextMs && (await this.#job(field, settled))) this.#nextMs = clock() + restMs;
    return this.#news(field, harness);
  }

  /** Beside a race that rests: everything that is left, until it is wanted again. */
  async finish(field: Field, harness: Harness, wanted: () => boolean, tell: (news: News) => Promise<void>): Promise<void> {
    const stopped = (): boolean => wanted() || this.#options.signal.aborted;
    while (!stopped() && (await this.#job(field, true))) {
      this.#nextTellMs = 0;
      if (!stopped()) await tell(this.#news(field, harness));
    }
  }

  /** @returns false when there was none left */
  async #job(field: Field, settled: boolean): Promise<boolean> {
    const { context, readBackFloorMs: floorMs, signal } = this.#options;
    const { ceilings, clock, clockResolutionMs, fast } = context;
    const gpu = gpuOf(field);
    if (gpu && ceilings.gpu === undefined) {
      const { engine } = gpu;
      const found = await gpuCeiling(engine, { clock, clockResolutionMs, floorMs, signal });
      throwIfLost(engine.device);
      if (!signal.aborted) ceilings.gpu = found;
      return true;
    }
    if (ceilings.cpu === undefined) {
      const found = await cpuCeiling(fast, { clock, clockResolutionMs, signal });
      if (!signal.aborted) ceilings.cpu = found;
      return true;
    }
    if (this.#transfers === null) {
      this.#transfers = await this.#measureTransfers(field.lanes);
      return true;
    }
    // a software GPU is its own explanation
    if (gpu && settled && !gpu.engine.adapter.software && this.#smaller === undefined) {
      this.#smaller = await this.#timeSmaller(field, gpu);
      return true;
    }
    return false;
  }

  async #measureTransfers(lanes: readonly Lane[]): Promise<Transfers> {
    const { clock } = this.#options.context;
    const found = new Map(lanes.map(({ engine }) => [engine.name as string, { uploadMs: [] as number[], readBackMs: [] as number[] }]));
    const began = clock();
    for (let turn = 0; turn < mostTransfers && (turn < fewestTransfers || clock() - began < transferBudgetMs); turn++) {
      for (const { engine, trainer } of turn % 2 === 0 ? lanes : [...lanes].reverse()) {
        const { uploadMs, readBackMs } = await trainer.transfer();
        found.get(engine.name)?.uploadMs.push(uploadMs);
        found.get(engine.name)?.readBackMs.push(readBackMs);
        if (this.#options.signal.aborted) return found;
      }
    }
    return found;
  }

  async #timeSmaller(field: Field, { lane, engine }: GpuSide): Promise<{ readonly m: number; readonly ms: number } | null> {
    const { context, problem, readBackFloorMs, signal } = this.#options;
    const small = smallerProblem(problem);
    if (!small) return null;
    const trainer = await field.prepareOn(engine, small);
    try {
      if (trainer.plan.name !== lane.trainer.plan.name) return null;
      return { m: batchSizeOf(small), ms: await timeSteps(trainer, context.clock, readBackFloorMs, signal) };
    } finally {
      trainer.dispose();
    }
  }

  #news(field: Field, harness: Harness): News {
    const { context, steps, seed } = this.#options;
    const { ceilings } = context;
    const news: { -readonly [K in keyof News]: News[K] } = {};
    const gpuKnown = ceilings.gpu !== undefined || gpuOf(field) === null;
    if (!this.#ceilingsTold && gpuKnown && ceilings.cpu !== undefined) {
      this.#ceilingsTold = true;
      news.ceilings = { gpu: ceilings.gpu ?? null, cpu: ceilings.cpu };
    }
    if (context.clock() < this.#nextTellMs) return news;
    this.#nextTellMs = context.clock() + tellMs;
    const transfers = this.#transfers;
    const times = field.lanes.flatMap(({ engine, checked }) => {
      const own = transfers?.get(engine.name);
      const stepMs = harness.samples(engine.name);
      return own && stepMs.length > 0 && checked ? [{ lane: engine.name, kind: engine.kind, stepMs, ...own }] : [];
    });
    if (times.length > 0 && times.length === field.lanes.length) news.endToEnd = endToEnd(steps, times, seed);
    const verdict = this.#verdict(field, harness);
    if (verdict) news.verdict = verdict;
    return news;
  }

  #verdict(field: Field, harness: Harness): News['verdict'] | null {
    const { context, problem, readBackFloorMs } = this.#options;
    const side = gpuOf(field);
    const stepMs = side && harness.stepMs(side.engine.name)?.median;
    if (!side || !stepMs || side.lane.checked !== true || context.ceilings.cpu === undefined) return null;
    const { engine, lane } = side;
    if (this.#smaller === undefined && !engine.adapter.software) return null;
    const { plan } = lane.trainer;
    const { stepsPerBlock } = harness;
    const examples = batchSizeOf(problem);
    const small = this.#smaller ?? null;
    const gpu = context.ceilings.gpu ?? null;
    const rates = { gigabytesPerSecond: plan.bytesPerStep / stepMs / 1e6, gigaflopsPerSecond: plan.flopsPerStep / stepMs / 1e6 };
    return verdictOf({
      software: engine.adapter.software,
      ...{ stepMs, stepsPerBlock, readBackFloorMs, examples, gpu },
      // the await is a term of its own
      fixedMs: small && fixedCost({ m: examples, ms: Math.max(0, stepMs - readBackFloorMs / stepsPerBlock) }, small),
      dispatchesPerStep: plan.dispatchesPerStep,
      bytesPerStep: plan.bytesPerStep,
      flopsPerStep: plan.flopsPerStep,
      shares: sharesOf(rates, gpu),
      cpu: context.ceilings.cpu ?? null,
    });
  }
}
