/** The page's side of a benchmark: it starts the worker, and ends it when the benchmark is over or given up. */
import * as Comlink from 'comlink';
import type { BenchReport } from './report.ts';
import type { BenchProgress, BenchRequest } from './run.ts';
import type { BenchWorker } from './worker.ts';

export type { BenchProgress, BenchRequest } from './run.ts';

/**
 * @param worker a worker that speaks as `worker.ts` does; it is ended
 * @param signal gives the benchmark up: what was measured so far is what `onReport` heard last
 */
export async function benchIn(
  worker: Worker,
  request: BenchRequest,
  lanes: readonly string[],
  onProgress: (progress: BenchProgress) => void,
  signal?: AbortSignal,
  onReport?: (soFar: BenchReport) => void,
): Promise<BenchReport> {
  const remote = Comlink.wrap<BenchWorker>(worker);
  const tellHidden = (): void => void remote.setHidden(document.hidden);
  // a tab may be hidden before the worker is there to hear of it
  tellHidden();
  document.addEventListener('visibilitychange', tellHidden);
  try {
    const ended = new Promise<never>((_, reject) => {
      signal?.addEventListener('abort', () => reject(new DOMException('the benchmark was given up', 'AbortError')));
      worker.addEventListener('error', (event) => reject(new Error(event.message || 'the worker of the benchmark did not start')));
    });
    return await Promise.race([
      remote.bench(request, lanes, Comlink.proxy(onProgress), Comlink.proxy(onReport ?? (() => undefined))),
      ended,
    ]);
  } finally {
    document.removeEventListener('visibilitychange', tellHidden);
    worker.terminate();
  }
}

export function bench(
  request: BenchRequest,
  lanes: readonly string[],
  onProgress: (progress: BenchProgress) => void,
  signal?: AbortSignal,
  onReport?: (soFar: BenchReport) => void,
): Promise<BenchReport> {
  const worker = new Worker(new URL('./worker.ts', import.meta.url), { type: 'module', name: 'bench' });
  return benchIn(worker, request, lanes, onProgress, signal, onReport);
}
