/** Where the examples of a step lie, and how they become floats in a thread's scratch. */
import { storageUint8, wordBatch, wordBatchesPerEpoch, wordM, wordN, wordSeed, wordStorage, wordX, wordY } from '../fields.ts';
import { Head } from './memory.ts';
import { Pixels } from './pixels.ts';
import { permute } from './permute.ts';

export class Examples {
  @inline static whole(): bool {
    return Head.word(wordBatch) === Head.word(wordM);
  }
}

/** The number of the example at place `slot` of step `step`. */
export function exampleAt(slot: i32, step: i32): i32 {
  if (Examples.whole()) return slot;
  const perEpoch = Head.word(wordBatchesPerEpoch);
  const place = (step % perEpoch) * Head.word(wordBatch) + slot;
  return permute(place, Head.word(wordM), Head.word(wordSeed), step / perEpoch);
}

/** The address of an example's raw features. */
export function rowAt(example: i32): usize {
  const bytes = (<usize>Head.word(wordN)) << (Head.word(wordStorage) === storageUint8 ? 0 : 2);
  return Head.at(wordX) + <usize>example * bytes;
}

/** The address of the targets of places first … first + count − 1: in place, or gathered at `freeAt`. */
export function targetsAt(first: i32, count: i32, step: i32, freeAt: usize): usize {
  const y = Head.at(wordY);
  if (Examples.whole()) return y + ((<usize>first) << 2);
  for (let j = 0; j < count; j++) {
    store<f32>(freeAt + ((<usize>j) << 2), load<f32>(y + ((<usize>exampleAt(first + j, step)) << 2)));
  }
  return freeAt;
}

/** One example as floats, zeros behind it up to the next multiple of four. */
export function spreadRow(from: usize, to: usize, n: i32, storage: i32): void {
  if (storage !== storageUint8) {
    memory.copy(to, from, (<usize>n) << 2);
  } else {
    let k = 0;
    for (; k + 16 <= n; k += 16) {
      const bytes = v128.load(from + <usize>k);
      const at = to + ((<usize>k) << 2);
      v128.store(at, Pixels.first(bytes));
      v128.store(at, Pixels.second(bytes), 16);
      v128.store(at, Pixels.third(bytes), 32);
      v128.store(at, Pixels.fourth(bytes), 48);
    }
    for (; k < n; k++) store<f32>(to + ((<usize>k) << 2), <f32>load<u8>(from + <usize>k));
  }
  for (let k = n; k & 3; k++) store<f32>(to + ((<usize>k) << 2), 0);
}
