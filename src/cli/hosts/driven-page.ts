/**
 * A page in a headless browser that is driven from here: what the terminal asks of it, whichever browser it is. How
 * a browser does it is `chromium-page.ts`’s and `firefox-page.ts`’s.
 */

export interface DrivenPage {
  /** Runs a function there that knows nothing but its argument; both argument and result are plain values. */
  readonly call: <Argument, Result>(task: (argument: Argument) => Result | Promise<Result>, argument: Argument) => Promise<Result>;
  /** Offers a global function there, whose calls are heard here. */
  readonly offer: (name: string, listener: (message: never) => void) => Promise<void>;
  /** Gives files of this machine to an input there. */
  readonly giveFiles: (selector: string, paths: readonly string[]) => Promise<void>;
  /** Ends the browser too. */
  readonly close: () => Promise<void>;
}

/** A call that has not come back by then was lost. */
const mostCallMs = 2000;
const betweenMs = 20;

const rest = (ms: number): Promise<false> => new Promise((resolve) => setTimeout(resolve, ms, false));

/**
 * Resolves when the page has put a global of that name there. It asks again and again instead of waiting there: a page that is
 * isolated from others may be moved to a process of its own while it loads, and what was asked of it before then is never answered.
 */
export async function waitForGlobal(page: DrivenPage, name: string): Promise<void> {
  for (;;) {
    const there = page.call((wanted) => wanted in globalThis, name);
    // a lost one fails when the page is closed, and by then nobody waits for it
    there.catch(() => undefined);
    if (await Promise.race([there, rest(mostCallMs)])) return;
    await rest(betweenMs);
  }
}
