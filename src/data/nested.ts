/**
 * Training subsets of growing size out of one loaded data set, for a sweep over m: each is stratified, holds all smaller
 * ones, puts aside a tenth where asked to, and carries a scaling that was fitted on its own training part alone. The test
 * part is the data set's and never changes. What is trained on them, and how often, is the session's.
 */
import { hash, streams } from '../math/rng.ts';
import type { Dataset, Examples, FeatureMatrix, Normalization, Scaling } from './dataset.ts';
import { DataError } from './errors.ts';
import { fitScaling } from './scaling.ts';
import { shuffledByClass } from './split.ts';

/** One of so many examples is held out. */
const heldOutEvery = 10;

export interface Subset {
  /** A copy of the chosen examples, without those held out. */
  readonly train: Examples;
  readonly heldOut: Examples | null;
  /** The data set's own test part: the same object for every m. */
  readonly test: Examples;
  /** Fitted on `train`; holds for all three. */
  readonly scaling: Scaling;
}

export interface ClassShortage {
  /** For a regression what y is called, since it has no classes. */
  readonly className: string;
  /** Training examples of it. */
  readonly found: number;
  readonly needed: number;
}

/**
 * The training examples in an order whose every prefix is stratified: among the first m, a class with the share λ has
 * more than λm − 1 and fewer than λm + 1 examples. Which examples come first within a class is up to the seed. Regression
 * counts as one class.
 *
 * Source: the j-th example of a class has to come later than (j − 1)/λ and no later than ⌈j/λ⌉, the earliest deadline
 * first; that this always works out is shown for fair schedules by Baruah, Cohen, Plaxton & Varvel, Algorithmica 15, 1996.
 * @returns indices into `dataset.train`, each once
 */
export function nestedOrder(dataset: Dataset, seed: number): Uint32Array<ArrayBuffer> {
  const total = dataset.train.x.m;
  const queues = shuffledByClass(classesOf(dataset), seed).map((members) => new Queue(members, total, seed));
  const order = new Uint32Array(total);
  for (let at = 0; at < total; at++) {
    let next: Queue | undefined;
    for (const queue of queues) {
      if (queue.release <= at && (next === undefined || queue.before(next))) next = queue;
    }
    if (next === undefined) throw new Error(`no class can follow at ${at} of ${total}`);
    order[at] = next.take();
  }
  return order;
}

/** What is left of a class, and the places of the order among which its next member has to come. */
class Queue {
  release = 0;
  #deadline = 0;
  #tie = 0;
  #taken = 0;
  readonly #members: readonly number[];
  readonly #total: number;
  readonly #seed: number;

  constructor(members: readonly number[], total: number, seed: number) {
    this.#members = members;
    this.#total = total;
    this.#seed = seed;
    this.#plan();
  }

  before(other: Queue): boolean {
    return this.#deadline < other.#deadline || (this.#deadline === other.#deadline && this.#tie < other.#tie);
  }

  take(): number {
    const index = this.#members[this.#taken++] ?? 0;
    this.#plan();
    return index;
  }

  #plan(): void {
    const count = this.#members.length;
    const index = this.#members[this.#taken];
    if (index === undefined) {
      this.release = Infinity;
      return;
    }
    this.release = Math.floor((this.#taken * this.#total) / count);
    this.#deadline = Math.ceil(((this.#taken + 1) * this.#total) / count);
    // Classes of the same share would take turns the same way for ever.
    this.#tie = hash(this.#seed, streams.shuffle, index);
  }
}

/**
 * The first m examples of the order.
 *
 * One of ten is held out, by its place in the order alone, so that the training parts nest as well, and so do the parts
 * held out: one of each ten that follow each other, and, as far as that allows, one of each ten of the same class. From
 * two examples on, at least one is held out.
 * @param order from `nestedOrder` for the same data set
 * @param m 1 to the length of the order; 2 at least with a part held out
 * @param normalization the one that the data set was loaded with
 * @throws DataError when there are not as many examples
 */
export function takeSubset(dataset: Dataset, order: Uint32Array, m: number, heldOut: boolean, normalization: Normalization): Subset {
  const least = heldOut ? 2 : 1;
  if (!(Number.isInteger(m) && m >= least && m <= order.length)) {
    throw new DataError(dataset.name, `m: expected a whole number from ${least} to ${order.length}, found ${m}.`);
  }
  const aside = heldOut ? heldOutPlaces(classesOf(dataset), order) : new Uint8Array(m);
  const chosen = order.subarray(0, m);
  const train = gather(
    dataset.train,
    chosen.filter((_, place) => aside[place] === 0),
  );
  return {
    train,
    heldOut: heldOut
      ? gather(
          dataset.train,
          chosen.filter((_, place) => aside[place] === 1),
        )
      : null,
    test: dataset.test,
    scaling: normalization === 'none' ? dataset.scaling : fitScaling(train.x, normalization),
  };
}

/**
 * Why the first m are too few: the first class without an example in the training part; for a regression, no example to
 * train on or, with a part held out, none for that. Null when they suffice.
 */
export function classShortage(dataset: Dataset, order: Uint32Array, m: number, heldOut: boolean): ClassShortage | null {
  const least = heldOut ? 2 : 1;
  if (m < least && dataset.classNames.length < 2) {
    return { className: dataset.classNames[0] ?? dataset.targetName, found: m, needed: least };
  }
  const classes = classesOf(dataset);
  const aside = heldOut ? heldOutPlaces(classes, order) : null;
  const counts = new Uint32Array(dataset.classNames.length);
  for (let place = 0; place < Math.min(m, order.length); place++) {
    const label = classes[order[place] ?? 0] ?? 0;
    if (aside?.[place] !== 1) counts[label] = (counts[label] ?? 0) + 1;
  }
  const short = counts.indexOf(0);
  return short < 0 ? null : { className: dataset.classNames[short] ?? '', found: 0, needed: 1 };
}

/** Index of the class of each training example; all 0 for a regression. */
function classesOf({ task, train }: Dataset): ArrayLike<number> {
  return task === 'regression' ? new Uint8Array(train.y.length) : train.y;
}

/**
 * 1 at each place of the order whose example is held out: one of ten places in a row. It is of the class that has waited
 * longest: each class is due once in ten examples of its own, and the one whose ten is over first goes first; a class
 * whose next ten has not begun goes only where no other is left.
 */
function heldOutPlaces(classes: ArrayLike<number>, order: Uint32Array): Uint8Array {
  const labels = Uint32Array.from(order, (index) => classes[index] ?? 0);
  const tens = tensOfClasses(labels);
  const aside = new Uint8Array(order.length);
  const turns = new Map<number, number>();
  for (let first = 0; first < order.length; first += heldOutEvery) {
    const end = Math.min(first + heldOutEvery, order.length);
    // The second of all: even of two examples, one is held out and one left to train on.
    const place = first === 0 ? Math.min(1, end - 1) : longestWaiting(first, end, labels, tens, turns);
    const label = labels[place] ?? 0;
    aside[place] = 1;
    turns.set(label, (turns.get(label) ?? 0) + 1);
  }
  return aside;
}

/** First and last place of ten examples of one class. */
interface Ten {
  readonly first: number;
  last: number;
}

/** Examples of each class in tens, in the order in which they come; what is left of a class at the end is in no hurry. */
function tensOfClasses(labels: Uint32Array): ReadonlyMap<number, readonly Ten[]> {
  const tens = new Map<number, Ten[]>();
  const ranks = new Map<number, number>();
  labels.forEach((label, place) => {
    const rank = ranks.get(label) ?? 0;
    ranks.set(label, rank + 1);
    const own = tens.get(label) ?? [];
    if (rank === 0) tens.set(label, own);
    if (rank % heldOutEvery === 0) own.push({ first: place, last: Infinity });
    const ten = own.at(-1);
    if (ten !== undefined && rank % heldOutEvery === heldOutEvery - 1) ten.last = place;
  });
  return tens;
}

function longestWaiting(
  first: number,
  end: number,
  labels: Uint32Array,
  tens: ReadonlyMap<number, readonly Ten[]>,
  turns: ReadonlyMap<number, number>,
): number {
  let best = first;
  let bestBegun = false;
  let bestLast = Infinity;
  for (let place = first; place < end; place++) {
    const label = labels[place] ?? 0;
    const ten = tens.get(label)?.[turns.get(label) ?? 0];
    const begun = ten !== undefined && ten.first <= place;
    const last = ten?.last ?? Infinity;
    if (begun === bestBegun ? last >= bestLast : bestBegun) continue;
    best = place;
    bestBegun = begun;
    bestLast = last;
  }
  return best;
}

function gather({ x, y }: Examples, rows: Uint32Array): Examples {
  return { x: gatherFeatures(x, rows), y: Float32Array.from(rows, (row) => y[row] ?? 0) };
}

function gatherFeatures(x: FeatureMatrix, rows: Uint32Array): FeatureMatrix {
  const { n } = x;
  const m = rows.length;
  if (x.storage === 'uint8') {
    const values = new Uint8Array(m * n);
    rows.forEach((row, i) => values.set(x.values.subarray(row * n, (row + 1) * n), i * n));
    return { storage: 'uint8', n, m, values };
  }
  const values = new Float32Array(m * n);
  rows.forEach((row, i) => values.set(x.values.subarray(row * n, (row + 1) * n), i * n));
  return { storage: 'float32', n, m, values };
}
