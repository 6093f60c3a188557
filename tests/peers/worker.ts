/** The worker in which our lanes and the peers' take turns: one process, one thread that gives the turns, never two at once. */
import * as Comlink from 'comlink';
import { browserPlace } from '../../src/session/bench/browser-place.ts';
import { namedLanes, openBench } from '../../src/session/bench/host.ts';
import { runBench } from '../../src/session/bench/run.ts';
import type { BenchWorker } from '../../src/session/bench/worker.ts';
import { Visibility } from '../../src/session/visibility.ts';
import { peerLanes } from './lanes.ts';

const visibility = new Visibility();

const worker: BenchWorker = {
  async bench(request, lanes, onProgress, onReport) {
    const bench = await openBench(browserPlace(request.seed, visibility));
    try {
      return await runBench(request, bench.host, namedLanes(lanes, [...bench.lanes, ...peerLanes]), onProgress, onReport);
    } finally {
      await bench.dispose();
    }
  },
  setHidden(value) {
    visibility.hidden = value;
  },
};

Comlink.expose(worker);
