/** The threads of one trainer: started together, told to quit together, and the first one's failure is everyone's. */
import { syncAt, syncGeneration, syncQuit, syncStride } from './fields.ts';
import { markFailed, type ThreadNews, type ThreadOrder } from './thread.ts';
import type { WasmMemory, WasmModule } from './web-assembly.ts';

/** A worker as the pool sees it; made by whoever knows which kind of worker there is. */
export interface Thread {
  send(order: ThreadOrder): void;
  /** `fail` is called when the worker ends or breaks by itself. */
  listen(receive: (news: ThreadNews) => void, fail: (message: string) => void): void;
  terminate(): void;
}

export type ThreadFactory = () => Thread;

export class Pool {
  readonly #memory: WasmMemory;
  readonly #threads: Thread[] = [];
  #failure: Error | null = null;
  #disposed = false;
  readonly #failed: Promise<Error>;
  #tellFailed: (error: Error) => void = () => undefined;

  private constructor(memory: WasmMemory) {
    this.#memory = memory;
    this.#failed = new Promise((resolve) => {
      this.#tellFailed = resolve;
    });
  }

  /** @param count threads beside the caller's own; resolves when all are ready */
  static async start(make: ThreadFactory, module: WasmModule, memory: WasmMemory, count: number): Promise<Pool> {
    const pool = new Pool(memory);
    try {
      const ready = Array.from({ length: count }, (_, index) => pool.#add(make(), { module, memory, thread: index + 1 }));
      const outcome = await Promise.race([Promise.all(ready).then(() => null), pool.#failed]);
      if (outcome) throw outcome;
      return pool;
    } catch (error) {
      pool.dispose();
      throw error;
    }
  }

  #add(thread: Thread, order: ThreadOrder): Promise<void> {
    this.#threads.push(thread);
    return new Promise((resolve) => {
      thread.listen(
        (news) => {
          if (news.kind === 'ready') resolve();
          else this.#fail(news.message);
        },
        (message) => this.#fail(message),
      );
      thread.send(order);
    });
  }

  #fail(message: string): void {
    if (this.#disposed || this.#failure) return;
    this.#failure = new Error(`a thread of the wasm lane ended: ${message}. Start the run again`);
    markFailed(this.#memory);
    this.#tellFailed(this.#failure);
  }

  /** Set once a thread has ended by itself. */
  get failure(): Error | null {
    return this.#failure;
  }

  /** After a step stopped short: the thread's own words, which may still be on their way, or that there were none. */
  async whyFailed(patienceMs: number): Promise<Error> {
    const silent = new Promise<Error>((resolve) => {
      setTimeout(() => resolve(new Error('a thread of the wasm lane no longer answers. Start the run again')), patienceMs);
    });
    this.#failure ??= await Promise.race([this.#failed, silent]);
    return this.#failure;
  }

  dispose(): void {
    if (this.#disposed) return;
    this.#disposed = true;
    const words = new Int32Array(this.#memory.buffer);
    Atomics.store(words, (syncAt + syncQuit * syncStride) / 4, 1);
    Atomics.add(words, (syncAt + syncGeneration * syncStride) / 4, 1);
    Atomics.notify(words, (syncAt + syncGeneration * syncStride) / 4);
    for (const thread of this.#threads) thread.terminate();
    this.#threads.length = 0;
  }
}
