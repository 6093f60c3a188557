/** What passes between the page and the worker that reads a user's files: types only. */
import type { LoadProgress } from '../../data/dataset.ts';
import type { OwnFile } from '../../data/own/open.ts';
import type { OwnChoice, OwnData } from '../../data/own/own-data.ts';
import type { Look, OwnPreview } from '../../data/own/preview.ts';

export type { LoadProgress } from '../../data/dataset.ts';
export type { OwnFile } from '../../data/own/open.ts';
export type { OwnChoice, OwnData } from '../../data/own/own-data.ts';
export type { ClassCount, ColumnPreview, Look, OwnPreview } from '../../data/own/preview.ts';

export type OnReading = (progress: LoadProgress) => void;

/** A worker for one opening; ending it ends whatever it does. Rejections bear the sentence of a DataError. */
export interface OwnWorker {
  open(files: readonly OwnFile[], onProgress: OnReading): Promise<OwnPreview>;
  /** A test part in files of its own; null: none. */
  openTest(files: readonly OwnFile[] | null, onProgress: OnReading): Promise<string | null>;
  /** What would be chosen with this label. */
  suggest(label: string): Promise<OwnChoice>;
  look(choice: OwnChoice): Promise<Look>;
  choose(choice: OwnChoice, onProgress: OnReading): Promise<OwnData>;
  /** Opens again what a link speaks of. */
  /** @param test the files of the test part; null: they are among `files`, where the line speaks of any */
  reopen(files: readonly OwnFile[], test: readonly OwnFile[] | null, text: string, onProgress: OnReading): Promise<OwnData>;
  /** All in one go, as a terminal asks for it. */
  read(files: readonly OwnFile[], test: readonly OwnFile[] | null, label: string | null, onProgress: OnReading): Promise<OwnData>;
}
