/** The tuner with real kernels: every candidate of every shape is right, and a broken kernel loses however fast it is. */
import { beforeAll, expect, it } from 'vitest';
import { ReferenceEngine } from '../../src/engine/cpu/reference.ts';
import { candidatesFor, shaderHash } from '../../src/engine/gpu/candidates.ts';
import type { GpuEngine } from '../../src/engine/gpu/engine.ts';
import { kernelTable } from '../../src/engine/gpu/kernel-table.ts';
import { compare, makeInput, truthOf } from '../../src/session/bench/input.ts';
import { engineLane } from '../../src/session/bench/lanes.ts';
import { workloads } from '../../src/session/bench/workload.ts';
import { gpuTrial, Tuner } from '../../src/session/tuner.ts';
import { expectation } from '../../src/session/verify.ts';
import { gpuEngines } from '../support/gpu-engines.ts';
import { randomProblem } from '../support/problems.ts';
import { clock } from '../support/wasm-lanes.ts';

const truth = new ReferenceEngine({ precision: 'float64', clock, breathe: () => undefined });
const { signal } = new AbortController();

const open = gpuEngines();
let gpu: GpuEngine;
beforeAll(async () => {
  gpu = await open();
});

it.each([
  { name: 'tiny', software: false, options: { n: 2, m: 40, storage: 'float32' } },
  { name: 'logistic', software: true, options: { n: 100, m: 90 } },
  { name: 'net', software: false, options: { n: 20, m: 90, hidden: [{ units: 16, activation: 'relu' }], output: 'softmax', outputs: 10 } },
] as const)('every candidate is right: $name', async ({ software, options }) => {
  const problem = randomProblem(options);
  const expected = await expectation(truth, problem, signal);
  if (!expected) throw new Error('no expectation');
  // a clock that leaps: one short block of each is enough here, speed is the benchmark's
  let now = 0;
  const leaping = (): number => (now += 20);
  const tuner = new Tuner(
    candidatesFor(problem, gpu.planFor(problem, 'auto'), software, gpu.device.features.has('subgroups')),
    gpuTrial(gpu, problem, { problem, expected }, leaping, signal),
    () => 0,
  );
  while (!tuner.done) await tuner.next();
  const { trials, best } = tuner.record;
  expect(trials.map(({ plan, problem: fault }) => [plan, fault])).toEqual(
    candidatesFor(problem, gpu.planFor(problem, 'auto'), software, gpu.device.features.has('subgroups')).map(({ plan }) => [plan, null]),
  );
  expect(trials[best]?.ms).toBeGreaterThan(0);
});

it('calls a candidate wrong when its answer is not the expected one', async () => {
  const problem = randomProblem({ n: 30, m: 40 });
  const expected = await expectation(truth, problem, signal);
  if (!expected) throw new Error('no expectation');
  const broken = { ...expected, parameters: Float64Array.from(expected.parameters, (value) => value * 1.001) };
  const trial = await gpuTrial(gpu, problem, { problem, expected: broken }, clock, signal)({ plan: 'two-pass', tuning: {} });
  expect(trial).toMatchObject({ ms: null, problem: 'wrong' });
});

it('the hash of the kernels changes with any of their texts', () => {
  expect(shaderHash()).toMatch(/^[0-9a-f]{8}$/);
  const [[name, entry] = []] = Object.entries(kernelTable);
  if (!name || !entry) throw new Error('no kernels');
  const changed = { ...kernelTable, [name]: { ...entry, source: { ...entry.source, code: `${entry.source.code} ` } } };
  expect(shaderHash({}, { ...kernelTable })).toBe(shaderHash());
  expect(shaderHash({}, changed)).not.toBe(shaderHash());
  const edits = [{ 'lib/trace.wgsl': 'one' }, { 'lib/trace.wgsl': 'other' }, { 'fold.wgsl': 'one' }];
  expect(new Set([shaderHash(), ...edits.map((edit) => shaderHash(edit))]).size).toBe(4);
});

it('a benchmark on a real GPU takes a plan and tiles that were tried', async () => {
  const engine = await open({ treatAs: 'hardware' });
  let now = 0;
  const leaping = (): number => (now += 20);
  const asked: unknown[] = [];
  const prepare = engine.prepare.bind(engine);
  engine.prepare = (problem, from, choice) => {
    asked.push(choice);
    return prepare(problem, from, choice);
  };
  const workload = workloads.find(({ name }) => name === 'logistic 2×400');
  if (workload?.kind !== 'train') throw new Error('no such workload');
  const small = { ...workload, n: 20, m: 60, storage: 'uint8' } as const;
  const input = makeInput(small, 1);
  const prepared = await engineLane(engine, 1, { truth, clock: leaping }).prepare(small, input);
  // every candidate was prepared, and at last the winner once more
  const tried = asked.slice(0, -1);
  expect(tried.length).toBeGreaterThan(3);
  expect(tried).toContainEqual(asked.at(-1));
  expect(prepared.searchMs).toBeGreaterThan(0);
  expect(prepared.kernels.length).toBeGreaterThan(0);
  expect(compare(small, await truthOf(small, input, truth, 1), await prepared.answer()).wrong).toBeNull();
  prepared.dispose();
});
