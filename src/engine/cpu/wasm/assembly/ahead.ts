/**
 * Reading ahead. Eight short rows are read side by side, in which a processor sees no stream, so that it waits for every line of
 * memory. While dw is formed from them, eight that come soon are touched, line by line from start to end, and that it sees;
 * while z is, the pace would be too fast for it. WebAssembly has no prefetch: what is touched is read, and has to be handed on,
 * or the read would be left out.
 */
import { headAt, shortRowBytes, storageUint8, wordM, wordN, wordStorage, wordX } from '../fields.ts';
import { Examples } from './examples.ts';
import { Head } from './memory.ts';

/** In the place of an address: there is nothing to read ahead. */
export const nowhere: usize = 0;

/** The next eight would often come too late. */
const eightsAhead: i32 = 2;

export class Ahead {
  /** A byte at so many bytes behind `ahead`. */
  @inline static touch(ahead: usize, bytes: usize): i32 {
    // where nothing is to be touched, what is in the nearest cache anyway
    return load<u8>(ahead === nowhere ? <usize>headAt : ahead + bytes);
  }

  /** Where eight rows lie that come soon after those at `row`. */
  static of(row: usize, backwards: bool): usize {
    const rowBytes = (<usize>Head.word(wordN)) << (Head.word(wordStorage) === storageUint8 ? 0 : 2);
    if (!Examples.whole() || rowBytes > <usize>shortRowBytes) return nowhere;
    // by rows: an address behind X may be beyond 2³²
    const example = <i32>((row - Head.at(wordX)) / rowBytes);
    const soon = backwards ? example - 8 * eightsAhead : example + 8 * eightsAhead;
    return soon >= 0 && soon + 8 <= Head.word(wordM) ? Head.at(wordX) + <usize>soon * rowBytes : nowhere;
  }

  /** The second half of the eight rows. */
  @inline static half(ahead: usize): usize {
    if (ahead === nowhere) return nowhere;
    return ahead + ((<usize>Head.word(wordN)) << (Head.word(wordStorage) === storageUint8 ? 2 : 4));
  }
}
