/** `activation`, `cost`, `gradient`, `fold`, `penalty` and `update` against their twins, at sizes around a workgroup. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { float64 } from '../../src/engine/cpu/arithmetic.ts';
import { activate, activateBackward } from '../../src/engine/cpu/kernels/activation.ts';
import { lossesAndSlopes, predictions } from '../../src/engine/cpu/kernels/cost.ts';
import { fold } from '../../src/engine/cpu/kernels/fold.ts';
import { update } from '../../src/engine/cpu/kernels/update.ts';
import { activationCodes, lossCodes, optimizerCodes } from '../../src/engine/gpu/kernel-table.ts';
import { activations, type ActivationName } from '../../src/math/activations.ts';
import { lossNames } from '../../src/math/costs.ts';
import { Random, streams } from '../../src/math/rng.ts';
import { closeTestDevices, createTestDevice } from '../support/dawn.ts';
import { KernelRunner } from '../support/kernel-runner.ts';

let runner: KernelRunner;
beforeAll(async () => {
  runner = new KernelRunner(await createTestDevice());
});
afterAll(closeTestDevices);

function normals(count: number, seed: number, deviation = 1): Float32Array<ArrayBuffer> {
  const random = new Random(seed, streams.noise);
  return Float32Array.from({ length: count }, () => deviation * random.normal());
}

/** |found − expected| ≤ atol + rtol · |expected| for every value. */
function expectClose(found: ArrayLike<number>, expected: ArrayLike<number>, rtol: number, atol: number): void {
  expect(found.length).toBe(expected.length);
  for (let i = 0; i < expected.length; i++) {
    const wanted = expected[i] ?? 0;
    expect(Math.abs((found[i] ?? Number.NaN) - wanted), `value ${i}: ${String(found[i])} for ${wanted}`).toBeLessThanOrEqual(
      atol + rtol * Math.abs(wanted),
    );
  }
}

const counts = [1, 63, 64, 65, 131] as const;
/** Far out on both sides, and 0. */
const extremes = [0, 1e-6, -1e-6, 30, -30, 100, -100, 1e4, -1e4];

describe.each(Object.keys(activations) as ActivationName[])('activation %s', (name) => {
  it.each(counts)('forward and backward over %i values', async (count) => {
    const z = normals(count, count, 3);
    z.set(extremes.slice(0, count));
    const a = new Float64Array(count);
    activate(name, Float64Array.from(z), a, count);
    const groups = [Math.ceil(count / 64), 1, 1] as const;
    const shape = { count, kind: activationCodes[name] };
    const found = await runner.floats({
      kernel: 'activation',
      entryPoint: 'forward',
      bindings: { 0: shape, 1: z, 2: new Float32Array(count) },
      groups,
      result: 2,
    });
    // exp is good to 3 + 2|z| ulp by the WGSL specification: below 1e-5 where the result is not yet flat
    expectClose(found, a, 1e-5, 1e-6);
    const da = normals(count, 9);
    const dz = Float64Array.from(da);
    activateBackward(name, Float64Array.from(z), a, dz, count);
    const slopes = await runner.floats({
      kernel: 'activation',
      entryPoint: 'backward',
      bindings: { 0: shape, 1: z, 2: Float32Array.from(a), 3: da },
      groups,
      result: 3,
    });
    expectClose(slopes, dz, 1e-5, 1e-6);
  });
});

describe.each(lossNames)('cost %s', (name) => {
  const widths = name === 'softmax/cross-entropy' ? [2, 10] : name === 'linear/hinge' ? [1, 5] : [1];
  it.each(widths.flatMap((outputs) => counts.map((count) => ({ outputs, count }))))(
    '$outputs outputs, $count examples',
    async ({ outputs, count }) => {
      const random = new Random(count, streams.split);
      const real = name === 'linear/squared-error';
      const z = normals(count * outputs, 5, 4);
      if (!real) z.set(extremes.slice(0, z.length));
      const y = Float32Array.from({ length: count }, () => (real ? random.normal() : random.below(Math.max(2, outputs))));
      const z64 = Float64Array.from(z);
      const dz = new Float64Array(z.length);
      const sum = lossesAndSlopes(name, outputs, count, z64, y, 0, dz);
      const shape = { examples: count, outputs, kind: lossCodes[name], layers: 0, firstTarget: 0, ringSize: 4 };
      const groups = [Math.ceil(count / 64), 1, 1] as const;
      const bindings = { 0: shape, 1: z, 2: y, 3: new Float32Array(z.length), 4: new Float32Array(count) };
      const losses = await runner.floats({ kernel: 'cost', entryPoint: 'losses', bindings, groups, result: 4 });
      expect(losses.every(Number.isFinite)).toBe(true);
      expectClose([losses.reduce((all, loss) => all + loss, 0)], [sum], 1e-5, 1e-6);
      const slopes = await runner.floats({ kernel: 'cost', entryPoint: 'losses', bindings, groups, result: 3 });
      expectClose(slopes, dz, 1e-5, 1e-6);
      const yHat = new Float64Array(z.length);
      predictions(name, outputs, count, z64, yHat);
      const predicted = await runner.floats({ kernel: 'cost', entryPoint: 'predict', bindings, groups, result: 3 });
      expectClose(predicted, yHat, 1e-5, 1e-6);
    },
  );
});

it('cost total: the mean, the penalties and the step, at any number of examples', async () => {
  for (const examples of [1, 64, 65, 4097]) {
    const loss = normals(examples, 3).map(Math.abs);
    const trace = new Uint32Array(4 + 16 + 4);
    new Float32Array(trace.buffer).set([0.5, 0.25], 4);
    trace[0] = 6;
    const shape = { examples, outputs: 1, kind: 0, layers: 2, firstTarget: 0, ringSize: 4 };
    const bytes = await runner.run({
      kernel: 'cost',
      entryPoint: 'total',
      bindings: { 0: shape, 4: loss, 5: trace },
      groups: [1, 1, 1],
      result: 5,
    });
    const mean = loss.reduce((sum, value) => sum + value, 0) / examples;
    expect(new Uint32Array(bytes)[0]).toBe(7);
    expect(new Float32Array(bytes)[4 + 16 + (6 % 4)]).toBeCloseTo(mean + 0.75, 4);
  }
});

it.each([
  ['gradient-descent', 3],
  ['momentum', 3],
  ['nesterov', 3],
  ['adam', 1],
  ['adam', 3],
  ['adam', 90],
  ['adam', 3000],
] as const)('update by %s, step %i', async (kind, step) => {
  const count = 260;
  const optimizer = { kind, learningRate: 0.05, beta1: 0.9, beta2: 0.999, epsilon: 1e-8 };
  const [parameters, gradient, m1] = [normals(count, 1), normals(count, 2), normals(count, 3)];
  const m2 = normals(count, 4).map(Math.abs);
  const trace = new Uint32Array(24);
  trace[0] = step;
  const moments = new Float32Array(2 * count);
  moments.set(m1, 0);
  moments.set(m2, count);
  const values = { ...optimizer, kind: optimizerCodes[kind], l2: 0, logBeta1: Math.log(0.9), logBeta2: Math.log(0.999) };
  const bindings = { 0: { count: count / 4 }, 1: values, 2: parameters, 3: gradient, 4: moments, 5: trace };
  const found = await runner.floats({ kernel: 'update', entryPoint: 'main', bindings, groups: [2, 1, 1], result: 2 });
  const expected = Float64Array.from(parameters);
  update(optimizer, step, expected, Float64Array.from(gradient), Float64Array.from(m1), Float64Array.from(m2));
  expectClose(found, expected, 1e-6, 1e-7);
});

it.each([1, 2, 63, 65])('fold over %i features', async (inputs) => {
  const units = 3;
  const parameters = normals((inputs + 1) * units, 1);
  const scale = normals(inputs, 2);
  const shift = normals(inputs, 3);
  const pairs = Float32Array.from({ length: 2 * inputs }, (_, i) => (i % 2 === 0 ? scale : shift)[Math.floor(i / 2)] ?? 0);
  const expected = new Float64Array(parameters.length);
  fold(float64, units, inputs, Float64Array.from(parameters), { scale, shift }, expected);
  const bindings = { 0: { units, inputs }, 1: parameters, 2: pairs, 3: new Float32Array(parameters.length) };
  const weights = await runner.floats({
    kernel: 'fold',
    entryPoint: 'weights',
    bindings,
    groups: [Math.ceil((units * inputs) / 64), 1, 1],
    result: 3,
  });
  const biases = await runner.floats({ kernel: 'fold', entryPoint: 'biases', bindings, groups: [units, 1, 1], result: 3 });
  expectClose(weights.subarray(0, units * inputs), expected.subarray(0, units * inputs), 1e-6, 1e-7);
  expectClose(biases.subarray(units * inputs), expected.subarray(units * inputs), 1e-5, 1e-5);
});

it.each([1, 64, 1000])('penalty of %i weights', async (count) => {
  const parameters = normals(count + 3, 1);
  const squares = parameters.subarray(3).reduce((sum, weight) => sum + weight * weight, 0);
  const bindings = { 0: { first: 3, count, layer: 5, l2: 0.2 }, 1: parameters, 2: new Float32Array(24) };
  const trace = await runner.floats({ kernel: 'penalty', entryPoint: 'main', bindings, groups: [1, 1, 1], result: 2 });
  expectClose([trace[4 + 5] ?? 0], [0.1 * squares], 1e-5, 0);
});

it('gradient: parts in order, mean, scaling, L2 and biases', async () => {
  const [units, inputs, examples, splits] = [3, 5, 10, 4];
  const examplesPerSplit = 3;
  const parts = normals(splits * units * inputs, 1);
  const slopes = normals(examples * units, 2);
  const parameters = normals(40, 3);
  const scaling = normals(2 * inputs, 4);
  const shape = { units, inputs, examples, splits, examplesPerSplit, biasSplits: splits, weightsAt: 2, biasesAt: 20, scaled: 1, l2: 0.3 };
  const biasParts = await runner.floats({
    kernel: 'gradient',
    entryPoint: 'biasPartials',
    bindings: { 0: shape, 2: slopes, 3: new Float32Array(splits * units) },
    groups: [1, 1, 1],
    result: 3,
  });
  const bias = (o: number): number =>
    Array.from({ length: examples }, (_, j) => slopes[j * units + o] ?? 0).reduce((sum, value) => sum + value, 0);
  const bindings = { 0: shape, 1: parts, 3: Float32Array.from(biasParts), 4: scaling, 5: parameters, 6: new Float32Array(40) };
  const found = await runner.floats({ kernel: 'gradient', entryPoint: 'finish', bindings, groups: [1, 1, 1], result: 6 });
  for (let o = 0; o < units; o++) {
    expect(found[20 + o]).toBeCloseTo(bias(o) / examples, 5);
    for (let k = 0; k < inputs; k++) {
      let sum = 0;
      for (let split = 0; split < splits; split++) sum += parts[(split * units + o) * inputs + k] ?? 0;
      const expected =
        (sum * (scaling[2 * k] ?? 0) + bias(o) * (scaling[2 * k + 1] ?? 0)) / examples + 0.3 * (parameters[2 + o * inputs + k] ?? 0);
      expect(found[2 + o * inputs + k]).toBeCloseTo(expected, 4);
    }
  }
});
