/** Renders an element again whenever the session has something new; one listener as long as the element is connected. */
import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { RaceSession } from './race-session.ts';

export class StoreController implements ReactiveController {
  readonly #host: ReactiveControllerHost;
  #session: RaceSession | null = null;
  #end: (() => void) | null = null;

  constructor(host: ReactiveControllerHost) {
    this.#host = host;
    host.addController(this);
  }

  follow(session: RaceSession): void {
    if (session === this.#session) return;
    this.hostDisconnected();
    this.#session = session;
    this.hostConnected();
  }

  hostConnected(): void {
    if (this.#session && !this.#end) this.#end = this.#session.subscribe(() => this.#host.requestUpdate());
  }

  hostDisconnected(): void {
    this.#end?.();
    this.#end = null;
  }
}
