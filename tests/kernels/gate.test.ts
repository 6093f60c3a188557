/** The gate: a kernel that is broken on purpose, in its forward half or its backward half, is called wrong, on every plan. */
import { expect, it } from 'vitest';
import { ReferenceEngine } from '../../src/engine/cpu/reference.ts';
import type { GpuEngine, GpuPlanChoice } from '../../src/engine/gpu/engine.ts';
import { Random, streams } from '../../src/math/rng.ts';
import { compare, makeInput, truthOf } from '../../src/session/bench/input.ts';
import { engineLane } from '../../src/session/bench/lanes.ts';
import { Field } from '../../src/session/field.ts';
import { Harness } from '../../src/session/harness.ts';
import { gpuEngines } from '../support/gpu-engines.ts';
import { randomProblem } from '../support/problems.ts';
import { clock } from '../support/wasm-lanes.ts';

const truth = new ReferenceEngine({ precision: 'float64', clock, breathe: () => undefined });

const open = gpuEngines();

/** An engine whose shaders are changed on their way to the compiler. */
async function brokenEngine(from: string, to: string): Promise<GpuEngine> {
  const engine = await open();
  const { device } = engine;
  const create = device.createShaderModule.bind(device);
  device.createShaderModule = (descriptor) => create({ ...descriptor, code: descriptor.code.replaceAll(from, to) });
  return engine;
}

async function check(engine: GpuEngine, plan: GpuPlanChoice, n = 40): Promise<boolean | null | undefined> {
  const field = new Field(randomProblem({ n, m: 60 }), plan, clock, new AbortController().signal);
  const lane = await field.enter(engine);
  const order = new Random(1, streams.blocks);
  for (let step = 0; step < 3; step++) await field.round(1, order);
  await field.check(truth);
  const report = lane.report(new Harness({ clockResolutionMs: 0.005, readBackFloorMs: 0, seed: 1 }));
  if (report.checked === false) expect([report.stepMs, report.coldMs]).toEqual([null, null]);
  field.dispose();
  return report.checked;
}

const plans = ['layered', 'two-pass', 'one-pass', 'tiny'] as const;

it.each(plans)('%s as it is: right', async (plan) => {
  expect(await check(await brokenEngine('nothing of the kind', ''), plan)).toBe(true);
});

it.each(plans)('%s with a sigmoid that is off by a thousandth: WRONG', async (plan) => {
  expect(await check(await brokenEngine('let upper = 1.0 / (1.0 + shrunk);', 'let upper = 1.001 / (1.0 + shrunk);'), plan)).toBe(false);
});

it.each([
  ['layered', 'part += loadP(atP) * q[atQ];', 'part += loadP(atP) * q[atQ] * select(1.0, 1.01, shape.hasBias != 0u);'],
  ['two-pass', 'product(loadInPlace(at.y), w),', 'product(loadInPlace(at.y ^ 1u), w),'],
  ['one-pass', 'z = addUp(local, z) + bias;', 'z = 1.01 * addUp(local, z) + bias;'],
  ['tiny', 'z += folded[k] * loadP(at + k);', 'z += folded[k] * loadP(at + (k ^ 1u));'],
] as const)('%s with a forward product that is wrong: WRONG, though w starts at 0', async (plan, from, to) => {
  expect(await check(await brokenEngine(from, to), plan)).toBe(false);
});

it.each([
  ['layered', 'gradient[shape.weightsAt + index] = sum * mean', 'gradient[shape.weightsAt + index] = 1.01 * sum * mean'],
  ['two-pass', 'part.a += slope * raw.a;', 'part.a += 1.01 * slope * raw.a;'],
  ['one-pass', 'runs[c].a += dz[e] * x.a;', 'runs[c].a += 1.01 * dz[e] * x.a;'],
  ['tiny', 'parts[row + k] += dz * loadP(at + k);', 'parts[row + k] += 1.01 * dz * loadP(at + k);'],
] as const)('%s with a gradient that is wrong: WRONG', async (plan, from, to) => {
  expect(await check(await brokenEngine(from, to), plan)).toBe(false);
});

it.each([
  ['as they are', 'nothing of the kind', '', true],
  ['with a forward product that is wrong', 'bias + addInQuad(', 'bias + 1.01 * addInQuad(', false],
  ['with a gradient that is wrong', 'run0 = addFour(0u, run0, dz, x0);', 'run0 = addFour(0u, run0, 1.01 * dz, x0);', false],
] as const)('one-pass in quads, %s', async (_name, from, to, right) => {
  expect(await check(await brokenEngine(from, to), 'one-pass', 100)).toBe(right);
});

it.each([
  ['as it is', 'nothing of the kind', '', true],
  ['with a forward product that is wrong', 'bias + addInQuad(', 'bias + 1.01 * addInQuad(', false],
  ['with a sigmoid that is off', 'let upper = 1.0 / (1.0 + shrunk);', 'let upper = 1.01 / (1.0 + shrunk);', false],
] as const)('a benchmark calls logistic regression %s what it is', async (_name, from, to, right) => {
  const workload = { kind: 'train', name: 'small', n: 100, m: 60, storage: 'uint8', hidden: [], outputs: 1, learningRate: 0.1 } as const;
  const input = makeInput(workload, 1);
  const lane = await engineLane(await brokenEngine(from, to), 1).prepare(workload, input);
  const { ok } = compare(workload, await truthOf(workload, input, truth, 1), await lane.answer());
  expect(ok).toBe(right);
  lane.dispose();
});
