/** The worker that times the loop: the bench's lanes and rounds, without the ceilings, which nobody asks for here. */
import * as Comlink from 'comlink';
import { browserPlace } from '../bench/browser-place.ts';
import type { BenchWorker } from '../bench/worker.ts';
import { namedLanes, openBench } from '../bench/host.ts';
import { runBench } from '../bench/run.ts';
import { Visibility } from '../visibility.ts';

const visibility = new Visibility();

const worker: BenchWorker = {
  async bench(request, lanes, onProgress, onReport) {
    const bench = await openBench(browserPlace(request.seed, visibility));
    try {
      const { ceilings: _unasked, ...host } = bench.host;
      return await runBench(request, host, namedLanes(lanes, bench.lanes), onProgress, onReport);
    } finally {
      await bench.dispose();
    }
  },
  setHidden(value) {
    visibility.hidden = value;
  },
};

Comlink.expose(worker);
