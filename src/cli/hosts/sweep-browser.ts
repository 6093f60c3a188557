/** `sweep --host browser`: a sweep in a headless browser over the built app. */
import type { SweepReport, SweepUpdate } from '../../session/sweep/protocol.ts';
import type { SweepSettings } from '../../session/sweep/settings.ts';
import type { BrowserName } from '../arguments.ts';
import type { HeardJob } from '../own-hosts.ts';
import type {} from '../page.ts';
import { onTerminalPage, openInPage } from './terminal-page.ts';

export function sweepInBrowser(
  browser: BrowserName,
  asked: SweepSettings,
  onUpdate: (update: SweepUpdate) => void,
  own: HeardJob<SweepSettings> | null = null,
): Promise<SweepReport> {
  return onTerminalPage({ browser, gpu: true }, async (page) => {
    const settings = own ? own.request(await openInPage(page, own.paths, own)) : asked;
    await page.offer('downhillSweepUpdate', onUpdate);
    const outcome = await page.call(async (wanted) => {
      const { downhillTerminal, downhillSweepUpdate } = globalThis;
      if (downhillTerminal === undefined || downhillSweepUpdate === undefined) throw new Error('The page of the terminal did not load.');
      return downhillTerminal.sweep(wanted, downhillSweepUpdate);
    }, settings);
    if (outcome.report === null) throw new Error(outcome.error);
    return outcome.report;
  });
}

declare global {
  var downhillSweepUpdate: ((update: SweepUpdate) => void) | undefined;
}
