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

/** Resolves when the page has put a global of that name there. */
export function waitForGlobal(page: DrivenPage, name: string): Promise<void> {
  return page.call(async (wanted) => {
    while (!(wanted in globalThis)) await new Promise((resolve) => setTimeout(resolve, 20));
  }, name);
}
