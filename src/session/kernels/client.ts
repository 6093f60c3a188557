/** The page's side of the Kernels lab's worker: one worker, made when it is first wanted, and again after it broke. */
import * as Comlink from 'comlink';
import type { Catalogue, CompileReport, KernelsWorker, Processor, RunProgress, RunReport, RunRequest, Switch } from './protocol.ts';

export class KernelsClient {
  readonly #worker: Worker;
  readonly #remote: Comlink.Remote<KernelsWorker>;
  readonly #failed: Promise<never>;

  constructor() {
    this.#worker = new Worker(new URL('./worker.ts', import.meta.url), { type: 'module', name: 'kernels' });
    this.#remote = Comlink.wrap<KernelsWorker>(this.#worker);
    this.#failed = new Promise((_, reject) => {
      this.#worker.addEventListener('error', (event) => reject(new Error(event.message || 'its script did not load')));
    });
    this.#failed.catch(() => undefined);
  }

  #or<T>(work: PromiseLike<T>): Promise<T> {
    return Promise.race([work, this.#failed]);
  }

  catalogue(): Promise<Catalogue> {
    return this.#or(this.#remote.catalogue());
  }

  switchOn(features: readonly Switch[]): Promise<Processor> {
    return this.#or<Processor>(this.#remote.switchOn(features));
  }

  compile(file: string, text: string): Promise<CompileReport | null> {
    return this.#or(this.#remote.compile(file, text));
  }

  run(request: RunRequest, onProgress: (progress: RunProgress) => void): Promise<RunReport | null> {
    return this.#or(this.#remote.run(request, Comlink.proxy(onProgress)));
  }

  stop(): Promise<void> {
    return this.#or(this.#remote.stop());
  }

  losses(): Promise<{ readonly abandoned: number; readonly lost: number }> {
    return this.#or(this.#remote.losses());
  }

  /** For tests. */
  loseDevice(): Promise<void> {
    return this.#or(this.#remote.loseDevice());
  }

  memory(): Promise<{ readonly buffers: number; readonly bytes: number }> {
    return this.#or(this.#remote.memory());
  }
}
