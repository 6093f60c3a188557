/** Keeps what is finished on this page, and knows what to say when the browser does not. The store itself is fetched when it is first needed. */
import type { Report } from '../session/results/result.ts';
import type { KeptResults } from './kept-results.ts';
import type { Notice } from './notice-list.ts';

export class ResultKeeper {
  readonly #tell: () => void;
  #store: Promise<KeptResults> | null = null;
  #unkept: readonly Notice[] = [];

  /** @param tell is called when there is something new to say */
  constructor(tell: () => void) {
    this.#tell = tell;
  }

  /** What is to be said where the result that was finished last does not outlive this visit. */
  get unkept(): readonly Notice[] {
    return this.#unkept;
  }

  /** Every result that this browser keeps. */
  store(): Promise<KeptResults> {
    return (this.#store ??= import('./kept-results.ts').then((kept) => new kept.KeptResults()));
  }

  /** Something was measured to its end; the same id again is more of the same. */
  async keep(id: string, report: Report): Promise<void> {
    this.#unkept = await (await this.store()).keepOwn(id, report);
    this.#tell();
  }

  dismiss(): void {
    this.#unkept = [];
    this.#tell();
  }
}
