/** What a host tells while it opens files, and how that looks in a terminal. Shared by `train` and `sweep`. */
import type { LoadProgress } from '../data/dataset.ts';
import type { OwnJob } from './own-files.ts';
import type { ProgressLine } from './progress-line.ts';

export interface HearOwn {
  readonly onReading: (progress: LoadProgress) => void;
  /** Sentences about what was left out or filled in. */
  readonly onNotes: (notes: readonly string[]) => void;
}

/** Files to open before what is asked for is known. */
export type HeardJob<Request> = OwnJob<Request> & HearOwn;

export function hearOwn(progress: ProgressLine): HearOwn {
  return {
    onReading: ({ file, loadedBytes, totalBytes }) => {
      const share = totalBytes === null ? '' : `, ${Math.floor((100 * loadedBytes) / Math.max(1, totalBytes))} %`;
      progress.show(`reading ${file}${share}`);
    },
    onNotes: (notes) => {
      progress.clear();
      for (const note of notes) process.stderr.write(`${note}\n`);
    },
  };
}
