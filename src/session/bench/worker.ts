/** The worker that benchmarks: our own lanes, one run at a time. It is apart from the session's, so that a race is none of its load. */
import * as Comlink from 'comlink';
import type { BenchReport } from './report.ts';
import { Visibility } from '../visibility.ts';
import { browserPlace } from './browser-place.ts';
import { namedLanes, openBench } from './host.ts';
import { runBench, type BenchProgress, type BenchRequest } from './run.ts';

const visibility = new Visibility();

const worker = {
  /** @param lanes names, in the order in which they are shown */
  async bench(
    request: BenchRequest,
    lanes: readonly string[],
    onProgress: (progress: BenchProgress) => void,
    onReport: (soFar: BenchReport) => void,
  ): Promise<BenchReport> {
    const bench = await openBench(browserPlace(request.seed, visibility));
    try {
      return await runBench(request, bench.host, namedLanes(lanes, bench.lanes), onProgress, onReport);
    } finally {
      await bench.dispose();
    }
  },
  /** The tab is hidden or shown: nothing is timed until it is seen again. */
  setHidden(value: boolean): void {
    visibility.hidden = value;
  },
};

export type BenchWorker = typeof worker;

Comlink.expose(worker);
