/** `sweep --host browser`: a sweep in a headless Chromium over the built app. */
import type { SweepReport, SweepUpdate } from '../../session/sweep/protocol.ts';
import type { SweepSettings } from '../../session/sweep/settings.ts';
import type {} from '../page.ts';
import { distFolder } from '../root.ts';
import { serve } from '../server.ts';
import type { HeardJob } from '../own-hosts.ts';
import { openDriven } from './driven-page.ts';
import { openInPage } from './own-browser.ts';

export async function sweepInBrowser(
  asked: SweepSettings,
  onUpdate: (update: SweepUpdate) => void,
  own: HeardJob<SweepSettings> | null = null,
): Promise<SweepReport> {
  const server = await serve(distFolder, { port: 0 });
  const { page, close } = await openDriven(`${server.url}?terminal`, { gpu: true });
  try {
    await page.waitForFunction(() => globalThis.downhillTerminal !== undefined);
    const settings = own ? own.request(await openInPage(page, own.paths, own)) : asked;
    await page.exposeFunction('downhillSweepUpdate', onUpdate);
    const outcome = await page.evaluate(async (wanted) => {
      const { downhillTerminal, downhillSweepUpdate } = globalThis;
      if (downhillTerminal === undefined || downhillSweepUpdate === undefined) throw new Error('The page of the terminal did not load.');
      return downhillTerminal.sweep(wanted, downhillSweepUpdate);
    }, settings);
    if (outcome.report === null) throw new Error(outcome.error);
    return outcome.report;
  } finally {
    await close();
    await server.close();
  }
}

declare global {
  var downhillSweepUpdate: ((update: SweepUpdate) => void) | undefined;
}
