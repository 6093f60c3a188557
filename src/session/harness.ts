/**
 * The measuring harness: how many steps a block takes, when blocks agree enough to count, and what the counted ones say.
 * It sees only step counts and milliseconds, so that a test with a made-up clock can hold it to account.
 */
import { median, outliers, ratioInterval, spread, type Spread } from '../math/statistics.ts';
import type { SpeedUp } from './protocol.ts';

export interface HarnessOptions {
  /** Smallest step of the clock, ms. */
  readonly clockResolutionMs: number;
  /** An empty submission, awaited, ms; 0 without a GPU. */
  readonly readBackFloorMs: number;
  readonly seed: number;
}

/** One lane's block. */
export interface BlockTime {
  readonly lane: string;
  readonly kind: 'cpu' | 'gpu';
  readonly elapsedMs: number;
}

/** A round of all lanes should stay below this, so that the page hears of it often enough. */
const longestRoundMs = 250;
/** A block should be at least this long, whatever the clock. */
const shortestBlockMs = 4;
const mostStepsInBlock = 4096;
/** Rounds that must agree before any counts, how closely, and when to count them all the same. */
const agreeingRounds = 3;
const agreement = 0.25;
const patienceRounds = 12;
/** Rounds that must be counted before a speed-up is claimed. */
const fewestRounds = 5;
/** Rounds that are kept; when there are more, the oldest make room. */
const mostRounds = 4000;

export class Harness {
  readonly #options: HarnessOptions;
  readonly #stepMs = new Map<string, number[]>();
  readonly #kinds = new Map<string, 'cpu' | 'gpu'>();
  #steps = 1;
  #warm = false;
  #recent: (readonly BlockTime[])[] = [];
  #roundsAtSize = 0;
  #hiddenRounds = 0;

  constructor(options: HarnessOptions) {
    this.#options = options;
  }

  /** Steps that the next block of each lane should take. */
  get stepsPerBlock(): number {
    return this.#steps;
  }

  get warm(): boolean {
    return this.#warm;
  }

  get rounds(): number {
    return this.#stepMs.size === 0 ? 0 : Math.min(...[...this.#stepMs.values()].map((times) => times.length));
  }

  get hiddenRounds(): number {
    return this.#hiddenRounds;
  }

  /**
   * Takes in one round: every lane's block of `steps` steps.
   * @param hidden the tab was hidden meanwhile: the round is discarded and counted
   */
  add(steps: number, blocks: readonly BlockTime[], hidden: boolean): void {
    // a shorter block, as at the very end, is dearer by its read-back and no sample of the others
    if (blocks.length === 0 || steps < this.#steps) return;
    if (hidden) {
      this.#hiddenRounds++;
      return;
    }
    if (!this.#warm) {
      this.#warmUp(steps, blocks);
      return;
    }
    for (const { lane, kind, elapsedMs } of blocks) {
      const times = this.#stepMs.get(lane) ?? [];
      times.push(elapsedMs / steps);
      if (times.length > mostRounds) times.shift();
      this.#stepMs.set(lane, times);
      this.#kinds.set(lane, kind);
    }
  }

  #warmUp(steps: number, blocks: readonly BlockTime[]): void {
    const shortest = Math.min(...blocks.map((block) => block.elapsedMs));
    const roundMs = blocks.reduce((sum, block) => sum + block.elapsedMs, 0);
    const floorMs = blocks.some((block) => block.kind === 'gpu') ? 10 * this.#options.readBackFloorMs : 0;
    const wantedMs = Math.max(shortestBlockMs, 100 * this.#options.clockResolutionMs, floorMs);
    const growth = Math.min(8, wantedMs / Math.max(shortest, 1e-4), longestRoundMs / Math.max(roundMs, 1e-4));
    if (steps === this.#steps && growth >= 1.5 && this.#steps < mostStepsInBlock) {
      this.#steps = Math.min(mostStepsInBlock, Math.max(this.#steps + 1, Math.floor(this.#steps * growth)));
      this.#recent = [];
      this.#roundsAtSize = 0;
      return;
    }
    this.#recent = [...this.#recent.slice(-(agreeingRounds - 1)), blocks];
    this.#roundsAtSize++;
    this.#warm = this.#roundsAtSize >= patienceRounds || (this.#recent.length === agreeingRounds && agree(this.#recent));
  }

  /** Milliseconds a step, or null until enough rounds were counted. */
  stepMs(lane: string): Spread | null {
    const times = this.#stepMs.get(lane);
    return times && times.length >= fewestRounds ? spread(times) : null;
  }

  samples(lane: string): readonly number[] {
    return this.#stepMs.get(lane) ?? [];
  }

  /** Bootstrap interval of the median, low and high. */
  medianInterval(lane: string): readonly [number, number] {
    const times = this.samples(lane);
    const { low, high } = ratioInterval(times, new Array<number>(times.length).fill(1), this.#options.seed, { resamples: 200 });
    return [low, high];
  }

  outlierRounds(lane: string): number {
    return outliers(this.#stepMs.get(lane) ?? []).length;
  }

  /** Later rounds against earlier ones: median of the last third over that of the first, minus 1; null until nine rounds. */
  drift(lane: string): number | null {
    const times = this.#stepMs.get(lane) ?? [];
    if (times.length < 9) return null;
    const third = Math.floor(times.length / 3);
    return spread(times.slice(-third)).median / spread(times.slice(0, third)).median - 1;
  }

  /** Blocks enough for a claim; cheaper to ask than the claim. */
  get speedUpIsKnown(): boolean {
    return this.rounds >= fewestRounds;
  }

  /** CPU time over GPU time; null without both lanes, or until enough rounds were counted. */
  speedUp(): SpeedUp | null {
    const lane = (kind: 'cpu' | 'gpu'): readonly number[] => {
      const found = [...this.#kinds].find(([, own]) => own === kind);
      return found ? this.samples(found[0]) : [];
    };
    const [cpu, gpu] = [lane('cpu'), lane('gpu')];
    const blocks = Math.min(cpu.length, gpu.length);
    if (blocks < fewestRounds) return null;
    const last = 400;
    const { ratio, low, high } = ratioInterval(cpu.slice(-last), gpu.slice(-last), this.#options.seed, { resamples: 400 });
    const shortestMs = this.#steps * Math.min(median(cpu), median(gpu));
    const tooShort = shortestMs < 100 * this.#options.clockResolutionMs;
    const verdict = tooShort ? 'below-resolution' : low <= 1 && high >= 1 ? 'no-difference' : ratio > 1 ? 'gpu' : 'cpu';
    return { ratio, low, high, blocks: Math.min(blocks, last), verdict, stepsPerBlock: this.#steps, hiddenBlocks: this.#hiddenRounds };
  }
}

/** True when each lane's blocks lie within a quarter of each other. */
function agree(rounds: readonly (readonly BlockTime[])[]): boolean {
  const [first = []] = rounds;
  return first.every(({ lane }) => {
    const times = rounds.map((blocks) => blocks.find((block) => block.lane === lane)?.elapsedMs ?? Number.NaN);
    return Math.max(...times) - Math.min(...times) <= agreement * Math.min(...times);
  });
}
