/** What passes between the page and the worker of the Kernels lab: types only. */

/** Something the compiler said. */
export interface Complaint {
  readonly kind: 'error' | 'warning';
  readonly file: string;
  /** Counted from 1; 0 where it is about the whole. */
  readonly line: number;
  readonly column: number;
  /** In characters; 0 where it is not known. */
  readonly length: number;
  readonly words: string;
}
