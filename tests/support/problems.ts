/** Random problems of any shape for tests, from a seed. */
import type { Examples, FeatureMatrix } from '../../src/data/dataset.ts';
import type { HiddenLayer, Model, Optimizer, Problem } from '../../src/engine/contract.ts';
import { Random, streams } from '../../src/math/rng.ts';

export interface ProblemOptions {
  readonly n: number;
  readonly m: number;
  readonly storage?: 'uint8' | 'float32';
  readonly hidden?: readonly HiddenLayer[];
  readonly output?: Model['output'];
  readonly outputs?: number;
  readonly cost?: Model['cost'];
  readonly optimizer?: Partial<Optimizer>;
  readonly l2?: number;
  readonly batchSize?: number | 'all';
  readonly shifted?: boolean;
  readonly seed?: number;
}

export function randomFeatures(n: number, m: number, storage: 'uint8' | 'float32', seed: number): FeatureMatrix {
  const random = new Random(seed, streams.synthetic);
  if (storage === 'uint8') return { storage, n, m, values: Uint8Array.from({ length: n * m }, () => random.below(256)) };
  return { storage, n, m, values: Float32Array.from({ length: n * m }, () => random.normal()) };
}

function randomTargets(m: number, classes: number, real: boolean, seed: number): Float32Array<ArrayBuffer> {
  const random = new Random(seed, streams.noise);
  return Float32Array.from({ length: m }, () => (real ? random.normal() : random.below(Math.max(2, classes))));
}

export function randomProblem(options: ProblemOptions): Problem {
  const { n, m, storage = 'uint8', hidden = [], output = 'sigmoid', outputs = 1, cost = 'cross-entropy', seed = 7 } = options;
  const real = output === 'linear' && cost === 'squared-error';
  const examples = (count: number, own: number): Examples => ({
    x: randomFeatures(n, count, storage, own),
    y: randomTargets(count, outputs, real, own),
  });
  const random = new Random(seed, streams.split);
  const unit = storage === 'uint8' ? 1 / 255 : 1;
  return {
    train: examples(m, seed),
    test: examples(Math.max(1, Math.floor(m / 3)), seed + 1),
    scaling: {
      scale: Float32Array.from({ length: n }, () => (options.shifted ? unit * (0.5 + random.uniform()) : unit)),
      shift: Float32Array.from({ length: n }, () => (options.shifted ? random.uniform() - 0.5 : 0)),
    },
    model: { hidden, output, outputs, cost },
    optimizer: { kind: 'gradient-descent', learningRate: 0.05, beta1: 0.9, beta2: 0.999, epsilon: 1e-8, ...options.optimizer },
    l2: options.l2 ?? 0,
    batchSize: options.batchSize ?? 'all',
    seed,
  };
}
