/**
 * A file of the user's as one more set: its numbers, chosen and named, before they are split or scaled. It can be cloned
 * and sent to any worker; its arrays are shared where the page may share memory. Making it is `choose.ts`'s.
 */
import type { ImageShape, Task } from '../dataset.ts';
import type { EncodedColumn } from '../table.ts';

export type OwnFeatures =
  /** m · n values, example-major. Bytes are pixels. */
  | { readonly kind: 'bytes'; readonly values: Uint8Array }
  | { readonly kind: 'floats'; readonly values: Float32Array | Float64Array }
  /** Columns of a table, and the row of each of the m examples. */
  | { readonly kind: 'columns'; readonly columns: readonly EncodedColumn[]; readonly rows: Uint32Array };

export interface OwnPart {
  readonly m: number;
  readonly features: OwnFeatures;
  /** m entries: index of the class, or the number. */
  readonly target: Float64Array;
}

export interface OwnData {
  /** What request, settings and URL call it; see `own-text.ts`. */
  readonly text: string;
  /** The file's name. */
  readonly name: string;
  readonly task: Task;
  readonly n: number;
  readonly classNames: readonly string[];
  readonly featureNames: readonly string[];
  readonly targetName: string;
  readonly image: ImageShape | null;
  readonly train: OwnPart;
  /** Null: a share of the training part is held out. */
  readonly test: OwnPart | null;
  /** Of X and y, so that another file of the same name and shape is known as one; see `checksum.ts`. */
  readonly checksum: string;
  /** Sentences about what was left out or filled in. */
  readonly notes: readonly string[];
}

/** What is made of a file, as far as the user decides it. */
export interface OwnChoice {
  /** The column or array to predict; nothing for pictures. */
  readonly label: string;
  /** The array of features; nothing for tables and pictures. */
  readonly features: string;
  /** Columns that are neither. */
  readonly leaveOut: readonly string[];
  readonly target: 'classes' | 'number';
  readonly missing: 'median' | 'omit';
  /** Pixels a side that pictures are brought to. */
  readonly side: number;
}
