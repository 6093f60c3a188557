/** Results on a user's own file, from its bytes to the comparison: other settings and another content are told apart. */
import { describe, expect, it } from 'vitest';
import { checksumOf } from '../../../src/data/own/checksum.ts';
import type { OwnData } from '../../../src/data/own/own-data.ts';
import { GpuKeeper } from '../../../src/session/gpu-access.ts';
import { factsOf, ownSettings } from '../../../src/session/own/facts.ts';
import { readOwn } from '../../../src/session/own/read-own.ts';
import { Race } from '../../../src/session/race.ts';
import { whyIncomparable } from '../../../src/session/results/comparable.ts';
import { readResult } from '../../../src/session/results/read.ts';
import type { Result } from '../../../src/session/results/result.ts';
import { resultText } from '../../../src/session/results/write.ts';
import type { Settings } from '../../../src/session/settings.ts';
import { defaultSweeps, type SweepSettings } from '../../../src/session/sweep/settings.ts';
import { collectReport } from '../../../src/session/sweep/make-report.ts';
import { Sweep } from '../../../src/session/sweep/sweep.ts';
import { trainAll } from '../../../src/session/train.ts';
import { madeUpEnvironment } from '../../support/environment.ts';
import { fileOf } from '../../support/own-files.ts';
import { raceContext } from '../../support/race-context.ts';
import { madeUpRace, madeUpSweep, madeUpTraining } from '../../support/results.ts';

/** 40 rows of which one number is `odd`. */
function csv(odd: number): string {
  const rows = Array.from({ length: 40 }, (_, i) => `${i === 7 ? odd : i % 7},${i % 5},${i % 2 ? 'yes' : 'no'}`);
  return `size,weight,y\n${rows.join('\n')}\n`;
}

const own = (odd: number, label: string | null = null): Promise<OwnData> =>
  readOwn({ files: [fileOf('a.csv', csv(odd))], test: null, label }, { decode: null });

async function train(data: OwnData, over: Partial<Settings> = {}): Promise<Result> {
  const context = raceContext();
  context.loader.adopt(data);
  const settings = { ...ownSettings(factsOf(data)), steps: 8, ...over };
  const request = { settings, m: 'all', lanes: ['reference'], every: 1 } as const;
  const report = await trainAll(request, { ...context, environment: madeUpEnvironment }, () => undefined);
  return readResult(resultText(report, 'here'), 'a.json');
}

describe('two trainings on a user’s file', () => {
  it('may be compared where file and settings are the same', async () => {
    expect(whyIncomparable(await train(await own(3)), await train(await own(3)))).toBeNull();
  });

  it.each([
    ['normalization', { normalization: 'none' }],
    ['batchSize', { batch: 8 }],
    ['cost', { cost: 'squared-error' }],
    ['optimizer', { optimizer: 'adam' }],
    ['learningRate', { learningRate: 0.01 }],
    ['testShare', { testShare: 0.25 }],
  ] as const)('may not with another %s', async (setting, over) => {
    const data = await own(3);
    expect(whyIncomparable(await train(data), await train(data, over))).toMatchObject({ why: 'workload', setting });
  });

  it('may not with another seed or another label', async () => {
    const [data, other] = [await own(3), await own(3, 'weight')];
    expect(whyIncomparable(await train(data), await train(data, { seed: 2 }))).toMatchObject({ why: 'seed' });
    expect(whyIncomparable(await train(data), await train(other))).toMatchObject({ why: 'workload', setting: 'own' });
  });

  it('may not where one is older and does not tell', async () => {
    const training = await train(await own(3));
    const older = { ...training, settings: undefined } as Result;
    expect(readResult(resultText(older, ''), 'old.json')).toBeDefined();
    expect(whyIncomparable(older, older)).toBeNull();
    expect(whyIncomparable(training, older)).toMatchObject({ why: 'workload', setting: 'normalization', other: 'nothing' });
  });
});

describe('two files of one name and shape', () => {
  it('are told apart by what they hold, wherever it lies', async () => {
    const [one, same, other] = [await own(3), await own(3), await own(4)];
    expect(other.text).toBe(one.text);
    expect(one.checksum).toMatch(/^[\da-f]{8}$/);
    expect(same.checksum).toBe(one.checksum);
    const signs = await Promise.all([own(-3), own(3.5), own(-3.5)]);
    expect(new Set([one, other, ...signs].map(({ checksum }) => checksum)).size).toBe(5);
    const flipped = { ...one, train: { ...one.train, target: one.train.target.map((y) => 1 - y) } };
    expect(checksumOf(flipped)).not.toBe(one.checksum);
  });

  it('are not compared as one: trainings', async () => {
    const [one, other] = [await train(await own(3)), await train(await own(4))];
    expect(whyIncomparable(one, other)).toMatchObject({ why: 'files' });
  });

  it('are not compared as one: races', async () => {
    const data = await own(3);
    const context = raceContext();
    context.loader.adopt(data);
    const settings: Settings = { ...ownSettings(factsOf(data)), steps: 20, gpu: false, cpu: 'reference' };
    const race = await new Promise<Race>((resolve) => {
      const started: Race = new Race(context, 1, settings, false, ({ phase }) => {
        if (phase === 'finished') resolve(started);
      });
    });
    const report = await race.result(madeUpEnvironment);
    await race.stop();
    expect(report?.data.checksum).toBe(data.checksum);
  });

  it('are not compared as one: sweeps', async () => {
    const data = await own(3);
    const context = raceContext();
    context.loader.adopt(data);
    const settings: SweepSettings = {
      ...defaultSweeps.own,
      ...{ own: data.text, mFrom: 10, mTo: 30, points: 3, seeds: 1, seedsAbove: 1, models: ['logistic'], timed: 'logistic' },
      normalization: 'standard',
      budget: 'steps',
      steps: 5,
    };
    const gpu = new GpuKeeper({ gpu: undefined, secureContext: true }, context.clock);
    const host = { ...context, gpu, environment: () => Promise.resolve(madeUpEnvironment) };
    const report = await collectReport(settings, async (hear) => new Sweep(host, settings, null, hear).ended);
    expect(report.data.checksum).toBe(data.checksum);
    expect(readResult(resultText(report, ''), 'sweep.json')).toMatchObject({ data: { checksum: data.checksum } });
  });

  it.each([madeUpRace(), madeUpSweep(), madeUpTraining()])('may be compared where a $kind does not tell', (result) => {
    const of = (checksum?: string): Result => readResult(JSON.stringify({ ...result, data: { ...result.data, checksum } }), 'a.json');
    expect(whyIncomparable(of('00000001'), of('00000002'))).toEqual({ why: 'files', one: '00000001', other: '00000002' });
    expect(whyIncomparable(of('00000001'), of('00000001'))).toBeNull();
    expect(whyIncomparable(of('00000001'), of())).toBeNull();
  });
});
