/** Which examples train, in what order, and which test: seeded, stratified by class, and settled before anything is fitted. */
import { hash, streams } from '../math/rng.ts';

export interface Split {
  /** Indices of training examples; any first m of them are the training part of size m. */
  readonly train: Uint32Array<ArrayBuffer>;
  readonly test: Uint32Array<ArrayBuffer>;
}

/**
 * Cuts the test share from every class first, so that the test part does not depend on m; the rest is ordered so that
 * each prefix holds the classes in nearly their overall proportion.
 * @param classes index of the class of each example; all 0 where there are none
 * @param testShare 0 … 0.5
 */
export function split(classes: ArrayLike<number>, testShare: number, seed: number): Split {
  const train: Spread[] = [];
  const test: Spread[] = [];
  for (const members of shuffledByClass(classes, seed)) {
    const testCount = Math.round(members.length * testShare);
    spread(members.slice(testCount), seed, train);
    spread(members.slice(0, testCount), seed, test);
  }
  return { train: inOrder(train), test: inOrder(test) };
}

/** The indices of all examples, ordered so that each prefix is stratified: `split` without a test part. */
export function stratifiedOrder(classes: ArrayLike<number>, seed: number): Uint32Array<ArrayBuffer> {
  return split(classes, 0, seed).train;
}

/** An example and where in the order it belongs, 0 … 1. */
interface Spread {
  readonly index: number;
  readonly place: number;
}

/**
 * Members of each class, in a random order that depends on the seed and the example's index alone. Classes in the order
 * of their index; those without a member are left out.
 */
export function shuffledByClass(classes: ArrayLike<number>, seed: number): number[][] {
  const groups = new Map<number, number[]>();
  const keys = new Float64Array(classes.length);
  for (let index = 0; index < classes.length; index++) {
    const label = classes[index] ?? 0;
    keys[index] = hash(seed, streams.split, index);
    const group = groups.get(label);
    if (group === undefined) groups.set(label, [index]);
    else group.push(index);
  }
  const labels = [...groups.keys()].sort((a, b) => a - b);
  return labels.map((label) => (groups.get(label) ?? []).sort((a, b) => (keys[a] ?? 0) - (keys[b] ?? 0) || a - b));
}

/** Spreads a class evenly over the whole order, each member at random inside its own stretch. */
function spread(members: readonly number[], seed: number, into: Spread[]): void {
  members.forEach((index, rank) => {
    const jitter = hash(seed, streams.shuffle, index) / 4294967296;
    into.push({ index, place: (rank + jitter) / members.length });
  });
}

function inOrder(spreads: Spread[]): Uint32Array<ArrayBuffer> {
  spreads.sort((a, b) => a.place - b.place || a.index - b.index);
  return Uint32Array.from(spreads, ({ index }) => index);
}
