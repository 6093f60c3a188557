/**
 * From the last change of a control to the first new result: each time, and the median of this visit. Pure but for the
 * clock that is handed in; what counts as a change and as a result is the callers'.
 */

export class IterationClock {
  readonly #now: () => number;
  readonly #times: number[] = [];
  #changedMs: number | null = null;
  #changes = 0;

  /** @param now milliseconds, monotonic */
  constructor(now: () => number) {
    this.#now = now;
  }

  /** A control was changed: what was changed before and has no result yet never gets one. */
  changed(): void {
    this.#changedMs = this.#now();
    this.#changes++;
  }

  /** Which change is waited for; null where none is. */
  get waitingFor(): number | null {
    return this.#changedMs === null ? null : this.#changes;
  }

  /** The result of a change is there. @param change see `waitingFor`; a later one has taken its place: nothing is counted */
  arrived(change: number): void {
    if (this.#changedMs === null || change !== this.#changes) return;
    this.#times.push(this.#now() - this.#changedMs);
    this.#changedMs = null;
  }

  /** There will be no result. */
  dropped(): void {
    this.#changedMs = null;
  }

  /** Results so far. */
  get count(): number {
    return this.#times.length;
  }

  /** ms; null before the first. */
  get lastMs(): number | null {
    return this.#times.at(-1) ?? null;
  }

  /** ms; null before the first. */
  get medianMs(): number | null {
    const sorted = this.#times.toSorted((one, other) => one - other);
    const middle = sorted.length / 2;
    const [low, high] = [sorted[Math.ceil(middle) - 1], sorted[Math.floor(middle)]];
    return low === undefined || high === undefined ? null : (low + high) / 2;
  }
}
