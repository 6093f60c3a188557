/**
 * Questions about a race that its trainers have to answer: they wait for a moment when no trainer computes, between two
 * blocks or while the race rests. What is asked is the asker's; when there is such a moment is the race's.
 */
import { DeviceLostError } from '../engine/errors.ts';
import type { Lane } from './lane.ts';

/** @param lane the one whose parameters are shown, or null where the race has none left */
type Question = (lane: Lane | null) => Promise<void>;

export class Visits {
  #waiting: Question[] = [];
  #closed = false;
  #ring: (() => void) | null = null;

  /** Resolves with null when the race ended first, or when the device was lost meanwhile. */
  ask<T>(question: (lane: Lane) => Promise<T>): Promise<T | null> {
    if (this.#closed) return Promise.resolve(null);
    return new Promise((resolve, reject) => {
      this.#waiting.push(async (lane) => {
        try {
          resolve(lane && (await question(lane)));
        } catch (error) {
          if (!(error instanceof DeviceLostError)) return reject(error instanceof Error ? error : new Error(String(error)));
          resolve(null);
          // whoever serves has to know of it: without a device nothing goes on
          throw error;
        }
      });
      this.#ring?.();
    });
  }

  /** Answers what was asked so far. @throws DeviceLostError */
  async serve(lane: Lane | undefined): Promise<void> {
    for (let next = this.#waiting.shift(); next; next = this.#waiting.shift()) await next(lane ?? null);
  }

  /** Answers whatever is asked until then. @throws DeviceLostError */
  async serveUntil(end: Promise<void>, lane: () => Lane | undefined): Promise<void> {
    const rest = { over: false };
    void end.then(() => {
      rest.over = true;
      this.#ring?.();
    });
    for (;;) {
      await this.serve(lane());
      if (rest.over) return;
      if (this.#waiting.length === 0) await new Promise<void>((resolve) => (this.#ring = resolve));
    }
  }

  /** The race is over: nobody answers any more. */
  close(): void {
    this.#closed = true;
    void this.serve(undefined);
  }
}
