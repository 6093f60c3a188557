/** What a card says about each built-in set before anything is loaded. */
import type { Attribution, DatasetName, Task } from './dataset.ts';

export interface CatalogueEntry {
  readonly name: DatasetName;
  /** Proper name in English; translations are the UI's. */
  readonly title: string;
  /** Features; null where the user chooses. */
  readonly n: number | null;
  /** Training examples that can be asked for; with a test share, at the usual 0.2. */
  readonly mRange: readonly [least: number, most: number];
  readonly task: Task;
  readonly ownTest: boolean;
  /** Bytes to fetch for the m that the set opens with. */
  readonly downloadBytes: number;
  readonly attributions: readonly Attribution[];
}

const fashionShardBytes = 4_395_000;
