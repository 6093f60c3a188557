/** Threads: the same bits for any number of them, and what happens when one of them dies. */
import { afterEach, describe, expect, it } from 'vitest';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeNodeThread } from '../../../src/cli/wasm-node.ts';
import type { Thread } from '../../../src/engine/cpu/wasm/pool.ts';
import { randomProblem, type ProblemOptions } from '../../support/problems.ts';
import { compareWithTruth } from '../../support/compare-with-truth.ts';
import { wasmEngine } from '../../support/wasm-lanes.ts';

const cases: readonly (ProblemOptions & { readonly name: string })[] = [
  { name: 'one pass over bytes', n: 784, m: 1531, l2: 0.01 },
  {
    name: 'mini-batches of floats, shifted',
    n: 400,
    m: 2000,
    storage: 'float32',
    batchSize: 700,
    shifted: true,
    optimizer: { kind: 'adam' },
  },
  { name: 'columns of bytes, all rows at once', n: 6000, m: 209, l2: 0.01 },
  { name: 'columns of bytes, rows in blocks', n: 5000, m: 1001, l2: 0.01, optimizer: { kind: 'nesterov', learningRate: 0.001 } },
  { name: 'columns of floats, shifted', n: 4100, m: 333, storage: 'float32', shifted: true, optimizer: { kind: 'adam' } },
  { name: 'columns, mini-batches', n: 4500, m: 700, batchSize: 300, shifted: true, l2: 0.01, optimizer: { learningRate: 0.001 } },
  { name: 'long rows, too many to share out columns', n: 8200, m: 2100, optimizer: { learningRate: 0.001 } },
  { name: 'a net', n: 100, m: 900, hidden: [{ units: 40, activation: 'tanh' }], output: 'softmax', outputs: 10 },
];

describe('any number of threads', () => {
  it.each(cases)('gives the same bits: $name', async (options) => {
    const problem = randomProblem(options);
    const one = await wasmEngine(1).prepare(problem);
    await one.step(12);
    const expected = { parameters: await one.parameters(), costs: await one.costs(0), gradient: await one.gradient() };
    one.dispose();
    for (const threads of [2, 3, 8]) {
      const trainer = await wasmEngine(threads).prepare(problem);
      // roused or not, nothing that is computed changes
      trainer.rouse();
      await trainer.step(5);
      trainer.rouse();
      await trainer.step(7);
      expect(await trainer.parameters(), `${threads} threads`).toEqual(expected.parameters);
      expect(await trainer.gradient()).toEqual(expected.gradient);
      expect(await trainer.costs(0)).toEqual(expected.costs);
      trainer.dispose();
    }
  });

  it('is still there after a rest', async () => {
    const trainer = await wasmEngine(2).prepare(randomProblem({ n: 784, m: 1531 }));
    for (let rest = 0; rest < 3; rest++) {
      trainer.rouse();
      await trainer.step(2);
      await new Promise((resolve) => setTimeout(resolve, 250));
    }
    await trainer.step(1);
    expect(trainer.stepsDone).toBe(7);
    trainer.dispose();
  });

  it.each([
    { n: 300, m: 1000 },
    { n: 5003, m: 150, shifted: true, optimizer: { learningRate: 0.001 } },
  ])('agrees with the float64 reference: $n features', async (options) => {
    await compareWithTruth(wasmEngine(2), randomProblem(options), 40, 1e-5);
  });
});

describe('a thread that dies', () => {
  const problem = randomProblem({ n: 784, m: 1531 });
  const folders: string[] = [];
  afterEach(() => {
    for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
  });

  function script(text: string): string {
    const folder = mkdtempSync(join(tmpdir(), 'downhill-thread-'));
    folders.push(folder);
    const path = join(folder, 'thread.mjs');
    writeFileSync(path, text);
    return path;
  }

  it('between steps: the next step fails with its message, and the next trainer works', async () => {
    const made: Thread[] = [];
    const engine = wasmEngine(2, {
      threads: {
        count: 2,
        make: () => {
          const thread = makeNodeThread();
          made.push(thread);
          return thread;
        },
      },
      patienceMs: 300,
    });
    const trainer = await engine.prepare(problem);
    await trainer.step(3);
    made[0]?.terminate();
    await expect(trainer.step(3)).rejects.toThrow(/a thread of the wasm lane (ended: it left with code|no longer answers)/);
    await expect(trainer.step(1)).rejects.toThrow('Start the run again');
    trainer.dispose();
    const next = await engine.prepare(problem);
    await next.step(3);
    expect(next.stepsDone).toBe(3);
    next.dispose();
  });

  it('in the middle of its work: it marks the memory, so that nobody waits', async () => {
    const failing = script(`
      import { parentPort } from 'node:worker_threads';
      parentPort.on('message', ({ memory }) => {
        parentPort.postMessage({ kind: 'ready' });
        const words = new Int32Array(memory.buffer);
        Atomics.wait(words, 1024 / 4, 0, 5000);
        Atomics.store(words, (1024 + 4 * 64) / 4, 1);
        parentPort.postMessage({ kind: 'failed', message: 'unreachable executed' });
      });`);
    const engine = wasmEngine(2, { threads: { count: 2, make: () => makeNodeThread(failing) } });
    const trainer = await engine.prepare(problem);
    await expect(trainer.step(3)).rejects.toThrow('unreachable executed');
    trainer.dispose();
  });

  it('before it was ready: the trainer is not made', async () => {
    const failing = script(`throw new Error('no such luck');`);
    const engine = wasmEngine(2, { threads: { count: 2, make: () => makeNodeThread(failing) } });
    await expect(engine.prepare(problem)).rejects.toThrow('no such luck');
  });
});

it('ends its threads with its trainer', async () => {
  let live = 0;
  const engine = wasmEngine(3, {
    threads: {
      count: 3,
      make: () => {
        const thread = makeNodeThread();
        live++;
        return {
          ...thread,
          terminate: () => {
            live--;
            thread.terminate();
          },
        };
      },
    },
  });
  const trainer = await engine.prepare(randomProblem({ n: 784, m: 1531 }));
  await trainer.step(2);
  expect(live).toBe(2);
  trainer.dispose();
  expect(live).toBe(0);
});

it('leaves small problems to one thread', async () => {
  const engine = wasmEngine(8, {
    threads: {
      count: 8,
      make: () => {
        throw new Error('a thread was asked for');
      },
    },
  });
  const trainer = await engine.prepare(randomProblem({ n: 2, m: 400, storage: 'float32' }));
  await trainer.step(1000);
  expect(trainer.stepsDone).toBe(1000);
  trainer.dispose();
});
