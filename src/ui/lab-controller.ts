/**
 * Keeps a lab's element in step with the lab's store: tells the store when it is on the page and when it is not, and draws
 * what is new at most once a frame.
 */
import type { ReactiveController, ReactiveControllerHost } from 'lit';

export interface LabStore {
  /** @returns a function that ends the subscription */
  subscribe(listener: () => void): () => void;
  /** The lab is to be seen. */
  enter(): void;
  /** It is no longer, and is to compute nothing. */
  leave(): void;
}

interface LabElement extends ReactiveControllerHost {
  readonly isConnected: boolean;
  readonly session: LabStore | null;
}

export class LabController implements ReactiveController {
  readonly #host: LabElement;
  #followed: LabStore | null = null;
  #end: (() => void) | null = null;
  #frame = 0;

  constructor(host: LabElement) {
    this.#host = host;
    host.addController(this);
  }

  hostConnected(): void {
    this.hostUpdate();
  }

  hostUpdate(): void {
    const { session, isConnected } = this.#host;
    if (!session || session === this.#followed || !isConnected) return;
    this.#part();
    this.#followed = session;
    this.#end = session.subscribe(() => {
      this.#frame ||= requestAnimationFrame(() => this.drawNow());
    });
    session.enter();
  }

  hostDisconnected(): void {
    this.#part();
  }

  #part(): void {
    this.#end?.();
    this.#end = null;
    this.#cancelFrame();
    this.#followed?.leave();
    this.#followed = null;
  }

  /** For what the next key has to find: it may come before the next frame. */
  drawNow(): void {
    this.#cancelFrame();
    this.#host.requestUpdate();
  }

  #cancelFrame(): void {
    cancelAnimationFrame(this.#frame);
    this.#frame = 0;
  }
}
