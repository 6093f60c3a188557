/** What the points of a sweep say, as numbers: bands over seeds, gains, who leads where. Sentences are the page's. */
import type { SweepSample } from './report.ts';
import { hiddenUnits, type SweepModel } from './settings.ts';

/** The runs of one model at one m. */
export interface Band {
  readonly m: number;
  /** Of the test scores; the runs that diverged are left out. */
  readonly mean: number;
  readonly min: number;
  readonly max: number;
  readonly trainMean: number;
  /** Mean seconds of a run. */
  readonly seconds: number;
  readonly runs: number;
  readonly diverged: number;
}

const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

/** Bands by model, each in the order of m. Where all runs diverged, scores are NaN. */
export function bandsOf(samples: readonly SweepSample[]): ReadonlyMap<SweepModel, readonly Band[]> {
  const groups = new Map<SweepModel, Map<number, SweepSample[]>>();
  for (const sample of samples) {
    const own = groups.get(sample.model) ?? new Map<number, SweepSample[]>();
    groups.set(sample.model, own);
    own.set(sample.m, [...(own.get(sample.m) ?? []), sample]);
  }
  return new Map(
    [...groups].map(([model, own]) => [model, [...own].map(([m, runs]) => bandOf(m, runs)).sort((a, b) => a.m - b.m)] as const),
  );
}

function bandOf(m: number, runs: readonly SweepSample[]): Band {
  const good = runs.flatMap(({ test, train, seconds }) => (test === null || train === null ? [] : [{ test, train, seconds }]));
  const tests = good.map(({ test }) => test);
  return {
    m,
    mean: good.length > 0 ? mean(tests) : Number.NaN,
    min: good.length > 0 ? Math.min(...tests) : Number.NaN,
    max: good.length > 0 ? Math.max(...tests) : Number.NaN,
    trainMean: good.length > 0 ? mean(good.map(({ train }) => train)) : Number.NaN,
    seconds: good.length > 0 ? mean(good.map(({ seconds }) => seconds)) : Number.NaN,
    runs: runs.length,
    diverged: runs.length - good.length,
  };
}

export interface Gain {
  readonly model: SweepModel;
  /** Mean score at `to` minus that at `from`, a tenth of it, read off the line between the two points around it. */
  readonly gain: number;
  readonly from: number;
  readonly to: number;
  /** True when the bands around `from` and at `to` share no score; null where single runs make no band. */
  readonly clear: boolean | null;
}

export interface Findings {
  /** From a tenth of the largest m to the largest, for each model that has both. */
  readonly gains: readonly Gain[];
  /** At the smallest m: models whose bands overlap with another's, so that no order is claimed among them. */
  readonly tossUp: { readonly m: number; readonly models: readonly SweepModel[] } | null;
  /** At the smallest m: best first, when all bands are apart. */
  readonly orderAtSmallest: { readonly m: number; readonly models: readonly SweepModel[] } | null;
  /** From this m on, the model with the most units has the best mean and its band is apart from all others. */
  readonly largeLeadsFrom: { readonly model: SweepModel; readonly m: number } | null;
  /** At the largest m that all models have: the model with the best mean, and by how much it leads. */
  readonly best: { readonly model: SweepModel; readonly m: number; readonly score: number; readonly lead: number } | null;
}

type Bands = ReadonlyMap<SweepModel, readonly Band[]>;

export function findingsOf(samples: readonly SweepSample[]): Findings {
  const bands = bandsOf(samples);
  const shared = sharedSizes(bands);
  return {
    gains: gainsOf(bands),
    ...orderAt(bands, shared[0]),
    largeLeadsFrom: leadOfLargest(bands, shared),
    best: bestAt(bands, shared.at(-1)),
  };
}

const scored = ({ mean: score }: Band): boolean => Number.isFinite(score);
/** One run is no band: nothing is told by it about the next. */
const isBand = ({ runs, diverged }: Band): boolean => runs - diverged >= 2;
const apart = (one: Band, other: Band): boolean => isBand(one) && isBand(other) && (one.min > other.max || other.min > one.max);

/** Values of m at which every model has a score, smallest first. */
function sharedSizes(bands: Bands): readonly number[] {
  const [first = [], ...others] = [...bands.values()].map((own) => own.filter(scored).map(({ m }) => m));
  return first.filter((m) => others.every((sizes) => sizes.includes(m)));
}

function at(bands: Bands, m: number): readonly { readonly model: SweepModel; readonly band: Band }[] {
  return [...bands].flatMap(([model, own]) => {
    const band = own.find((one) => one.m === m);
    return band && scored(band) ? [{ model, band }] : [];
  });
}

function gainsOf(bands: Bands): readonly Gain[] {
  return [...bands].flatMap(([model, own]) => {
    const good = own.filter(scored);
    const last = good.at(-1);
    if (!last) return [];
    const tenth = last.m / 10;
    const below = good.findLast(({ m }) => m <= tenth);
    const above = good.find(({ m }) => m >= tenth);
    if (!below || !above) return [];
    const share = below === above ? 0 : Math.log(tenth / below.m) / Math.log(above.m / below.m);
    const before = below.mean + share * (above.mean - below.mean);
    const clear = [last, below, above].every(isBand) ? apart(last, below) && apart(last, above) : null;
    return [{ model, gain: last.mean - before, from: Math.round(tenth), to: last.m, clear }];
  });
}

function orderAt(bands: Bands, m: number | undefined): Pick<Findings, 'tossUp' | 'orderAtSmallest'> {
  const found = m === undefined ? [] : [...at(bands, m)].sort((a, b) => b.band.mean - a.band.mean);
  if (m === undefined || found.length < 2 || !found.every(({ band }) => isBand(band))) return { tossUp: null, orderAtSmallest: null };
  const overlapping = found.filter((one) => found.some((other) => other !== one && !apart(one.band, other.band)));
  if (overlapping.length > 0) return { tossUp: { m, models: overlapping.map(({ model }) => model) }, orderAtSmallest: null };
  return { tossUp: null, orderAtSmallest: { m, models: found.map(({ model }) => model) } };
}

function units(model: SweepModel): number {
  return hiddenUnits(model).reduce((sum, count) => sum + count, 0);
}

function leadOfLargest(bands: Bands, sizes: readonly number[]): Findings['largeLeadsFrom'] {
  const [largest] = [...bands.keys()].sort((a, b) => units(b) - units(a));
  if (largest === undefined || units(largest) === 0 || bands.size < 2) return null;
  let from: number | null = null;
  for (const m of [...sizes].reverse()) {
    const found = at(bands, m);
    const own = found.find(({ model }) => model === largest)?.band;
    if (!own || !found.every(({ model, band }) => model === largest || (apart(own, band) && own.min > band.max))) break;
    from = m;
  }
  return from === null ? null : { model: largest, m: from };
}

function bestAt(bands: Bands, m: number | undefined): Findings['best'] {
  if (m === undefined) return null;
  const [first, second] = [...at(bands, m)].sort((a, b) => b.band.mean - a.band.mean);
  return first && second ? { model: first.model, m, score: first.band.mean, lead: first.band.mean - second.band.mean } : null;
}
