/**
 * The examples of a sweep: one loaded data set, of which every m takes the first examples of a seeded order, and for the
 * SVM on hand-made features the same examples as histograms of oriented gradients, made when they are first wanted.
 */
import type { Dataset, DatasetRequest, Examples, LoadProgress } from '../../data/dataset.ts';
import type { DatasetLoader } from '../../data/load.ts';
import { catalogue } from '../../data/catalogue.ts';
import { hogInto, hogMatrix } from '../../data/hog.ts';
import { classShortage, nestedOrder, takeSubset, type ClassShortage, type Subset } from '../../data/nested.ts';
import { identityScaling } from '../../data/scaling.ts';
import type { SweepModel, SweepSettings } from './settings.ts';

/** Fashion comes in files of so many: a smaller m costs the same, and its seeds choose among more. */
const fashionShard = 10_000;
/** Pictures between two breaths. */
const picturesAtOnce = 500;

export function sweepRequest(settings: SweepSettings): DatasetRequest {
  const { set, own, classes, mTo, seed, testShare, normalization, toy, noise, n, storage } = settings;
  const most = set === 'fashion' ? Math.max(mTo, fashionShard) : mTo;
  return {
    ...{ set, own, seed, testShare, normalization, toy, noise, n, storage },
    m: set === 'own' ? most : Math.min(most, catalogue[set].mLargest),
    classes: set === 'fashion' ? (classes ?? undefined) : undefined,
  };
}

export class SweepData {
  readonly dataset: Dataset;
  readonly #settings: SweepSettings;
  readonly #breathe: () => Promise<void>;
  readonly #orders = new Map<number, Uint32Array<ArrayBuffer>>();
  #gradients: Promise<Dataset> | null = null;

  private constructor(dataset: Dataset, settings: SweepSettings, breathe: () => Promise<void>) {
    this.dataset = dataset;
    this.#settings = settings;
    this.#breathe = breathe;
  }

  /** @param breathe lets others have the thread in long work */
  static async load(
    loader: DatasetLoader,
    settings: SweepSettings,
    onProgress: (progress: LoadProgress) => void,
    signal: AbortSignal,
    breathe: () => Promise<void>,
  ): Promise<SweepData> {
    return new SweepData(await loader.load(sweepRequest(settings), onProgress, signal), settings, breathe);
  }

  /** Training examples that a sweep can take. */
  get mLargest(): number {
    return Math.min(this.#settings.mTo, this.dataset.train.x.m);
  }

  get #holdsOut(): boolean {
    return this.#settings.budget === 'stops';
  }

  /** The data set as this model sees it. */
  datasetFor(model: SweepModel): Promise<Dataset> {
    if (model !== 'svm-hog') return Promise.resolve(this.dataset);
    this.#gradients ??= this.#makeGradients();
    return this.#gradients;
  }

  /** The examples of one run. */
  async subset(model: SweepModel, m: number, seed: number): Promise<Subset> {
    const { normalization } = this.#settings;
    const dataset = await this.datasetFor(model);
    const subset = takeSubset(dataset, this.#order(seed), m, this.#holdsOut, model === 'svm-hog' ? 'none' : normalization);
    return dataset.task === 'regression' ? rescaled(subset) : subset;
  }

  /** Decides what is drawn in a run: its examples, their order, the start. */
  seedOf(seed: number): number {
    return (this.#settings.seed + seed * 7919) >>> 0;
  }

  /** The first class that some of the seeds leave without an example at this m, or null. */
  shortage(m: number, seeds: number): ClassShortage | null {
    for (let seed = 0; seed < seeds; seed++) {
      const short = classShortage(this.dataset, this.#order(seed), m, this.#holdsOut);
      if (short) return short;
    }
    return null;
  }

  #order(seed: number): Uint32Array<ArrayBuffer> {
    const known = this.#orders.get(seed);
    if (known) return known;
    const order = nestedOrder(this.dataset, this.seedOf(seed));
    this.#orders.set(seed, order);
    return order;
  }

  async #makeGradients(): Promise<Dataset> {
    const { dataset } = this;
    const train = await this.#gradientsOf(dataset.train);
    const test = await this.#gradientsOf(dataset.test);
    return { ...dataset, train, test, scaling: identityScaling(train.x.n), image: null };
  }

  async #gradientsOf({ x, y }: Examples): Promise<Examples> {
    const { image } = this.dataset;
    if (!image || x.storage !== 'uint8') throw new Error(`${this.dataset.name} holds no pictures`);
    const made = hogMatrix(x, image);
    for (let from = 0; from < x.m; from += picturesAtOnce) {
      hogInto(x, image, made.values, from, Math.min(x.m, from + picturesAtOnce));
      await this.#breathe();
    }
    return { x: made, y };
  }
}

/** Targets of a regression with mean 0 and deviation 1 over the training part at hand, which knows of no other examples. */
function rescaled({ train, heldOut, test, scaling }: Subset): Subset {
  const { y } = train;
  const mean = y.reduce((sum, value) => sum + value, 0) / y.length;
  const deviation = Math.sqrt(y.reduce((sum, value) => sum + (value - mean) ** 2, 0) / y.length) || 1;
  const of = (part: Examples): Examples => ({ x: part.x, y: part.y.map((value) => (value - mean) / deviation) });
  return { train: of(train), heldOut: heldOut && of(heldOut), test: of(test), scaling };
}
