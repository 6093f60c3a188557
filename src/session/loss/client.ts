/**
 * The page's side of the Loss lab's worker: starts it, hands a canvas over, and shows scenes, of which only the newest
 * counts. It draws nothing and keeps nothing but the last scene.
 */
import * as Comlink from 'comlink';
import type { LossScene, LossWorker, Shown } from './protocol.ts';

/** When the first surface stood on the screen. */
const firstMark = 'first-surface';

export class LossClient {
  readonly #onShown: (shown: Shown, isNewest: boolean) => void;
  readonly #onSpent: () => void;
  readonly #onFailed: (why: string) => void;
  readonly #worker: Worker;
  readonly #remote: Comlink.Remote<LossWorker>;
  #attached = false;
  #last: LossScene | null = null;
  #next: LossScene | null = null;
  #busy = false;
  #isOver = false;

  /**
   * @param onShown with whether no scene has come since
   * @param onSpent the canvas can no longer be drawn on: another one has to be attached
   * @param onFailed nothing will be drawn any more
   */
  constructor(onShown: (shown: Shown, isNewest: boolean) => void, onSpent: () => void, onFailed: (why: string) => void) {
    this.#onShown = onShown;
    this.#onSpent = onSpent;
    this.#onFailed = onFailed;
    this.#worker = new Worker(new URL('./worker.ts', import.meta.url), { type: 'module', name: 'loss' });
    this.#worker.addEventListener('error', (event) => this.#fail(event.message || 'its script did not load'));
    this.#remote = Comlink.wrap<LossWorker>(this.#worker);
  }

  /** The canvas has never been attached or drawn on before. */
  attach(canvas: HTMLCanvasElement): void {
    const offscreen = canvas.transferControlToOffscreen();
    const again = Comlink.proxy(() => {
      if (this.#last && !this.#next) this.show(this.#last);
    });
    this.#attached = true;
    this.#remote.attach(Comlink.transfer(offscreen, [offscreen]), again).catch((error: unknown) => this.#fail(error));
    if (this.#last) this.show(this.#next ?? this.#last);
  }

  /** Draws as soon as the scene before is drawn; scenes that come meanwhile are skipped. */
  show(scene: LossScene): void {
    this.#last = this.#next = scene;
    if (this.#attached && !this.#busy) void this.#go();
  }

  /** For tests: the device goes as it would in a crash of the driver. */
  loseDevice(): Promise<void> {
    return this.#remote.loseDevice();
  }

  /** For tests: live buffers and bytes of the GPU. */
  memory(): Promise<{ readonly buffers: number; readonly bytes: number }> {
    return this.#remote.memory();
  }

  /** With the worker go its device and all that it held. */
  dispose(): void {
    this.#isOver = true;
    this.#worker.terminate();
  }

  async #go(): Promise<void> {
    this.#busy = true;
    try {
      while (this.#next && this.#attached && !this.#isOver) {
        const scene = this.#next;
        this.#next = null;
        this.#take(await this.#remote.show(scene));
      }
    } catch (error) {
      this.#fail(error);
    }
    this.#busy = false;
  }

  #take(shown: Shown | null): void {
    if (this.#isOver) return;
    if (shown) {
      if (performance.getEntriesByName(firstMark).length === 0) performance.mark(firstMark);
      const isNewest = this.#next === null;
      if (!shown.isFinal) this.#next ??= this.#last;
      return this.#onShown(shown, isNewest);
    }
    this.#attached = false;
    this.#onSpent();
  }

  #fail(error: unknown): void {
    if (this.#isOver) return;
    this.dispose();
    this.#onFailed(error instanceof Error ? error.message : String(error));
  }
}
