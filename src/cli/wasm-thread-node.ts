/** The script of a thread of the wasm lanes under Node; the browser's is `session/wasm-thread.ts`. */
import { parentPort } from 'node:worker_threads';
import { serveThread } from '../engine/cpu/wasm/thread.ts';

serveThread({
  listen: (receive) => parentPort?.on('message', receive),
  send: (news) => parentPort?.postMessage(news),
});
