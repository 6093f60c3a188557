/**
 * The law of a step's time, t = fixed + slope · m: fitted to times of one lane, and where the laws of two lanes meet, with
 * an interval. No clock in here: times are measured by the session.
 */
import { Random, streams } from './rng.ts';
import { fitLine, median, type LineFit } from './statistics.ts';

export interface Timed {
  readonly m: number;
  readonly ms: number;
}

/**
 * The line through times, relative errors weighing alike. No step costs less than nothing: where the line would start
 * below zero, the one through zero is taken.
 * @returns milliseconds, milliseconds an example, and each time's distance from the line as a share of the line
 */
export function fitLaw(times: readonly Timed[]): { fixedMs: number; msPerExample: number; deviations: readonly number[] } {
  const { intercept, slope } = lineThrough(
    times.map(({ m }) => m),
    times.map(({ ms }) => ms),
  );
  return { fixedMs: intercept, msPerExample: slope, deviations: times.map(({ m, ms }) => ms / (intercept + slope * m) - 1) };
}

function lineThrough(sizes: ArrayLike<number>, times: ArrayLike<number>): LineFit {
  const weights = Float64Array.from(times, (time) => 1 / time ** 2);
  const line = fitLine(sizes, times, weights);
  if (line.intercept >= 0) return line;
  let product = 0;
  let square = 0;
  for (let i = 0; i < sizes.length; i++) {
    const ratio = (sizes[i] ?? 0) / (times[i] ?? 1);
    product += ratio;
    square += ratio * ratio;
  }
  return { intercept: 0, slope: product / square };
}

/** Times of a step of two lanes at one m; `first[i]` and `second[i]` were taken in the same round. All above 0. */
export interface PairedTimes {
  readonly m: number;
  readonly first: readonly number[];
  readonly second: readonly number[];
}

export type LaneOfTwo = 'first' | 'second';

/**
 * `crossing`: the laws meet at m, with a 95 % interval low … high, an end of which may be 0 or Infinity; above m, the lane
 * `faster` is so.
 * `inside`: m lies between the smallest and the largest that was measured. `none`: the times tell of no crossing;
 * `faster` is so at every measured m, or null when the times do not tell which.
 */
export type Crossover =
  | {
      readonly kind: 'crossing';
      readonly m: number;
      readonly low: number;
      readonly high: number;
      readonly inside: boolean;
      readonly faster: LaneOfTwo;
    }
  | { readonly kind: 'none'; readonly faster: LaneOfTwo | null };

export interface CrossoverOptions {
  readonly resamples?: number;
}

/** Of the resamples, on either side of the interval: 95 % lie inside. */
const tail = 0.025;
/** The same for a normal distribution, in deviations; and its share below one deviation. */
const deviationsAsked = 1.96;
const oneDeviationBelow = 0.1587;

/**
 * Where the laws of two lanes meet, each fitted to its median at each m, with a bootstrap percentile interval.
 *
 * A resample draws rounds again at each m, both lanes together, so that what slows both at once cancels. Medians may lie
 * farther from the line than their rounds explain, where a whole visit went slow or the law holds only roughly; that part
 * of the residuals is drawn again as well, with a random sign and both lanes of a point together (a wild bootstrap, Wu,
 * Annals of Statistics 14, 1986).
 *
 * A crossing is told only where the difference of the lines at m = 0 and that of their slopes are both away from 0 at the
 * level of the interval: nearly parallel lines always meet somewhere far off, and every other time at a positive m. Lines
 * of resamples that never meet, or the other way round, count as meeting at infinity, or at 0 where that is nearer: so an
 * end of the interval may run away. Points without a round in both lanes are left out; below three different m there is
 * nothing to tell.
 * @param seed of the resamples: the same seed and times give the same answer
 */
export function crossover(points: readonly PairedTimes[], seed: number, { resamples = 1000 }: CrossoverOptions = {}): Crossover {
  const measured = points.filter(({ first, second }) => Math.min(first.length, second.length) > 0);
  const sizes = Float64Array.from(measured, ({ m }) => m);
  if (new Set(sizes).size < 3) return { kind: 'none', faster: null };
  const random = new Random(seed, streams.bootstrap);
  const [drawnFirst, drawnSecond] = drawMedians(measured, random, resamples);
  const first = laneOf(sizes, measured.map(ofFirst), drawnFirst);
  const second = laneOf(sizes, measured.map(ofSecond), drawnSecond);
  const differences = new Differences(first.line, second.line, sizes, resamples);
  shake(sizes, first, second, random, (one, other) => differences.add(one, other));
  return differences.answer();
}

const rounds = ({ first, second }: PairedTimes): number => Math.min(first.length, second.length);
const ofFirst = (point: PairedTimes): readonly number[] => point.first.slice(0, rounds(point));
const ofSecond = (point: PairedTimes): readonly number[] => point.second.slice(0, rounds(point));

/** One lane: its line, its medians drawn again (one row of points a resample), and what their rounds do not explain. */
interface Lane {
  readonly line: LineFit;
  readonly drawn: Float64Array;
  /** For each point, the logarithm of a factor. */
  readonly misfit: Float64Array;
}

/** Medians of rounds drawn again at each point, the same rounds for both lanes; one row of points a resample. */
function drawMedians(points: readonly PairedTimes[], random: Random, resamples: number): [Float64Array, Float64Array] {
  const first = new Float64Array(resamples * points.length);
  const second = new Float64Array(resamples * points.length);
  points.forEach((point, at) => {
    const one = new Ranked(ofFirst(point));
    const other = new Ranked(ofSecond(point));
    const count = rounds(point);
    for (let resample = 0; resample < resamples; resample++) {
      for (let draw = 0; draw < count; draw++) {
        const chosen = random.below(count);
        one.draw(chosen);
        other.draw(chosen);
      }
      first[resample * points.length + at] = one.takeMedian();
      second[resample * points.length + at] = other.takeMedian();
    }
  });
  return [first, second];
}

/** Sorted once, so that the median of a resample needs only a count of how often each rank was drawn. */
class Ranked {
  readonly #sorted: Float64Array;
  readonly #rankOf: Uint32Array;
  readonly #drawn: Uint32Array;

  constructor(values: readonly number[]) {
    const order = Uint32Array.from(values.keys()).sort((a, b) => (values[a] ?? 0) - (values[b] ?? 0));
    this.#sorted = Float64Array.from(order, (index) => values[index] ?? 0);
    this.#rankOf = new Uint32Array(values.length);
    order.forEach((index, rank) => (this.#rankOf[index] = rank));
    this.#drawn = new Uint32Array(values.length);
  }

  draw(index: number): void {
    const rank = this.#rankOf[index] ?? 0;
    this.#drawn[rank] = (this.#drawn[rank] ?? 0) + 1;
  }

  /** Of as many draws as there are values; forgets them. */
  takeMedian(): number {
    const count = this.#sorted.length;
    const lower = (count - 1) >> 1;
    const upper = count >> 1;
    let below = 0;
    let sum = 0;
    for (let rank = 0; rank < count; rank++) {
      const until = below + (this.#drawn[rank] ?? 0);
      if (below <= lower && lower < until) sum += this.#sorted[rank] ?? 0;
      if (below <= upper && upper < until) sum += this.#sorted[rank] ?? 0;
      below = until;
      this.#drawn[rank] = 0;
    }
    return sum / 2;
  }
}

function laneOf(sizes: Float64Array, times: readonly (readonly number[])[], drawn: Float64Array): Lane {
  const count = sizes.length;
  const medians = Float64Array.from(times, median);
  const line = lineThrough(sizes, medians);
  const residuals = medians.map((time, at) => logOf(time / (line.intercept + line.slope * (sizes[at] ?? 0))));
  // Two parameters were fitted, so residuals are that much too small.
  const around = residuals.reduce((sum, residual) => sum + residual ** 2, 0) / (count - 2);
  const within = varianceOfLogs(drawn, count);
  const unexplained = around > within ? Math.sqrt(((1 - within / around) * count) / (count - 2)) : 0;
  return { line, drawn, misfit: residuals.map((residual) => residual * unexplained) };
}

/** A line may fall below zero between times that do not: no factor then. */
const logOf = (factor: number): number => (factor > 0 ? Math.log(factor) : 0);

/** Variance over resamples; of all points the median, since at some, slow rounds may have made half of a resample. */
function varianceOfLogs(drawn: Float64Array, count: number): number {
  const resamples = drawn.length / count;
  const variances = new Float64Array(count);
  for (let at = 0; at < count; at++) {
    let sum = 0;
    let squares = 0;
    const base = Math.log(drawn[at] ?? 1);
    for (let place = at; place < drawn.length; place += count) {
      const value = Math.log(drawn[place] ?? 1) - base;
      sum += value;
      squares += value * value;
    }
    variances[at] = Math.max(0, squares / resamples - (sum / resamples) ** 2);
  }
  return median(variances);
}

/** Fits both lanes to each resample, moved by the misfit of points drawn again. */
function shake(sizes: Float64Array, first: Lane, second: Lane, random: Random, each: (first: LineFit, second: LineFit) => void): void {
  const count = sizes.length;
  const one = new Float64Array(count);
  const other = new Float64Array(count);
  for (let row = 0; row < first.drawn.length; row += count) {
    for (let at = 0; at < count; at++) {
      const chosen = random.below(2 * count);
      const from = chosen >> 1;
      const sign = (chosen & 1) === 0 ? 1 : -1;
      one[at] = (first.drawn[row + at] ?? 0) * Math.exp(sign * (first.misfit[from] ?? 0));
      other[at] = (second.drawn[row + at] ?? 0) * Math.exp(sign * (second.misfit[from] ?? 0));
    }
    each(lineThrough(sizes, one), lineThrough(sizes, other));
  }
}

/** What lines that were drawn again say of the fitted ones: their differences, first lane minus second. */
class Differences {
  readonly #smallest: number;
  readonly #largest: number;
  readonly #fitted: Difference;
  readonly #atZero: Float64Array;
  readonly #slopes: Float64Array;
  readonly #atSmallest: Float64Array;
  readonly #atLargest: Float64Array;
  #count = 0;

  constructor(first: LineFit, second: LineFit, sizes: Float64Array, resamples: number) {
    this.#smallest = Math.min(...sizes);
    this.#largest = Math.max(...sizes);
    this.#fitted = differenceOf(first, second);
    this.#atZero = new Float64Array(resamples);
    this.#slopes = new Float64Array(resamples);
    this.#atSmallest = new Float64Array(resamples);
    this.#atLargest = new Float64Array(resamples);
  }

  add(first: LineFit, second: LineFit): void {
    const { atZero, slope } = differenceOf(first, second);
    this.#atZero[this.#count] = atZero;
    this.#slopes[this.#count] = slope;
    this.#atSmallest[this.#count] = atZero + slope * this.#smallest;
    this.#atLargest[this.#count] = atZero + slope * this.#largest;
    this.#count++;
  }

  answer(): Crossover {
    const { atZero, slope } = this.#fitted;
    const m = -atZero / slope;
    if (m > 0 && isSure(atZero, this.#atZero) && isSure(slope, this.#slopes)) {
      const [low, high] = this.#interval();
      return {
        kind: 'crossing',
        m,
        low: Math.min(m, low),
        high: Math.max(m, high),
        inside: this.#smallest <= m && m <= this.#largest,
        faster: slope < 0 ? 'first' : 'second',
      };
    }
    const ends = [atZero + slope * this.#smallest, atZero + slope * this.#largest] as const;
    const sure = ends[0] * ends[1] > 0 && isSure(ends[0], this.#atSmallest) && isSure(ends[1], this.#atLargest);
    return { kind: 'none', faster: sure ? (ends[0] < 0 ? 'first' : 'second') : null };
  }

  /** Percentiles of where the lines meet; such as do not meet that way do so at infinity or at 0. */
  #interval(): readonly [low: number, high: number] {
    const sign = Math.sign(this.#fitted.slope);
    const meetings = this.#slopes.map((slope, at) => {
      const atZero = this.#atZero[at] ?? 0;
      const starts = sign * atZero < 0;
      if (sign * slope > 0) return starts ? -atZero / slope : 0;
      return starts || at % 2 === 0 ? Infinity : 0;
    });
    meetings.sort();
    const last = meetings.length - 1;
    return [meetings[Math.floor(tail * last)] ?? 0, meetings[Math.ceil((1 - tail) * last)] ?? Infinity];
  }
}

interface Difference {
  readonly atZero: number;
  readonly slope: number;
}

function differenceOf(first: LineFit, second: LineFit): Difference {
  return { atZero: first.intercept - second.intercept, slope: first.slope - second.slope };
}

/**
 * Whether a value is away from 0, by as many deviations as a two-sided test at the level asks for. The deviation is read
 * off the middle of the resamples, on the side of 0: at their far ends are medians made of slow rounds alone, which
 * resamples of few rounds hold more often than chance does.
 */
function isSure(value: number, drawn: Float64Array): boolean {
  const sorted = Float64Array.from(drawn, (one) => one * Math.sign(value)).sort();
  const nearer = sorted[Math.round(oneDeviationBelow * (sorted.length - 1))] ?? -Infinity;
  return Math.abs(value) > deviationsAsked * (Math.abs(value) - nearer);
}
