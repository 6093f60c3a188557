/** A thread of the wasm lanes in a browser; Node's is `cli/wasm-thread-node.ts`. */
import { serveThread, type ThreadOrder } from '../engine/cpu/wasm/thread.ts';

serveThread({
  listen: (receive) => {
    addEventListener('message', (event: MessageEvent<ThreadOrder>) => receive(event.data));
  },
  send: (news) => postMessage(news),
});
