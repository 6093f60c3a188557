/**
 * The page's side of reading a user's files: a worker for each opening, which a cancel ends wherever it stands. What was
 * open before is not its affair, and so stays open whatever happens here.
 */
import * as Comlink from 'comlink';
import type { Look, OnReading, OwnChoice, OwnData, OwnFile, OwnPreview, OwnWorker } from './protocol.ts';

/** The reading was ended by whoever asked for it. */
export class CancelledError extends Error {
  override readonly name = 'CancelledError';
}

interface Running {
  readonly worker: Worker;
  readonly remote: Comlink.Remote<OwnWorker>;
  /** Rejects when the worker breaks or is ended, since what it was asked then never answers. */
  readonly over: Promise<never>;
  readonly end: (why: Error) => void;
}

export class OwnClient {
  #running: Running | null = null;

  /** Files that were opened before in this client are let go. @throws with the sentence of a DataError */
  open(files: readonly OwnFile[], onProgress: OnReading): Promise<OwnPreview> {
    this.cancel();
    return this.#ask<OwnPreview>((remote) => remote.open(files, Comlink.proxy(onProgress)));
  }

  openTest(files: readonly OwnFile[] | null, onProgress: OnReading): Promise<string | null> {
    return this.#ask((remote) => remote.openTest(files, Comlink.proxy(onProgress)));
  }

  suggest(label: string): Promise<OwnChoice> {
    return this.#ask((remote) => remote.suggest(label));
  }

  look(choice: OwnChoice): Promise<Look> {
    return this.#ask((remote) => remote.look(choice));
  }

  choose(choice: OwnChoice, onProgress: OnReading): Promise<OwnData> {
    return this.#ask((remote) => remote.choose(choice, Comlink.proxy(onProgress)));
  }

  reopen(files: readonly OwnFile[], test: readonly OwnFile[] | null, text: string, onProgress: OnReading): Promise<OwnData> {
    this.cancel();
    return this.#ask((remote) => remote.reopen(files, test, text, Comlink.proxy(onProgress)));
  }

  read(files: readonly OwnFile[], test: readonly OwnFile[] | null, label: string | null, onProgress: OnReading): Promise<OwnData> {
    this.cancel();
    return this.#ask((remote) => remote.read(files, test, label, Comlink.proxy(onProgress)));
  }

  /** Ends the reading at hand; what was asked rejects with a CancelledError. */
  cancel(): void {
    this.#running?.end(new CancelledError('the reading was ended'));
  }

  #ask<T>(question: (remote: Comlink.Remote<OwnWorker>) => Promise<T>): Promise<T> {
    const { remote, over } = (this.#running ??= this.#spawn());
    return Promise.race([question(remote), over]);
  }

  #spawn(): Running {
    const worker = new Worker(new URL('./worker.ts', import.meta.url), { type: 'module', name: 'own-data' });
    const { promise: over, reject } = deferred();
    over.catch(() => undefined);
    const end = (why: Error): void => {
      worker.terminate();
      if (this.#running?.worker === worker) this.#running = null;
      reject(why);
    };
    worker.addEventListener('error', (event) =>
      end(new Error(`The reader ended by itself (${event.message || 'its script did not load'}).`)),
    );
    return { worker, remote: Comlink.wrap<OwnWorker>(worker), over, end };
  }
}

function deferred(): { readonly promise: Promise<never>; readonly reject: (why: Error) => void } {
  let reject: (why: Error) => void = () => undefined;
  const promise = new Promise<never>((_, no) => {
    reject = no;
  });
  return { promise, reject };
}
