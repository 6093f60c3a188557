/** Lending the thread: long computations let messages in between two blocks of work, at most every few milliseconds. */
import type { Clock } from '../engine/contract.ts';

/** Gives other tasks of this thread a turn. A message to oneself is not slowed down as a nested timer is. */
export function turn(): Promise<void> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = (): void => {
      port1.close();
      resolve();
    };
    port2.postMessage(null);
  });
}

/** A `breathe` for engines: gives way only when `everyMs` have passed since it last did. */
export function breather(clock: Clock, everyMs: number): () => Promise<void> | undefined {
  let last = clock();
  return () => {
    if (clock() - last < everyMs) return undefined;
    return turn().then(() => {
      last = clock();
    });
  };
}
