/** What a race takes it gives back: fifty of them, of several kinds, leave the GPU's memory where it was. */
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Settings } from '../../src/session/settings.ts';
import { openBrowser, type TestBrowser } from './support/browser.ts';
import { smallRace, waitForPhase } from './support/train-lab.ts';

interface Kind {
  readonly settings: Partial<Settings>;
  /** Raced in every so many rounds. */
  readonly every: number;
}

/** A toy, the same by another plan, a net in mini-batches; now and then one long enough to be timed and profiled. */
const kinds: readonly Kind[] = [
  { every: 1, settings: { m: 60, hidden: [], batch: 0, plan: 'auto', steps: 60 } },
  { every: 1, settings: { m: 60, hidden: [], batch: 0, plan: 'layered', steps: 60 } },
  { every: 1, settings: { m: 60, hidden: [{ units: 8, activation: 'tanh' }], batch: 16, plan: 'auto', steps: 60 } },
  { every: 8, settings: { m: 2000, hidden: [], batch: 0, plan: 'layered', steps: 12_000 } },
];
const rounds = 16;

interface Ended {
  readonly memory: { readonly buffers: number; readonly bytes: number };
  readonly timed: boolean;
  readonly checked: boolean;
}

/** Races on these settings to the end. */
function race(page: Page, settings: Partial<Settings>): Promise<Ended> {
  return page.evaluate(async (patch) => {
    const session = document.querySelector('downhill-app')?.session;
    if (!session) throw new Error('There is no session.');
    session.change(patch);
    await new Promise<void>((resolve, reject) => {
      const end = session.subscribe(() => {
        const { phase, stale } = session.race;
        if (stale || !['finished', 'diverged', 'failed'].includes(phase)) return;
        end();
        if (phase === 'finished') resolve();
        else reject(new Error(`A race ended as ${phase}.`));
      });
    });
    const { lanes } = session.race;
    return {
      memory: await session.memory(),
      timed: lanes.some(({ report }) => report.stepMs !== null),
      checked: lanes.length === 2 && lanes.every(({ report }) => report.checked === true),
    };
  }, settings);
}

describe('resources', () => {
  let browser: TestBrowser;

  beforeAll(async () => {
    browser = await openBrowser();
  });

  afterAll(() => browser.close());

  it('are the same after fifty races as after the first of each kind', { timeout: 120_000 }, async () => {
    const { page, expectClean, close } = await browser.openPage({ path: smallRace(5) });
    await waitForPhase(page, 'finished');
    const first: Ended[] = [];
    let timed = 0;
    for (let round = 0; round < rounds; round++) {
      for (const [at, { every, settings }] of kinds.entries()) {
        if (round % every !== 0) continue;
        const ended = await race(page, settings);
        first[at] ??= ended;
        expect({ round, at, memory: ended.memory }).toEqual({ round, at, memory: first[at].memory });
        expect(ended.checked).toBe(true);
        timed += ended.timed ? 1 : 0;
      }
    }
    expect(first.every(({ memory }) => memory.buffers > 0)).toBe(true);
    // a machine with other things to do may see one of the long ones end before its blocks agree
    expect(timed).toBeGreaterThan(0);
    await expectClean();
    await close();
  });
});
