/**
 * The terminal's end in a browser: loaded instead of the page's elements when the address ends in `?terminal`. It
 * offers `downhillTerminal` to whoever drives the browser, and draws nothing.
 */
import { fetchSource } from '../data/fetch-source.ts';
import { fileUrls } from '../data/file-urls.ts';
import type { TrainProgress, TrainReport, TrainRequest } from './train-contract.ts';
import { trainHere } from './train-here.ts';

/** Errors do not cross from page to driver whole, so they cross as values. */
export type TrainOutcome = { readonly report: TrainReport } | { readonly report: null; readonly error: string };

export interface DownhillTerminal {
  train(request: TrainRequest, onProgress: (progress: TrainProgress) => void): Promise<TrainOutcome>;
}

declare global {
  var downhillTerminal: DownhillTerminal | undefined;
}

globalThis.downhillTerminal = {
  async train(request, onProgress) {
    const environment = { browser: navigator.userAgent, logicalCores: navigator.hardwareConcurrency, crossOriginIsolated };
    try {
      return {
        report: await trainHere(
          request,
          { gpu: 'gpu' in navigator ? navigator.gpu : undefined, source: fetchSource(fileUrls), environment },
          onProgress,
        ),
      };
    } catch (error) {
      return { report: null, error: error instanceof Error ? error.message : String(error) };
    }
  },
};
