/** `--host browser`: trains in a headless Chromium over the built app. */
import { distFolder } from '../root.ts';
import { serve } from '../server.ts';
import type { TrainProgress, TrainReport, TrainRequest } from '../../session/train-report.ts';
import type {} from '../page.ts';
import type { HeardJob } from '../own-hosts.ts';
import { openDriven } from './driven-page.ts';
import { openInPage } from './own-browser.ts';

export async function trainInBrowser(
  asked: TrainRequest,
  onProgress: (progress: TrainProgress) => void,
  own: HeardJob<TrainRequest> | null = null,
): Promise<TrainReport> {
  const server = await serve(distFolder, { port: 0 });
  const { page, close } = await openDriven(`${server.url}?terminal`, { gpu: asked.lanes.includes('gpu') });
  try {
    await page.waitForFunction(() => globalThis.downhillTerminal !== undefined);
    const request = own ? own.request(await openInPage(page, own.paths, own)) : asked;
    await page.exposeFunction('downhillProgress', onProgress);
    const outcome = await page.evaluate(async (wanted) => {
      const { downhillTerminal, downhillProgress } = globalThis;
      if (downhillTerminal === undefined || downhillProgress === undefined) throw new Error('The page of the terminal did not load.');
      return downhillTerminal.train(wanted, downhillProgress);
    }, request);
    if (outcome.report === null) throw new Error(outcome.error);
    return outcome.report;
  } finally {
    await close();
    await server.close();
  }
}

declare global {
  var downhillProgress: ((progress: TrainProgress) => void) | undefined;
}
