/**
 * The life of a pool's thread, in whatever worker it runs: it gets a module and a memory, says that it is ready, and works
 * until it is told to quit. When it fails it marks the shared memory, so that nobody waits for it, and says why.
 */
import { syncAt, syncFailed, syncGeneration, syncPhase, syncStride } from './fields.ts';
import { instantiate, type WasmMemory, type WasmModule } from './web-assembly.ts';

/** What a worker can do with messages, in a browser and in Node alike. */
export interface ThreadPort {
  listen(receive: (message: ThreadOrder) => void): void;
  send(message: ThreadNews): void;
}

export interface ThreadOrder {
  readonly module: WasmModule;
  readonly memory: WasmMemory;
  /** 1 and up; 0 is the one that gives orders. */
  readonly thread: number;
}

export type ThreadNews = { readonly kind: 'ready' } | { readonly kind: 'failed'; readonly message: string };

/** Marks the pool as failed and wakes whoever waits. */
export function markFailed(memory: WasmMemory): void {
  const words = new Int32Array(memory.buffer);
  const index = (word: number): number => (syncAt + word * syncStride) / 4;
  Atomics.store(words, index(syncFailed), 1);
  for (const word of [syncPhase, syncGeneration]) Atomics.notify(words, index(word));
}

export function serveThread(port: ThreadPort): void {
  port.listen(({ module, memory, thread }) => {
    try {
      const { work } = instantiate(module, memory) as { readonly work: (thread: number) => void };
      port.send({ kind: 'ready' });
      work(thread);
    } catch (error) {
      markFailed(memory);
      port.send({ kind: 'failed', message: error instanceof Error ? error.message : String(error) });
    }
  });
}
