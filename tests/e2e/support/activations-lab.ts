/** What end-to-end tests ask of the Activations lab: how its nets stand, read from the lab's store, and waiting for it. */
import type { Page } from 'playwright-core';
import type { ActivationState } from '../../../src/labs/activations/activation-state.ts';

export interface NetsSummary {
  readonly phase: ActivationState['phase'];
  readonly steps: readonly number[];
  readonly diverged: readonly string[];
  readonly lane: string | null;
  readonly why: string | null;
  readonly notices: readonly string[];
  readonly failure: string | null;
}

/** Four small nets that are done in a moment. */
export const smallNets = '?lab=activations&set=toys&m=60&depth=3&width=6&steps=40';

/** So many steps that they are not done within a test. */
export const longNets = '?lab=activations&set=toys&m=400&depth=6&width=32&steps=5000';

/** Null until the lab is there. */
export function netsOf(page: Page): Promise<NetsSummary | null> {
  return page.evaluate(() => {
    // the element stands there before it is one
    const app: { readonly keep?: ReadonlyMap<string, unknown> } | null = document.querySelector('downhill-app');
    const session = app?.keep?.get('activations') as { readonly state: ActivationState } | undefined;
    if (!session) return null;
    const { phase, nets, engine, notices, failure } = session.state;
    return {
      phase,
      failure,
      steps: nets.map(({ step }) => step),
      diverged: nets.filter(({ diverged }) => diverged !== null).map(({ activation }) => activation),
      lane: engine?.lane ?? null,
      why: engine?.why ?? null,
      notices: notices.map(({ kind }) => kind),
    };
  });
}

/** Waits until the nets answer to `wanted`, and says how they stood at the end when they never do. */
export async function waitForNets(
  page: Page,
  what: string,
  wanted: (nets: NetsSummary) => boolean,
  timeoutMs = 45_000,
): Promise<NetsSummary> {
  const endMs = performance.now() + timeoutMs;
  for (;;) {
    const nets = await netsOf(page);
    if (nets && wanted(nets)) return nets;
    if (performance.now() > endMs) throw new Error(`Waited in vain for ${what}: the nets are ${JSON.stringify(nets)}.`);
    await page.waitForTimeout(50);
  }
}
