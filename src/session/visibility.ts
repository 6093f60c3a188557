/** Whether the tab is seen, as a worker is told it: what measures asks, and waits here while it is not. */

export class Visibility {
  #hidden = false;
  #waiting: (() => void)[] = [];

  get hidden(): boolean {
    return this.#hidden;
  }

  set hidden(hidden: boolean) {
    this.#hidden = hidden;
    if (hidden) return;
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const goOn of waiting) goOn();
  }

  /** Resolves when the tab is seen: at once, or as soon as it is shown again. */
  async seen(): Promise<void> {
    while (this.#hidden) await new Promise<void>((resolve) => this.#waiting.push(resolve));
  }
}
