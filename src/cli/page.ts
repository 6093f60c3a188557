/**
 * The terminal's end in a browser: loaded instead of the page's elements when the address ends in `?terminal`. It
 * offers `downhillTerminal` and `downhillBench` to whoever drives the browser, computes in the same workers as the page
 * does, and draws nothing.
 */
import { bench } from '../session/bench/client.ts';
import { SessionClient } from '../session/client.ts';
import { SweepClient } from '../session/sweep/client.ts';
import type { SweepReport, SweepUpdate } from '../session/sweep/protocol.ts';
import type { SweepSettings } from '../session/sweep/settings.ts';
import { offerBench } from './page-bench.ts';
import type { TrainProgress, TrainReport, TrainRequest } from '../session/train-report.ts';

/** Errors do not cross from page to driver whole, so they cross as values. */
export type TrainOutcome = { readonly report: TrainReport } | { readonly report: null; readonly error: string };

export type SweepOutcome = { readonly report: SweepReport } | { readonly report: null; readonly error: string };

export interface DownhillTerminal {
  sweep(settings: SweepSettings, onUpdate: (update: SweepUpdate) => void): Promise<SweepOutcome>;
  train(request: TrainRequest, onProgress: (progress: TrainProgress) => void): Promise<TrainOutcome>;
}

declare global {
  var downhillTerminal: DownhillTerminal | undefined;
}

const client = new SessionClient(() => undefined);

globalThis.downhillTerminal = {
  sweep: (settings, onUpdate) =>
    new Promise((resolve) => {
      const sweeper = new SweepClient((update) => {
        onUpdate(update);
        if (update.phase !== 'finished' && update.phase !== 'failed') return;
        const report = sweeper.report();
        sweeper.dispose();
        const error = update.failure ?? 'the sweep ended before it had begun';
        resolve(report && update.phase === 'finished' ? { report } : { report: null, error });
      });
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

offerBench(bench);
