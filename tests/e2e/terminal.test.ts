/** `downhill train` as one types it, on both hosts; and that standard output holds the answer and nothing else. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readResult } from '../../src/session/results/read.ts';
import type { TrainResult } from '../../src/session/results/result.ts';
import { downhill, typedDownhill } from './support/terminal.ts';

function readTrain(text: string): TrainResult {
  const result = readResult(text, 'standard output');
  if (result.kind !== 'train') throw new Error(`${result.kind} is another kind`);
  return result;
}

const adverts = ['train', '--data', 'adverts', '--model', 'logistic', '--steps', '200', '--engine', 'gpu', '--engine', 'reference'];

describe('downhill train', () => {
  it.each(['browser', 'node'])('trains on --host %s and prints JSON alone', async (host) => {
    const { code, out, err } = await typedDownhill(...adverts, '--host', host, '--every', '10', '--json', '-');
    expect({ code, err: code === 0 ? '' : err }).toEqual({ code: 0, err: '' });
    const report = readTrain(out);
    expect(report.machine).toBe(hostname());
    expect(report.data).toEqual({ name: 'adverts', n: 57, m: 3680, mTest: 921 });
    expect(report.runs.map(({ engine }) => engine)).toEqual(['gpu', 'reference']);
    for (const run of report.runs) {
      expect(run.checked).toBe(true);
      expect(run.costs.map(({ step }) => step)).toEqual(Array.from({ length: 21 }, (_, at) => at * 10));
      expect(run.costs[0]?.cost).toBeCloseTo(Math.LN2, 5);
      expect(run.testAccuracy).toBeGreaterThan(0.9);
    }
    expect(report.parity?.maxCostDifference).toBeLessThan(1e-5);
    expect(report.parity?.maxParameterDifference).toBeLessThan(1e-3);
  });

  it('prints a table for people beside a file for programs', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'downhill-json-'));
    const file = join(folder, 'result.json');
    const { code, out } = await downhill(
      'train',
      '--data',
      'toys',
      '--toy',
      'moons',
      '--model',
      '4 tanh',
      '--steps',
      '20',
      '--engine',
      'reference',
      '--host',
      'node',
      '--json',
      file,
      '--machine',
      'desk',
    );
    expect(code).toBe(0);
    expect(out).toContain('toys: 2 features');
    expect(readTrain(readFileSync(file, 'utf8'))).toMatchObject({ machine: 'desk', parity: null });
    rmSync(folder, { recursive: true });
  });

  it('ends with 1 and a sentence when the training goes wrong', async () => {
    const { code, out } = await downhill(
      'train',
      '--data',
      'houses',
      '--m',
      '100',
      '--model',
      'linear',
      '--rate',
      '1e6',
      '--steps',
      '60',
      '--engine',
      'reference',
      '--host',
      'node',
    );
    expect(code).toBe(1);
    expect(out).toContain('Lower --rate');
  });

  it.each([
    [['train', '--data', 'dogs'], '--data'],
    [['train'], '--data'],
    [['train', '--data', 'cats', '--rate', 'fast'], '--rate'],
    [['train', '--data', 'cats', '--engine', 'abacus'], '--engine'],
    [['fly'], 'fly'],
  ])('ends with 2 and names what it cannot use: %j', async (args, named) => {
    const { code, out, err } = await downhill(...args);
    expect(code).toBe(2);
    expect(out).toBe('');
    expect(err).toContain(named);
  });
});

describe('downhill sweep', () => {
  const toys = ['sweep', '--data', 'toys', '--m', '20..80', '--points', '3', '--seeds', '1', '--budget', 'steps:40'];

  it.each(['browser', 'node'])('sweeps over m on --host %s, and what it writes can be read again', async (host) => {
    const { code, out, err } = await downhill(
      ...toys,
      '--models',
      'svm, logistic, 4 4',
      '--timed',
      'logistic',
      '--host',
      host,
      '--json',
      '-',
    );
    expect({ code, err: code === 0 ? '' : err }).toEqual({ code: 0, err: '' });
    const sweep = readResult(out, 'sweep.json');
    if (sweep.kind !== 'sweep') throw new Error(`a ${sweep.kind}`);
    expect(sweep.data).toMatchObject({ name: 'toys', n: 2, score: 'accuracy' });
    expect(sweep.time.points.map(({ m }) => m)).toEqual([20, 40, 80]);
    for (const { gpuMs, cpuMs } of sweep.time.points) expect(Math.min(gpuMs ?? 0, cpuMs ?? 0)).toBeGreaterThan(0);
    expect(sweep.accuracy.map(({ model, m }) => `${model} ${m}`)).toEqual(
      ['svm', 'logistic', '4-4'].flatMap((model) => [20, 40, 80].map((m) => `${model} ${m}`)),
    );
    expect(sweep.unfinished).toBe(0);
  });
});
