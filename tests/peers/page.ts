/** The page that the terminal drives to have our lanes and the peers' measured in one worker. It draws nothing. */
import { benchIn } from '../../src/session/bench/client.ts';
import { offerBench } from '../../src/cli/page-bench.ts';

offerBench((request, lanes, onProgress) => {
  const worker = new Worker(new URL('./worker.ts', import.meta.url), { type: 'module', name: 'peers' });
  return benchIn(worker, request, lanes, onProgress);
});
