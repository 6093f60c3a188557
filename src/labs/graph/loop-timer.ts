/** Times the loop when asked to, one timing at a time, and tells how that stands. Whoever asks anew ends what runs. */
import type { BenchProgress } from '../../session/bench/client.ts';
import type { BenchReport } from '../../session/bench/report.ts';
import { doingWords } from '../../ui/benchmark/words.ts';
import type { Timing } from './graph-state.ts';

export type TimeLoop = (m: number, onProgress: (progress: BenchProgress) => void, signal: AbortSignal) => Promise<BenchReport>;

export class LoopTimer {
  readonly #timeLoop: TimeLoop;
  readonly #whenQuiet: () => Promise<void>;
  readonly #onTiming: (timing: Timing) => void;
  #running: AbortController | null = null;
  #isIdle = true;

  constructor(around: { readonly timeLoop: TimeLoop; readonly whenQuiet: () => Promise<void> }, onTiming: (timing: Timing) => void) {
    this.#timeLoop = around.timeLoop;
    this.#whenQuiet = around.whenQuiet;
    this.#onTiming = onTiming;
  }

  async start(m: number): Promise<void> {
    this.#running?.abort();
    const own = new AbortController();
    this.#running = own;
    this.#isIdle = false;
    const tell = (timing: Timing): void => {
      if (!own.signal.aborted) this.#onTiming(timing);
    };
    tell({ phase: 'running', words: '', report: null });
    try {
      await this.#whenQuiet();
      if (own.signal.aborted) return;
      const report = await this.#timeLoop(
        m,
        (progress) => tell({ phase: 'running', words: doingWords(progress), report: null }),
        own.signal,
      );
      tell({ phase: 'done', words: '', report });
    } catch (error) {
      tell({ phase: 'failed', words: error instanceof Error ? error.message : String(error), report: null });
    }
  }

  /** Ends what runs, and what was found is no longer shown. */
  forget(): void {
    this.#running?.abort();
    this.#running = null;
    if (this.#isIdle) return;
    this.#isIdle = true;
    this.#onTiming({ phase: 'idle', words: '', report: null });
  }
}
