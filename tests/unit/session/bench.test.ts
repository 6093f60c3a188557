/** The benchmark under a made-up clock: lanes of known speed, lanes that are wrong, that fail, that return at once. */
import { describe, expect, it } from 'vitest';
import { ReferenceEngine } from '../../../src/engine/cpu/reference.ts';
import { Random, streams } from '../../../src/math/rng.ts';
import { compare, makeInput, truthOf } from '../../../src/session/bench/input.ts';
import { namedLanes } from '../../../src/session/bench/host.ts';
import { engineLane } from '../../../src/session/bench/lanes.ts';
import { runBench, type BenchHost } from '../../../src/session/bench/run.ts';
import type { BenchLane, LaneAnswer, Workload } from '../../../src/session/bench/workload.ts';
import { Visibility } from '../../../src/session/visibility.ts';
import { madeUpEnvironment } from '../../support/environment.ts';

class FakeClock {
  now = 0;
  readonly read = (): number => this.now;
}

const workload: Workload = { kind: 'matmul', name: 'matmul 8', size: 8 };
const realClock = (): number => performance.now();
const truth = new ReferenceEngine({ precision: 'float64', clock: realClock, breathe: () => undefined });

const later = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 20));

function host(clock: FakeClock, hidden = false): BenchHost {
  return {
    clock: clock.read,
    clockResolutionMs: 0.01,
    readBackFloorMs: 0.1,
    isHidden: () => hidden,
    truth,
    environment: madeUpEnvironment,
  };
}

interface Speed {
  readonly name: string;
  readonly kind: 'cpu' | 'gpu';
  readonly stepMs: number;
  readonly fixedMs?: number;
  readonly noise?: number;
  readonly wrong?: boolean;
  readonly peer?: boolean;
  readonly failsAfter?: number;
  readonly transferMs?: number;
}

function laneOf(clock: FakeClock, speed: Speed): BenchLane {
  const random = new Random(speed.name.length, streams.noise);
  let blocks = 0;
  return {
    name: speed.name,
    kind: speed.kind,
    peer: speed.peer ?? false,
    async prepare(own, input) {
      const answer = await truthOf({ ...workload }, input, truth, 1);
      const values = Float64Array.from({ length: 64 });
      answer.indices?.forEach((index, at) => (values[index] = answer.values[at] ?? 0));
      if (speed.wrong) values[3] = (values[3] ?? 0) + 0.5;
      return {
        plan: own.name,
        kernels: [],
        bytesPerStep: 1000,
        flopsPerStep: 2000,
        dispatchesPerStep: 1,
        answer: (): Promise<LaneAnswer> => Promise.resolve({ cost: null, values }),
        run(steps): Promise<void> {
          if (speed.failsAfter !== undefined && blocks++ >= speed.failsAfter) return Promise.reject(new Error('out of memory at block 3'));
          clock.now += ((speed.fixedMs ?? 0) + steps * speed.stepMs) * (1 + (speed.noise ?? 0) * Math.abs(random.normal()));
          return Promise.resolve();
        },
        ...(speed.transferMs !== undefined && {
          transfer: () => Promise.resolve({ uploadMs: speed.transferMs ?? 0, readBackMs: 1 }),
        }),
        dispose: () => undefined,
      };
    },
  };
}

async function bench(speeds: readonly Speed[], budgetMs = 3000): ReturnType<typeof runBench> {
  const clock = new FakeClock();
  return runBench(
    { workloads: [workload], budgetMs, seed: 1 },
    host(clock),
    speeds.map((speed) => laneOf(clock, speed)),
    () => undefined,
  );
}

describe('runBench', () => {
  it('recovers ratios of lanes of known speed, ours and peers', async () => {
    const { workloads, score } = await bench([
      { name: 'gpu', kind: 'gpu', stepMs: 0.5, noise: 0.05 },
      { name: 'wasm', kind: 'cpu', stepMs: 2, noise: 0.05 },
      { name: 'reference', kind: 'cpu', stepMs: 9, noise: 0.05 },
      { name: 'tfjs-webgpu', kind: 'gpu', stepMs: 5, noise: 0.05, peer: true },
    ]);
    const [result] = workloads;
    expect(result?.speedup).toMatchObject({ best: 'gpu', against: 'wasm' });
    expect(result?.speedup?.ratio).toBeCloseTo(4, 0);
    expect(result?.peers.map(({ best, against }) => [best, against])).toEqual([['gpu', 'tfjs-webgpu']]);
    expect(Math.abs((result?.peers[0]?.ratio ?? 0) / 10 - 1)).toBeLessThan(0.1);
    expect(score?.ratio).toBeCloseTo(result?.speedup?.ratio ?? 0, 10);
    expect(score?.ci95[0]).toBeCloseTo(result?.speedup?.ci95[0] ?? 0, 10);
    const [low, high] = result?.speedup?.ci95 ?? [0, 0];
    expect(low).toBeLessThanOrEqual(4.2);
    expect(high).toBeGreaterThanOrEqual(3.8);
  });

  it('shows no time for a wrong answer, and the lane takes no part in a ratio', async () => {
    const { workloads } = await bench([
      { name: 'gpu', kind: 'gpu', stepMs: 0.1, wrong: true },
      { name: 'wasm', kind: 'cpu', stepMs: 2 },
    ]);
    const gpu = workloads[0]?.lanes[0];
    expect(gpu?.checked?.ok).toBe(false);
    expect(gpu?.msPerStep).toBeNull();
    expect(gpu?.coldMs).toBeNull();
    expect(gpu?.error).toMatch(/^WRONG: the result differs by [\d.]+e[+-]\d of the largest value$/);
    expect(workloads[0]?.speedup).toBeNull();
  });

  it('names the error of a lane that fails, and the rest go on', async () => {
    const { workloads } = await bench([
      { name: 'gpu', kind: 'gpu', stepMs: 1, failsAfter: 6 },
      { name: 'wasm', kind: 'cpu', stepMs: 2 },
    ]);
    expect(workloads[0]?.lanes[0]?.error).toBe('out of memory at block 3');
    expect(workloads[0]?.lanes[0]).not.toHaveProperty('reason');
    expect(workloads[0]?.lanes[1]?.msPerStep?.median).toBeCloseTo(2, 5);
  });

  it('discards rounds of a hidden tab, and counts them', async () => {
    const clock = new FakeClock();
    let asked = 0;
    // seen for the first three rounds, hidden in the middle of the fourth and at the start of the fifth
    const isHidden = (): boolean => [8, 9].includes(++asked);
    const lanes = [laneOf(clock, { name: 'wasm', kind: 'cpu', stepMs: 2 })];
    const { workloads } = await runBench(
      { workloads: [workload], budgetMs: 1, seed: 1 },
      { ...host(clock), isHidden },
      lanes,
      () => undefined,
    );
    expect(workloads[0]?.hiddenRounds).toBe(2);
    expect(workloads[0]?.lanes[0]?.msPerStep?.samples).toHaveLength(5);
  });

  it('has no time for a lane of a tab that is never seen, and gives up soon where it cannot wait for that', async () => {
    const clock = new FakeClock();
    const lanes = [laneOf(clock, { name: 'wasm', kind: 'cpu', stepMs: 2 })];
    const { workloads } = await runBench({ workloads: [workload], budgetMs: 1, seed: 1 }, host(clock, true), lanes, () => undefined);
    expect(workloads[0]?.lanes[0]?.msPerStep).toBeNull();
    expect(workloads[0]?.lanes[0]?.error).not.toBeNull();
    expect(workloads[0]?.hiddenRounds).toBe(20);
  });

  it('computes nothing while the tab is hidden, and goes on when it is seen again', async () => {
    const clock = new FakeClock();
    const visibility = new Visibility();
    let measured = 0;
    const running = runBench(
      { workloads: [workload], budgetMs: 400, seed: 1 },
      { ...host(clock), isHidden: () => visibility.hidden, seen: () => visibility.seen() },
      [laneOf(clock, { name: 'gpu', kind: 'gpu', stepMs: 1 }), laneOf(clock, { name: 'wasm', kind: 'cpu', stepMs: 2 })],
      ({ doing }) => {
        // hidden as the second lane of the third round begins
        if (doing === 'measure' && ++measured === 6) visibility.hidden = true;
      },
    );
    await later();
    const before = clock.now;
    await later();
    expect([clock.now, measured]).toEqual([before, 6]);
    // however long nobody looked, it is no part of the budget
    clock.now += 3_600_000;
    visibility.hidden = false;
    const { workloads } = await running;
    expect(workloads[0]?.lanes.map(({ msPerStep }) => msPerStep?.samples.length)).toEqual([5, 5]);
    for (const [at, stepMs] of [1, 2].entries()) expect(workloads[0]?.lanes[at]?.msPerStep?.median).toBeCloseTo(stepMs, 6);
    expect(workloads[0]?.hiddenRounds).toBe(1);
  });

  it('does not score infinity for an engine that returns at once', async () => {
    const { workloads } = await bench([
      { name: 'gpu', kind: 'gpu', stepMs: 0 },
      { name: 'wasm', kind: 'cpu', stepMs: 2 },
    ]);
    expect(workloads[0]?.lanes[0]).toMatchObject({ error: 'below timer resolution', reason: 'below-resolution' });
    expect(workloads[0]?.lanes[0]?.msPerStep).toBeNull();
    expect(workloads[0]?.speedup).toBeNull();
  });

  it('amortises the read-back: a fixed cost of each await hardly shows', async () => {
    const { workloads } = await bench([{ name: 'gpu', kind: 'gpu', stepMs: 0.05, fixedMs: 0.1 }]);
    expect(workloads[0]?.lanes[0]?.msPerStep?.median).toBeLessThan(0.056);
    expect(workloads[0]?.lanes[0]?.stepsPerBlock).toBeGreaterThan(50);
  });

  it('keeps to its budget with slow lanes, but takes three rounds', async () => {
    const { workloads } = await bench([{ name: 'gpu', kind: 'gpu', stepMs: 4000 }], 1000);
    expect(workloads[0]?.lanes[0]?.msPerStep?.samples).toHaveLength(3);
  });
});

it('has a row with a reason for a lane that is not there', async () => {
  const clock = new FakeClock();
  const lanes = namedLanes(['gpu', 'wasm-threads', 'abacus'], [laneOf(clock, { name: 'wasm', kind: 'cpu', stepMs: 2 })]);
  const { workloads } = await runBench({ workloads: [workload], budgetMs: 1, seed: 1 }, host(clock), lanes, () => undefined);
  expect(workloads[0]?.lanes.map(({ engine, reason, error }) => [engine, reason, error])).toEqual([
    ['gpu', 'no-adapter', 'there is no WebGPU adapter here'],
    ['wasm-threads', 'not-isolated', 'threads need shared memory, and the page is not cross-origin isolated'],
    ['abacus', 'no-such-lane', 'this host has no such lane'],
  ]);
});

it('says which differs, the cost or the parameters', async () => {
  const own: Workload = { kind: 'train', name: 'logistic', n: 3, m: 9, storage: 'uint8', hidden: [], outputs: 1, learningRate: 0.01 };
  const input = makeInput(own, 1);
  const right = await truthOf(own, input, truth, 1);
  const { values } = right;
  const cost = right.cost ?? Number.NaN;
  expect(compare(own, right, { cost, values })).toMatchObject({ ok: true, wrong: null });
  // one value that is no number is wrong wherever it stands
  const holed = Float64Array.from(values, (value, index) => (index === 0 ? Number.NaN : value));
  expect(compare(own, right, { cost, values: holed })).toMatchObject({ ok: false, maxDifference: Number.POSITIVE_INFINITY });
  expect(compare(own, right, { cost: 1.01 * cost, values }).wrong).toBe('the cost differs by 1.0e-2 of itself');
  const twice = Float64Array.from(values, (value) => 2 * value);
  expect(compare(own, right, { cost, values: twice }).wrong).toBe('the parameters differ by 1.0e+0 of the largest value');
  expect(compare(own, right, { cost: Number.NaN, values: twice }).wrong).toMatch(
    /^the cost differs by NaN of itself, the parameters differ/,
  );
  expect(compare(own, right, { cost, values: [] }).ok).toBe(false);
});

it('adds upload and read-back to a thousand steps, where a lane can tell them', async () => {
  const { workloads, endToEndSteps } = await bench([
    { name: 'gpu', kind: 'gpu', stepMs: 0.5, transferMs: 40 },
    { name: 'wasm', kind: 'cpu', stepMs: 2 },
  ]);
  expect(endToEndSteps).toBe(1000);
  expect(workloads[0]?.lanes.map(({ endToEndMs }) => endToEndMs)).toEqual([expect.closeTo(541, 3), null]);
});

it('tells rates as shares of the ceilings, by the kind of processor', async () => {
  const clock = new FakeClock();
  const rates = { copyGigabytesPerSecond: 0.004, fmaGigaflopsPerSecond: 0.016 };
  const own = { ...host(clock), ceilings: () => Promise.resolve({ gpu: rates, cpu: null }) };
  const lanes = [laneOf(clock, { name: 'gpu', kind: 'gpu', stepMs: 0.5 }), laneOf(clock, { name: 'wasm', kind: 'cpu', stepMs: 2 })];
  const { ceilings, workloads } = await runBench({ workloads: [workload], budgetMs: 300, seed: 1 }, own, lanes, () => undefined);
  expect(ceilings?.gpu).toEqual(rates);
  // 1,000 bytes and 2,000 operations in half a millisecond
  expect(workloads[0]?.lanes[0]?.shareOfCopy).toBeCloseTo(0.5, 5);
  expect(workloads[0]?.lanes[0]?.shareOfFma).toBeCloseTo(0.25, 5);
  expect(workloads[0]?.lanes[1]).toMatchObject({ shareOfCopy: null, shareOfFma: null });
});

it('our own lanes answer right on every kind of workload', async () => {
  const reference = new ReferenceEngine({ precision: 'float32', clock: realClock, breathe: () => undefined });
  const own: readonly Workload[] = [
    workload,
    { kind: 'activation', name: 'sigmoid 100', count: 100 },
    { kind: 'train', name: 'logistic', n: 20, m: 50, storage: 'uint8', hidden: [], outputs: 1, learningRate: 0.01 },
    {
      kind: 'train',
      name: 'net',
      n: 9,
      m: 30,
      storage: 'float32',
      hidden: [{ units: 5, activation: 'relu' }],
      outputs: 3,
      learningRate: 0.01,
    },
  ];
  const request = { workloads: own, budgetMs: 200, seed: 3 };
  const clockHost = {
    clock: realClock,
    clockResolutionMs: 0.01,
    readBackFloorMs: 0,
    isHidden: () => false,
    truth,
    environment: madeUpEnvironment,
  };
  const { workloads } = await runBench(request, clockHost, [engineLane(reference, 3)], () => undefined);
  expect(workloads.map(({ lanes }) => lanes[0]?.checked?.ok)).toEqual([true, true, true, true]);
  expect(makeInput(own[2] ?? workload, 3).y.reduce((sum, y) => sum + y, 0)).toBeCloseTo(25, -1);
});
