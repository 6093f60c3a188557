/**
 * The door of an element that renders a `wa-dialog` while it is open. What is asked for while a dialog is on its way out
 * waits until that one is gone: it would go with it.
 */
import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { defineDialog } from './web-awesome.ts';

export class DialogDoor implements ReactiveController {
  readonly #host: ReactiveControllerHost;
  #isOpen = false;
  #leaving: Promise<void> = Promise.resolve();
  #left = (): void => undefined;

  constructor(host: ReactiveControllerHost) {
    this.#host = host;
    host.addController(this);
  }

  get isOpen(): boolean {
    return this.#isOpen;
  }

  /** Whoever takes the host away takes its dialog away: nothing is on its way out any more. */
  hostDisconnected(): void {
    this.#left();
  }

  async open(): Promise<void> {
    await Promise.all([defineDialog(), this.#leaving]);
    await this.#host.updateComplete;
    this.set(true);
  }

  /** At once, without a way out. */
  set(isOpen: boolean): void {
    this.#isOpen = isOpen;
    this.#host.requestUpdate();
  }

  /** Of `wa-hide`; lists and menus within a dialog hide as well, and whoever prevents it lets it stay. */
  readonly hiding = (event: Event): void => {
    if (event.target === event.currentTarget && !event.defaultPrevented) this.#leaving = new Promise((resolve) => (this.#left = resolve));
  };

  /** Of `wa-after-hide`. @returns whether it was the dialog that went */
  readonly hidden = (event: Event): boolean => {
    if (event.target !== event.currentTarget) return false;
    this.set(false);
    this.#left();
    return true;
  };
}
