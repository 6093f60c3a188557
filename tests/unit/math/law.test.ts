/** The law t = fixed + slope · m: recovered from times that keep it; and where two laws meet, as often right as promised. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { crossover, fitLaw, type Crossover, type PairedTimes } from '../../../src/math/law.ts';
import { Random, streams } from '../../../src/math/rng.ts';
import { median } from '../../../src/math/statistics.ts';

const sizes = [60_000, 26_456, 11_665, 5144, 2268, 1000];

describe('the fit', () => {
  it('recovers fixed cost and slope, and says how far each time is from the line', () => {
    const random = new Random(4, streams.noise);
    const times = sizes.map((m) => ({ m, ms: (0.08 + 2e-6 * m) * (1 + 0.02 * random.normal()) }));
    const { fixedMs, msPerExample, deviations } = fitLaw(times);
    expect(Math.abs(fixedMs / 0.08 - 1)).toBeLessThan(0.06);
    expect(Math.abs(msPerExample / 2e-6 - 1)).toBeLessThan(0.06);
    expect(Math.max(...deviations.map(Math.abs))).toBeLessThan(0.06);
  });

  it('weighs relative errors: a time that is off by a third shows, small m or large', () => {
    const times = sizes.map((m, at) => ({ m, ms: (0.05 + 1e-5 * m) * (at === 0 ? 1.33 : 1) }));
    expect(fitLaw(times).deviations[0]).toBeGreaterThan(0.08);
  });

  it('knows no fixed cost below zero', () => {
    const { fixedMs, msPerExample } = fitLaw([1000, 4000, 16_000].map((m) => ({ m, ms: 1e-5 * m ** 1.1 })));
    expect(fixedMs).toBe(0);
    expect(msPerExample).toBeGreaterThan(1e-5);
  });
});

/** Fixed cost and slope of two lanes. */
type Lanes = readonly [first: readonly [number, number], second: readonly [number, number]];

/**
 * 8 to 12 values of m in 100 … 60,000, ten rounds each: 3 to 10 % of noise, now and then a step that takes three times as
 * long, and rounds that go slow for both lanes.
 * @param misfit deviation of whole points from the law, as a share
 */
function measure(lanes: Lanes, seed: number, { misfit = 0, rounds = 10 } = {}): PairedTimes[] {
  const random = new Random(seed, streams.noise);
  const count = 8 + random.below(5);
  const noise = [0.03 + 0.07 * random.uniform(), 0.03 + 0.07 * random.uniform()] as const;
  return Array.from({ length: count }, (_, at) => {
    const m = Math.round(100 * 600 ** (at / (count - 1)));
    const off = lanes.map(() => Math.exp(misfit * random.normal()));
    const slow = Array.from({ length: rounds }, () => (random.uniform() < 0.1 ? 1 + random.uniform() : 1));
    const [first, second] = lanes.map(([fixed, slope], lane) =>
      slow.map((factor) => {
        const hiccup = random.uniform() < 0.03 ? 3 : 1;
        return (fixed + slope * m) * (off[lane] ?? 1) * factor * hiccup * Math.exp((noise[lane] ?? 0) * random.normal());
      }),
    );
    return { m, first: first ?? [], second: second ?? [] };
  });
}

const repetitions = 100;
const repeat = (lanes: Lanes, about = {}): Crossover[] =>
  Array.from({ length: repetitions }, (_, seed) => crossover(measure(lanes, seed, about), seed, { resamples: 300 }));

interface Scenario {
  readonly name: string;
  readonly lanes: Lanes;
  /** Median of high / low at most. */
  readonly widest: number;
  readonly inside: boolean;
}

const scenarios: readonly Scenario[] = [
  {
    name: 'steep',
    lanes: [
      [0.5, 1e-5],
      [0.02, 2e-4],
    ],
    widest: 1.25,
    inside: true,
  },
  {
    name: 'shallow',
    lanes: [
      [0.5, 1e-4],
      [0.25, 1.25e-4],
    ],
    widest: 2.5,
    inside: true,
  },
  {
    name: 'near the smallest m',
    lanes: [
      [0.1, 1e-5],
      [0.02, 5e-4],
    ],
    widest: 1.5,
    inside: true,
  },
  {
    name: 'near the largest m',
    lanes: [
      [0.5, 1e-5],
      [0.02, 1.9e-5],
    ],
    widest: 2,
    inside: true,
  },
  {
    name: 'beyond the largest m',
    lanes: [
      [1, 1e-5],
      [0.02, 2e-5],
    ],
    widest: 2,
    inside: false,
  },
  {
    name: 'below the smallest m',
    lanes: [
      [0.06, 1e-4],
      [0.02, 8e-4],
    ],
    widest: 2,
    inside: false,
  },
];

describe('the crossing', () => {
  it.each(scenarios)(
    '$name: the interval holds it 90 times in 100 at least, and is narrow',
    { timeout: 60_000 },
    ({ lanes, widest, inside }) => {
      const truth = (lanes[0][0] - lanes[1][0]) / (lanes[1][1] - lanes[0][1]);
      const found = repeat(lanes).flatMap((one) => (one.kind === 'crossing' ? [one] : []));
      expect(found.filter(({ low, high }) => low <= truth && truth <= high).length).toBeGreaterThanOrEqual(90);
      expect(median(found.map(({ low, high }) => high / low))).toBeLessThan(widest);
      expect(found.every(({ faster, low, m, high }) => faster === 'first' && low <= m && m <= high)).toBe(true);
      expect(found.filter((one) => one.inside === inside).length).toBeGreaterThan(50);
    },
  );

  it('is held as often where whole points are off the law by more than their rounds tell', { timeout: 60_000 }, () => {
    const [steep] = scenarios;
    const found = repeat(
      steep?.lanes ?? [
        [0, 0],
        [0, 0],
      ],
      { misfit: 0.08 },
    );
    const truth = 0.48 / 1.9e-4;
    expect(found.filter((one) => one.kind === 'crossing' && one.low <= truth && truth <= one.high).length).toBeGreaterThanOrEqual(88);
  });

  it('changes sides with the lanes', () => {
    const points = measure(
      [
        [0.5, 1e-5],
        [0.02, 2e-4],
      ],
      7,
    );
    const there = crossover(points, 1);
    const back = crossover(
      points.map(({ m, first, second }) => ({ m, first: second, second: first })),
      1,
    );
    expect(there).toMatchObject({ kind: 'crossing', faster: 'first', inside: true });
    expect({ ...back, faster: 'first' }).toEqual(there);
  });

  it('is the same for the same seed, and its interval another for another', () => {
    const points = measure(
      [
        [0.5, 1e-5],
        [0.02, 2e-4],
      ],
      7,
    );
    expect(crossover(points, 1)).toEqual(crossover(points, 1));
    expect(crossover(points, 1)).not.toEqual(crossover(points, 2));
  });

  it('is where the fitted laws meet', () => {
    const points = measure(
      [
        [0.5, 1e-5],
        [0.02, 2e-4],
      ],
      3,
    );
    const [first, second] = (['first', 'second'] as const).map((lane) =>
      fitLaw(points.map((point) => ({ m: point.m, ms: median(point[lane]) }))),
    );
    const found = crossover(points, 1);
    if (found.kind === 'none' || !first || !second) throw new Error('no crossing');
    expect(found.m).toBeCloseTo((first.fixedMs - second.fixedMs) / (second.msPerExample - first.msPerExample), 6);
  });

  it('needs one round only, where points tell of the noise', () => {
    const lanes: Lanes = [
      [0.5, 1e-5],
      [0.02, 2e-4],
    ];
    const calm = sizes.map((m) => ({ m, first: [lanes[0][0] + lanes[0][1] * m], second: [lanes[1][0] + lanes[1][1] * m] }));
    expect(crossover(calm, 1)).toMatchObject({ kind: 'crossing', inside: true });
    const found = crossover(measure(lanes, 3, { rounds: 1 }), 1);
    expect(found.kind === 'crossing' && found.high / found.low > 1.05).toBe(true);
  });
});

describe('no crossing', () => {
  const never: readonly { readonly name: string; readonly lanes: Lanes; readonly faster: 'second' | null }[] = [
    {
      name: 'parallel',
      lanes: [
        [0.5, 1e-6],
        [0.3, 1e-6],
      ],
      faster: 'second',
    },
    {
      name: 'parallel and steep',
      lanes: [
        [0.5, 1e-4],
        [0.1, 1e-4],
      ],
      faster: null,
    },
    {
      name: 'one faster at every m',
      lanes: [
        [0.5, 1e-4],
        [0.1, 2e-5],
      ],
      faster: 'second',
    },
    {
      name: 'one faster by a factor',
      lanes: [
        [0.2, 2e-5],
        [0.1, 1e-5],
      ],
      faster: 'second',
    },
    {
      name: 'twice the same lane',
      lanes: [
        [0.1, 1e-4],
        [0.1, 1e-4],
      ],
      faster: null,
    },
  ];

  it.each(never)('$name: told 95 times in 100 at least', { timeout: 60_000 }, ({ lanes, faster }) => {
    const none = repeat(lanes).flatMap((one) => (one.kind === 'none' ? [one] : []));
    expect(none.length).toBeGreaterThanOrEqual(95);
    expect(none.filter((one) => one.faster === 'first').length).toBeLessThanOrEqual(5);
    if (faster !== null) expect(none.filter((one) => one.faster === faster).length).toBeGreaterThanOrEqual(90);
  });

  it('below three different m', () => {
    const points = measure(
      [
        [0.5, 1e-5],
        [0.02, 2e-4],
      ],
      1,
    );
    expect(crossover(points.slice(0, 2), 1)).toEqual({ kind: 'none', faster: null });
    expect(crossover([], 1)).toEqual({ kind: 'none', faster: null });
    const holed = points.map((point, at) => (at < 2 ? point : { ...point, second: [] }));
    expect(crossover(holed, 1)).toEqual({ kind: 'none', faster: null });
  });
});

describe('any times', () => {
  const times = fc.array(fc.double({ min: 1e-3, max: 1e3, noNaN: true }), { maxLength: 6 });
  const points = fc.array(fc.record({ m: fc.integer({ min: 1, max: 1_000_000 }), first: times, second: times }), { maxLength: 8 });

  it('are answered with a positive m inside its interval, or with none', () => {
    fc.assert(
      fc.property(points, (taken) => {
        const found = crossover(taken, 1, { resamples: 40 });
        if (found.kind === 'none') return;
        expect(found.m).toBeGreaterThan(0);
        expect(found.low).toBeLessThanOrEqual(found.m);
        expect(found.high).toBeGreaterThanOrEqual(found.m);
      }),
    );
  });
});

describe('the work', () => {
  it('is small: a thousand resamples of 12 points and 15 rounds', () => {
    const points = Array.from({ length: 12 }, (_, at) => ({
      ...(measure(
        [
          [0.5, 1e-5],
          [0.02, 2e-4],
        ],
        at,
        { rounds: 15 },
      )[at % 8] as PairedTimes),
      m: 100 * 1.8 ** at,
    }));
    const taken = Array.from({ length: 12 }, (_, seed) => {
      const before = performance.now();
      crossover(points, seed);
      return performance.now() - before;
    });
    // 10 ms or so; the quickest of several, since other tests run beside this one
    expect(Math.min(...taken)).toBeLessThan(50);
  });
});
