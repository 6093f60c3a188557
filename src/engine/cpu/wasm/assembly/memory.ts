/** Reading the words of `fields.ts`. */
import { headAt, layersAt, layerWords, realsAt, syncAt, syncStride, wordScratch, wordScratchBytes } from '../fields.ts';

export class Head {
  @inline static word(field: i32): i32 {
    return load<i32>(<usize>(headAt + (field << 2)));
  }

  @inline static at(field: i32): usize {
    return load<u32>(<usize>(headAt + (field << 2)));
  }

  @inline static real(field: i32): f64 {
    return load<f64>(<usize>(realsAt + (field << 3)));
  }

  @inline static setReal(field: i32, value: f64): void {
    store<f64>(<usize>(realsAt + (field << 3)), value);
  }
}

export class Layer {
  @inline static word(layer: i32, field: i32): i32 {
    return load<i32>(<usize>(layersAt + ((layer * layerWords + field) << 2)));
  }

  @inline static at(layer: i32, field: i32): usize {
    return load<u32>(<usize>(layersAt + ((layer * layerWords + field) << 2)));
  }
}

export class Sync {
  @inline static at(word: i32): usize {
    return <usize>(syncAt + word * syncStride);
  }

  @inline static load(word: i32): i32 {
    return atomic.load<i32>(Sync.at(word));
  }

  @inline static store(word: i32, value: i32): void {
    atomic.store<i32>(Sync.at(word), value);
  }

  @inline static add(word: i32, value: i32): i32 {
    return atomic.add<i32>(Sync.at(word), value);
  }
}

/** Where a thread's own room begins. */
export function scratchOf(thread: i32): usize {
  return Head.at(wordScratch) + <usize>thread * Head.at(wordScratchBytes);
}
