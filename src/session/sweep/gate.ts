/** Where long work waits while it is paused, and learns that it is cancelled. */
import type { Clock } from '../../engine/contract.ts';

export class Gate {
  readonly #clock: Clock;
  readonly #cancelling = new AbortController();
  #pausing = new AbortController();
  readonly #over = new Promise<void>((resolve) => {
    this.#cancelling.signal.addEventListener('abort', () => resolve(), { once: true });
  });
  #opened: Promise<void> | null = null;
  #open: (() => void) | null = null;

  /** Milliseconds that work has waited here. */
  waitedMs = 0;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Aborted when it is over; work ends by throwing its reason. */
  get cancelled(): AbortSignal {
    return this.#cancelling.signal;
  }

  /** Aborted when work that cannot wait in the middle should let go and be done again: at a pause, and at the end. */
  get interrupted(): AbortSignal {
    return this.#pausing.signal;
  }

  /** Resolves when it is over. */
  get over(): Promise<void> {
    return this.#over;
  }

  get isPaused(): boolean {
    return this.#opened !== null;
  }

  pause(): void {
    if (this.#opened) return;
    this.#opened = new Promise((resolve) => {
      this.#open = resolve;
    });
    this.#pausing.abort();
  }

  resume(): void {
    this.#pausing = new AbortController();
    if (this.#cancelling.signal.aborted) this.#pausing.abort();
    this.#opened = null;
    this.#open?.();
  }

  cancel(): void {
    this.#cancelling.abort();
    this.#pausing.abort();
    this.#open?.();
  }

  /**
   * Waits while it is paused.
   * @throws the signal's reason once it is over
   */
  async pass(): Promise<void> {
    const began = this.#clock();
    while (this.#opened && !this.cancelled.aborted) await this.#opened;
    this.waitedMs += this.#clock() - began;
    this.cancelled.throwIfAborted();
  }
}
