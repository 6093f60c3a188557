/** The results file: what was written is read again bit by bit, and a damaged file is refused at the place of the damage. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ReferenceEngine } from '../../../src/engine/cpu/reference.ts';
import { engineLane } from '../../../src/session/bench/lanes.ts';
import { runBench } from '../../../src/session/bench/run.ts';
import { workloads, type Workload } from '../../../src/session/bench/workload.ts';
import { whyIncomparable } from '../../../src/session/results/comparable.ts';
import { ResultFileError } from '../../../src/session/results/errors.ts';
import { readResult } from '../../../src/session/results/read.ts';
import type { Result, TrainResult } from '../../../src/session/results/result.ts';
import { resultFileName, resultText } from '../../../src/session/results/write.ts';
import { madeUpEnvironment } from '../../support/environment.ts';
import { benchOf, laneOf, madeUpBench, madeUpRace, madeUpSweep, madeUpTraining, workloadOf } from '../../support/results.ts';
import { clock, wasmEngine } from '../../support/wasm-lanes.ts';

type Key = string | number;
type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

/** What is said about this text; of one that is read, that it was. */
function refusal(text: string): ResultFileError {
  try {
    readResult(text, 'laptop.json');
  } catch (error) {
    if (error instanceof ResultFileError) return error;
    throw error;
  }
  return new ResultFileError('', 'it was read', '', '');
}

function pathText(keys: readonly Key[]): string {
  return keys.reduce<string>((path, key) => (typeof key === 'number' ? `${path}[${key}]` : path === '' ? key : `${path}.${key}`), '');
}

/** Every value in the file that is not the file, with the keys that lead to it. Of a list's items, the first two. */
function places(value: Json, keys: readonly Key[] = []): readonly (readonly [keys: readonly Key[], value: Json])[] {
  const children: readonly (readonly [Key, Json])[] = Array.isArray(value)
    ? value.slice(0, 2).map((item, index) => [index, item] as const)
    : typeof value === 'object' && value !== null
      ? Object.entries(value)
      : [];
  return children.flatMap(([key, child]) => {
    const own = [...keys, key];
    return [[own, child] as const, ...places(child, own)];
  });
}

/** A copy in which the value at `keys` is another, or gone. */
function damaged(file: unknown, keys: readonly Key[], damage: Json | undefined): string {
  const copy = JSON.parse(JSON.stringify(file)) as Json;
  let parent = copy as Record<Key, Json>;
  for (const key of keys.slice(0, -1)) parent = parent[key] as Record<Key, Json>;
  const last = keys.at(-1) ?? '';
  if (damage === undefined) Reflect.deleteProperty(parent, last);
  else parent[last] = damage;
  return JSON.stringify(copy);
}

/** Of another type than `value`, and null for nobody. */
function wrongType(value: Json): Json {
  if (typeof value === 'string') return 7;
  if (value === null) return true;
  if (Array.isArray(value)) return { not: 'a list' };
  return typeof value === 'object' ? 'text' : 'seven';
}

const mayBeNull =
  /(drift|coldMs|PerSecond|dispatchesPerStep|PerStep|shareOfCopy|shareOfFma|endToEndMs|readBackFloorMs|lanes|groups|ms|max\w*Difference|[cC]ost|Accuracy|parameterNorm|bias|crossover[.]ci95\[1\])$/;
/** Fields that files of an older Downhill do not have. */
const mayBeMissing = /(profile[.]droppedSpans|lanes\[\d\][.]reason|data[.]checksum|settings[.]own|^settings)$/;
const mayBeNegative = /(bias|drift|deviation|msPerExample|ci95\[\d\]|samples\[\d\][.](test|train))$/;

type Damage = readonly [what: string, path: string, text: string];

function systematic(file: unknown): readonly Damage[] {
  return places(JSON.parse(JSON.stringify(file)) as Json).flatMap(([keys, value]): readonly Damage[] => {
    const path = pathText(keys);
    const found: Damage[] = [[`${path} of another type`, path, damaged(file, keys, wrongType(value))]];
    // a kernel has the sizes that it has, by any names
    const free = keys.at(-2) === 'sizes';
    if (typeof keys.at(-1) === 'string' && !free && !mayBeMissing.test(path))
      found.push([`without ${path}`, path, damaged(file, keys, undefined)]);
    if (typeof value === 'number') {
      if (!mayBeNull.test(path)) found.push([`${path} not finite`, path, damaged(file, keys, null)]);
      if (!mayBeNegative.test(path)) found.push([`${path} negative`, path, damaged(file, keys, -1)]);
    }
    return found;
  });
}

const bench = madeUpBench();
const race = madeUpRace();
const training = madeUpTraining();
const sweep = madeUpSweep();
const { trainAccuracy: _train, testAccuracy: _test, ...houses } = { ...training.runs[0], trainR2: 0.8, testR2: -0.1 };
const regression = { ...training, runs: [houses], parity: null } as TrainResult;

/** Damage that only shows when one part is held against another. */
const crossed: readonly (readonly [what: string, file: Result, keys: readonly Key[], value: Json | undefined, path?: string])[] = [
  ['a median that is not that of the samples', bench, ['workloads', 0, 'lanes', 0, 'msPerStep', 'median'], 2.001],
  ['a 5th percentile that is not', bench, ['workloads', 0, 'lanes', 1, 'msPerStep', 'p5'], 5.05],
  ['a 95th percentile that is not', bench, ['workloads', 0, 'lanes', 1, 'msPerStep', 'p95'], 5.2],
  [
    'a sample that was changed',
    bench,
    ['workloads', 1, 'lanes', 0, 'msPerStep', 'samples', 2],
    1.2,
    'workloads[1].lanes[0].msPerStep.median',
  ],
  ['a sample of 0', bench, ['workloads', 1, 'lanes', 0, 'msPerStep', 'samples', 2], 0],
  ['one sample', bench, ['workloads', 0, 'lanes', 0, 'msPerStep', 'samples'], [2]],
  ['no samples', bench, ['workloads', 0, 'lanes', 0, 'msPerStep', 'samples'], []],
  ['an interval upside down', bench, ['workloads', 0, 'lanes', 0, 'msPerStep', 'ci95'], [2.2, 1.9]],
  ['an interval of one', bench, ['workloads', 0, 'lanes', 0, 'msPerStep', 'ci95'], [2.2]],
  ['an interval beside the median', bench, ['workloads', 0, 'lanes', 0, 'msPerStep', 'ci95'], [2.2, 2.3]],
  ['an interval beside the ratio', bench, ['workloads', 0, 'speedup', 'ci95'], [7, 8]],
  ['a ratio that is not that of the medians', bench, ['workloads', 0, 'speedup', 'ratio'], 2.6],
  ['a speed-up of a lane that is not there', bench, ['workloads', 0, 'speedup', 'best'], 'tfjs-webgpu'],
  ['a speed-up against a lane without a time', bench, ['workloads', 0, 'speedup', 'against'], 'reference'],
  ['a speed-up against itself', bench, ['workloads', 0, 'speedup', 'against'], 'gpu'],
  ['a peer that is not there', bench, ['workloads', 0, 'peers', 0, 'against'], 'jax-wasm'],
  ['an engine that nobody knows', bench, ['workloads', 0, 'lanes', 0, 'engine'], 'cuda'],
  ['two lanes of one name', bench, ['workloads', 0, 'lanes', 1, 'engine'], 'gpu'],
  ['two workloads of one name', bench, ['workloads', 1], JSON.parse(JSON.stringify(bench.workloads[0])) as Json, 'workloads[1].name'],
  ['neither workload nor law', { ...bench, laws: [] }, ['workloads'], []],
  ['a workload without lanes', bench, ['workloads', 2, 'lanes'], []],
  ['a name that is not that of the definition', bench, ['workloads', 1, 'name'], 'net 1-2-3', 'workloads[1].definition.name'],
  ['a definition of no known kind', bench, ['workloads', 0, 'definition', 'kind'], 'sorting'],
  ['a time with an error', bench, ['workloads', 0, 'lanes', 0, 'error'], 'slow'],
  ['a time with a reason for none', bench, ['workloads', 0, 'lanes', 0, 'reason'], 'not-run'],
  ['a reason that nobody gives', bench, ['workloads', 2, 'lanes', 1, 'reason'], 'tired'],
  ['neither time nor error', bench, ['workloads', 0, 'lanes', 2, 'error'], null],
  ['a time of a wrong answer', bench, ['workloads', 0, 'lanes', 0, 'checked', 'ok'], false, 'workloads[0].lanes[0].checked'],
  ['a time that was not checked', bench, ['workloads', 0, 'lanes', 0, 'checked'], null],
  ['a right answer with no difference', bench, ['workloads', 0, 'lanes', 0, 'checked', 'maxDifference'], null],
  ['a peer called ours', bench, ['workloads', 0, 'lanes', 3, 'peer'], false],
  ['a time of no steps', bench, ['workloads', 0, 'lanes', 0, 'stepsPerBlock'], 0],
  ['more outliers than samples', bench, ['workloads', 0, 'lanes', 0, 'outliers'], 6],
  ['half an outlier', bench, ['workloads', 0, 'lanes', 0, 'outliers'], 0.5],
  ['no score beside speed-ups', bench, ['score'], null],
  ['a score that is not the mean', bench, ['score', 'ratio'], 2],
  ['a score outside of its interval', bench, ['score', 'ci95'], [7, 8]],
  ['measured and unfinished', bench, ['unfinished', 0], bench.workloads[0]?.name ?? ''],
  ['a day that is none', bench, ['environment', 'takenAt'], '2026-13-45T12:00:00.000Z'],
  ['half a core', bench, ['environment', 'logicalCores'], 0.5],
  ['no core', bench, ['environment', 'logicalCores'], 0],
  ['schema 0', bench, ['schema'], 0],
  ['schema 2', bench, ['schema'], 2],
  ['another kind', bench, ['kind'], 'sprint'],
  ['a kind that every object has', bench, ['kind'], 'toString'],
  ['another precision', bench, ['precision'], 'float8'],
  ['a seed past 32 bits', bench, ['seed'], 4294967296],
  ['a race called a benchmark', race, ['kind'], 'bench', 'budgetMs'],
  ['a race without lanes', race, ['lanes'], []],
  ['two lanes of a race with one name', race, ['lanes', 1, 'engine'], 'gpu'],
  ['a plan that nobody knows', race, ['lanes', 0, 'plan'], 'three-pass'],
  ['a segment that nobody knows', race, ['lanes', 0, 'profile', 'segments', 0, 'name'], 'coffee'],
  ['a median of a race that is not', race, ['lanes', 0, 'msPerStep', 'median'], 1.2],
  ['a time of a race that was wrong', race, ['lanes', 0, 'checked'], false, 'lanes[0].msPerStep'],
  ['more outliers than a race has samples', race, ['lanes', 0, 'outliers'], 7],
  ['a speed-up over more blocks than there are', race, ['speedup', 'blocks'], 7],
  ['a speed-up of a race that is not', race, ['speedup', 'ratio'], 3.3],
  ['a speed-up of a race against nobody', race, ['speedup', 'against'], 'wasm'],
  ['a verdict that nobody gives', race, ['speedup', 'verdict'], 'draw'],
  ['two seeds', race, ['settings', 'seed'], 2],
  ['a learning rate of 0', race, ['settings', 'learningRate'], 0],
  ['a training of no run', training, ['runs'], []],
  ['two runs of one engine', training, ['runs', 1, 'engine'], 'gpu'],
  ['an engine that nobody trains on', training, ['runs', 0, 'engine'], 'cuda'],
  ['a step that comes twice', training, ['runs', 0, 'costs', 2, 'step'], 100],
  ['a cost that is not the last', training, ['runs', 0, 'finalCost'], 0.46],
  ['a training’s time of a wrong answer', training, ['runs', 0, 'checked'], false, 'runs[0].msPerStep'],
  ['a training’s median that is not', training, ['runs', 0, 'msPerStep', 'median'], 0.3],
  ['more right answers than answers', training, ['runs', 0, 'testAccuracy'], 1.01],
  ['R² of one part', regression, ['runs', 0, 'testR2'], undefined],
  ['an accuracy beside R²', regression, ['runs', 0, 'testAccuracy'], 0.9],
  ['two runs that are not compared', training, ['parity'], null],
  ['one run that is compared', regression, ['parity'], { maxCostDifference: 0, maxParameterDifference: 0 }],
  ['a batch of half an example', training, ['model', 'batchSize'], 0.5],
  ['a layer without units', training, ['model', 'hidden', 0, 'units'], 0],
  ['a sweep from more to less', sweep, ['settings', 'mFrom'], 100_000],
  ['a model that nobody knows', sweep, ['accuracy', 0, 'model'], 'forest'],
  ['a seed of a sweep that is not', sweep, ['seed'], 2],
  ['a mean of a sweep that is not', sweep, ['accuracy', 0, 'test', 'mean'], 0.66],
  ['a lowest score that is not', sweep, ['accuracy', 0, 'test', 'min'], 0.61],
  ['a highest score that is not', sweep, ['accuracy', 0, 'test', 'max'], 0.71],
  ['a training score that is not', sweep, ['accuracy', 0, 'train', 'mean'], 0.71],
  ['scores of runs that all diverged', sweep, ['accuracy', 1, 'test'], { mean: 1, min: 1, max: 1 }],
  ['no scores of runs that did not', sweep, ['accuracy', 0, 'test'], null],
  ['a share above one', sweep, ['accuracy', 0, 'samples', 0, 'test'], 1.01],
  ['a score of a run that diverged', sweep, ['accuracy', 1, 'samples', 0, 'test'], 0.5],
  ['more seeds than runs', sweep, ['accuracy', 0, 'seeds'], 3],
  ['a run of another model', sweep, ['accuracy', 0, 'samples', 1, 'model'], '16', 'accuracy[0].samples[1]'],
  ['a model and an m twice', sweep, ['accuracy', 1], JSON.parse(JSON.stringify(sweep.accuracy[0])) as Json],
  ['a time that is not the median', sweep, ['time', 'points', 0, 'gpuMs'], 0.56],
  ['a time without samples', sweep, ['time', 'points', 1, 'samples', 'cpu'], [], 'time.points[1].cpuMs'],
  ['a crossover outside of its interval', sweep, ['time', 'crossover', 'm'], 2500, 'time.crossover.ci95'],
  ['an interval of a crossover upside down', sweep, ['time', 'crossover', 'ci95'], [2400, 2000]],
  ['another model timed', sweep, ['time', 'model'], '16'],
  ['three classes of two', race, ['settings', 'classes'], [1, 2, 3]],
];

const whole = resultText(bench);
const notJson: readonly (readonly [what: string, text: string])[] = [
  ['an empty file', ''],
  ['a file of spaces', ' \n'],
  ['something else', 'name,price\ncat,3'],
  ['half a file', whole.slice(0, whole.length / 2)],
  ['a file without its end', whole.trimEnd().slice(0, -1)],
  ['a list', '[]'],
  ['a number', '7'],
  ['null', 'null'],
];

describe('a damaged results file', () => {
  const parts: readonly Damage[] = crossed.map(([what, file, keys, value, path]) => [
    what,
    path ?? pathText(keys),
    damaged(file, keys, value),
  ]);
  const wayOut = /, found .+[.] (Save the result again, or open another file|Open it with a Downhill as new as that one)[.]$/;

  it.each([bench, race, training, sweep])(
    'of the kind $kind is refused wherever a field is missing, of another type, negative or no number',
    (file) => {
      const damages = systematic(file);
      expect(damages.length).toBeGreaterThan(200);
      const missed = damages.filter(([, path, text]) => {
        const { path: named, message } = refusal(text);
        return named !== path || !message.startsWith(`laptop.json: ${path}: expected `) || !wayOut.test(message);
      });
      expect(missed.map(([what]) => what)).toEqual([]);
    },
  );

  it.each(parts)('is refused where its parts disagree: %s, at %s', (_what, path, text) => {
    const error = refusal(text);
    expect(error.path).toBe(path);
    expect(error.message).toContain(`laptop.json: ${path}: expected `);
    expect(error.message).toMatch(wayOut);
  });

  it.each(notJson)('is refused as a whole: %s', (_what, text) => {
    const { message, path } = refusal(text);
    expect(path).toBe('');
    expect(message).toMatch(/^laptop[.]json: expected .+, found .+[.] Save the result again/);
  });

  it('says what is wrong, where, and what to do', () => {
    const text = damaged(bench, ['workloads', 0, 'lanes', 0, 'msPerStep', 'median'], 3.1);
    expect(refusal(text).message).toBe(
      'laptop.json: workloads[0].lanes[0].msPerStep.median: expected the median of the 5 samples, 2.05, found 3.1. Save the result again, or open another file.',
    );
    expect(refusal(damaged(bench, ['schema'], 2)).message).toBe(
      'laptop.json: schema: expected 1, found 2, which a newer Downhill wrote. Open it with a Downhill as new as that one.',
    );
  });
});

describe('a results file', () => {
  it.each([bench, race, training, regression, sweep])('of the kind $kind is read as it was written', ({ machine, ...report }) => {
    expect(readResult(resultText(report, machine), 'a.json')).toEqual({ machine, ...report });
  });

  it('holds what was really measured', async () => {
    const reference = new ReferenceEngine({ precision: 'float32', clock, breathe: () => undefined });
    const truth = new ReferenceEngine({ precision: 'float64', clock, breathe: () => undefined });
    const wasm = wasmEngine(1);
    const small: readonly Workload[] = [
      { kind: 'train', name: 'logistic', n: 20, m: 50, storage: 'uint8', hidden: [], outputs: 1, learningRate: 0.01 },
      { kind: 'matmul', name: 'matmul 16', size: 16 },
      { kind: 'activation', name: 'sigmoid 100', count: 100 },
    ];
    const host = { clock, clockResolutionMs: 0.001, readBackFloorMs: 0, isHidden: () => false, truth, environment: madeUpEnvironment };
    const lanes = [engineLane(wasm, 3), engineLane(reference, 3)];
    const soFar: number[] = [];
    const report = await runBench(
      { workloads: small, budgetMs: 150, seed: 3 },
      host,
      lanes,
      () => undefined,
      ({ workloads: done, unfinished }) => {
        soFar.push(done.length - unfinished.length);
      },
    );
    wasm.dispose();
    expect(soFar).toEqual([-1, 1, 3]);
    expect(report.workloads.flatMap((workload) => workload.lanes.map(({ error }) => error))).toEqual(new Array(6).fill(null));
    expect(readResult(resultText(report, 'ours'), 'a.json')).toEqual({ machine: 'ours', ...report });
  });

  it('holds whatever times there are', () => {
    const samples = fc.array(fc.double({ min: 1e-6, max: 1e6, noNaN: true }), { minLength: 2, maxLength: 40 });
    const some = workloads.slice(0, 3);
    const drawn = fc.tuple(fc.array(fc.tuple(samples, samples), { minLength: 3, maxLength: 3 }), fc.string());
    fc.assert(
      fc.property(drawn, ([times, machine]) => {
        const results = some.map((definition, at) => {
          const [gpu = [], wasm = []] = times[at] ?? [];
          return workloadOf(definition, [
            { ...laneOf('gpu', gpu), outliers: 0 },
            { ...laneOf('wasm', wasm), outliers: 0 },
          ]);
        });
        const report = { ...benchOf(results), machine };
        expect(readResult(resultText(report, machine), 'a.json')).toEqual(report);
      }),
      { numRuns: 40 },
    );
  });

  it('of a race that was saved before spans were counted is read without that count', () => {
    const read = readResult(damaged(race, ['lanes', 0, 'profile', 'droppedSpans'], undefined), 'a.json');
    if (read.kind !== 'race') throw new Error('another kind');
    expect(read.lanes[0]?.profile).toMatchObject({ how: 'timestamps', overheadMs: 0.1 });
    expect(read.lanes[0]?.profile).not.toHaveProperty('droppedSpans');
    expect(race.lanes[0]?.profile?.droppedSpans).toBe(3);
  });

  it('keeps a wrong answer that is not even a number', () => {
    const [first] = bench.workloads;
    if (!first) throw new Error('no workload');
    const lanes = first.lanes.map((lane) =>
      lane.engine === 'reference' ? { ...lane, checked: { ok: false, maxDifference: Number.NaN } } : lane,
    );
    const report = { ...bench, workloads: [{ ...first, lanes }, ...bench.workloads.slice(1)] };
    expect(readResult(resultText(report, bench.machine), 'a.json')).toEqual(report);
  });

  it('may hold the law alone', () => {
    const report = { ...bench, workloads: [], score: null };
    expect(readResult(resultText(report, bench.machine), 'a.json')).toEqual(report);
  });

  it('keeps a training that went wrong: costs, accuracies and parameters that are no numbers', () => {
    const [first, second] = training.runs;
    if (!first || !second) throw new Error('no run');
    const costs = [...first.costs, { step: 300, cost: Number.NaN }];
    const nothing = { testAccuracy: Number.NaN, parameterNorm: Number.NaN, bias: [0.5, Number.NaN], msPerStep: null };
    const wrong = { ...first, ...nothing, costs, finalCost: Number.NaN };
    const result: TrainResult = {
      ...training,
      model: { ...training.model, batchSize: 'all' },
      runs: [wrong, second],
      parity: { maxCostDifference: Number.NaN, maxParameterDifference: Number.NaN },
    };
    expect(readResult(resultText(result, training.machine), 'a.json')).toEqual(result);
  });

  it('leaves out what it does not know, and takes on no other prototype', () => {
    const text = resultText(race).replace('"schema": 1,', '"schema": 1, "later": [1], "__proto__": { "polluted": true },');
    const read = readResult(text, 'a.json');
    expect(read).toEqual(race);
    expect('polluted' in read).toBe(false);
  });

  it('has its numbers in rows and its texts as they were', () => {
    const machine = '[\n 1,\n 2 ] [ 3 ]';
    const { machine: _, ...report } = race;
    const text = resultText(report, machine);
    expect(text).toMatch(/"samples": \[1, 1[.]1, 1[.]05, 1[.]02, 1[.]2, 1[.]1\]/);
    expect(readResult(text, 'a.json').machine).toBe(machine);
  });

  it.each([
    ['', 'downhill-2026-01-31.json'],
    ['My laptop!', 'downhill-My-laptop-2026-01-31.json'],
    ['../../etc/passwd', 'downhill-etc-passwd-2026-01-31.json'],
    ['소영의 맥북', 'downhill-소영의-맥북-2026-01-31.json'],
  ])('of a machine called "%s" is called %s', (machine, name) => {
    expect(resultFileName(race, machine)).toBe(name);
  });
});

describe('two results', () => {
  it('may be compared with themselves and with other machines, plans and lengths', () => {
    expect(whyIncomparable(bench, bench)).toBeNull();
    expect(whyIncomparable(bench, { ...bench, machine: 'other', workloads: bench.workloads.slice(1, 2) })).toBeNull();
    expect(whyIncomparable(race, { ...race, settings: { ...race.settings, steps: 7, plan: 'layered', gpu: false } })).toBeNull();
    expect(whyIncomparable(training, { ...training, machine: 'other', runs: training.runs.slice(1), parity: null })).toBeNull();
  });

  it.each([
    [race, { ...race, settings: { ...race.settings, m: 99 } }, { why: 'workload', setting: 'm', one: '2048', other: '99' }],
    [race, { ...race, settings: { ...race.settings, own: 'binary*a.csv' } }, { why: 'workload', setting: 'own' }],
    [race, { ...race, settings: { ...race.settings, hidden: [] } }, { why: 'workload', setting: 'hidden' }],
    [race, { ...race, data: { ...race.data, m: 7 } }, { why: 'workload', setting: 'data' }],
    [race, { ...race, seed: 2 }, { why: 'seed', one: '1', other: '2' }],
    [race, bench, { why: 'kind', one: 'race', other: 'bench' }],
    [training, race, { why: 'kind', one: 'train', other: 'race' }],
    [training, { ...training, data: { ...training.data, m: 7 } }, { why: 'workload', setting: 'data' }],
    [training, { ...training, model: { ...training.model, l2: 0 } }, { why: 'workload', setting: 'l2' }],
    [bench, { ...bench, precision: 'float16' as 'float32' }, { why: 'precision', one: 'float32', other: 'float16' }],
    [bench, { ...bench, schema: 2 as 1 }, { why: 'schema' }],
    [
      { ...bench, workloads: bench.workloads.slice(0, 1) },
      { ...bench, workloads: bench.workloads.slice(1) },
      { why: 'workload', one: 'logistic 12288×209' },
    ],
  ] as const)('may not otherwise, and the reason is given (%#)', (one, other, reason) => {
    expect(whyIncomparable(one, other)).toMatchObject(reason);
  });

  it('may not when what has one name is not one thing', () => {
    const other = bench.workloads.map((workload) => ({ ...workload, definition: { ...workload.definition, n: 1 } }));
    expect(whyIncomparable(bench, { ...bench, workloads: other })).toMatchObject({ why: 'workload' });
  });
});
