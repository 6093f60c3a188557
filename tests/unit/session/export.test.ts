/**
 * What one takes along with a trained model, read by others: ONNX by onnxruntime, the scripts by Python where there is NumPy and
 * PyTorch. Where these are absent, the reason is printed.
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { unzipSync } from 'fflate';
import * as ort from 'onnxruntime-web';
import { DatasetLoader } from '../../../src/data/load.ts';
import { nodeSource } from '../../../src/data/node-source.ts';
import { ReferenceEngine } from '../../../src/engine/cpu/reference.ts';
import { exportBytes, exportFiles, modelNpz } from '../../../src/session/export/files.ts';
import { npyBytes } from '../../../src/session/export/npz.ts';
import { onnxBytes } from '../../../src/session/export/onnx.ts';
import type { TrainedModel } from '../../../src/session/export/trained-model.ts';
import { problemFor, requestFor } from '../../../src/session/problem.ts';
import { defaultSettings, type Settings } from '../../../src/session/settings.ts';

const { cats, adverts, houses, fashion, toys } = defaultSettings;

const cases: Readonly<Record<string, Settings>> = {
  'logistic regression on pixels': { ...cats, m: 12, steps: 5 },
  'logistic regression with L2 and momentum': { ...adverts, m: 300, steps: 40, l2: 0.1, optimizer: 'momentum' },
  'a linear support vector machine': { ...adverts, m: 200, steps: 30, output: 'linear', cost: 'hinge', learningRate: 0.05 },
  'a net for a number, with Nesterov': {
    ...houses,
    m: 200,
    steps: 30,
    hidden: [{ units: 5, activation: 'leaky-relu' }],
    optimizer: 'nesterov',
  },
  'a net for ten classes': {
    ...fashion,
    normalization: 'standard',
    m: 100,
    steps: 10,
    hidden: [
      { units: 12, activation: 'relu' },
      { units: 8, activation: 'sigmoid' },
    ],
  },
  'mini-batches with Adam': { ...toys, m: 90, steps: 40, batch: 16, optimizer: 'adam', learningRate: 0.02 },
  'squared error after a sigmoid': { ...toys, m: 50, steps: 20, cost: 'squared-error', hidden: [{ units: 3, activation: 'identity' }] },
};

interface Trained extends TrainedModel {
  readonly yHat: Float32Array;
}

async function train(settings: Settings): Promise<Trained> {
  const dataset = await new DatasetLoader(nodeSource(join('src', 'data', 'files'))).load(requestFor(settings));
  const problem = problemFor(dataset, settings);
  const engine = new ReferenceEngine({ precision: 'float32', clock: () => performance.now(), breathe: () => Promise.resolve() });
  const trainer = await engine.prepare(problem);
  await trainer.step(settings.steps);
  return {
    dataset,
    problem,
    parameters: await trainer.parameters(),
    steps: settings.steps,
    costs: await trainer.costs(0),
    yHat: await trainer.predict('test'),
  };
}

/** The Python, of those that there may be, that can import a library; null and a line that says so when none can. */
function pythonWith(library: string): string | null {
  const found = ['python3', '/usr/bin/python3', 'python'].find((python) => {
    try {
      execFileSync(python, ['-c', `import ${library}`], { stdio: 'ignore' });
      return true;
    } catch {
      return false;
    }
  });
  if (found === undefined) console.info(`skipped, as there is no Python with ${library} here`);
  return found ?? null;
}

function differenceSaid(output: string): number {
  const said = /largest difference from Downhill's curve: (\S+)/.exec(output);
  return Number(said?.[1]);
}

let folder = '';
const models = new Map<string, Trained>();

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'downhill-export-'));
  for (const [name, settings] of Object.entries(cases)) models.set(name, await train(settings));
});

afterAll(() => {
  rmSync(folder, { recursive: true });
});

function modelNamed(name: string): Trained {
  const model = models.get(name);
  if (!model) throw new Error(`no model ${name}`);
  return model;
}

function run(name: string, python: string | null, ...command: readonly string[]): string {
  if (python === null) throw new Error('There is no Python.');
  for (const [file, bytes] of Object.entries(exportFiles(modelNamed(name)))) writeFileSync(join(folder, file), bytes);
  return execFileSync(python, command, { cwd: folder, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
}

describe('.npy', () => {
  it('begins its values at a multiple of 64, and refuses a shape that does not fit', () => {
    const bytes = npyBytes({ shape: [2, 3], values: Float32Array.of(1, 2, 3, 4, 5, 6) });
    expect((bytes.length - 24) % 64).toBe(0);
    expect(new TextDecoder('latin1').decode(bytes.subarray(1, 69))).toMatch(
      /^NUMPY\x01\0..\{'descr': '<f4', 'fortran_order': False, 'shape': \(2, 3\), /s,
    );
    expect(() => npyBytes({ shape: [4], values: new Uint8Array(3) })).toThrow('(4)');
  });
});

describe('what is taken along', () => {
  it('is one zip with everything, or a single file', () => {
    const model = modelNamed('mini-batches with Adam');
    expect(Object.keys(unzipSync(exportBytes('all', model)))).toEqual([
      'README.txt',
      'model.npz',
      'data.npz',
      'model.onnx',
      'train_numpy.py',
      'train_torch.py',
    ]);
    expect(exportBytes('npz', model)).toEqual(modelNpz(model));
    expect(Object.keys(unzipSync(modelNpz(model)))).toEqual(
      ['W1', 'b1', 'W2', 'b2', 'W1_start', 'b1_start', 'W2_start', 'b2_start', 'cost_steps', 'costs', 'scale', 'shift'].map(
        (n) => `${n}.npy`,
      ),
    );
  });

  it('lets no name from a file out of its comment', () => {
    const model = modelNamed('mini-batches with Adam');
    const named = { ...model, dataset: { ...model.dataset, name: '"""\nimport os\n' as 'cats' } };
    const code = new TextDecoder().decode(exportFiles(named)['train_numpy.py']);
    expect(code.match(/"""/g)).toHaveLength(new TextDecoder().decode(exportFiles(model)['train_numpy.py']).match(/"""/g)?.length ?? 0);
    expect(code).not.toMatch(/^import os/m);
  });

  it.each(Object.keys(cases))('ONNX gives the same ŷ: %s', async (name) => {
    const model = modelNamed(name);
    const { x } = model.dataset.test;
    const { rescaling } = model.dataset;
    const session = await ort.InferenceSession.create(onnxBytes(model));
    // back to what stands in the table
    const raw = Float64Array.from(x.values, (value, at) =>
      rescaling ? value * (rescaling.width[at % x.n] ?? 0) + (rescaling.offset[at % x.n] ?? 0) : value,
    );
    const input = rescaling ? new ort.Tensor('float64', raw, [x.m, x.n]) : new ort.Tensor('float32', Float32Array.from(raw), [x.m, x.n]);
    const { y_hat: yHat, target } = await session.run({ x: input });
    const values = yHat?.data as Float32Array;
    expect(values.length).toBe(model.yHat.length);
    let worst = 0;
    for (const [i, own] of model.yHat.entries()) worst = Math.max(worst, Math.abs((values[i] ?? Number.NaN) - own));
    expect(worst).toBeLessThan(1e-5);
    expect(target === undefined).toBe(model.dataset.task !== 'regression');
    if (target) expect(Number(target.data[0])).toBeCloseTo((model.yHat[0] ?? 0) * model.dataset.targetScale + model.dataset.targetMean, 4);
    await session.release();
  });
});

describe('what went into a table', () => {
  it('can be had back: the lengths of runs of capitals in Adverts are whole numbers', () => {
    const { test, rescaling } = modelNamed('a linear support vector machine').dataset;
    expect(rescaling).not.toBeNull();
    const longest = test.x.n - 2;
    for (let row = 0; row < test.x.m; row++) {
      const value = (test.x.values[row * test.x.n + longest] ?? 0) * (rescaling?.width[longest] ?? 0) + (rescaling?.offset[longest] ?? 0);
      const letters = Math.exp(value) - 0.1;
      expect(letters).toBeGreaterThan(0.99);
      expect(Math.abs(letters - Math.round(letters))).toBeLessThan(1e-4 * letters);
    }
  });
});

const numpy = pythonWith('numpy');

describe.skipIf(numpy === null)('the NumPy code', () => {
  it.each(Object.keys(cases))('gives the same costs: %s', (name) => {
    const out = run(name, numpy, 'train_numpy.py');
    expect(out).toContain('step      0  cost');
    expect(differenceSaid(out)).toBeLessThan(1e-4);
    expect(out).toMatch(/test score: -?\d/);
  });
});

const torch = pythonWith('torch');

describe.skipIf(torch === null)('the PyTorch script', () => {
  // the two last pairs are for PyTorch 1.13 on Python 3.11, which does not find its own default for them
  const twoProcesses = ['-m', 'torch.distributed.run', '--nproc_per_node', '2', '--master_port', '29533', '--redirects', '1', '--tee', '1'];

  it.each([
    ['mini-batches with Adam', twoProcesses],
    ['a net for ten classes', []],
  ])('gives the same costs: %s', { timeout: 120_000 }, (name, how) => {
    const out = run(name, torch, ...how, 'train_torch.py');
    expect(differenceSaid(out)).toBeLessThan(1e-4);
  });
});
