/** Copies the page's address for an element that has a button for it, and knows for a moment that it did. */
import type { ReactiveController, ReactiveControllerHost } from 'lit';

const shownMs = 1600;

export class CopyLink implements ReactiveController {
  readonly #host: ReactiveControllerHost;
  #copied = false;
  #timer: ReturnType<typeof setTimeout> | null = null;

  constructor(host: ReactiveControllerHost) {
    this.#host = host;
    host.addController(this);
  }

  get copied(): boolean {
    return this.#copied;
  }

  /** @param label above the address, where the clipboard is closed and it has to be copied by hand */
  async copy(label: string): Promise<void> {
    try {
      await navigator.clipboard.writeText(location.href);
      this.#show(true);
    } catch {
      this.#show(false);
      window.prompt(label, location.href);
    }
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#show(false), shownMs);
  }

  hostDisconnected(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
  }

  #show(copied: boolean): void {
    this.#copied = copied;
    this.#host.requestUpdate();
  }
}
