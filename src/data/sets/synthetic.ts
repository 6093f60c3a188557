/**
 * Synthetic: any n, any m, bytes or floats that say nothing but can be made anywhere, with labels from a hidden w and a
 * little noise. For measuring, not for learning from. The rule of each value is in `synthetic-values.ts`.
 */
import { catalogue } from '../catalogue.ts';
import type { Dataset, DatasetRequest, Examples, Normalization, Scaling } from '../dataset.ts';
import { DataError } from '../errors.ts';
import { identityScaling, uniformScaling } from '../scaling.ts';
import { trainingCount, type Files, type SetReader } from '../set-reader.ts';
import { fillSyntheticBytes, fillSyntheticFloats, hiddenWeight, labelNoise, syntheticTestSeed } from '../synthetic-values.ts';

const about = catalogue.synthetic;
const defaultM = 4096;
const defaultFeatures = 784;
const largestBytes = 2 ** 31;
/** The test part is this share of the training part, but no more than of this many examples. */
const testOf = 2500;
/** Deviation of the noise where the deviation of wᵀx is 1. */
const noiseShare = 0.25;
/** Elements made before other work gets a turn. */
const perTurn = 1 << 22;

type Storage = 'uint8' | 'float32';
type Values = Uint8Array<ArrayBuffer> | Float32Array<ArrayBuffer>;

export class Synthetic implements SetReader {
  async read(request: DatasetRequest, files: Files): Promise<Dataset> {
    const n = request.n ?? defaultFeatures;
    const storage = request.storage ?? 'uint8';
    const m = request.m === 'all' ? defaultM : trainingCount(request, about.mLargest);
    const mTest = Math.round(Math.min(m, testOf) * request.testShare);
    checkSize(n, m + mTest, storage);
    const weights = hiddenWeights(request.seed, n);
    const train = await makeExamples(request.seed, weights, m, storage, files.signal);
    const test = await makeExamples(syntheticTestSeed(request.seed), weights, mTest, storage, files.signal);
    return {
      name: 'synthetic',
      task: 'binary',
      train,
      test,
      scaling: syntheticScaling(n, storage, request.normalization),
      rescaling: null,
      classNames: about.classNames,
      featureNames: [],
      image: null,
      targetName: 'y',
      targetMean: 0,
      targetScale: 1,
      mAvailable: Math.max(1, Math.min(about.mLargest, Math.floor(largestBytes / (n * bytesPer(storage))) - testOf)),
      ownTest: false,
      attributions: about.attributions,
    };
  }
}

const bytesPer = (storage: Storage): number => (storage === 'uint8' ? 1 : 4);

function checkSize(n: number, examples: number, storage: Storage): void {
  if (!(Number.isInteger(n) && n >= 1)) throw new DataError('synthetic', `n: expected a whole number from 1, found ${n}.`);
  const sizeBytes = n * examples * bytesPer(storage);
  if (sizeBytes > largestBytes) {
    const most = Math.floor(largestBytes / (n * bytesPer(storage)));
    throw new DataError(
      'synthetic',
      `expected at most 2 GiB, found ${(sizeBytes / 2 ** 30).toFixed(1)} GiB for n = ${n} and ${examples} examples (training and test) of ${storage}. Ask for fewer than ${most} in all.`,
    );
  }
}

/** w, scaled so that wᵀ(x − mean) has deviation 1 over the examples. */
function hiddenWeights(seed: number, n: number): Float64Array {
  const weights = Float64Array.from({ length: n }, (_, j) => hiddenWeight(seed, j));
  const length = Math.sqrt(weights.reduce((sum, w) => sum + w * w, 0));
  // A uniform variable of width 1 has variance 1/12.
  const factor = Math.sqrt(12) / (length || 1);
  return weights.map((w) => w * factor);
}

async function makeExamples(
  seed: number,
  weights: Float64Array,
  m: number,
  storage: Storage,
  signal: AbortSignal | undefined,
): Promise<Examples> {
  const n = weights.length;
  const y = new Float32Array(m);
  const values: Values = storage === 'uint8' ? new Uint8Array(n * m) : new Float32Array(n * m);
  const examplesPerTurn = Math.max(1, Math.floor(perTurn / n));
  let filled = 0;
  for (let first = 0; first < m; first += examplesPerTurn) {
    const end = Math.min(m, first + examplesPerTurn);
    // Bytes come four to a word: fill up to a whole word, so that the next turn starts on one.
    const to = Math.min(values.length, Math.ceil((end * n) / 4) * 4);
    if (values instanceof Uint8Array) fillSyntheticBytes(seed, values, filled, to);
    else fillSyntheticFloats(seed, values, filled, to);
    filled = to;
    for (let i = first; i < end; i++) y[i] = labelOf(values, i, weights, seed);
    if (end < m) {
      await new Promise((resolve) => setTimeout(resolve));
      signal?.throwIfAborted();
    }
  }
  const x = values instanceof Uint8Array ? ({ storage: 'uint8', n, m, values } as const) : ({ storage: 'float32', n, m, values } as const);
  return { x, y };
}

function labelOf(values: Values, i: number, weights: Float64Array, seed: number): 0 | 1 {
  const [scale, shift] = values instanceof Uint8Array ? [1 / 256, -127.5 / 256] : [1, 0];
  let z = noiseShare * labelNoise(seed, i);
  for (let j = 0, at = i * weights.length; j < weights.length; j++, at++) z += (weights[j] ?? 0) * ((values[at] ?? 0) * scale + shift);
  return z > 0 ? 1 : 0;
}

/** From the rule itself and not fitted: no pass over data that may never leave the GPU, and the same for every m. */
function syntheticScaling(n: number, storage: Storage, normalization: Normalization): Scaling {
  if (normalization === 'none') return identityScaling(n);
  if (storage === 'float32') return normalization === 'unit' ? uniformScaling(n, 1, 0.5) : uniformScaling(n, Math.sqrt(12), 0);
  if (normalization === 'unit') return uniformScaling(n, 1 / 255, 0);
  const deviation = Math.sqrt((256 * 256 - 1) / 12);
  return uniformScaling(n, 1 / deviation, -127.5 / deviation);
}
