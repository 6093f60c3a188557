/** The page's side of a benchmark: what it waits for, what stays when it is stopped, how long it will take, and its words. */
import { describe, expect, it } from 'vitest';
import type { BenchProgress, BenchRequest } from '../../../src/session/bench/client.ts';
import type { BenchReport } from '../../../src/session/bench/report.ts';
import { laneReasons, noTime } from '../../../src/session/bench/reason.ts';
import { workloads } from '../../../src/session/bench/workload.ts';
import { BenchRun, expectedSeconds, secondsLeft, shareDone, type BenchState } from '../../../src/ui/benchmark/bench-run.ts';
import {
  doingWords,
  laneDetail,
  laneKind,
  lawWords,
  offTheLine,
  planWords,
  reasonWords,
  scoreWords,
  speedUpWords,
  standingWords,
  suiteMeaning,
} from '../../../src/ui/benchmark/words.ts';
import { borne } from '../../../src/ui/format.ts';
import { laneOf, madeUpBench } from '../../support/results.ts';

const two = workloads.slice(0, 2);
const whole: BenchReport = madeUpBench();
const half: BenchReport = { ...whole, workloads: whole.workloads.slice(0, 1), unfinished: [two[1]?.name ?? ''] };

interface Run {
  readonly run: BenchRun;
  readonly phases: string[];
  /** What the worker says. */
  progress(progress: BenchProgress): void;
  report(soFar: BenchReport): void;
  finish(report: BenchReport): void;
  fail(reason: string): void;
  rested(): void;
  now: number;
  aborted: boolean;
  asked: BenchRequest | null;
  readonly kept: BenchReport[];
}

function open(): Run {
  const phases: string[] = [];
  let rested = (): void => undefined;
  const rest = (): Promise<void> => new Promise((resolve) => (rested = resolve));
  const worker: { current: Pick<Run, 'progress' | 'report' | 'finish' | 'fail'> | null } = { current: null };
  const run = new BenchRun(
    {
      rest,
      seed: 1,
      keep: (report) => made.kept.push(report),
      clock: () => made.now,
      bench: (request, _lanes, progress, signal, report = () => undefined) =>
        new Promise((finish, reject) => {
          made.asked = request;
          worker.current = { progress, report, finish, fail: (reason) => reject(new Error(reason)) };
          signal?.addEventListener('abort', () => {
            made.aborted = true;
            reject(new Error('given up'));
          });
        }),
    },
    () => phases.push(run.state.phase),
  );
  const made: Run = {
    run,
    phases,
    now: 0,
    aborted: false,
    asked: null,
    kept: [],
    rested: () => rested(),
    progress: (progress) => worker.current?.progress(progress),
    report: (soFar) => worker.current?.report(soFar),
    finish: (report) => worker.current?.finish(report),
    fail: (reason) => worker.current?.fail(reason),
  };
  return made;
}

const at = (index: number): BenchProgress => ({ workload: two[index]?.name ?? '', index, count: 2, lane: 'gpu', doing: 'measure' });
const later = (): Promise<void> => new Promise((resolve) => setTimeout(resolve));

describe('a benchmark on the page', () => {
  it('waits for the race to rest, runs, and tells of each workload once', async () => {
    const made = open();
    const end = made.run.start(two, 2000);
    expect(made.run.state.phase).toBe('resting');
    made.rested();
    await later();
    for (const index of [0, 0, 0, 1, 1]) made.progress(at(index));
    made.report(half);
    made.finish(whole);
    await end;
    expect(made.phases).toEqual(['resting', 'running', 'running', 'running', 'running', 'done']);
    expect(made.run.state.report).toBe(whole);
    expect(made.kept).toEqual([whole]);
    expect(made.aborted).toBe(false);
  });

  it('keeps what is finished when it is stopped, and hears no more', async () => {
    const made = open();
    const end = made.run.start(two, 2000);
    made.rested();
    await later();
    made.report(half);
    made.run.stop();
    made.report(whole);
    await end;
    expect(made.run.state).toMatchObject({ phase: 'stopped', report: half });
    expect(made.kept).toEqual([half]);
    expect(made.aborted).toBe(true);
    expect(standingWords(made.run.state)).toBe('Stopped after 1 of 2 workloads: what was finished is kept.');
  });

  it('can be stopped before the race has come to rest, and never starts then', async () => {
    const made = open();
    const end = made.run.start(two, 2000);
    made.run.stop();
    made.rested();
    await end;
    expect(made.phases).toEqual(['resting', 'stopped']);
    expect(made.kept).toEqual([]);
    expect(standingWords(made.run.state)).toMatch(/there is nothing to keep/);
  });

  it('says why it failed and keeps what was finished', async () => {
    const made = open();
    const end = made.run.start(two, 2000);
    made.rested();
    await later();
    made.report(half);
    made.fail('the worker has gone');
    await end;
    expect(made.run.state).toMatchObject({ phase: 'failed', report: half });
    expect(standingWords(made.run.state)).toBe('It failed after 1 of 2 workloads; what was finished is kept. (the worker has gone)');
  });

  it('does not start without a workload, nor twice', async () => {
    const made = open();
    await made.run.start([], 2000);
    expect(made.phases).toEqual([]);
    void made.run.start(two, 2000);
    await made.run.start(two, 2000);
    expect(made.phases).toEqual(['resting']);
    made.run.clear();
    expect(made.run.state.phase).toBe('choosing');
  });
});

it('asks for the law after the workloads, or alone, and allows time for it', async () => {
  const made = open();
  void made.run.start([], 16_000, true);
  expect(made.run.state).toMatchObject({ phase: 'resting', law: true });
  made.rested();
  await later();
  expect(made.asked).toMatchObject({ workloads: [], law: true, budgetMs: 16_000 });
  // the law has two shares of the budget
  expect(expectedSeconds(two, 8000, true) - expectedSeconds(two, 4000)).toBeCloseTo(24, 6);
});

const state: BenchState = {
  phase: 'running',
  workloads: two,
  law: false,
  budgetMs: 8000,
  progress: at(0),
  report: null,
  error: null,
  beganMs: [1000],
};

describe('the time that is left', () => {
  it('begins with the guess and grows with what is chosen', () => {
    expect(secondsLeft(state, 1000)).toBeCloseTo(expectedSeconds(two, 8000), 6);
    expect(expectedSeconds(workloads, 240_000)).toBeGreaterThan(240);
  });

  it('follows the pace of the finished workloads', () => {
    const [one, both] = [expectedSeconds(two.slice(0, 1), 4000), expectedSeconds(two, 8000)];
    const slow = { ...state, beganMs: [1000, 1000 + 2000 * one] };
    expect(secondsLeft(slow, 1000 + 2000 * one)).toBeCloseTo(2 * (both - one), 6);
  });

  it('never goes below nothing, and its share never past the whole', () => {
    const late = { ...state, beganMs: [0, 1] };
    expect(secondsLeft(late, 1e9)).toBe(0);
    expect(shareDone(late, 1e9)).toBe(1);
    expect(shareDone({ ...state, beganMs: [] }, 5)).toBe(0);
    expect(shareDone({ ...state, phase: 'done' }, 5)).toBe(1);
  });
});

describe('the words of a benchmark', () => {
  const ratio = (value: number, low: number, high: number) =>
    ({ best: 'gpu', against: 'wasm-threads', ratio: value, ci95: [low, high] }) as const;

  it('give the figure to whoever is faster', () => {
    expect(speedUpWords(ratio(12.34, 12, 12.6))).toEqual({
      winner: 'gpu',
      figure: '12.3×',
      words: 'faster on the GPU than with WASM threads',
      sure: '95 % CI 12.0 – 12.6',
    });
    expect(speedUpWords(ratio(0.25, 0.2, 0.4))).toMatchObject({
      winner: 'cpu',
      figure: '4.0×',
      words: 'faster on the CPU, with WASM threads',
    });
    expect(speedUpWords(ratio(1.01, 0.98, 1.03))).toMatchObject({ winner: null, figure: 'no measurable difference', words: '' });
  });

  it('say what the score is the mean of', () => {
    expect(scoreWords(whole)?.sure).toMatch(/^geometric mean of 2 speed-ups · 95 % CI/);
    expect(scoreWords({ ...whole, score: null })).toBeNull();
  });

  it('name lanes and what they do, and how long a suite takes', () => {
    expect(doingWords({ ...at(0), doing: 'warm-up', lane: 'wasm' })).toBe('CPU, WASM SIMD is warming up');
    expect([laneKind('gpu'), laneKind('jax-webgpu'), laneKind('wasm')]).toEqual(['gpu', 'gpu', 'cpu']);
    expect(suiteMeaning('own', { count: 0, law: false }, 0)).toBe('No workload is chosen.');
    expect(suiteMeaning('quick', { count: 6, law: true }, 70)).toBe('6 workloads that show the range, about 70 s.');
  });

  it('say why a lane has no time, and quote a lane that failed in words of its own', () => {
    const words = laneReasons.map((reason) => reasonWords(noTime(reason)));
    expect(new Set(words).size).toBe(laneReasons.length);
    expect(reasonWords(noTime('no-adapter'))).toBe('There is no WebGPU adapter here.');
    expect(reasonWords({ error: 'binding size is larger than the maximum' })).toBe('binding size is larger than the maximum');
  });

  it('have a name for every plan of ours, and let a library’s stand', () => {
    const ids = [
      'layered',
      'two-pass',
      'one-pass',
      'tiny',
      'reference',
      'plain',
      'wasm-one-pass',
      'wasm-layered',
      'wasm-matmul',
      'wasm-sigmoid',
    ];
    for (const id of ids) expect(planWords(id)).not.toMatch(/^(wasm|reference|plain)/);
    expect(planWords('jit, matmul')).toBe('jit, matmul');
  });

  it('tell shares of the ceilings and a run from end to end, as far as they are known', () => {
    const lane = { ...laneOf('gpu', [1, 1.1]), shareOfCopy: 0.8, shareOfFma: 0.1, endToEndMs: 1250 };
    expect(laneDetail(lane, 1000).replaceAll('\u00a0', ' ')).toBe(
      '3.5 GB/s (80 % of this device’s copy) · 5.3 GFLOP/s (10 % of its multiply-adds) · 1,000 steps with upload and read-back: 1.25 s',
    );
    expect(laneDetail({ ...lane, gigabytesPerSecond: null, gigaflopsPerSecond: null, endToEndMs: null }, 1000)).toBe('');
  });

  it('write a law with units of its size, and how far a time lies from it', () => {
    expect(lawWords({ fixedMs: 0.0512, msPerExample: 1.25e-5 })).toBe('t = 51.2 µs + 12.5 ns · m');
    expect([0.0034, -0.0149].map(offTheLine)).toEqual(['+0.3 %', '−1.5 %']);
    const running = { ...state, law: true, progress: { ...at(1), workload: 'law', m: 26456 } };
    expect(standingWords(running)).toBe('The law t = fixed + slope · m, at m = 26,456');
    expect(standingWords({ ...running, phase: 'done' })).toBe('All 2 workloads and the law are measured.');
    expect(standingWords({ ...running, phase: 'done', workloads: two.slice(1) })).toBe('The workload and the law are measured.');
    expect(suiteMeaning('own', { count: 0, law: true }, 60)).toBe('The law alone, about 60 s.');
  });

  it('give digits as the interval bears them, without an exponent', () => {
    expect(borne(0.00191, 0.00188, 0.00198)).toEqual({ value: '0.00191', low: '0.00188', high: '0.00198' });
    expect(borne(1088, 908, 1222)).toEqual({ value: '1,088', low: '908', high: '1,222' });
    expect(borne(20, 20, 20).value).toBe('20.00');
  });
});
