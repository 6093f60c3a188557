/**
 * The terminal's end in a browser: loaded instead of the page's elements when the address ends in `?terminal`. It
 * offers `downhillTerminal` and `downhillBench` to whoever drives the browser, computes in the same workers as the page
 * does, and draws nothing.
 */
import { bench } from '../session/bench/client.ts';
import { SessionClient } from '../session/client.ts';
import type { LoadProgress } from '../data/dataset.ts';
import { OwnClient } from '../session/own/client.ts';
import { factsOf, type OwnFacts } from '../session/own/facts.ts';
import type { OwnData, OwnFile } from '../session/own/protocol.ts';
import { SweepClient } from '../session/sweep/client.ts';
import type { SweepReport, SweepUpdate } from '../session/sweep/protocol.ts';
import type { SweepSettings } from '../session/sweep/settings.ts';
import { offerBench } from './page-bench.ts';
import type { TrainProgress, TrainReport, TrainRequest } from '../session/train-report.ts';

/** Errors do not cross from page to driver whole, so they cross as values. */
export type TrainOutcome = { readonly report: TrainReport } | { readonly report: null; readonly error: string };

export type SweepOutcome = { readonly report: SweepReport } | { readonly report: null; readonly error: string };

export type OwnOutcome =
  | { readonly facts: OwnFacts }
  | { readonly facts: null; readonly error: string; /** Nothing goes by the label that was asked for. */ readonly isLabel: boolean };

export interface DownhillTerminal {
  /** Puts an input for the data and one for the test part on the page. */
  askForFiles(): void;
  /**
   * Opens what the inputs were given; trainings and sweeps on `own` are on that from then on.
   * @param paths what the files are called, in the order in which they were given: an input knows no folder of theirs
   */
  openOwn(
    paths: { readonly data: readonly string[]; readonly test: readonly string[] },
    label: string | null,
    onProgress: (progress: LoadProgress) => void,
  ): Promise<OwnOutcome>;
  sweep(settings: SweepSettings, onUpdate: (update: SweepUpdate) => void): Promise<SweepOutcome>;
  train(request: TrainRequest, onProgress: (progress: TrainProgress) => void): Promise<TrainOutcome>;
}

declare global {
  var downhillTerminal: DownhillTerminal | undefined;
}

function addInput(id: string): void {
  const input = document.createElement('input');
  Object.assign(input, { type: 'file', id, multiple: true });
  document.body.append(input);
}

function filesOf(id: string, paths: readonly string[]): readonly OwnFile[] {
  const input = document.getElementById(id);
  const files = input instanceof HTMLInputElement ? [...(input.files ?? [])] : [];
  return files.map((file, index) => ({ path: paths[index] ?? file.name, blob: file }));
}

/** One worker for whatever is asked, and the file that was opened for it. */
function terminal(): DownhillTerminal {
  const client = new SessionClient(() => undefined);
  let own: OwnData | null = null;
  return {
    askForFiles() {
      addInput('data');
      addInput('test');
    },
    async openOwn(paths, label, onProgress) {
      const reader = new OwnClient();
      const test = filesOf('test', paths.test);
      try {
        own = await reader.read(filesOf('data', paths.data), test.length > 0 ? test : null, label, onProgress);
        await client.adopt(own);
        return { facts: factsOf(own) };
      } catch (error) {
        const isLabel = error instanceof Error && error.name === 'LabelError';
        return { facts: null, error: error instanceof Error ? error.message : String(error), isLabel };
      } finally {
        reader.cancel();
      }
    },
    sweep: (settings, onUpdate) =>
      new Promise((resolve) => {
        const hear = (update: SweepUpdate): void => {
          onUpdate(update);
          if (update.phase !== 'finished' && update.phase !== 'failed') return;
          const report = sweeper.report();
          sweeper.dispose();
          const error = update.failure ?? 'the sweep ended before it had begun';
          resolve(report && update.phase === 'finished' ? { report } : { report: null, error });
        };
        const sweeper = new SweepClient(hear, () => own);
        void sweeper.start(settings, null);
      }),
    async train(request, onProgress) {
      try {
        return { report: await client.train(request, onProgress) };
      } catch (error) {
        return { report: null, error: error instanceof Error ? error.message : String(error) };
      }
    },
  };
}

globalThis.downhillTerminal = terminal();
offerBench(bench);
