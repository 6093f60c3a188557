/** The judge of an edited kernel, on trainers whose numbers are given: what counts against the GPU, and what is the end of numbers. */
import { expect, it } from 'vitest';
import type { Engine, Trainer, TrainerState } from '../../../src/engine/contract.ts';
import { CapacityError } from '../../../src/engine/errors.ts';
import { judge } from '../../../src/session/adopted/judge.ts';
import type { Field } from '../../../src/session/field.ts';
import type { Lane } from '../../../src/session/lane.ts';
import { randomProblem } from '../../support/problems.ts';

const problem = { ...randomProblem({ n: 2, m: 4 }), test: null };
const from: TrainerState = {
  step: 5,
  parameters: Float32Array.of(1, 2, 3),
  moment1: new Float32Array(0),
  moment2: new Float32Array(0),
};

interface Numbers {
  readonly costs: readonly number[];
  readonly parameters: readonly number[];
}

const right: Numbers = { costs: [0.5, 0.4, 0.3], parameters: [1.1, 2.1, 3.1] };

function trainerOf({ costs, parameters }: Numbers): Trainer {
  return {
    stepsDone: from.step + costs.length,
    step: () => Promise.resolve(),
    costs: () => Promise.resolve(costs.map((cost, at) => ({ step: from.step + at, cost }))),
    parameters: () => Promise.resolve(Float32Array.from(parameters)),
    state: () => Promise.resolve(from),
    dispose: () => undefined,
  } as unknown as Trainer;
}

function judged(gpu: Numbers | Error, cpu: Numbers): ReturnType<typeof judge> {
  const prepareAlike = () => (gpu instanceof Error ? Promise.reject(gpu) : Promise.resolve(trainerOf(gpu)));
  const engine = { prepare: () => Promise.resolve(trainerOf(cpu)) } as unknown as Engine;
  const lane = { trainer: trainerOf(right) } as unknown as Lane;
  return judge({ prepareAlike } as unknown as Field, lane, problem, engine, new AbortController().signal);
}

it('finds nothing where both agree to float32, and nothing where the problem cannot be held twice', async () => {
  expect(await judged({ ...right, costs: [0.5, 0.400001, 0.3] }, right)).toBeNull();
  expect(await judged(new CapacityError('it is too large'), right)).toBeNull();
});

it('says which cost is off, and that parameters are', async () => {
  expect(await judged({ ...right, costs: [0.5, 0.41, 0.3] }, right)).toEqual({ kind: 'cost', atStep: 6, gpu: 0.41, cpu: 0.4 });
  expect(await judged({ ...right, parameters: [1.1, 2.2, 3.1] }, right)).toMatchObject({ kind: 'parameters', atStep: 8 });
});

it('a cost that is no number counts only while the CPU’s is one that float32 can square', async () => {
  const [near, far] = [
    [0.5, 1e29, 1e29],
    [0.5, 2e30, 1e36],
  ];
  for (const own of [Number.POSITIVE_INFINITY, Number.NaN]) {
    expect(await judged({ ...right, costs: [0.5, own, own] }, { ...right, costs: near })).toEqual({ kind: 'non-finite', atStep: 6 });
    expect(await judged({ ...right, costs: [0.5, own, own] }, { ...right, costs: far })).toBeNull();
  }
  expect(await judged({ ...right, costs: [Number.NaN, 0.4, 0.3] }, { ...right, costs: far })).toEqual({ kind: 'non-finite', atStep: 5 });
});

it('parameters that are no numbers count only where the CPU’s are', async () => {
  const gone: Numbers = { ...right, parameters: [Number.NaN, 2, 3] };
  expect(await judged(gone, right)).toEqual({ kind: 'non-finite', atStep: 8 });
  expect(await judged(gone, { ...right, parameters: [Number.POSITIVE_INFINITY, 2, 3] })).toBeNull();
});
