/** The end of `downhill bench` in a browser, offered by the app's page and by the peers' page to whoever drives them. */
import type { BenchReport } from '../session/bench/report.ts';
import type { BenchProgress, BenchRequest } from '../session/bench/run.ts';

type Run = (request: BenchRequest, lanes: readonly string[], onProgress: (progress: BenchProgress) => void) => Promise<BenchReport>;

/** Errors do not cross from page to driver whole, so they cross as values. */
export type BenchOutcome = { readonly report: BenchReport } | { readonly report: null; readonly error: string };

declare global {
  var downhillBench:
    ((request: BenchRequest, lanes: readonly string[], onProgress: (progress: BenchProgress) => void) => Promise<BenchOutcome>) | undefined;
}

export function offerBench(run: Run): void {
  globalThis.downhillBench = async (request, lanes, onProgress) => {
    try {
      return { report: await run(request, lanes, onProgress) };
    } catch (error) {
      return { report: null, error: error instanceof Error ? error.message : String(error) };
    }
  };
}
