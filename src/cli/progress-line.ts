/** One line on a terminal that is written over again, or a line now and then where the output goes to a file. */
import type { WriteStream } from 'node:tty';

/** Least time between two lines. */
const onTerminalMs = 100;
const inFileMs = 5000;

export class ProgressLine {
  readonly #stream: WriteStream;
  #shownAtMs = Number.NEGATIVE_INFINITY;
  #onScreen = false;

  constructor(stream: WriteStream) {
    this.#stream = stream;
  }

  show(text: string): void {
    const nowMs = performance.now();
    if (nowMs - this.#shownAtMs < (this.#stream.isTTY ? onTerminalMs : inFileMs)) return;
    this.#shownAtMs = nowMs;
    this.#stream.write(this.#stream.isTTY ? `\r\u001b[2K${text}` : `${text}\n`);
    this.#onScreen = this.#stream.isTTY;
  }

  /** Takes the line off the screen. */
  clear(): void {
    if (this.#onScreen) this.#stream.write('\r\u001b[2K');
    this.#onScreen = false;
  }
}
