/**
 * When there is time beside a race to measure more than its speeds: between rounds, once a speed-up is known, and after its
 * end, once it is clear that it rests. What is measured is `background.ts`'s, which is fetched only then.
 */
import type { Background, BackgroundOptions } from './background.ts';
import type { Field } from './field.ts';
import type { Harness } from './harness.ts';
import type { News } from './outbox.ts';

/** A race that has ended stays quiet so long before more is measured. */
const quietMs = 300;

export class Beside {
  readonly #options: BackgroundOptions;
  /** null: its code could not be fetched. */
  #background: Promise<Background | null> | null = null;

  constructor(options: BackgroundOptions) {
    this.#options = options;
  }

  #made(): Promise<Background | null> {
    this.#background ??= import('./background.ts').then(
      ({ Background }) => new Background(this.#options),
      () => null,
    );
    return this.#background;
  }

  /** Between two rounds. @param settled the GPU's plan will stay */
  async look(field: Field, harness: Harness, settled: boolean): Promise<News> {
    return harness.speedUpIsKnown ? ((await (await this.#made())?.look(field, harness, settled)) ?? {}) : {};
  }

  /** After the end, as long as nobody wants to go on. @param woken resolves when somebody does */
  async finish(
    field: Field,
    harness: Harness,
    woken: Promise<void>,
    goesOn: () => boolean,
    tell: (news: News) => Promise<void>,
  ): Promise<void> {
    if (!harness.speedUpIsKnown) return;
    await Promise.race([woken, new Promise((resolve) => setTimeout(resolve, quietMs))]);
    if (goesOn() || this.#options.signal.aborted) return;
    await (await this.#made())?.finish(field, harness, goesOn, tell);
  }
}
