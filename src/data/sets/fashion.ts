/**
 * Fashion-MNIST: 28 × 28 grey pictures of clothes in ten classes, or any two of them. Training comes in six shards, and
 * only those that m needs are fetched; the 10,000 test pictures are the set's own.
 */
import { catalogue } from '../catalogue.ts';
import type { Dataset, DatasetRequest, Examples } from '../dataset.ts';
import { DataError } from '../errors.ts';
import { readIdxBytes } from '../readers/idx.ts';
import { fitByteScaling } from '../scaling.ts';
import { Kept, trainingCount, type Files, type SetReader } from '../set-reader.ts';
import { stratifiedOrder } from '../split.ts';

const about = catalogue.fashion;
const classNames: readonly string[] = about.classNames;
const side = 28;
const n = side * side;
const perShard = 10_000;
const shardCount = 6;
const perClass = 6_000;

/** Pictures and labels of one file pair. */
interface Shard {
  readonly pixels: Uint8Array<ArrayBuffer>;
  readonly labels: Uint8Array<ArrayBuffer>;
}

/** Chosen examples of one shard, in order. */
interface Chosen {
  readonly shard: Shard;
  readonly order: ArrayLike<number>;
}

type Pair = readonly [number, number];

export class Fashion implements SetReader {
  readonly #shards = Array.from({ length: shardCount }, () => new Kept<Shard>());
  readonly #test = new Kept<Shard>();

  async read(request: DatasetRequest, files: Files): Promise<Dataset> {
    const pair = request.classes;
    checkPair(pair);
    const mAvailable = pair === undefined ? about.mLargest : 2 * perClass;
    const m = trainingCount(request, mAvailable);
    const [test, chosen] = await Promise.all([this.#test.get(() => readShard('test', '', files)), this.#choose(m, request, files)]);
    const train = gather(chosen, m, pair);
    const testOrder = ofClasses(Uint32Array.from(test.labels.keys()), test.labels, pair);
    return {
      name: 'fashion',
      task: pair === undefined ? 'multiclass' : 'binary',
      train,
      test: gather([{ shard: test, order: testOrder }], testOrder.length, pair),
      scaling: fitByteScaling(train.x.values as Uint8Array, n, m, request.normalization),
      rescaling: null,
      classNames: pair === undefined ? classNames : pair.map((index) => classNames[index] ?? ''),
      featureNames: [],
      image: { width: side, height: side, channels: 1 },
      targetName: pair === undefined ? 'class' : (classNames[pair[1]] ?? ''),
      targetMean: 0,
      targetScale: 1,
      mAvailable,
      ownTest: true,
      attributions: about.attributions,
    };
  }

  /** Shards in order, each shuffled and stratified by itself, until there are m examples. */
  async #choose(m: number, request: DatasetRequest, files: Files): Promise<Chosen[]> {
    const perShardHere = request.classes === undefined ? perShard : (2 * perClass) / shardCount;
    const sure = Math.min(shardCount, Math.ceil(m / perShardHere));
    const read = (index: number): Promise<Shard> => this.#shard(index, files);
    const shards = await Promise.all(Array.from({ length: sure }, (_, index) => read(index)));
    const chosen: Chosen[] = [];
    for (let index = 0, count = 0; index < shardCount && count < m; index++) {
      // Two classes are not spread quite evenly over the shards, so one more than expected may be needed.
      const shard = shards[index] ?? (await read(index));
      const order = ofClasses(stratifiedOrder(shard.labels, (request.seed + index) >>> 0), shard.labels, request.classes);
      chosen.push({ shard, order });
      count += order.length;
    }
    return chosen;
  }

  #shard(index: number, files: Files): Promise<Shard> {
    const kept = this.#shards[index] ?? new Kept<Shard>();
    return kept.get(() => readShard('train', `-${index}`, files));
  }
}

async function readShard(part: 'train' | 'test', suffix: string, files: Files): Promise<Shard> {
  const [imageFile, labelFile] = [`fashion-${part}-images${suffix}.idx.gz`, `fashion-${part}-labels${suffix}.idx.gz`];
  const [imageBytes, labelBytes] = await Promise.all([files.read(imageFile), files.read(labelFile)]);
  const pixels = readIdxBytes(imageFile, imageBytes, [null, side, side]);
  const labels = readIdxBytes(labelFile, labelBytes, [pixels.shape[0] ?? null]).values;
  const wrong = labels.findIndex((label) => label >= classNames.length);
  if (wrong >= 0) throw new DataError(labelFile, `label of example ${wrong}: expected 0 to 9, found ${labels[wrong]}.`);
  return { pixels: pixels.values, labels };
}

function ofClasses(order: Uint32Array<ArrayBuffer>, labels: Uint8Array, pair: Pair | undefined): Uint32Array<ArrayBuffer> {
  return pair === undefined ? order : order.filter((index) => pair.includes(labels[index] ?? -1));
}

function gather(chosen: readonly Chosen[], m: number, pair: Pair | undefined): Examples {
  const values = new Uint8Array(m * n);
  const y = new Float32Array(m);
  let at = 0;
  for (const { shard, order } of chosen) {
    for (let k = 0; k < order.length && at < m; k++, at++) {
      const index = order[k] ?? 0;
      const label = shard.labels[index] ?? 0;
      values.set(shard.pixels.subarray(index * n, (index + 1) * n), at * n);
      y[at] = pair === undefined ? label : label === pair[1] ? 1 : 0;
    }
  }
  return { x: { storage: 'uint8', n, m, values }, y };
}

function checkPair(pair: Pair | undefined): void {
  for (const index of pair ?? []) {
    if (!(Number.isInteger(index) && index >= 0 && index < classNames.length)) {
      throw new DataError('fashion', `classes: expected whole numbers 0 to 9, found ${index}.`);
    }
  }
}
