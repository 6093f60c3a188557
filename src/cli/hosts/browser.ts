/** `--host browser`: trains in a headless browser over the built app. */
import type { TrainProgress, TrainReport, TrainRequest } from '../../session/train-report.ts';
import type { BrowserName } from '../arguments.ts';
import type { HeardJob } from '../own-hosts.ts';
import type {} from '../page.ts';
import { onTerminalPage, openInPage } from './terminal-page.ts';

export function trainInBrowser(
  browser: BrowserName,
  asked: TrainRequest,
  onProgress: (progress: TrainProgress) => void,
  own: HeardJob<TrainRequest> | null = null,
): Promise<TrainReport> {
  return onTerminalPage({ browser, gpu: asked.lanes.includes('gpu') }, async (page) => {
    const request = own ? own.request(await openInPage(page, own.paths, own)) : asked;
    await page.offer('downhillProgress', onProgress);
    const outcome = await page.call(async (wanted) => {
      const { downhillTerminal, downhillProgress } = globalThis;
      if (downhillTerminal === undefined || downhillProgress === undefined) throw new Error('The page of the terminal did not load.');
      return downhillTerminal.train(wanted, downhillProgress);
    }, request);
    if (outcome.report === null) throw new Error(outcome.error);
    return outcome.report;
  });
}

declare global {
  var downhillProgress: ((progress: TrainProgress) => void) | undefined;
}
