/** A wasm trainer's manners: going on from a state, profiles, turns for others, memory, and what it says when it cannot. */
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { loadBinary } from '../../../src/cli/wasm-node.ts';
import { fittingBinary, withSharedMemory } from '../../../src/engine/cpu/wasm/binaries.ts';
import { dataAt } from '../../../src/engine/cpu/wasm/fields.ts';
import { WasmEngine } from '../../../src/engine/cpu/wasm/engine.ts';
import { CapacityError } from '../../../src/engine/errors.ts';
import { breather } from '../../../src/session/breathe.ts';
import type { RelaxedRun } from '../../support/relaxed-run.ts';
import { randomFeatures, randomProblem } from '../../support/problems.ts';
import { largestDifference } from '../../support/compare-with-truth.ts';
import { clock, wasmEngine } from '../../support/wasm-lanes.ts';

const engine = wasmEngine(1);

describe('a wasm trainer', () => {
  it.each([
    { n: 30, m: 100, batchSize: 16, hidden: [{ units: 8, activation: 'tanh' }] },
    { n: 30, m: 100, batchSize: 16 },
    { n: 3, m: 100, batchSize: 16, storage: 'float32' },
  ] as const)('goes on from a state as if nothing had happened: %o', async (options) => {
    const problem = randomProblem({ ...options, optimizer: { kind: 'adam' }, shifted: true });
    const whole = await engine.prepare(problem);
    const half = await engine.prepare(problem);
    await whole.step(20);
    await half.step(11);
    const rest = await engine.prepare(problem, await half.state());
    await rest.step(9);
    expect(await rest.parameters()).toEqual(await whole.parameters());
    expect(await rest.state()).toEqual(await whole.state());
    expect((await rest.costs(11)).map((cost) => cost.step)).toEqual([11, 12, 13, 14, 15, 16, 17, 18, 19]);
  });

  it('gives the same bits twice, and a profile leaves no trace', async () => {
    const problem = randomProblem({ n: 48, m: 500, optimizer: { kind: 'momentum' }, l2: 0.01 });
    const [one, two] = [await engine.prepare(problem), await engine.prepare(problem)];
    await one.step(7);
    const gradient = await one.gradient();
    const profile = await one.profile(5);
    expect(profile.segments.map((segment) => segment.name)).toEqual([...one.plan.segments]);
    expect(await one.gradient()).toEqual(gradient);
    await one.step(8);
    await two.step(15);
    expect(await one.parameters()).toEqual(await two.parameters());
    expect(await one.costs(0)).toEqual(await two.costs(0));
  });

  it('keeps the last 65,536 costs across the end of the ring', async () => {
    const trainer = await engine.prepare(randomProblem({ n: 2, m: 8, storage: 'float32' }));
    await trainer.step(70000);
    const costs = await trainer.costs(0);
    expect(costs[0]?.step).toBe(70000 - 65536);
    expect(costs).toHaveLength(65536);
    expect(costs.at(-1)?.cost).toBeLessThan(costs[0]?.cost ?? 0);
    await trainer.profile(1);
    expect(await trainer.costs(0)).toEqual(costs);
  });

  it('predicts examples of either storage, whatever the training set holds', async () => {
    const trainer = await engine.prepare(randomProblem({ n: 20, m: 40, output: 'softmax', outputs: 3 }));
    await trainer.step(5);
    const bytes = randomFeatures(20, 150, 'uint8', 5);
    const floats = { ...bytes, storage: 'float32', values: Float32Array.from(bytes.values) } as const;
    const yHat = await trainer.predict(bytes);
    expect(yHat).toHaveLength(450);
    expect(largestDifference(await trainer.predict(floats), yHat)).toBe(0);
  });

  it.each([
    { name: 'several blocks a group', n: 784, m: 3000, blocks: 48 },
    { name: 'columns', n: 5000, m: 1001, shifted: true, optimizer: { learningRate: 0.001 }, blocks: 10 },
  ])('gives the same bits whether a step is done at once or block by block: $name', async ({ blocks, ...options }) => {
    const problem = randomProblem({ ...options, l2: 0.01 });
    let turns = 0;
    let now = 0;
    // every look at this clock finds a step too long for one call
    const leaping = new WasmEngine({ clock: () => (now += 100), threads: null, load: loadBinary, breathe: () => void turns++ });
    const [whole, sliced] = [await engine.prepare(problem), await leaping.prepare(problem)];
    await whole.step(6);
    for (let step = 0; step < 6; step++) await sliced.step(1);
    expect(turns).toBeGreaterThanOrEqual(5 * (blocks - 1));
    expect(await sliced.costs(0)).toEqual(await whole.costs(0));
    expect(await sliced.parameters()).toEqual(await whole.parameters());
  });

  it('lets others have a turn in long steps and stops between blocks when told to', async () => {
    // 0.7 GFLOP a step: guessed too long for one call
    const problem = randomProblem({ n: 784, m: 512, hidden: [{ units: 256, activation: 'relu' }], output: 'softmax', outputs: 10 });
    let turns = 0;
    const breathe = breather(clock, 5);
    const counting = new WasmEngine({ clock, threads: null, load: loadBinary, breathe: () => (turns++, breathe()) });
    const trainer = await counting.prepare(problem);
    await trainer.step(1);
    expect(turns).toBeGreaterThan(2);
    const stop = new AbortController();
    const parameters = await trainer.parameters();
    stop.abort();
    await trainer.step(3, stop.signal);
    expect(trainer.stepsDone).toBeLessThan(4);
    if (trainer.stepsDone === 1) expect(await trainer.parameters()).toEqual(parameters);
  });
});

describe('what does not fit', () => {
  it('says which m does', async () => {
    const problem = randomProblem({ n: 16, m: 4 });
    const values = new Proxy(problem.train.x.values, {
      get: (target, key): unknown => (key === 'length' ? 65536 * 100_000 : Reflect.get(target, key)),
    });
    const huge = { ...problem, train: { x: { ...problem.train.x, n: 65536, m: 100_000, values }, y: new Float32Array(100_000) } };
    const scaling = { scale: new Float32Array(65536), shift: new Float32Array(65536) };
    const failed = engine.prepare({ ...huge, scaling } as typeof problem);
    await expect(failed).rejects.toThrow(CapacityError);
    await expect(failed).rejects.toThrow(/m = 100000 examples of 65536 features need 6\.\d GiB.*4 GiB: it holds m = 6\d{4}/);
  });

  it('names the way out where there is no SIMD', () => {
    expect(() => fittingBinary(() => false)).toThrow('take the reference lane');
    expect(() => fittingBinary(() => false)).toThrow(CapacityError);
  });
});

describe('the binaries', () => {
  it('keep out of the lanes’ own memory, and turn to shared memory by one bit', async () => {
    for (const name of ['simd', 'relaxed'] as const) {
      const binary = await loadBinary(name);
      expect(binary.length).toBeLessThan(40_000);
      const shared = withSharedMemory(binary);
      expect(shared.reduce((count, byte, index) => count + (byte === binary[index] ? 0 : 1), 0)).toBe(1);
    }
    const module = await WebAssembly.compile(await loadBinary('simd'));
    const memory = new WebAssembly.Memory({ initial: 1, maximum: 1 });
    new WebAssembly.Instance(module, { env: { memory } });
    expect(
      new Uint8Array(memory.buffer, 0, dataAt).every((byte) => byte === 0),
      'no static data',
    ).toBe(true);
  });

  it('agree: the relaxed one too is held against the float64 reference', async () => {
    const { stdout } = await promisify(execFile)(process.execPath, [
      '--experimental-wasm-relaxed-simd',
      join('tests', 'support', 'relaxed-check.mjs'),
    ]);
    const { binary, worstCost, worstParameter } = JSON.parse(stdout) as RelaxedRun;
    expect(binary).toBe('relaxed');
    expect(worstCost).toBeLessThan(1);
    expect(worstParameter).toBeLessThan(1e-4);
  }, 60_000);
});
