/** `downhill bench`: what its words mean, the table that it prints for people, and when all is well. */
import { hostname } from 'node:os';
import { Command } from 'commander';
import { describe, expect, it, vi } from 'vitest';
import { addBenchOptions, readBenchCommand, type BenchCommand, type RawBenchOptions } from '../../src/cli/bench-arguments.ts';
import { allRight, runBenchCommand } from '../../src/cli/bench-command.ts';
import { benchTable, digitsFor } from '../../src/cli/bench-table.ts';
import { UsageError } from '../../src/cli/usage-error.ts';
import type { BenchReport, LaneResult, WorkloadResult } from '../../src/session/bench/report.ts';
import { ownLanes, peerNames, suites, workloads } from '../../src/session/bench/workload.ts';
import { readResult } from '../../src/session/results/read.ts';
import { madeUpEnvironment } from '../support/environment.ts';
import { madeUpBench } from '../support/results.ts';

function parse(...words: readonly string[]): BenchCommand {
  const command = addBenchOptions(new Command('bench'))
    .exitOverride()
    .configureOutput({ writeErr: () => undefined });
  const results: BenchCommand[] = [];
  command.action((raw: RawBenchOptions) => {
    results.push(readBenchCommand(raw));
  });
  command.parse([...words], { from: 'user' });
  const [result] = results;
  if (result === undefined) throw new Error('nothing was read');
  return result;
}

const namesOf = ({ request }: BenchCommand): readonly string[] => request.workloads.map(({ name }) => name);

describe('the words after downhill bench', () => {
  it('means the quick suite with all lanes of ours when nothing is said', () => {
    const command = parse();
    expect(namesOf(command)).toEqual(workloads.map(({ name }) => name).filter((name) => suites.quick.some((quick) => quick === name)));
    expect(command).toMatchObject({ lanes: ownLanes, named: [], peers: false, host: 'browser', browser: 'chromium', json: null });
    expect(command.request).toMatchObject({ budgetMs: 40_000, seed: 1 });
  });

  it('takes a suite, a budget, a seed, a host and a file', () => {
    const command = parse('--suite', 'standard', '--budget', '2.5', '--seed', '7', '--host', 'node', '--json', '-');
    expect(namesOf(command)).toEqual(suites.standard);
    expect(command).toMatchObject({ host: 'node', json: '-', request: { budgetMs: 2500, seed: 7 } });
  });

  it('calls the machine by its host name, or as it is told', () => {
    expect(parse().machine).toBe(hostname());
    expect(parse('--machine', 'the one under the desk').machine).toBe('the one under the desk');
  });

  it('connects to other machines, each once, and says what cannot go with that', () => {
    expect(parse('--connect', 'ws://a:3000', '--connect', 'ws://b:3000/x', '--connect', 'ws://a:3000/').connect).toEqual([
      'ws://a:3000/',
      'ws://b:3000/x',
    ]);
    for (const address of ['http://a:3000', 'a:3000', '']) expect(() => parse('--connect', address)).toThrow('ws://10.0.0.7:3000/');
    for (const beside of [['--host', 'node'], ['--browser', 'firefox'], ['--peers'], ['--machine', 'x']]) {
      expect(() => parse('--connect', 'ws://a:3000', ...beside)).toThrow('leave');
    }
  });

  it.each(['logistic 12288×209', 'LOGISTIC 12288x209', ' Logistic  12288X209'])('knows the workload "%s"', (name) => {
    expect(namesOf(parse('--workload', name, '--workload', 'matmul 512', '--workload', name))).toEqual([
      'logistic 12288×209',
      'matmul 512',
    ]);
  });

  it('measures the law in every suite, alone, or beside a workload', () => {
    expect([parse(), parse('--suite', 'standard'), parse('--workload', 'law')].map(({ request }) => request.law)).toEqual([
      true,
      true,
      true,
    ]);
    expect(parse('--workload', 'law').request).toMatchObject({ workloads: [], budgetMs: 8000 });
    expect(parse('--workload', 'Law', '--workload', 'matmul 512').request).toMatchObject({
      law: true,
      workloads: [{ name: 'matmul 512' }],
    });
    expect(parse('--workload', 'matmul 512').request.law).toBe(false);
  });

  it('runs the lanes that are named, and peers beside them', () => {
    expect(parse('--engine', 'gpu', '--engine', 'reference', '--engine', 'gpu').lanes).toEqual(['gpu', 'reference']);
    expect(parse('--peers').lanes).toEqual([...ownLanes, ...peerNames]);
    expect(parse('--peers', '--engine', 'gpu').lanes).toEqual(['gpu', ...peerNames]);
    expect(parse('--peers', '--engine', 'jax-wasm', '--engine', 'wasm').lanes).toEqual(['wasm', 'jax-wasm']);
  });

  it.each([
    [['--workload', 'logistic'], '--workload logistic: there is no such workload. There are: logistic 12288×209'],
    [['--engine', 'cuda'], '--engine cuda: expected one of gpu, wasm'],
    [['--engine', 'tfjs-wasm'], '--engine tfjs-wasm: is a peer; add --peers.'],
    [['--peers', '--host', 'node'], '--peers: the peers run in a browser only'],
    [['--browser', 'chromium', '--host', 'node'], '--browser chromium: runs in a browser; leave --host node out.'],
    [['--suite', 'quick', '--workload', 'matmul 512'], '--suite and --workload exclude each other'],
    [['--budget', '0'], '--budget 0: expected a number from 1'],
    [['--seed', '1.5'], '--seed 1.5: expected a whole number'],
  ])('refuses %j by name', (words, message) => {
    expect(() => parse(...words)).toThrow(UsageError);
    expect(() => parse(...words)).toThrow(message);
  });

  it.each([['--suite', 'slow'], ['--host', 'deno'], ['--browser', 'opera'], ['--frobnicate']])(
    'leaves %s %s to commander to refuse',
    (...words) => {
      expect(() => parse(...words)).toThrow(/error: /);
    },
  );

  it('knows neither hosts nor peers where there is one host', () => {
    const command = addBenchOptions(new Command('bench'), { onlyHost: 'node' });
    expect(command.helpInformation()).not.toMatch(/--peers|--host|--browser|tfjs/);
  });
});

const lane: LaneResult = {
  engine: 'gpu',
  plan: 'one-pass',
  kernels: [],
  peer: false,
  checked: { ok: true, maxDifference: 1.2e-7 },
  msPerStep: { median: 2, p5: 1.9, p95: 2.1, ci95: [1.98, 2.02], samples: [1.9, 2, 2.1] },
  coldMs: 30,
  endToEndMs: 2034,
  stepsPerBlock: 3,
  outliers: 0,
  drift: null,
  gigabytesPerSecond: 3.21,
  gigaflopsPerSecond: 5.14,
  shareOfCopy: 0.0321,
  shareOfFma: 1.2,
  bytesPerStep: 6_422_528,
  dispatchesPerStep: 2,
  error: null,
};
const wrong: LaneResult = {
  ...lane,
  engine: 'wasm',
  plan: 'wasm-one-pass',
  checked: { ok: false, maxDifference: 0.5 },
  msPerStep: null,
  error: 'WRONG: differs by 5.0e-1 of the largest value',
};
const broken: LaneResult = {
  ...lane,
  engine: 'jax-webgpu',
  plan: '',
  peer: true,
  checked: null,
  msPerStep: null,
  gigabytesPerSecond: null,
  gigaflopsPerSecond: null,
  error: 'binding size is larger than the maximum\nand the rest of its message',
};
const slow: LaneResult = {
  ...lane,
  engine: 'tfjs-webgpu',
  plan: 'columns',
  peer: true,
  msPerStep: { median: 15_150, p5: 15_000, p95: 15_300, ci95: [15_100, 15_200], samples: [15_150] },
  gigabytesPerSecond: null,
  gigaflopsPerSecond: null,
};
const workload: WorkloadResult = {
  name: 'logistic 784×8192',
  n: 784,
  m: 8192,
  model: 'logistic',
  definition: {
    kind: 'train',
    name: 'logistic 784×8192',
    n: 784,
    m: 8192,
    storage: 'uint8',
    hidden: [],
    outputs: 1,
    learningRate: 0.005,
  },
  lanes: [lane, wrong, slow, broken],
  speedup: { best: 'gpu', against: 'reference', ratio: 2.456, ci95: [2.4, 2.5] },
  peers: [{ best: 'gpu', against: 'tfjs-webgpu', ratio: 7575, ci95: [7500, 7650] }],
  hiddenRounds: 0,
  error: null,
};
const report: BenchReport = {
  schema: 1,
  kind: 'bench',
  precision: 'float32',
  environment: madeUpEnvironment,
  seed: 1,
  budgetMs: 8000,
  endToEndSteps: 1000,
  ceilings: {
    gpu: { copyGigabytesPerSecond: 100, fmaGigaflopsPerSecond: 4.28 },
    cpu: { copyGigabytesPerSecond: 20, fmaGigaflopsPerSecond: 80, oneThread: null },
  },
  workloads: [workload],
  unfinished: [],
  laws: [
    {
      engine: 'gpu',
      plan: 'one-pass',
      model: 'logistic',
      n: 784,
      fixedMs: 0.0512,
      msPerExample: 1.25e-5,
      points: [
        { m: 1000, medianMs: 0.0639, deviation: 0.003 },
        { m: 60_000, medianMs: 0.79, deviation: -0.0149 },
      ],
    },
  ],
  score: { ratio: 2.456, ci95: [2.4, 2.5] },
};

describe('the table of a benchmark', () => {
  it('has a row a lane, and a wrong answer has no time', () => {
    const text = benchTable(report);
    expect(text).toContain('GPU: google, swiftshader (software). Logical cores: 2. Seed 1.');
    expect(text).toContain('Reached at the most, GPU: 100 GB/s in a copy, 4.28 GFLOP/s in multiply-adds; CPU: 20.0 GB/s in a copy');
    expect(text).toMatch(/^gpu +one-pass +2[.]00 +1[.]98 to 2[.]02 +1[.]00× +3[.]21 \(3[.]2 %\) +5[.]14 \(120 %\) +right \(1e-7\)$/m);
    expect(text).toMatch(/^tfjs-webgpu +columns +15,150 +15,100 to 15,200 +7,580× +right \(1e-7\)$/m);
    expect(text).toMatch(/^wasm +wasm-one-pass +WRONG$/m);
    expect(text).toMatch(/^wasm: WRONG: differs by 5.0e-1 of the largest value$/m);
  });

  it("prints a peer's own error, its first line", () => {
    expect(benchTable(report)).toMatch(/^jax-webgpu: binding size is larger than the maximum$/m);
  });

  it('ends with the speed-up, the peers and the score', () => {
    const text = benchTable(report);
    expect(text).toContain('speed-up: gpu against reference: 2.46× (2.40 to 2.50)');
    expect(text).toContain('peers: gpu against tfjs-webgpu: 7,580× (7,500 to 7,650)');
    expect(text).toContain('Score: our GPU is 2.46 times as fast as our fastest CPU lane (2.40 to 2.50; geometric mean).');
  });

  it('sees no difference in an interval that holds 1', () => {
    const even = { ...workload, speedup: { best: 'gpu', against: 'wasm', ratio: 1.01, ci95: [0.98, 1.03] as const } };
    expect(benchTable({ ...report, workloads: [even] })).toContain('gpu against wasm: no measurable difference (0.980 to 1.03)');
  });

  it('has the law with each time’s distance from it', () => {
    const text = benchTable(report);
    expect(text).toContain('gpu (one-pass), logistic, n = 784: t = 0.0512 ms + 12.5 ns · m');
    expect(text).toMatch(/^1,000 +0[.]06390 +[+]0[.]3 %$/m);
    expect(text).toMatch(/^60,000 +0[.]7900 +−1[.]5 %$/m);
    expect(benchTable({ ...report, laws: [] })).not.toContain('law');
  });

  it('says why a workload was not measured', () => {
    const none = { ...workload, lanes: [], speedup: null, peers: [], error: 'its input does not fit memory' };
    expect(benchTable({ ...report, workloads: [none], score: null })).toMatch(/^logistic 784×8192\nits input does not fit memory$/m);
  });

  it('gives digits as the interval bears them', () => {
    expect(digitsFor(2, [1.2, 2.8])).toBe(2);
    expect(digitsFor(2, [1.98, 2.02])).toBe(3);
    expect(digitsFor(2, [1.9999, 2.0001])).toBe(4);
    expect(digitsFor(2, [0, Number.POSITIVE_INFINITY])).toBe(3);
  });
});

it('prints the machine’s name into the result, and nothing beside the result', async () => {
  const { machine: _, ...made } = madeUpBench();
  const write = vi.spyOn(process.stdout, 'write').mockReturnValue(true);
  try {
    await runBenchCommand(parse('--machine', 'desk', '--json', '-'), () => Promise.resolve(made));
    expect(write).toHaveBeenCalledTimes(1);
    expect(readResult(String(write.mock.calls[0]?.[0]), 'standard output')).toEqual({ ...made, machine: 'desk' });
  } finally {
    write.mockRestore();
  }
});

describe('whether all is well', () => {
  const of = (...lanes: readonly LaneResult[]): BenchReport => ({ ...report, workloads: [{ ...workload, lanes }] });

  it('is when every checked answer is right, whatever a peer cannot do', () => {
    expect(allRight(of(lane, broken), [])).toBe(true);
  });

  it('is not after a wrong answer, nor without any time', () => {
    expect(allRight(of(lane, wrong), [])).toBe(false);
    expect(allRight(of(broken), [])).toBe(false);
  });

  it('asks of the law alone that it was found', () => {
    expect(allRight({ ...report, workloads: [] }, ['gpu'])).toBe(true);
    expect(allRight({ ...report, workloads: [] }, ['gpu', 'wasm'])).toBe(false);
    expect(allRight({ ...report, workloads: [], laws: [] }, [])).toBe(false);
  });

  it('is not when a lane that was named has no time', () => {
    expect(allRight(of(lane, broken), ['gpu'])).toBe(true);
    expect(allRight(of(lane, broken), ['gpu', 'jax-webgpu'])).toBe(false);
    expect(allRight(of(lane), ['wasm'])).toBe(false);
  });
});
