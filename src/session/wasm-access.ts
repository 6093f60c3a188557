/**
 * The CPU's fast engines in a browser: `wasm` always, `wasm-threads` where the page is cross-origin isolated, because only
 * there memory can be shared. For use in a worker: the thread that gives orders waits for the others.
 */
import relaxedUrl from '../../.cache/wasm/relaxed.wasm?url';
import simdUrl from '../../.cache/wasm/simd.wasm?url';
import { WasmEngine, type WasmOptions } from '../engine/cpu/wasm/engine.ts';
import type { Thread } from '../engine/cpu/wasm/pool.ts';
import type { ThreadNews } from '../engine/cpu/wasm/thread.ts';

const urls = { relaxed: relaxedUrl, simd: simdUrl } as const;

async function load(name: keyof typeof urls): Promise<Uint8Array<ArrayBuffer>> {
  const response = await fetch(urls[name]);
  if (!response.ok) throw new Error(`${urls[name]} answered with ${response.status}: reload the page, or build the app again`);
  return new Uint8Array(await response.arrayBuffer());
}

function makeThread(): Thread {
  const worker = new Worker(new URL('./wasm-thread.ts', import.meta.url), { type: 'module', name: 'wasm thread' });
  return {
    send: (order) => worker.postMessage(order),
    listen: (receive, fail) => {
      worker.addEventListener('message', (event: MessageEvent<ThreadNews>) => receive(event.data));
      worker.addEventListener('error', (event) => fail(event.message || 'its script did not load'));
    },
    terminate: () => worker.terminate(),
  };
}

export function wasmEngines(options: Pick<WasmOptions, 'clock' | 'breathe'>): readonly WasmEngine[] {
  const alone = new WasmEngine({ ...options, load, threads: null });
  if (!globalThis.crossOriginIsolated) return [alone];
  return [alone, new WasmEngine({ ...options, load, threads: { count: navigator.hardwareConcurrency, make: makeThread } })];
}
