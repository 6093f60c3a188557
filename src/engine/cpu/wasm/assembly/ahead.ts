/**
 * Reading ahead. Eight short rows are read side by side, in which a processor sees no stream, so that it waits for every line of
 * memory. While dw is formed from them, eight that come soon are touched, line by line from start to end, and that it sees;
 * while z is, the pace would be too fast for it. WebAssembly has no prefetch: what is touched is read, and has to be handed on,
 * or the read would be left out.
 */
import { headAt, storageUint8, wordM, wordN, wordRowsAtOnce, wordStorage, wordX } from '../fields.ts';
import { Examples } from './examples.ts';
import { Head } from './memory.ts';

/** In the place of an address: there is nothing to read ahead. */
export const nowhere: usize = 0;

/** The next eight would often come too late. */
const eightsAhead: usize = 2;

export class Ahead {
  /** A byte at so many bytes behind `ahead`. */
  @inline static touch(ahead: usize, bytes: usize): i32 {
    // where nothing is to be touched, what is in the nearest cache anyway
    return load<u8>(ahead === nowhere ? headAt : ahead + bytes);
  }

  /** Where eight rows lie that come soon after those at `row`. */
  static of(row: usize, backwards: bool): usize {
    if (!Examples.whole() || Head.word(wordRowsAtOnce) !== 8) return nowhere;
    const rowBytes = (<usize>Head.word(wordN)) << (Head.word(wordStorage) === storageUint8 ? 0 : 2);
    const eight = rowBytes << 3;
    const start = Head.at(wordX);
    if (backwards) return row >= start + eightsAhead * eight ? row - eightsAhead * eight : nowhere;
    const end = start + <usize>Head.word(wordM) * rowBytes;
    return row + (eightsAhead + 1) * eight <= end ? row + eightsAhead * eight : nowhere;
  }

  /** The second half of the eight rows. */
  @inline static half(ahead: usize): usize {
    if (ahead === nowhere) return nowhere;
    return ahead + ((<usize>Head.word(wordN)) << (Head.word(wordStorage) === storageUint8 ? 2 : 4));
  }
}
